"""Tables as a workbook that Excel and WPS open safely: text stays text, numbers stay numbers."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from layers.table import without_controls
from terms.columns import Cell, Row
from terms.errors import ExportError
from terms.formula import defuse_typed, is_formula
from terms.language import Language
from terms.messages import text

# Limits of the format, which openpyxl keeps by cutting in silence.
MAX_TEXT = 32_767
MAX_ROWS = 1_048_576
MAX_TITLE = 31
_TITLE_SIGNS = re.compile(r"[\\*?:/\[\]]")
_SAMPLE = 200  # rows looked at for the widths
_WIDTHS = (8, 48)
_NOTE_WIDTHS = (24, 100)


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook; `headings` gives a column another title than its name.

    The rows are read once and never held together.
    """

    title: str
    columns: tuple[str, ...]
    rows: Iterable[Row]
    headings: Mapping[str, str] | None = None

    def heading(self, column: str) -> str:
        """What stands over a column."""
        return (self.headings or {}).get(column, column)


def to_xlsx(
    sheets: Sequence[Sheet], *, notes: Sequence[tuple[str, str]] = (), language: Language = "zh"
) -> bytes:
    """The workbook as bytes; see `write_xlsx`."""
    out = io.BytesIO()
    write_xlsx(out, sheets, notes=notes, language=language)
    return out.getvalue()


def write_xlsx(
    out: IO[bytes],
    sheets: Sequence[Sheet],
    *,
    notes: Sequence[tuple[str, str]] = (),
    language: Language = "zh",
) -> None:
    """Write the sheets, then one of notes: what is given, and the column behind each heading.

    Text that begins with = + - @ is stored as text, and stays text when a person edits the cell,
    so it needs no mark (see `terms.formula`). Control characters become spaces. Raises ExportError
    for a text, a number or a table that the format cannot hold.
    """
    book = Workbook(write_only=True)
    titles = _titles([sheet.title for sheet in sheets], reserved=text("xlsx.notes", language))
    named = list(zip(titles, sheets, strict=True))
    renamed = [(title, sheet) for title, sheet in named if sheet.headings]
    try:
        for title, sheet in named:
            _table(book, sheet, title)
        if notes or renamed or not sheets:
            _notes(book, notes, renamed, language)
    except ExportError:
        book.save(io.BytesIO())  # closes and removes the workbook's temporary files
        raise
    book.save(out)


def _table(book: Workbook, sheet: Sheet, title: str) -> None:
    page = book.create_sheet(title)
    rows = iter(sheet.rows)
    sample = list(islice(rows, _SAMPLE))
    for place, column in enumerate(sheet.columns, start=1):
        words = chain([sheet.heading(column)], (row[column] for row in sample))
        page.column_dimensions[get_column_letter(place)].width = _width(words)
    page.freeze_panes = "A2"
    page.append([_bold(page, sheet.heading(column)) for column in sheet.columns])
    count = 1
    for row in chain(sample, rows):
        count += 1
        if count > MAX_ROWS:
            raise ExportError(
                f"表“{title}”超过 XLSX 的 {MAX_ROWS} 行上限，请改用 CSV / "
                f"the sheet {title} exceeds the {MAX_ROWS} rows of XLSX; take CSV instead"
            )
        page.append([_cell(page, row[column], column) for column in sheet.columns])
    if sheet.columns:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{count}"


def _notes(
    book: Workbook,
    notes: Sequence[tuple[str, str]],
    renamed: Sequence[tuple[str, Sheet]],
    language: Language,
) -> None:
    page = book.create_sheet(text("xlsx.notes", language))
    for letter, width in zip("AB", _NOTE_WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    _heads(page, text("xlsx.item", language), text("xlsx.content", language))
    for pair in notes:
        page.append([_note(page, words) for words in pair])
    for title, sheet in renamed:
        page.append([])
        _heads(page, f"{text('xlsx.fields', language)} · {title}", text("xlsx.column", language))
        for column in sheet.columns:
            page.append([_note(page, words) for words in (sheet.heading(column), column)])


def _heads(page: object, *words: str) -> None:
    page.append([_bold(page, word) for word in words])  # type: ignore[attr-defined]


def _bold(page: object, words: str) -> WriteOnlyCell:
    cell = _text(page, words, words)
    cell.font = Font(bold=True)
    return cell


def _note(page: object, words: str) -> WriteOnlyCell:
    cell = _text(page, words, words)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(page: object, value: Cell, column: str) -> Cell | WriteOnlyCell:
    if isinstance(value, str):
        return _text(page, value, column) if value else None
    if isinstance(value, float) and not math.isfinite(value):
        raise ExportError(
            f"“{column}”列的 {value} 不是数，XLSX 无法保存，未知应留空 / "
            f"{value} in {column} is no number that XLSX can hold; leave what is unknown empty"
        )
    return value


def _text(page: object, value: str, column: str) -> WriteOnlyCell:
    plain = defuse_typed(without_controls(value))
    if len(plain) > MAX_TEXT:
        raise ExportError(
            f"“{column}”列有一格 {len(plain)} 字，超过 XLSX 的 {MAX_TEXT} 字上限，请改用 CSV / "
            f"a cell of {column} has {len(plain)} signs, more than the {MAX_TEXT} of XLSX; "
            "take CSV instead"
        )
    cell = WriteOnlyCell(page, plain)
    cell.data_type = "s"  # else a leading = would make it a formula
    if is_formula(plain):
        cell.quotePrefix = True  # else it becomes one when the cell is opened and left
    return cell


def _width(words: Iterable[Cell]) -> int:
    least, most = _WIDTHS
    widest = max((_columns(str(each)) for each in words if each is not None), default=0)
    return min(max(widest + 2, least), most)


def _columns(words: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in words)


def _titles(wanted: Sequence[str], *, reserved: str) -> tuple[str, ...]:
    """Titles that the format takes: no forbidden sign, 31 signs at most, each once."""
    taken = {reserved.casefold()}
    titles = []
    for words in wanted:
        plain = _TITLE_SIGNS.sub(" ", without_controls(words)).strip(" '")[:MAX_TITLE] or "1"
        title, number = plain, 2
        while title.casefold() in taken:
            tail = f" {number}"
            title, number = plain[: MAX_TITLE - len(tail)] + tail, number + 1
        taken.add(title.casefold())
        titles.append(title)
    return tuple(titles)
