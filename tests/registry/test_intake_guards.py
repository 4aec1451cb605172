"""What is refused at the door, each with one sentence that names the limit and the remedy."""

from __future__ import annotations

import io
import sqlite3
import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from intake_files import (
    csv_file,
    frame,
    geojson_file,
    gpkg_file,
    shapefile,
    squares,
    with_part,
    xlsx_file,
    zip_file,
)

from registry.intake.limits import Limits
from registry.intake.mapping import FileMapping, IntakeKind
from registry.intake.open import open_sheet
from registry.intake.take_in import take_in
from registry.intake.tangle import crossing_pairs
from registry.registry import Registry
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


SHEET = "xl/worksheets/sheet1.xml"
_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_TAIL = b"</sheetData></worksheet>"


def worksheet(rows: bytes) -> bytes:
    """A book whose only sheet has these rows, with enough noise to pass for no bomb."""
    return with_part(xlsx_file(), SHEET, _HEAD + rows + _TAIL)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (b"<row>" + b"<c/>" * 7_000 + b"</row>", "格"),
        (b"<row>" + b"<c/>" * 250 + b"</row>", "列"),
        (b'<c r="A1" ' * 300, "列"),
        (b"<q/>" * 7_000, "格"),
    ],
)
def test_elements_are_counted_before_they_are_parsed(
    rows: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any of these, at the limits of size, took minutes or gigabytes in the parser."""
    monkeypatch.setattr("registry.intake.xlsx_parts._MOST_ELEMENTS", 200)
    monkeypatch.setattr("registry.intake.xlsx_parts._WIDEST", 60)
    monkeypatch.setattr("registry.intake.read_xlsx.load_workbook", None)
    refused(worksheet(rows), words, limits=Limits(cells=2_000))


def test_parts_without_cells_are_counted_too() -> None:
    styles = b"<styleSheet><cellXfs>" + b"<xf/>" * 300_001 + b"</cellXfs></styleSheet>"
    refused(with_part(xlsx_file(), "xl/styles.xml", styles), "样式或名称过多", limits=ROOMY)
    texts = b"<x>" + b"<si/>" * 300_001 + b"</x>"
    refused(with_part(xlsx_file(), SHEET, texts), "样式或名称过多", limits=ROOMY)


ROOMY = Limits(ratio=100_000)


def test_shared_texts_are_read_with_their_runs_and_not_their_phonetic_signs() -> None:
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d" t="s"><v>2</v></c></row>'
        % (row, row, row - 1, row)
        for row in (1, 2)
    )
    texts = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>名称</t></si>'
        "<si><r><t>甲</t></r><r><rPr><b/></rPr><t xml:space='preserve'>光 </t></r><rPh><t>jia</t>"
        "</rPh></si><si><t>&lt;&amp;</t></si></sst>"
    )
    book = with_part(with_part(xlsx_file(), SHEET, _HEAD + cells + _TAIL), TEXTS, texts.encode())
    sheet = open_sheet(book, "x")
    assert sheet.headers == ("名称", "<&") and sheet.rows[0].cells == ("甲光 ", "<&")
    many = texts.replace("</sst>", "<si/>" * 50 + "</sst>")
    refused(with_part(book, TEXTS, many.encode()), "格", limits=Limits(cells=40))
    refused(with_part(book, TEXTS, b"<sst><si>"), "已损坏", limits=Limits())


TEXTS = "xl/sharedStrings.xml"


def test_other_workbooks_are_told_what_to_do() -> None:
    for name in ("content.xml", "xl/workbook.bin"):
        refused(zip_file({name: b"x", "[Content_Types].xml": b"x"}), "另存为 XLSX", limits=ROOMY)


def test_what_a_geojson_holds_is_counted_before_it_is_read() -> None:
    tight = Limits(rows=1, vertices=2)
    refused(
        b'{"type":"FeatureCollection","features":[' + b"{}," * 20 + b"{}]}", "化简", limits=tight
    )


def test_blank_lines_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.intake.read_csv._MOST_LINES", 100)
    refused(b"a,b\n" + b"\n" * 200 + b"1,2\n", "行", limits=Limits())


COMPUTED = "hex(zeroblob(400000000))"


@pytest.mark.parametrize(
    "program",
    [
        f'ALTER TABLE "点" ADD COLUMN big TEXT GENERATED ALWAYS AS ({COMPUTED}) VIRTUAL',
        "DROP TABLE gpkg_ogr_contents; CREATE VIEW gpkg_ogr_contents AS WITH RECURSIVE n(i) AS "
        "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS table_name FROM n",
        "CREATE VIRTUAL TABLE t USING fts4(a); UPDATE gpkg_contents SET table_name = 't'",
    ],
)
def test_nothing_of_a_geopackage_is_computed(program: str) -> None:
    refused(changed_gpkg(program), "视图或含计算列", limits=Limits())


def changed_gpkg(program: str) -> bytes:
    """A GeoPackage after a program was run in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.gpkg"
        path.write_bytes(gpkg_file())
        with sqlite3.connect(path) as database:
            database.executescript(program)
        database.close()
        return path.read_bytes()


def test_a_geopackage_with_too_many_layers_and_one_that_is_none() -> None:
    many = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001) "
        "INSERT INTO gpkg_contents(table_name, data_type, identifier) "
        "SELECT 'a' || i, 'attributes', i FROM n"
    )
    refused(changed_gpkg(many), "1000 张", limits=Limits())
    refused(changed_gpkg("DROP TABLE gpkg_contents"), "不是 GeoPackage", limits=Limits())


@pytest.mark.parametrize("said", ["UTF-8", "GBK", "ISO-8859-1", "1252", "BIG5", "nonsense", ""])
@pytest.mark.parametrize("encoding", ["UTF-8", "GB18030"])
def test_a_code_page_that_is_wrong_does_not_garble_the_words(encoding: str, said: str) -> None:
    data = with_part(shapefile(encoding=encoding), "点.cpg", said.encode())
    sheet = open_sheet(data, "x")
    assert (sheet.headers[0], sheet.rows[0].cells[0]) == ("名称", "甲光伏")


def test_a_field_of_the_usual_254_signs_is_not_taken_for_another_encoding() -> None:
    """The length of a field is a byte of its head, 0xFE, which is no UTF-8."""
    wide = frame()
    wide["名称"] = ["甲" * 84 + "ab", "乙"]
    assert open_sheet(shapefile(wide, encoding="UTF-8", cpg=True), "x").rows[1].cells[0] == "乙"


def test_big5_is_read_where_it_is_said_and_fits() -> None:
    old = frame()
    old["名称"], old["技术"] = ["甲光電廠", "乙風電廠"], ["光電", "風電"]
    old.columns = ["名稱", "技術", "裝機MW", "geometry"]
    data = with_part(shapefile(old, encoding="CP950"), "点.cpg", b"BIG5")
    assert open_sheet(data, "x").rows[1].cells[0] == "乙風電廠"


def test_features_without_their_words_are_not_dropped() -> None:
    data = shapefile(squares())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        table = bytearray(archive.read("点.dbf"))
    table[4] = 1
    refused(with_part(data, "点.dbf", bytes(table)), "已损坏", limits=Limits())


def test_a_polygon_that_would_be_checked_for_hours_is_told(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slanting teeth side by side: each edge lies in the bounds of all the others."""
    teeth = [
        (116 + at * 1e-4 + side, 36.5 - at * 1e-4 + side)
        for at in range(1000)
        for side in ((0, 0.3) if at % 2 else (0.3, 0))
    ]
    comb = shapely.Polygon([*teeth, (116.6, 36.9), (116.7, 36.2), (116.0, 36.0), teeth[0]])
    ring = shapely.Point(117, 36).buffer(0.5, quad_segs=500)
    assert crossing_pairs(comb) > 100 * crossing_pairs(ring)
    monkeypatch.setattr("registry.intake.areas.MOST_PAIRS", 100_000)
    for shape, expected in ((ring, []), (comb, ["边界不过分曲折的面"])):
        layer = gpd.GeoDataFrame({"名称": ["甲"]}, geometry=[shape], crs=4326)
        sheet = open_sheet(gpkg_file(("面", layer)), "x")
        intake = take_in(sheet, FileMapping(), kind=IntakeKind.AREA, registry=registry)
        assert [each.expected.split("，")[0] for each in intake.faults] == expected


def test_vertices_are_counted_before_any_polygon_is_checked(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.intake.areas._checked", None)
    sheet = open_sheet(gpkg_file(("面", squares())), "x")
    intake = take_in(
        sheet, FileMapping(), kind=IntakeKind.AREA, registry=registry, limits=Limits(vertices=3)
    )
    assert "不超过 3 个顶点" in intake.faults[0].expected
