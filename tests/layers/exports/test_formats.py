"""One door: what each format may hold, where it refuses, what it says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from geo.districts import Districts
from layers.exports.extract import CONTENTS, Extract, extract_of
from layers.exports.fields import codes, field_type, heading
from layers.exports.formats import FORMATS, chunks, file_name, write
from layers.exports.notes import notes
from layers.exports.reference import Reference, read_reference
from layers.exports.tables import table_of
from registry.registry import Registry
from terms.errors import CrsError, ExportError
from terms.messages import text
from terms.selection import Selection
from tests.layers.exports.conftest import DAY


@pytest.mark.parametrize(
    ("words", "epsg", "meridian"),
    [
        ("wgs84", 4326, None),
        ("CGCS2000", 4490, None),
        ("cgcs2000-3deg", 4548, 117),
        ("cgcs2000-3deg:120", 4549, 120),
        ("cgcs2000-3deg:75", 4534, 75),
        ("cgcs2000-3deg:135", 4554, 135),
    ],
)
def test_references(words: str, epsg: int, meridian: int | None) -> None:
    found = read_reference(words, [(116.0, 36.0), (118.2, 37.0)])
    assert (found.epsg, found.meridian) == (epsg, meridian)
    assert str(epsg) in found.words("zh") and str(epsg) in found.words("en")


@pytest.mark.parametrize(
    "words", ["", "gcj02", "wgs84:117", "cgcs2000-3deg:118", "cgcs2000-3deg:72", "cgcs2000-3deg:x"]
)
def test_references_that_do_not_exist_name_the_remedy(words: str) -> None:
    with pytest.raises(CrsError, match="wgs84"):
        read_reference(words, [(117.0, 36.0)])


def test_a_zone_needs_data_or_a_meridian() -> None:
    with pytest.raises(CrsError, match="cgcs2000-3deg:117"):
        read_reference("cgcs2000-3deg", [])


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"gpkg", "shp"}))
def test_only_two_formats_leave_wgs84(registry: Registry, format: str) -> None:
    extract = extract_of(registry, Selection(), day=DAY, crs="cgcs2000")
    with pytest.raises(CrsError, match="gpkg"):
        chunks(extract, format)


def test_what_a_format_cannot_hold_is_refused_before_it_is_written(whole: Extract) -> None:
    for key, format in FORMATS.items():
        for content in CONTENTS:
            if content not in format.contents:
                with pytest.raises(ExportError, match=content):
                    chunks(whole, key, contents=(content,))
        if not format.holds_many:
            with pytest.raises(ExportError, match="gpkg"):
                chunks(whole, key, contents=("projects", "districts"))


def test_each_format_says_where_the_figures_come_from(registry: Registry, whole: Extract) -> None:
    """Text formats as they are; the others are read back by the tests of round trips."""
    selection = Selection(plans=("lixia", "taian"), words="光伏", statuses=("listed",))
    extract = extract_of(registry, selection, day=DAY)
    for key in ("geojson", "kml", "html"):
        file = write(extract, key).decode("utf-8")
        for words in ("泰安市碳达峰工作方案", text("export.licence", "zh"), "2026-01-02", "光伏"):
            assert words in file, (key, words)
        assert text("map.stamp", "zh") in file and registry.districts.edition in file
        assert "geometry_role=label" in file and "lixia" in file


def test_the_filter_stands_in_words_and_in_codes(registry: Registry) -> None:
    chosen = Selection(plans=("taian",), layers=("pv", "none"), owner="unnamed", words="<b>")
    said = dict(notes(extract_of(registry, chosen, day=DAY)))
    assert "泰安市" in said["所用筛选"] and "集中式光伏" in said["所用筛选"]
    codes_used = json.loads(said["所用筛选（代码）"])
    assert codes_used == {
        "plans": ["taian"],
        "layers": ["pv", "none"],
        "owner": "unnamed",
        "words": "<b>",
    }
    everything = dict(notes(extract_of(registry, Selection(), day=DAY)))
    assert everything["所用筛选"] and "所用筛选（代码）" not in everything


def test_notes_count_every_table(whole: Extract) -> None:
    tables = tuple(table_of(whole, content) for content in CONTENTS)
    said = [words for _, words in notes(whole, tables)]
    for table in tables:
        assert f"{table.title}：{len(table.rows)} 行" in said


@pytest.mark.parametrize("content", CONTENTS)
def test_every_column_has_a_title_of_its_own_and_keeps_its_type(
    whole: Extract, content: str
) -> None:
    table = table_of(whole, content)  # type: ignore[arg-type]
    for language in ("zh", "en"):
        titles = [heading(column, language) for column in table.columns]
        assert len({title.casefold() for title in titles}) == len(titles)
    kinds = {"text": str, "integer": int, "real": (int, float), "boolean": bool}
    for column, cells in table.by_column.items():
        stated = [cell for cell in cells if cell is not None]
        assert all(isinstance(cell, kinds[field_type(column)]) for cell in stated), column
        if known := codes(column, "zh"):
            assert {str(cell) for cell in stated} <= set(known), column


def test_polygons_carry_the_sums_of_the_ledger(registry: Registry) -> None:
    """Counties and what stands in no single one add up to the plan, for every technology."""
    extract = extract_of(registry, Selection(rule="equal"), day=DAY)
    areas, capacity = table_of(extract, "areas"), table_of(extract, "capacity")
    districts = table_of(extract, "districts")
    for area in areas.rows:
        for column in (each for each in areas.columns if each.endswith("_mw")):
            technology = column.removesuffix("_mw")
            lines = [
                row
                for row in capacity.rows
                if (row["plan"], row["technology"]) == (area["plan"], technology)
            ]
            rest = sum(
                _mw(row["located_mw"], row["shared_mw"])
                for row in lines
                if not row["district_code"]
            )
            here = sum(
                _mw(row[column], row[f"{technology}_shared_mw"])
                for row in districts.rows
                if row["plan"] == area["plan"]
            )
            assert here + rest == _mw(area[column]), (area["plan"], technology)
    assert sum(row["rows"] for row in areas.rows) == len(registry.projects)  # type: ignore[misc]


def _mw(*cells: object) -> Decimal:
    return sum((Decimal(str(cell)) for cell in cells if cell is not None), Decimal(0))


def test_a_county_without_figures_is_empty_never_zero(whole: Extract) -> None:
    cells = [
        value
        for column, values in table_of(whole, "districts").by_column.items()
        if column.endswith("_mw")
        for value in values
    ]
    assert None in cells and any(isinstance(value, int | float) and value > 0 for value in cells)


def test_file_names_tell_what_is_inside(registry: Registry) -> None:
    extract = extract_of(registry, Selection(plans=("taian",)), day=DAY)
    assert file_name(extract, "gpkg") == "fengtu-all-taian-2026-01-02.gpkg"
    assert file_name(extract, "csv", ("check",)) == "fengtu-check-taian-2026-01-02.csv"
    names = {file_name(extract, key) for key in FORMATS}
    assert len(names) == len(FORMATS)


def test_geojson_comes_in_pieces(registry: Registry) -> None:
    pieces = chunks(extract_of(registry, Selection(), day=DAY), "geojson")
    assert isinstance(pieces, Iterator) and sum(1 for _ in pieces) > 3


def test_the_reference_takes_every_shape(districts: Districts) -> None:
    outline = districts.frame.geometry["370983"]
    moved = Reference(4548).shape(outline)
    assert moved is not None and moved.is_valid
    assert moved.area / 1e6 == pytest.approx(districts.area_km2("370983"), rel=2e-4)


def test_the_area_of_the_map_narrows_the_counties_too(registry: Registry) -> None:
    city = extract_of(registry, Selection(area="370900"), day=DAY)
    codes = {row["district_code"] for row in table_of(city, "districts").rows}
    assert codes == set(registry.districts.codes_in("370900"))
    county = extract_of(registry, Selection(area="370983"), day=DAY)
    assert {row["district_code"] for row in table_of(county, "capacity").rows} == {"370983"}
    assert {row["district_code"] for row in table_of(county, "districts").rows} == {"370983"}
