"""Hostile texts in every file: each opens in its reader and says what went in."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyogrio
import pytest

from capacity.check import Rules
from layers.exports.extract import CONTENTS, Extract, extract_of
from layers.exports.formats import FORMATS, write
from layers.exports.tables import table_of
from layers.pdf.brief import brief_pdf
from layers.pdf.shortlist import shortlist_pdf
from layers.table import without_controls
from registry.registry import Registry
from terms.formula import is_formula, undefuse
from terms.selection import Selection
from terms.units import PowerUnit
from tests.hostile import HOSTILE, REQUEST, hostile_registry
from tests.layers.exports.conftest import DAY
from tests.layers.pdf.printed import bare, text_of

_TEXTS = ("name", "name_en", "owner", "note", "zone", "township", "wording", "capacity_printed")


@pytest.fixture(scope="module")
def hostile(registry: Registry) -> Registry:
    return hostile_registry(registry)


@pytest.fixture(scope="module")
def extract(hostile: Registry) -> Extract:
    return extract_of(hostile, Selection(), day=DAY)


@pytest.fixture(scope="module")
def wanted(hostile: Registry) -> dict[str, dict[str, str]]:
    """What every file must say of each project; a control sign becomes a space, nothing else."""
    return {
        row.id: {name: without_controls(getattr(row, name)) for name in _TEXTS}
        for row in hostile.projects
    }


def test_every_text_stands_somewhere(wanted: dict[str, dict[str, str]]) -> None:
    found = {words for row in wanted.values() for words in row.values()}
    assert found >= {without_controls(each) for each in HOSTILE}


def test_geojson(extract: Extract, wanted: dict[str, dict[str, str]]) -> None:
    read = json.loads(write(extract, "geojson"))
    found = [each["properties"] for each in read["features"]]
    assert {each["id"]: {name: each[name] for name in _TEXTS} for each in found} == wanted


def test_geopackage_and_shapefile(
    extract: Extract, wanted: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "out.gpkg"
    path.write_bytes(write(extract, "gpkg", contents=CONTENTS))
    frame = pyogrio.read_dataframe(path, layer="projects").set_index("id")
    assert frame[list(_TEXTS)].to_dict("index") == wanted
    (tmp_path / "out.zip").write_bytes(write(extract, "shp"))
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert all(re.fullmatch(r"[a-z]+\.[a-z]{3}", name) for name in archive.namelist())
        full = _csv(archive.read("projects.csv"))
    shapes = pyogrio.read_dataframe(f"/vsizip/{tmp_path}/out.zip/projects.shp")
    assert set(shapes["id"]) == set(wanted) and full == wanted


def _csv(data: bytes) -> dict[str, dict[str, str]]:
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert not any(is_formula(cell) for row in rows for cell in row.values())
    return {row["id"]: {name: undefuse(row[name]) for name in _TEXTS} for row in rows}


def test_csv_is_defused_and_import_finds_every_text(
    extract: Extract, wanted: dict[str, dict[str, str]]
) -> None:
    assert _csv(write(extract, "csv", contents=("projects",))) == wanted
    for content in CONTENTS:
        text = write(extract, "csv", contents=(content,)).decode("utf-8-sig")
        assert not [
            cell for row in csv.reader(io.StringIO(text)) for cell in row if is_formula(cell)
        ]


def test_workbooks_hold_no_formula(extract: Extract, wanted: dict[str, dict[str, str]]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(extract, "xlsx", contents=CONTENTS)))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert all(
        cell.quotePrefix for cell in cells if cell.data_type == "s" and is_formula(cell.value)
    )
    table = table_of(extract, "projects")
    rows = list(book[table.title].iter_rows(values_only=True, min_row=2))
    place = {name: table.columns.index(name) for name in ("id", *_TEXTS)}
    found = {
        row[place["id"]]: {name: undefuse(row[place[name]]) for name in _TEXTS} for row in rows
    }
    assert found == wanted
    with zipfile.ZipFile(io.BytesIO(write(extract, "xlsx"))) as archive:
        assert not [name for name in archive.namelist() if "external" in name.lower()]


def test_kml(extract: Extract, wanted: dict[str, dict[str, str]]) -> None:
    root = ElementTree.fromstring(write(extract, "kml"))
    space = "{http://www.opengis.net/kml/2.2}"
    found = {}
    for mark in root.iter(f"{space}Placemark"):
        cells = {each.get("name"): each.text or "" for each in mark.iter(f"{space}SimpleData")}
        if "id" in cells and cells["id"] in wanted:
            found[cells["id"]] = {name: cells[name] for name in _TEXTS}
        told = ElementTree.fromstring(f"<d>{mark.findtext(f'{space}description')}</d>")
        assert {each.tag for each in told} <= {"br"}
    assert {
        id: {name: words.replace("\r", "\n") for name, words in row.items()}
        for id, row in found.items()
    } == wanted


def test_the_style_of_the_project_file_is_xml(extract: Extract, tmp_path: Path) -> None:
    path = tmp_path / "out.gpkg"
    path.write_bytes(write(extract, "gpkg", contents=CONTENTS))
    styles = pyogrio.read_dataframe(path, layer="layer_styles", read_geometry=False)
    for each in styles["styleQML"]:
        ElementTree.fromstring(each)


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_every_format_can_be_written_and_links_nowhere(extract: Extract, format: str) -> None:
    data = write(extract, format)  # type: ignore[arg-type]
    assert data and not re.search(rb"/(URI|JavaScript|JS|Launch)\b", data[: 10**7])


@pytest.mark.parametrize("place", ["370811", "taian"])
def test_briefs_and_lists_are_printed_as_text(hostile: Registry, place: str) -> None:
    page = brief_pdf(hostile, place, rules=Rules(DAY), language="zh", unit=PowerUnit.MW)
    listed = shortlist_pdf(hostile, hostile.projects[:60], selection=Selection(), extract_date=DAY)
    for data in (page, listed):
        assert bare("<script>window.fengtuHarmed=1;alert(1)</script>") in text_of(data)
        assert not re.search(rb"/(URI|JavaScript|JS|Launch)\b", data)


def test_the_page_of_the_map_asks_for_nothing(extract: Extract) -> None:
    page = write(extract, "html").decode("utf-8")
    assert "default-src 'none'" in page
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    assert page.lower().count("<script") == len(scripts) == page.lower().count("</script>")
    outside = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert REQUEST in outside and 'onerror="' not in outside and "<img" not in outside
