"""Points that others published, against our boundaries: do they fall where they say they are?"""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from geo.crs import gcj02_to_wgs84, wgs84_to_gcj02
from geo.join.points import join_points

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


@dataclass(frozen=True)
class Unit:
    """One of the 714 coal units: where it is, and where its publisher says that it is."""

    location: str
    city: str
    county: str
    lon: float
    lat: float


@pytest.fixture(scope="module")
def units() -> list[Unit]:
    book = openpyxl.load_workbook(reference("gem_coal_shandong.xlsx"), read_only=True)
    head, *rows = book.active.iter_rows(values_only=True)
    book.close()
    names = (
        "GEM location ID",
        "Major area (prefecture, district)",
        "Local area (taluk, county)",
        "Longitude",
        "Latitude",
    )
    at = [head.index(name) for name in names]
    return [Unit(*(row[column] or "" for column in at)) for row in rows]


def test_every_coal_unit_falls_in_a_district(shipped, units):
    lons, lats = [unit.lon for unit in units], [unit.lat for unit in units]
    found = shipped.locate_many(lons, lats)
    assert len(found) == 714
    assert (found != "").all()
    # Against boundaries left in GCJ-02 twelve units would go astray.
    forgotten = shipped.locate_many(*gcj02_to_wgs84(lons, lats))
    assert (forgotten != found).sum() == 12


# What the publisher writes where we look for a county's name, and the county that it means. A name
# that is only written with another ending (Zouping, Jiyang County, now a district) needs no line.
MEANT = {
    # Renamed: the city of Laiwu became two districts of Jinan in 2019.
    ("Laiwu", "Laicheng"): ("370116", "renamed"),
    # Misread or misspelt: 岱岳, 乐陵 (read yue), 桓台, 郯城 (read yan), 莒南 and 莒县 (ü as v).
    ("Tai'an", "Yuedai District"): ("370911", "spelling"),
    ("Dezhou", "Yueling"): ("371481", "spelling"),
    ("Zibo", "Hengtai County"): ("370321", "spelling"),
    ("Linyi", "Yancheng County"): ("371322", "spelling"),
    ("Linyi", "Jvnan"): ("371327", "spelling"),
    ("Rizhao", "JV County"): ("371122", "spelling"),
    # A development zone or a town stands in the place of its county.
    ("Binzhou", "High Tech Development District"): ("371602", "zone"),
    ("Dongying", "Dongying Port District"): ("370503", "zone"),
    ("Heze", "Gaoxin District"): ("371702", "zone"),
    ("Qingdao", "West Coast New District"): ("370211", "zone"),
    ("Rizhao", "Chengjiazhuang"): ("371102", "zone"),
    ("Weifang", "Xincheng Community"): ("370705", "zone"),
    ("Weihai", "Chucun Town"): ("371002", "zone"),
    ("Weihai", "Lingang Economic and Technological Development Zone"): ("371002", "zone"),
    ("Zibo", "Gaoxin District"): ("370303", "zone"),
    # The wrong city: 寒亭 belongs to Weifang.
    ("Yantai", "Hanting"): ("370703", "other city"),
}
# Locations whose point and whose stated county contradict each other: the publisher's county, the
# county around the publisher's point, and what the table lets us say of the cause.
CONTRADICTIONS = {
    # The firm's seat is stated, the plant stands elsewhere.
    "L100000101309": ("371681", "371602"),  # Weiqiao of Zouping; the point is marked approximate
    "L100000101322": ("370523", "370502"),  # Jinling of Dawang; the plant is called Coastal
    "L100000101431": ("370812", "370826"),  # the Yanzhou mining group; 100 m from Rencheng's border
    # The point is coarse: whole minutes of arc (118°03', 36°47'), though marked exact.
    "L100000101441": ("370305", "370303"),
    # The town is Zhanhua's, the point lies 4 km across the border in Wudi.
    "L100000101419": ("371603", "371623"),
    "L100000101438": ("371603", "371623"),
    # The point fits the plant (at 大河 and in 北集坡, both in Daiyue), the county is an error.
    "L100000101401": ("370982", "370911"),
    "L100000101331": ("370902", "370911"),
    # Kilometres apart, and nothing in the table says which of the two is right.
    "L100000101374": ("371522", "371521"),
    "L100000104637": ("371002", "371003"),
    "L100000104659": ("370686", "370611"),
}


def stated(shipped, unit: Unit) -> tuple[str, str]:
    """The code of the county that the publisher means, and how it was recognised."""
    if not unit.county:
        return "", "not stated"
    if (unit.city, unit.county) in MEANT:
        return MEANT[unit.city, unit.county]
    wanted = plain(unit.county)
    rows = shipped.frame[shipped.frame["city_en"] == unit.city]
    (code,) = (code for code, name in rows["name_en"].items() if plain(name) == wanted)
    return code, "by name"


def plain(name: str) -> str:
    words = name.lower().split()
    return " ".join(words[:-1] if words[-1] in ("district", "county", "city") else words)


def test_coal_units_lie_where_their_publisher_says_but_for_named_exceptions(shipped, units):
    lons, lats = [unit.lon for unit in units], [unit.lat for unit in units]
    found = join_points(lons, lats, districts=shipped, crs="wgs84").district_codes
    classes: Counter[str] = Counter()
    contradictions = {}
    for unit, code in zip(units, found.tolist(), strict=True):
        said, how = stated(shipped, unit)
        if said and said != code:
            how = "contradiction"
            contradictions[unit.location] = (said, code)
        classes[how] += 1
    assert contradictions == CONTRADICTIONS
    assert classes == {
        "by name": 611,
        "spelling": 20,
        "zone": 29,
        "renamed": 11,
        "other city": 2,
        "not stated": 5,
        "contradiction": 36,
    }
    assert classes.total() == 714


def test_no_contradiction_is_a_forgotten_shift(shipped, units):
    """Neither taking the shift off a point nor putting it on leads into the stated county."""
    odd = [unit for unit in units if unit.location in CONTRADICTIONS]
    lons, lats = [unit.lon for unit in odd], [unit.lat for unit in odd]
    for shift in (gcj02_to_wgs84, wgs84_to_gcj02):
        found = join_points(*shift(lons, lats), districts=shipped, crs="wgs84").district_codes
        said = {(unit.location, code) for unit, code in zip(odd, found.tolist(), strict=True)}
        assert not said & {(location, pair[0]) for location, pair in CONTRADICTIONS.items()}
