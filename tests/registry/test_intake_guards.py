"""What is refused at the door, each with one sentence that names the limit and the remedy."""

from __future__ import annotations

import io
import sqlite3
import tempfile
import zipfile
from pathlib import Path

import pytest
from intake_files import (
    csv_file,
    geojson_file,
    gpkg_file,
    shapefile,
    with_part,
    xlsx_file,
    zip_file,
)

from registry.intake.limits import Limits
from registry.intake.open import open_sheet
from terms.errors import IntakeError

SMALL = Limits(size=50_000, rows=5, columns=8, cells=30, cell=50, members=20, unpacked=100_000)


def refused(data: bytes, words: str, *, limits: Limits = SMALL, part: str = "") -> None:
    """The file is refused with one sentence in two languages that holds the words."""
    with pytest.raises(IntakeError) as raised:
        open_sheet(data, "x", limits=limits, part=part)
    message = str(raised.value)
    assert words in message and message.count(" · ") == 1 and "\n" not in message


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_tables_that_are_too_large(make) -> None:
    head = ["名称", "状态"]
    refused(make([head, *[["甲", "在建"]] * 6]), "超过 5 行")
    refused(make([["名称"] * 9, ["甲"] * 9]), "超过 8 列")
    refused(make([["名称"] * 8, *[["甲"] * 8] * 4]), "超过 30 格")
    refused(make([head, ["甲" * 51, "在建"]]), "A2 有 51 个字")


def test_features_that_are_too_many() -> None:
    tight = Limits(rows=1)
    for data in (geojson_file(), gpkg_file(), shapefile()):
        refused(data, "超过 1 行", limits=tight)
    for data in (geojson_file(), gpkg_file(), shapefile()):
        refused(data, "超过 2 列", limits=Limits(columns=2))


def test_size_and_emptiness() -> None:
    refused(b"", "文件是空的")
    refused(b"a,b\n" * 20_000, "超过上限")
    refused(b"\n\n\n", "没有数据行")
    refused("名称,状态\n".encode(), "没有数据行")


@pytest.mark.parametrize("name", ["../x.shp", "/x.shp", "a/../../x.shp", "C:x.shp", "..\\x.shp"])
def test_paths_that_lead_out(name: str) -> None:
    refused(zip_file({name: b"x", "a.shp": b"x"}), "指向包外")


def test_links_in_an_archive() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.shp")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    refused(out.getvalue(), "指向包外")


def test_bombs() -> None:
    refused(zip_file({"a.shp": b"\0" * 200_000}), "压缩炸弹")
    refused(zip_file({"a.shp": b"\0" * 5_000_000}), "压缩炸弹", limits=Limits())
    refused(with_part(xlsx_file(), "xl/media/x.xml", b" " * 200_000), "压缩炸弹")
    refused(zip_file({f"{n}.txt": b"" for n in range(30)}), "30 个文件")


def test_archives_in_archives() -> None:
    refused(zip_file({"a.shp": b"x", "b.zip": b"x"}), "又有压缩包")
    inner = zip_file({"x": b"x"})
    refused(zip_file({"a.shp": inner, "a.dbf": b"x", "a.shx": b"x"}), "又有压缩包")


def test_encrypted_archives() -> None:
    data = bytearray(zip_file({"a.shp": b"x"}))
    data[6] |= 1
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    refused(bytes(data), "已加密")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    refused(ole, "已加密")
    refused(ole[:8] + b"workbook", "另存为 XLSX")


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b"<!doctype x><x/>",
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
    ],
)
def test_entities_in_xml(content: bytes) -> None:
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"):
        with pytest.raises(IntakeError, match=r"实体|UTF-8"):
            open_sheet(with_part(xlsx_file(), part, content), "x")


def test_rows_and_columns_far_out() -> None:
    book = xlsx_file([["名称"], ["甲"]])
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    for old, new in ((b'r="2"', b'r="999999999"'), (b'r="A2"', b'r="ZZZ2"')):
        refused(with_part(book, "xl/worksheets/sheet1.xml", page.replace(old, new)), "超过")


def test_several_shapefiles_and_missing_parts() -> None:
    refused(zip_file({"a.shp": b"x", "b.shp": b"x"}), "几个图层")
    refused(zip_file({"a.shp": b"x"}), ".dbf")
    refused(zip_file({"a.txt": b"x"}), "既没有 Shapefile")


def test_views_of_a_geopackage_are_not_run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.gpkg"
        path.write_bytes(gpkg_file())
        with sqlite3.connect(path) as database:
            database.execute("UPDATE gpkg_contents SET table_name = 'endless'")
            database.execute(
                "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                "FROM n) SELECT i FROM n"
            )
        database.close()
        refused(path.read_bytes(), "是视图", limits=Limits())


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 x",
        b"\x89PNG\r\n\x1a\n",
        b"\x00\x01\x02\x03" * 100,
        b"<?xml version='1.0'?><kml/>",
        b'<!DOCTYPE html><script src="x">',
        b"PK\x03\x04 broken",
        b"SQLite format 3\x00" + b"x" * 200,
        b'{"type": "FeatureCollection", "features": [1]}',
        b'{"a": 1}',
        b'{"type": "FeatureCollection"',
        b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},'
        b'"geometry":{"type":"Point","coordinates":[1e999,1]}}]}',
        b"[" * 100_000 + b'"',
        b"\xff\xff\xff\xff,\xff",
        b'a,b\n"open,1\n2,3\n',
    ],
)
def test_what_is_no_table(data: bytes) -> None:
    with pytest.raises(IntakeError) as raised:
        open_sheet(data, "x")
    assert str(raised.value).count(" · ") == 1
