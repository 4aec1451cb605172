"""Files of strangers as sheets: formats, encodings, headers, declared systems, marks taken off."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_files import (
    HEADERS,
    ROWS,
    csv_file,
    frame,
    geojson_file,
    gpkg_file,
    shapefile,
    squares,
    xlsx_file,
)
from openpyxl import Workbook

from layers.table import to_csv, without_controls
from layers.xlsx import Sheet as OutSheet
from layers.xlsx import to_xlsx
from registry.intake.open import open_sheet
from registry.intake.sheet import FileKind
from terms.errors import IntakeError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_every_encoding_and_separator(encoding: str, separator: str) -> None:
    data = csv_file().decode().replace(",", separator).encode(encoding)
    sheet = open_sheet(data, "x.csv")
    assert (sheet.kind, sheet.headers, sheet.header_row) == (FileKind.CSV, HEADERS, 1)
    assert [row.number for row in sheet.rows] == [2, 3]
    assert sheet.rows[0].cells == ("甲光伏", "肥城市", "光伏", "100", "在建", "116.77", "36.18")


def test_the_name_of_a_file_is_not_believed() -> None:
    assert open_sheet(xlsx_file(), "x.csv").kind is FileKind.XLSX
    assert open_sheet(csv_file(), "x.xlsx").kind is FileKind.CSV
    assert open_sheet(geojson_file(), "x.txt").kind is FileKind.GEOJSON
    assert open_sheet(gpkg_file(), "x.zip").kind is FileKind.GPKG
    assert open_sheet(shapefile(), "x.gpkg").kind is FileKind.SHAPEFILE


def test_a_header_below_titles_and_over_blank_rows() -> None:
    rows = [["某市2026年清单"], [], ["单位：MW", "", ""], [*HEADERS], [], *ROWS]
    for data in (csv_file(rows), xlsx_file(rows)):
        sheet = open_sheet(data, "x")
        assert (sheet.headers, sheet.header_row) == (HEADERS, 4)
        assert [row.number for row in sheet.rows] == [6, 7]
        assert sheet.where(sheet.rows[0], "状态") == "E6"


def test_merged_heads_are_one_header() -> None:
    upper = ["项目名称", "装机", "", "位置", ""]
    lower = ["", "（万千瓦）", "状态", "经度", "纬度"]
    sheet = open_sheet(xlsx_file([upper, lower, ["甲", 5, "在建", 117, 36]]), "x")
    assert sheet.headers[0] == "项目名称" and sheet.headers[1] == "装机（万千瓦）"
    assert sheet.header_row == 2 and len(sheet.rows) == 1


def test_repeated_and_missing_headings_are_named() -> None:
    sheet = open_sheet(csv_file([["名称", "名称", "", "状态"], ["甲", "乙", "丙", "在建"]]), "x")
    assert sheet.headers == ("名称", "名称 (2)", "[C]", "状态")
    assert any(remark.where == "B" and "名称 (2)" in remark.message for remark in sheet.remarks)


def test_control_characters_go_and_are_reported() -> None:
    sheet = open_sheet("名称,状态\n甲\x07乙,在\x00建\n".encode(), "x")
    assert sheet.rows[0].cells == ("甲乙", "在建")
    assert [remark.where for remark in sheet.remarks] == ["A2", "B2"]


def test_formulas_are_not_evaluated_but_told() -> None:
    sheet = open_sheet(xlsx_file([["名称", "装机MW"], ["甲", "=1+1"], ["乙", 3]]), "x")
    assert [row.cells for row in sheet.rows] == [("甲", ""), ("乙", "3")]
    assert any("B2" in remark.message for remark in sheet.remarks)


def test_a_sheet_is_chosen_where_there_are_several() -> None:
    data = xlsx_file(other=[["名称"], ["丙"]])
    with pytest.raises(IntakeError, match="数据、other"):
        open_sheet(data, "x")
    assert open_sheet(data, "x", part="other").rows[0].cells == ("丙",)
    with pytest.raises(IntakeError, match="没有工作表“no”"):
        open_sheet(data, "x", part="no")


def test_a_layer_is_chosen_where_there_are_several() -> None:
    data = gpkg_file(("点", frame()), ("面", squares()))
    with pytest.raises(IntakeError, match="点、面"):
        open_sheet(data, "x")
    assert open_sheet(data, "x", part="面").headers == ("名称",)


def test_numbers_stay_what_excel_shows() -> None:
    sheet = open_sheet(xlsx_file([["名称", "装机MW"], ["甲", 0.1 + 0.2], ["乙", 12345678901]]), "x")
    assert [row.cells[1] for row in sheet.rows] == ["0.3", "12345678901"]


@pytest.mark.parametrize("epsg", [4326, 4490, 4548, 4527])
def test_vector_files_declare_their_system(epsg: int) -> None:
    for data in (gpkg_file(("点", frame().to_crs(epsg))), shapefile(frame().to_crs(epsg))):
        assert open_sheet(data, "x").crs


@pytest.mark.parametrize(
    ("encoding", "cpg"), [("GB18030", False), ("UTF-8", False), ("UTF-8", True)]
)
def test_attributes_of_a_shapefile_in_every_encoding(encoding: str, cpg: bool) -> None:
    sheet = open_sheet(shapefile(encoding=encoding, cpg=cpg), "x")
    assert [row.cells[0] for row in sheet.rows] == ["甲光伏", "乙风电"]
    assert sheet.has_geometry and sheet.where(sheet.rows[1]) == "第 2 个要素 · feature 2"


def test_geojson_without_crs_declares_nothing() -> None:
    assert open_sheet(geojson_file(""), "x").crs == ""
    assert "CRS84" in open_sheet(geojson_file(), "x").crs


CELLS = st.text(alphabet="'=+-@＝ a1甲,\"\n\t\r\x07", max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
def test_what_we_export_comes_back_equal(cells: list[tuple[str, str]]) -> None:
    """Our mark is taken off exactly; controls were blanks already when they left."""
    rows = [{"名称": f"行{first}", "备注": second} for first, second in cells]
    kept = [(without_controls(row["名称"]), without_controls(row["备注"])) for row in rows]
    for data in (
        to_csv(rows, ("名称", "备注"), bom=True).encode(),
        to_xlsx([OutSheet("数据", ("名称", "备注"), rows)]),
    ):
        found = [row.cells for row in open_sheet(data, "x").rows]
        assert [(*row, "")[:2] for row in found] == kept


@given(CELLS)
def test_a_marked_cell_loses_one_mark_only(words: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["名称", "备注"], ["甲", f"'=1{words}"]])
    (row,) = open_sheet(out.getvalue().encode(), "x").rows
    assert row.cells[1].startswith("=")


def test_a_percentage_is_read_as_it_is_shown() -> None:
    """Excel keeps 5.3% as 0.053: under a heading in % that would be a hundredth of it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["县区", "弃电率（%）", "装机"])
    sheet.append(["肥城市", 0.053, 0.07])
    sheet["B2"].number_format = "0.0%"
    data = io.BytesIO()
    book.save(data)
    (row,) = open_sheet(data.getvalue(), "率.xlsx").rows
    assert row.cells == ("肥城市", "5.3%", "0.07")
