"""Tables on paper: cells wrap, numbers stand right, rows stay whole, the head is repeated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layers.pdf.document import (
    HEIGHT_OF_PAGE,
    INK,
    LEFT,
    PALE,
    RULE,
    SOFT,
    Align,
    Document,
    height_of_line,
)

_PAD = 1.1
_PAD_Y = 0.75


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in mm, how its cells stand; `gap` mm stay free at its right."""

    head: str
    width: float
    align: Align = "left"
    gap: float = 0.0


@dataclass(frozen=True)
class Cell:
    """A cell: its text and, smaller and softer below it, a note."""

    text: str
    note: str = ""
    bold: bool = False
    soft: bool = False


Values = Sequence[Cell | str]


@dataclass(frozen=True)
class TableRow:
    """One row; a `strong` one (a sum) stands on a pale ground."""

    cells: Values
    strong: bool = False


@dataclass(frozen=True)
class _Line:
    text: str
    size: float
    bold: bool
    colour: str


@dataclass
class Table:
    """A table under way on a document, from `x`."""

    document: Document
    columns: Sequence[Column]
    x: float = LEFT
    size: float = 7.5

    @property
    def width(self) -> float:
        """The width of all columns."""
        return sum(column.width for column in self.columns)

    def draw(self, rows: Iterable[TableRow | Values]) -> None:
        """Set head and rows, over as many pages as it takes."""
        given = iter(rows)
        first = next(given, None)
        if first is None:
            return
        self.document.need(self._head_height() + self._height(self._row(first)))
        self._head()
        self._one(first)
        for row in given:
            self._one(row)
        self.document.rule(
            self.document.y, x=self.x, end=self.x + self.width, width=0.3, colour=INK
        )
        self.document.y += 2

    def keep_whole(self, rows: Sequence[TableRow | Values], *, more: float = 0.0) -> None:
        """Begin a new page where the table would break here and fits on a page of its own."""
        height = more + self._whole(rows)
        if height <= HEIGHT_OF_PAGE:
            self.document.need(height)

    def fits(self, rows: Sequence[TableRow | Values], *, more: float = 0.0) -> bool:
        """Does the whole table fit on this page?"""
        return self.document.y + more + self._whole(rows) <= self.document.bottom

    def _whole(self, rows: Sequence[TableRow | Values]) -> float:
        return self._head_height() + sum(self._height(self._row(row)) for row in rows)

    # -- rows

    def _one(self, row: TableRow | Values) -> None:
        cells = self._row(row)
        height = self._height(cells)
        if self.document.need(height):
            self._head()
        whole = self.document.bottom - self.document.y
        while height > whole:  # longer than a page: its lines go on
            limit = max(1, int((whole - 2 * _PAD_Y) / height_of_line(self.size)))
            self._set([lines[:limit] for lines in cells], strong=False)
            cells = [lines[limit:] for lines in cells]
            height = self._height(cells)
            self.document.new_page()
            self._head()
            whole = self.document.bottom - self.document.y
        self._set(cells, strong=isinstance(row, TableRow) and row.strong)

    def _row(self, row: TableRow | Values) -> list[list[_Line]]:
        values = row.cells if isinstance(row, TableRow) else row
        strong = isinstance(row, TableRow) and row.strong
        return [
            self._cell(value if isinstance(value, Cell) else Cell(value), column, strong=strong)
            for value, column in zip(values, self.columns, strict=True)
        ]

    def _cell(self, cell: Cell, column: Column, *, strong: bool) -> list[_Line]:
        width, bold = _inner(column), cell.bold or strong
        colour = SOFT if cell.soft else INK
        found = []
        if cell.text:
            lines = self.document.lines(cell.text, width, size=self.size, bold=bold)
            found += [_Line(line, self.size, bold, colour) for line in lines]
        if cell.note:
            small = self.size - 1
            lines = self.document.lines(cell.note, width, size=small)
            found += [_Line(line, small, False, SOFT) for line in lines]
        return found

    def _height(self, cells: Sequence[Sequence[_Line]]) -> float:
        most = max(sum(height_of_line(line.size) for line in lines) for lines in cells)
        return max(most, height_of_line(self.size)) + 2 * _PAD_Y

    def _set(self, cells: Sequence[Sequence[_Line]], *, strong: bool) -> None:
        height, x, top = self._height(cells), self.x, self.document.y
        if strong:
            self.document.rect(x, top, self.width, height, fill=PALE)
        for lines, column in zip(cells, self.columns, strict=True):
            y = top + _PAD_Y
            for line in lines:
                self._line(line, column, x, y)
                y += height_of_line(line.size)
            x += column.width
        self.document.y = top + height
        self.document.rule(self.document.y, x=self.x, end=self.x + self.width, width=0.1,
                           colour=RULE)  # fmt: skip

    def _line(self, line: _Line, column: Column, x: float, y: float) -> None:
        places = {
            "left": x + _PAD,
            "right": x + column.width - _PAD - column.gap,
            "centre": x + column.width / 2,
        }
        self.document.line(
            places[column.align],
            line.text,
            y=y,
            size=line.size,
            bold=line.bold,
            colour=line.colour,
            align=column.align,
        )

    # -- head

    @property
    def _has_head(self) -> bool:
        return any(column.head for column in self.columns)

    def _heads(self) -> list[list[_Line]]:
        size = self.size - 0.5
        return [
            [
                _Line(line, size, True, INK)
                for line in self.document.lines(column.head, _inner(column), size=size, bold=True)
            ]
            for column in self.columns
        ]

    def _head_height(self) -> float:
        return self._height(self._heads()) if self._has_head else 0.0

    def _head(self) -> None:
        if not self._has_head:
            return
        heads = self._heads()
        self.document.rule(
            self.document.y, x=self.x, end=self.x + self.width, width=0.4, colour=INK
        )
        height, top = self._height(heads), self.document.y
        x = self.x
        for lines, column in zip(heads, self.columns, strict=True):
            below = height - _PAD_Y - sum(height_of_line(line.size) for line in lines)
            for place, line in enumerate(lines):
                self._line(line, column, x, top + below + place * height_of_line(line.size))
            x += column.width
        self.document.y = top + height
        self.document.rule(
            self.document.y, x=self.x, end=self.x + self.width, width=0.25, colour=INK
        )


def _inner(column: Column) -> float:
    return column.width - 2 * _PAD - column.gap
