"""Workbooks: what is read back is what went in, and nothing runs."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest

from layers.xlsx import MAX_TEXT, Sheet, to_xlsx, write_xlsx
from registry.registry import Registry
from terms.columns import PROJECT_COLUMNS, Cell, Row, flat_row
from terms.errors import ExportError
from terms.formula import undefuse

HOSTILE = [
    "=1+1",
    "+86",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "=",
    "'quoted",
    '"double"',
    "<script>alert(1)</script>&amp;",
    "😀 emoji",
    "\u202eright to left\u202c",
    " led and followed by blanks ",
    "#N/A",
    "TRUE",
    "2025-01-01",
    "007",
    "1e5",
]


def _read(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def _values(data: bytes, title: str) -> list[list[Cell]]:
    return [list(row) for row in _read(data)[title].iter_rows(values_only=True)]


def _column(values: list[Any]) -> Sheet:
    return Sheet("表", ("v", "n"), [{"v": value, "n": 1} for value in values])


def test_projects_come_back_equal(registry: Registry) -> None:
    rows = [flat_row(row, PROJECT_COLUMNS) for row in registry.projects]
    got = _values(to_xlsx([Sheet("项目", PROJECT_COLUMNS, rows)]), "项目")
    assert got[0] == list(PROJECT_COLUMNS)
    for back, row in zip(got[1:], rows, strict=True):
        assert back == list(row.values())
        assert [type(value) for value in back] == [type(value) for value in row.values()]


def test_hostile_texts_come_back_equal_and_none_is_a_formula() -> None:
    book = _read(to_xlsx([_column(HOSTILE)], notes=[(words, words) for words in HOSTILE]))
    assert [row[0].value for row in book["表"].iter_rows(min_row=2)] == HOSTILE
    assert [row[0].value for row in book["说明"].iter_rows(min_row=2)] == HOSTILE
    for page in book:
        for row in page.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_a_cell_that_is_edited_stays_text_and_import_finds_each_text_again() -> None:
    words = ["=1+1", "'=1+1", "''=1+1", "+86", "'quoted", "甲", "-1", "="]
    page = _read(to_xlsx([_column(words)]))["表"]
    cells = [row[0] for row in page.iter_rows(min_row=2)]
    assert [undefuse(cell.value) for cell in cells] == words
    assert [cell.value for cell in cells] == ["=1+1", "''=1+1", "'''=1+1", *words[3:]]
    assert [bool(cell.quotePrefix) for cell in cells] == [True, False, False, True] + [False] * 4


@pytest.mark.parametrize(
    "sign", ["\x00", "\x0b", "\x1f", "\n", "\x85", "\ud800", "\ufffe", "\uffff"]
)
def test_signs_that_break_the_format_become_spaces(sign: str) -> None:
    got = _values(to_xlsx([_column([f"甲{sign}乙"])], notes=[("来源", f"甲{sign}乙")]), "表")
    assert got[1][0] == "甲 乙"


def test_empty_zero_and_no_stay_apart() -> None:
    values = [None, "", 0, False, 0.5, True, -3, 10**12]
    got = _values(to_xlsx([_column(values)]), "表")
    back = [row[0] for row in got[1:]]
    assert back == [None, None, 0, False, 0.5, True, -3, 10**12]
    assert [type(value) for value in back[2:]] == [type(value) for value in values[2:]]


def test_the_header_is_bold_frozen_and_says_the_headings() -> None:
    sheet = Sheet("表", ("id", "name"), [{"id": "a", "name": "乙" * 90}], {"name": "名称"})
    book = _read(to_xlsx([sheet], notes=[("来源", "方案")]))
    page = book["表"]
    assert [cell.value for cell in page[1]] == ["id", "名称"]
    assert all(cell.font.bold for cell in page[1]) and page.freeze_panes == "A2"
    widths = [page.column_dimensions[letter].width for letter in "AB"]
    assert widths == [8, 48]
    notes = [[cell.value for cell in row] for row in book["说明"].iter_rows()]
    assert ["来源", "方案"] in notes and ["名称", "name"] in notes


def test_titles_fit_the_format_and_stay_apart() -> None:
    wanted = ["项目/一:二", "项目 一 二", "长" * 40, "长" * 41, "说明", ""]
    book = _read(to_xlsx([Sheet(title, ("v",), []) for title in wanted], notes=[("a", "b")]))
    assert len({title.casefold() for title in book.sheetnames}) == len(wanted) + 1
    assert all(len(title) <= 31 for title in book.sheetnames)
    assert book.sheetnames[0] == "项目 一 二" and book.sheetnames[-1] == "说明"


def test_what_the_format_cannot_hold_is_refused() -> None:
    with pytest.raises(ExportError, match="CSV"):
        to_xlsx([_column(["长" * (MAX_TEXT + 1)])])
    with pytest.raises(ExportError, match="nan"):
        to_xlsx([_column([float("nan")])])
    assert _values(to_xlsx([_column(["长" * MAX_TEXT])]), "表")[1][0] == "长" * MAX_TEXT


def test_a_long_table_is_never_held_as_a_whole(tmp_path: Any) -> None:
    def rows(count: int) -> Iterator[Row]:
        return ({"v": f"第{number}行", "n": number} for number in range(count))

    def peak(count: int) -> int:
        with (tmp_path / f"{count}.xlsx").open("wb") as out:
            tracemalloc.start()
            write_xlsx(out, [Sheet("表", ("v", "n"), rows(count))])
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return most

    peak(1_000)
    assert peak(8_000) < 1.3 * peak(1_000)
