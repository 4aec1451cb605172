"""Every format: export, read back, equal ids, attributes and geometry."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely

from geo.crs import zone_transformer
from layers.exports.extract import CONTENTS, Extract, extract_of
from layers.exports.fields import field_type
from layers.exports.formats import FORMATS, write
from layers.exports.geometries import several
from layers.exports.reference import Reference
from layers.exports.shapefile import TEXT_BYTES, short_names
from layers.exports.tables import Table, table_of
from layers.table import safe_cell, without_controls
from registry.registry import Registry
from terms.columns import Cell
from terms.selection import Selection
from tests.layers.exports.conftest import DAY

_KML = "{http://www.opengis.net/kml/2.2}"
SHAPED = ("projects", "districts", "areas")


def _clean(value: Cell) -> Cell:
    return without_controls(value) if isinstance(value, str) else value


def _expected(table: Table) -> list[list[Cell]]:
    return [[_clean(row[column]) for column in table.columns] for row in table.rows]


def _read(path: Path | str, layer: str, columns: Sequence[str]) -> tuple[list[list[Cell]], Any]:
    """Rows and shapes as GDAL gives them, missing values as None."""
    meta, _, shapes, fields = pyogrio.raw.read(path, layer=layer, datetime_as_string=True)
    named = dict(zip(meta["fields"], fields, strict=True))
    rows = [
        [_cell(value) for value in cells] for cells in zip(*map(named.get, columns), strict=True)
    ]
    return rows, None if shapes is None else shapely.from_wkb(shapes)


def _cell(value: Any) -> Cell:
    value = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(value, float) and np.isnan(value) else value


def _same(found: Iterable[Any], wanted: Iterable[Any], tolerance: float = 1e-9) -> None:
    for one, other in zip(found, wanted, strict=True):
        if other is None:
            assert one is None
        else:
            assert len(shapely.get_parts(one)) == len(shapely.get_parts(other))
            assert shapely.hausdorff_distance(one, other) <= tolerance


def _assert_layer(path: Path | str, table: Table, reference: Reference) -> None:
    rows, shapes = _read(path, table.key, table.columns)
    assert rows == _expected(table)
    if table.shape:
        wanted = [reference.shape(several(shape, table)) for shape in table.shapes]
        _same(shapes, wanted, tolerance=1e-7)


@pytest.mark.parametrize("crs", ["wgs84", "cgcs2000", "cgcs2000-3deg", "cgcs2000-3deg:120"])
def test_geopackage(harmful: Registry, tmp_path: Path, crs: str) -> None:
    extract = extract_of(harmful, Selection(), day=DAY, crs=crs)
    path = tmp_path / "out.gpkg"
    path.write_bytes(write(extract, "gpkg"))
    for content in CONTENTS:
        _assert_layer(path, table_of(extract, content), extract.reference)
    info = pyogrio.read_info(path, layer="projects")
    assert info["crs"] == f"EPSG:{extract.reference.epsg}"
    assert info["geometry_type"] == "MultiPoint"
    types = dict(zip(info["fields"], info["dtypes"], strict=True))
    kinds = {"text": "object", "integer": "int64", "real": "float64", "boolean": "bool"}
    for column in table_of(extract, "projects").columns:
        assert types[column] == kinds[field_type(column)], column


def test_a_zone_leads_back_to_the_same_degrees(whole: Extract) -> None:
    zone = Reference(4548)
    table = table_of(whole, "projects")
    back = zone_transformer(4548, inverse=True)
    for shape in filter(None, table.shapes):
        east, north = shapely.get_coordinates(zone.shape(shape)).T
        lon, lat = back.transform(east, north)
        there = np.column_stack((lon, lat))
        assert np.allclose(there, shapely.get_coordinates(shape), atol=1e-9)
        assert 200_000 < east.min() < 800_000 and 3_700_000 < north.min() < 4_300_000


def test_shapefile_with_its_short_names(harmful: Registry, tmp_path: Path) -> None:
    extract = extract_of(harmful, Selection(), day=DAY, crs="cgcs2000-3deg")
    path = tmp_path / "out.zip"
    path.write_bytes(write(extract, "shp"))
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        fields = _csv_rows(archive.read("fields.csv"))
        archive.extractall(tmp_path / "out")
    assert (tmp_path / "out" / "projects.cpg").read_text(encoding="ascii") == "UTF-8"
    for content in SHAPED:
        assert {f"{content}.{end}" for end in ("shp", "shx", "dbf", "prj", "cpg", "csv")} <= names
        table = table_of(extract, content)
        short = short_names(table.columns)
        assert [row[1] for row in fields if row[0] == content] == list(short.values())
        rows, shapes = _read(tmp_path / "out" / f"{content}.shp", content, list(short.values()))
        for found, wanted in zip(rows, _expected(table), strict=True):
            assert [_fits(*pair) for pair in zip(found, wanted, strict=True)] == [True] * len(found)
        wanted_shapes = [extract.reference.shape(several(each, table)) for each in table.shapes]
        _same(shapes, wanted_shapes, tolerance=1e-3)
        full = _csv_rows((tmp_path / "out" / f"{content}.csv").read_bytes())
        assert len(full) == len(table.rows) + 1


def _fits(found: Cell, wanted: Cell) -> bool:
    """Equal, or the beginning of a text that does not fit; DBF strips the blanks at the end."""
    if isinstance(wanted, str) and len(wanted.encode()) > TEXT_BYTES:
        assert isinstance(found, str) and len(found.encode()) <= TEXT_BYTES
        return found.endswith("…") and wanted.startswith(found[:-1])
    if isinstance(wanted, str):
        return found == wanted.rstrip()
    if isinstance(wanted, float):
        return found == pytest.approx(wanted, rel=1e-12)
    return found == wanted


def test_short_names_are_short_and_stay_apart(whole: Extract) -> None:
    for content in SHAPED:
        names = list(short_names(table_of(whole, content).columns).values())
        assert len(set(names)) == len(names)
        assert all(0 < len(name) <= 10 and name.isascii() for name in names)


@pytest.mark.parametrize("content", CONTENTS)
def test_csv(whole: Extract, content: Any) -> None:
    table = table_of(whole, content)
    rows = _csv_rows(write(whole, "csv", contents=(content,)))
    assert rows[0] == list(table.columns)
    wanted = [[_text(row[column]) for column in table.columns] for row in table.rows]
    assert rows[1:] == wanted


def _text(value: Cell) -> str:
    safe = safe_cell(value)
    return "" if safe is None else str(safe)


def _csv_rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_zip_holds_every_table_and_the_notes(whole: Extract) -> None:
    with zipfile.ZipFile(io.BytesIO(write(whole, "zip", contents=CONTENTS))) as archive:
        assert archive.namelist() == [*(f"{each}.csv" for each in CONTENTS), "notes.csv"]
        for content in CONTENTS:
            assert archive.read(f"{content}.csv") == write(whole, "csv", contents=(content,))


def test_xlsx(whole: Extract) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(whole, "xlsx", contents=CONTENTS)))
    for content in CONTENTS:
        table = table_of(whole, content)
        rows = [list(row) for row in book[table.title].iter_rows(values_only=True)]
        assert rows[0] == list(table.headings.values())
        assert rows[1:] == _expected(table)


def test_kml(whole: Extract) -> None:
    root = ElementTree.fromstring(write(whole, "kml", contents=SHAPED))
    folders = root.findall(f"{_KML}Document/{_KML}Folder")
    for content, folder in zip(SHAPED, folders, strict=True):
        table = table_of(whole, content)
        marks = folder.findall(f"{_KML}Placemark")
        found = [_kml_cells(mark) for mark in marks]
        wanted = [
            {key: _text_of(value) for key, value in row.items() if value is not None}
            for row in table.rows
        ]
        assert found == wanted
        _same((_kml_shape(mark) for mark in marks), table.shapes, tolerance=1e-6)


def _text_of(value: Cell) -> str:
    plain = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return without_controls(plain)


def _kml_cells(mark: Any) -> Mapping[str, str]:
    return {each.get("name"): each.text or "" for each in mark.iter(f"{_KML}SimpleData")}


def _kml_shape(mark: Any) -> Any:
    parts = []
    for point in mark.iter(f"{_KML}Point"):
        parts.append(shapely.Point(*_pairs(point)[0]))
    for polygon in mark.iter(f"{_KML}Polygon"):
        outer, *inner = [_pairs(ring) for ring in polygon.iter(f"{_KML}LinearRing")]
        parts.append(shapely.Polygon(outer, inner))
    if len(parts) < 2:
        return parts[0] if parts else None
    kind = shapely.MultiPoint if isinstance(parts[0], shapely.Point) else shapely.MultiPolygon
    return kind(parts)


def _pairs(element: Any) -> list[tuple[float, float]]:
    words = element.find(f".//{_KML}coordinates").text.split()
    return [tuple(map(float, pair.split(","))) for pair in words]  # type: ignore[misc]


def test_kml_opens_in_gdal_with_the_located_rows(whole: Extract, tmp_path: Path) -> None:
    path = tmp_path / "out.kml"
    path.write_bytes(write(whole, "kml", contents=("projects",)))
    layers = pyogrio.list_layers(path)
    assert [name for name, _ in layers] == [table_of(whole, "projects").title]


@pytest.mark.parametrize("content", SHAPED)
def test_geojson(whole: Extract, content: Any) -> None:
    collection = json.loads(write(whole, "geojson", contents=(content,)))
    table = table_of(whole, content)
    assert "crs" not in collection
    found = [list(each["properties"].values()) for each in collection["features"]]
    assert found == _expected(table)
    shapes = [
        each["geometry"] and shapely.from_geojson(json.dumps(each["geometry"]))
        for each in collection["features"]
    ]
    if content == "projects":
        _same(shapes, table.shapes)
        return
    for one, other in zip(shapes, table.shapes, strict=True):
        assert other is not None and one.is_valid
        assert shapely.hausdorff_distance(one, other) < 1.5e-5
        for polygon in shapely.get_parts(one):
            assert polygon.exterior.is_ccw and not any(ring.is_ccw for ring in polygon.interiors)
        assert np.array_equal(shapely.get_coordinates(one).round(5), shapely.get_coordinates(one))


def test_an_empty_selection_is_a_file_of_every_format(harmful: Registry, tmp_path: Path) -> None:
    empty = replace(extract_of(harmful, Selection(plans=("lixia",)), day=DAY), rows=())
    for key, format in FORMATS.items():
        path = tmp_path / f"{key}.{format.extension}"
        path.write_bytes(write(empty, key))
        assert path.stat().st_size
    assert pyogrio.read_info(tmp_path / "gpkg.gpkg", layer="projects")["features"] == 0
