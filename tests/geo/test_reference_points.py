"""Points that others published, against our boundaries: do they fall where they say they are?"""

import csv
from pathlib import Path

import openpyxl
import pytest

from geo.crs import gcj02_to_wgs84

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"


def reference(name: str) -> Path:
    file = REFERENCE / name
    if not file.is_file():
        pytest.skip(f"the reference data are not beside this repository ({file})")
    return file


# The district that each plant's own name, owner or known place says; see the plans and the table.
EXPECTED = {
    "Tai'an II hydroelectric plant": {"370911"},
    "Tai'an hydroelectric plant": {"370902", "370911"},
    "Binzhou Boxing power station Phase I": {"371625"},
    "Binzhou Boxing power station Phase II": {"371625"},
    "Xintai power station": {"370982"},
    "Zhongxing Dongping power station": {"370923"},
    "Shandong Huaneng Tai'an power station": {"370902", "370911"},
    "Shandong Fengyuan Gas Thermal power station": {"370404"},
    # Approximate, and the table itself says that it falls in 峄城区.
    "Zhuangli hydroelectric plant": {"370404"},
}


def test_external_plants_fall_in_plausible_districts(shipped):
    with reference("external_locations.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = {
        row["tracker_name"]: shipped.locate(float(row["lon_wgs84"]), float(row["lat_wgs84"]))
        for row in rows
    }
    assert found.keys() == EXPECTED.keys()
    assert {name: code for name, code in found.items() if code not in EXPECTED[name]} == {}


def test_every_coal_unit_falls_in_a_district(shipped):
    book = openpyxl.load_workbook(reference("gem_coal_shandong.xlsx"), read_only=True)
    head, *rows = book.active.iter_rows(values_only=True)
    book.close()
    lons = [row[head.index("Longitude")] for row in rows]
    lats = [row[head.index("Latitude")] for row in rows]
    found = shipped.locate_many(lons, lats)
    assert len(found) == 714
    assert (found != "").all()
    # Against boundaries left in GCJ-02 twelve units would go astray.
    forgotten = shipped.locate_many(*gcj02_to_wgs84(lons, lats))
    assert (forgotten != found).sum() == 12
