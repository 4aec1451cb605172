"""What a file holds once it is read: a header, rows of text, perhaps a geometry for each row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from openpyxl.utils import get_column_letter

from registry.intake.limits import Limits, refusal
from terms.errors import Fault
from terms.formula import undefuse

_UNSEEN = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"
)
_LINES = str.maketrans("\r\n\t", "   ")


class FileKind(StrEnum):
    """What a file is, by its content and not by its name."""

    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    SHAPEFILE = "shapefile"


@dataclass(frozen=True)
class Remark:
    """Something to know that stops nothing; `where` is a cell (C12), a row or empty.

    `message` is a pair "中文 · English".
    """

    where: str
    message: str


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as a person sees it in the file, its cells, its geometry as WKB."""

    number: int
    cells: tuple[str, ...]
    geometry: bytes | None = None


@dataclass(frozen=True)
class Sheet:
    """One table of a file. Every row has as many cells as there are headers.

    `crs` is the reference system that the file itself declares, empty without; `part` the sheet
    or layer that was read, of `parts`. `header_row` is 0 where the format itself names the fields.
    """

    file: str
    kind: FileKind
    headers: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    header_row: int = 0
    crs: str = ""
    encoding: str = ""
    part: str = ""
    parts: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def has_geometry(self) -> bool:
        """Does any row bring its own geometry?"""
        return any(row.geometry is not None for row in self.rows)

    def where(self, row: SheetRow, header: str = "") -> str:
        """The place of a row or a cell, as a person finds it: C12, 第 12 行, 第 3 个要素."""
        if self.header_row == 0:
            return f"第 {row.number} 个要素 · feature {row.number}"
        if header in self.headers:
            return f"{get_column_letter(self.headers.index(header) + 1)}{row.number}"
        return f"第 {row.number} 行 · row {row.number}"

    def fault(self, row: SheetRow, header: str, found: str, expected: str) -> Fault:
        """A fault of one cell."""
        return Fault(self.file, self.where(row, header), header or "-", found[:120], expected)


class Door:
    """Cleans cells as they come in and remembers what it took away.

    Only spreadsheets run formulas: files of other kinds never had our mark (`is_marked` False).
    """

    def __init__(self, limits: Limits, *, is_marked: bool = True) -> None:
        self._limits = limits
        self._is_marked = is_marked
        self.remarks: list[Remark] = []
        self._lines = 0
        self._removed = 0

    def cell(self, value: str, *, where: str) -> str:
        """A cell without control characters and without our own formula mark.

        Line breaks and tabs become spaces. A cell above the limit refuses the file.
        """
        if len(value) > self._limits.cell:
            most, found = self._limits.cell, len(value)
            raise refusal(
                f"单元格 {where} 有 {found} 个字，超过上限 {most}，请缩短，或检查引号是否成对",
                f"the cell {where} has {found} signs, more than {most}; shorten it, or look for a "
                "quotation mark that is not closed",
            )
        plain = undefuse(value) if self._is_marked else value
        if plain.isprintable():
            return plain
        spaced = plain.translate(_LINES)
        self._lines += spaced != plain
        clean = "".join(sign for sign in spaced if not is_control(sign))
        if clean != spaced:
            self._note(where, len(spaced) - len(clean))
        return clean

    def all_remarks(self) -> tuple[Remark, ...]:
        """What was taken away, cell by cell up to a hundred, the rest as a number."""
        remarks = list(self.remarks)
        if self._removed > len(remarks):
            rest = self._removed - len(remarks)
            words = (
                f"另有 {rest} 格也去掉了控制字符 · control characters were removed from {rest} "
                "more cells"
            )
            remarks.append(Remark("", words))
        if self._lines:
            words = (
                f"{self._lines} 格里的换行或制表符改成了空格 · line breaks or tabs in "
                f"{self._lines} cells became spaces"
            )
            remarks.append(Remark("", words))
        return tuple(remarks)

    def _note(self, where: str, count: int) -> None:
        self._removed += 1
        if self._removed <= 100:
            words = f"去掉了 {count} 个控制字符 · {count} control characters were removed"
            self.remarks.append(Remark(where, words))


def is_control(sign: str) -> bool:
    """Is this a sign that cuts files, hides itself or turns the reading direction?"""
    return unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} or sign in _UNSEEN


def unique_headers(
    names: Iterable[str], *, letters: bool = True
) -> tuple[tuple[str, ...], tuple[Remark, ...]]:
    """Headers without repeats or gaps, and what had to be renamed."""
    found: list[str] = []
    taken: set[str] = set()
    remarks: list[Remark] = []
    for number, raw in enumerate(names, start=1):
        letter = get_column_letter(number)
        base = raw.strip() or f"[{letter}]"
        name, count = base, 2
        while name in taken:
            name, count = f"{base} ({count})", count + 1
        if raw.strip() and name != base:
            words = (
                f"表头“{base}”重复，第 {number} 列改称“{name}” · the heading {base} stands twice; "
                f"column {number} is called {name}"
            )
            remarks.append(Remark(f"{letter}" if letters else "", words))
        taken.add(name)
        found.append(name)
    return tuple(found), tuple(remarks)
