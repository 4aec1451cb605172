"""Public mode: no point, no township and no entry of a user in any file."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from layers.exports.extract import CONTENTS, Extract, extract_of
from layers.exports.formats import FORMATS, write
from registry.registry import Registry, build_registry
from terms.kinds import GeometryRole
from terms.selection import Selection
from tests.layers.exports.conftest import DAY


@pytest.fixture(scope="module")
def public(registry: Registry) -> Extract:
    """Everything, as the public may see it."""
    return extract_of(build_registry(registry.districts, public=True), Selection(), day=DAY)


def _text(data: bytes, key: str, folder: Path) -> str:
    """All that a file holds, as text."""
    if key == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        cells = (
            cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
        return "\n".join(str(cell) for cell in cells)
    if key in ("zip", "shp"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        files = (archive.read(name) for name in archive.namelist())
        return "\n".join(each.decode("utf-8", "replace") for each in files)
    if key == "gpkg":
        (folder / "all.gpkg").write_bytes(data)
        with closing(sqlite3.connect(folder / "all.gpkg")) as book:
            names = [row[0] for row in book.execute("SELECT table_name FROM gpkg_contents")]
            return "\n".join(repr(row) for name in names for row in book.execute(_ALL.format(name)))
    return data.decode("utf-8")


_ALL = "SELECT * FROM '{}'"


@pytest.mark.parametrize("key", sorted(set(FORMATS) - {"pdf"}))
def test_no_file_tells_a_point_or_a_township(
    registry: Registry, public: Extract, key: str, tmp_path: Path
) -> None:
    contents = [each for each in CONTENTS if each in FORMATS[key].contents]
    wanted = contents if FORMATS[key].holds_many else None
    held = _text(write(public, key, contents=wanted), key, tmp_path)
    assert "taian-pv-09" in held
    for row in registry.projects:
        if row.geometry_role is GeometryRole.SITE:
            for between in (",", ", ", " ", "\n"):  # a county's outline may share one number
                assert f"{row.lon}{between}{row.lat}" not in held, (key, row.id)
    for words in ("坐标来自", "读作东平县银山镇", "湖屯镇的村名", "老城街道", "距县界约"):
        assert words not in held, (key, words)
    assert "不公开" in held


def test_the_map_in_a_file_holds_label_points_only(registry: Registry, public: Extract) -> None:
    page = write(public, "html").decode("utf-8")
    start = page.index("window.fengtuData = ") + len("window.fengtuData = ")
    data, _ = json.JSONDecoder().raw_decode(page[start:])
    sites = {(r.lon, r.lat) for r in registry.projects if r.geometry_role is GeometryRole.SITE}
    drawn = {tuple(point) for row in data["projects"]["projects"] for point in row["points"]}
    assert sites and drawn and not sites & drawn
    assert {row["look"] for row in data["projects"]["projects"]} <= {"hollow", "shared"}
    assert all(row["lon"] is None and row["township"] is None for row in data["rows"].values())
