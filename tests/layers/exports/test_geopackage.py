"""What makes a GeoPackage look like our map: titles, codes and styles, read as QGIS reads them."""

from __future__ import annotations

import base64
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pyogrio
import pytest

from layers.browser_files import look_of
from layers.exports.extract import CONTENTS, Extract, extract_of
from layers.exports.formats import write
from layers.exports.qgis import offsets
from layers.exports.tables import table_of
from layers.geojson import points
from layers.styles import STYLES
from layers.symbols import symbol_svg
from registry.registry import Registry
from terms.kinds import Layer
from terms.messages import label
from terms.selection import Selection
from tests.layers.exports.conftest import DAY


@pytest.fixture(scope="module")
def package(whole: Extract, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gpkg") / "out.gpkg"
    path.write_bytes(write(whole, "gpkg"))
    return path


def _styles(path: Path) -> dict[str, tuple[str, Element]]:
    with closing(sqlite3.connect(path)) as book:
        rows = book.execute(
            "SELECT f_table_name, f_geometry_column, styleQML FROM layer_styles "
            "WHERE useAsDefault = 1"
        ).fetchall()
    return {name: (column, ElementTree.fromstring(style)) for name, column, style in rows}


def test_every_table_is_a_layer_and_has_its_style(package: Path) -> None:
    layers = [name for name, _ in pyogrio.list_layers(package)]
    assert layers == [*CONTENTS, "metadata", "layer_styles"]
    styles = _styles(package)
    assert set(styles) == set(CONTENTS)
    shaped = {name for name, (column, _) in styles.items() if column == "geom"}
    assert shaped == {"projects", "districts", "areas"}
    assert all(column in ("geom", "") for column, _ in styles.values())


def test_every_row_has_a_category_whose_drawing_is_that_of_our_map(
    whole: Extract, package: Path
) -> None:
    _, style = _styles(package)["projects"]
    symbols = {
        each.get("name"): _option(each, "name").removeprefix("base64:")
        for each in style.findall("renderer-v2/symbols/symbol")
    }
    categories = {
        each.get("value"): (each.get("label"), symbols[each.get("symbol")])
        for each in style.findall("renderer-v2/categories/category")
    }
    wanted = {(row.layer, look_of(whole.registry, row)) for row in whole.rows}
    assert set(categories) == {f"{layer.value}/{look}" for layer, look in wanted}
    for layer, look in wanted:
        title, drawing = categories[f"{layer.value}/{look}"]
        assert title is not None and title.startswith(label("layer", layer, "zh"))
        assert base64.b64decode(drawing).decode() == symbol_svg(STYLES[Layer(layer)], look)
    _, _, _, fields = pyogrio.raw.read(package, layer="projects", columns=["symbol"])
    assert set(fields[0]) == set(categories)


def _option(symbol: Element, name: str) -> str:
    found = symbol.find(f"layer/Option/Option[@name='{name}']")
    assert found is not None
    return found.get("value") or ""


def test_titles_and_codes_are_chinese_in_the_style_and_in_the_file(
    whole: Extract, package: Path
) -> None:
    styles = _styles(package)
    with closing(sqlite3.connect(package)) as book:
        titles = book.execute(
            "SELECT table_name, column_name, name FROM gpkg_data_columns"
        ).fetchall()
        codes = dict(
            book.execute(
                "SELECT value, description FROM gpkg_data_column_constraints "
                "WHERE constraint_name = 'layer'"
            )
        )
    named = {(table, column): title for table, column, title in titles}
    for content in CONTENTS:
        table, (_, style) = table_of(whole, content), styles[content]
        aliases = {each.get("field"): each.get("name") for each in style.findall("aliases/alias")}
        for column in table.columns:
            assert named[content, column] == aliases[column] == table.headings[column]
    assert codes == {layer.value: label("layer", layer, "zh") for layer in Layer}
    _, style = styles["projects"]
    choices = style.findall(
        "fieldConfiguration/field[@name='layer']/editWidget/config/Option/Option/Option/Option"
    )
    assert {each.get("value"): each.get("name") for each in choices} == codes


def test_the_notes_stand_in_a_table(whole: Extract, package: Path) -> None:
    _, _, _, (items, contents) = pyogrio.raw.read(package, layer="metadata")
    said = dict(zip(items, contents, strict=True))
    assert said["标记"] == "内部工作示意图" and said["提取日期"] == "2026-01-02"
    assert "geometry_role" in said["点位含义"] and "EPSG:4326" in said["坐标系"]
    assert whole.registry.districts.edition in said["区划边界"]
    counts = whole.head["counts"]
    assert f"{counts['rows']} 行 = 已落图 {counts['located']}" in said["行数"]
    assert sum(1 for item in items if item == "来源") == 5 and "历下" in said["征求意见稿"]


def test_no_two_symbols_of_one_point_stand_on_each_other(registry: Registry) -> None:
    rows = registry.projects
    places = [points(registry, row) for row in rows]
    looks = [look_of(registry, row) for row in rows]
    taken = set()
    for row, where, look, step in zip(rows, places, looks, offsets(places, looks), strict=True):
        if look in ("site", "approximate"):
            assert step == "0,0"
        for point in where:
            assert (point, step) not in taken, row.id
            taken.add((point, step))


def test_the_points_themselves_are_never_moved(whole: Extract, package: Path) -> None:
    _, _, shapes, _ = pyogrio.raw.read(package, layer="projects", columns=[])
    assert sum(shape is not None for shape in shapes) == whole.head["counts"]["located"]


def test_an_english_package_has_english_titles(registry: Registry, tmp_path: Path) -> None:
    extract = extract_of(registry, Selection(language="en", plans=("lixia",)), day=DAY)
    path = tmp_path / "out.gpkg"
    path.write_bytes(write(extract, "gpkg", contents=("projects", "districts")))
    _, style = _styles(path)["districts"]
    aliases = {each.get("field"): each.get("name") for each in style.findall("aliases/alias")}
    assert aliases["district"] == "County" and aliases["pv_mw"] == "utility-scale PV (MW)"
