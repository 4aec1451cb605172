"""Users' rows and layers in the files: every format, and nothing new where there are none."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import pyogrio
import pytest
import shapely

from capacity.check import Rules
from geo.districts import Districts
from layers.exports.extract import CONTENTS, Extract, extract_of
from layers.exports.formats import FORMATS, write
from layers.exports.html_map import html_map
from layers.exports.own import own_contents
from layers.exports.tables import table_of
from layers.geojson import to_geojson
from layers.pdf.brief import brief_pdf
from registry.additions import with_additions
from registry.registry import Registry, build_registry
from registry.select import select
from store.book import Book
from terms.errors import ExportError
from terms.language import Language
from terms.own_records import Note, OwnArea, OwnTable
from terms.selection import Selection
from tests.registry.own_builders import FEICHENG, added, own, position

DAY = date(2026, 1, 31)
SQUARE = shapely.box(117, 36, 118, 37)
BOOK = Book(
    projects=(own("1", 20, district_codes=(FEICHENG,)), added("2", "taian", 5), own("3")),
    positions=(position("user-1"),),
    notes=(Note("user-1", "备注"),),
    tables=(OwnTable("table-a", "负荷", "MW", "", "", ((FEICHENG, Decimal("1.5")),)),),
    areas=(
        OwnArea("area-a", "红线", "局", (("甲", shapely.to_wkb(shapely.box(117, 36, 118, 37))),)),
    ),
)


@pytest.fixture(scope="module")
def whole(registry: Registry) -> Registry:
    return with_additions(registry, BOOK)


def _extract(registry: Registry, **chosen: tuple[str, ...]) -> Extract:
    return extract_of(registry, Selection(**chosen), day=DAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_takes_users_rows(whole: Registry, key: str) -> None:
    assert write(_extract(whole, plans=("user",)), key)


def test_an_empty_book_changes_no_file(registry: Registry, districts: Districts) -> None:
    empty = build_registry(districts, book=Book())
    for key in ("csv", "geojson"):
        assert write(_extract(registry), key) == write(_extract(empty), key)
    for content in CONTENTS:
        before, after = (table_of(_extract(each), content) for each in (registry, empty))
        assert before.rows == after.rows
        assert not any("user" in map(str, row.values()) for row in after.rows)
    assert own_contents(empty) == ()
    with pytest.raises(ExportError):
        write(_extract(empty), "csv", contents=("own_tables",))


def test_rows_are_marked_and_placed(whole: Registry) -> None:
    text = write(_extract(whole, plans=("user",)), "csv").decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert list(rows) == ["user-1", "user-2", "user-3"]
    assert {(row["plan"], row["plan_status"]) for row in rows.values()} == {("user", "user")}
    assert rows["user-1"]["lon"] == "116.7683" and "位置由用户录入" in rows["user-1"]["note"]
    chosen = Selection(plans=("user",))
    read = json.loads(to_geojson(whole, select(whole, chosen), selection=chosen, extract_date=DAY))
    assert read["sources"][0]["title"] == "用户数据"
    assert read["counts"] == {"rows": 3, "located": 1, "tray": 2}


def test_codes_that_mean_another_thing_in_a_users_row_are_told(
    whole: Registry, registry: Registry
) -> None:
    """No plan lists a user's row: `listed` has its own meaning there."""
    meant = {
        each: [row["zh"] for row in table_of(_extract(of), "codes").rows if row["code"] == "listed"]
        for each, of in (("users", whole), ("plans", registry))
    }
    assert meant["plans"] == ["已列入方案，进度未录入"]
    assert meant["users"] == [*meant["plans"], "用户录入的行：进度未录入"]


def test_users_layers_are_contents_of_the_files(whole: Registry, tmp_path: Path) -> None:
    path = tmp_path / "all.gpkg"
    path.write_bytes(write(_extract(whole), "gpkg"))
    layers = {name for name, _ in pyogrio.list_layers(path)}
    assert {"own_tables", "own_areas"} <= layers
    read = pyogrio.read_dataframe(path, layer="own_tables")
    assert list(read["figure"]) == [1.5]
    shapes = json.loads(write(_extract(whole), "geojson", contents=("own_areas",)))
    assert shapes["features"][0]["properties"]["name"] == "甲"
    rows = write(_extract(whole), "csv", contents=("own_tables",)).decode("utf-8-sig")
    assert rows.splitlines()[1].startswith("table-a,负荷,")


def test_the_sums_name_the_group(whole: Registry) -> None:
    sums = [row for row in table_of(_extract(whole), "capacity").rows if row["plan"] == "user"]
    assert [(row["district_code"], row["located_mw"]) for row in sums] == [
        (FEICHENG, 20),
        (None, None),
    ]
    areas = table_of(_extract(whole), "areas").by_column["plan"]
    assert "user" not in areas
    codes = {row["code"] for row in table_of(_extract(whole), "codes").rows}
    assert "user" in codes


def test_a_county_brief_has_them(whole: Registry) -> None:
    assert brief_pdf(whole, FEICHENG, rules=Rules(DAY)).startswith(b"%PDF")
    assert brief_pdf(whole, "taian", rules=Rules(DAY), language="en").startswith(b"%PDF")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_one_file_map_says_what_it_leaves_out(
    whole: Registry, registry: Registry, language: Language
) -> None:
    chosen = Selection(language=language)
    said = html_map(extract_of(whole, chosen, day=DAY))
    names = {"zh": "用户数据表、用户图层", "en": "Users' tables"}
    assert names[language] in unescape(said)
    assert ("单文件地图" if language == "zh" else "one-file map") in said
    assert "单文件地图" not in html_map(extract_of(registry, chosen, day=DAY))
