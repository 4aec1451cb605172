"""One row of a file through the eyes of a mapping; what is wrong with its cells is collected."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from registry.intake.fields import power_unit
from registry.intake.mapping import FileMapping
from registry.intake.sheet import Remark, Sheet, SheetRow
from registry.intake.values import WordError, read_word
from registry.intake.words import is_not_stated
from terms.errors import Fault

ValueT = TypeVar("ValueT")


class RowReader:
    """Reads the cells of one row by a mapping, collecting what is wrong with them."""

    def __init__(self, sheet: Sheet, mapping: FileMapping, row: SheetRow) -> None:
        self.sheet, self.mapping, self.row = sheet, mapping, row
        self.faults: list[Fault] = []
        self.remarks: list[Remark] = []

    def said(self, name: str) -> str:
        """The cell of a field, else what holds for the whole file; blanks and 'none' are empty."""
        header = self.mapping.header(name)
        cell = self.row.cells[self.sheet.headers.index(header)].strip() if header else ""
        found = cell or self.mapping.constant(name)
        return "" if is_not_stated(found) else found

    def fault(self, name: str, found: str, expected: str) -> None:
        """Note a fault of a field's cell."""
        header = self.mapping.header(name) or name
        self.faults.append(self.sheet.fault(self.row, header, found, expected))

    def remark(self, name: str, message: str) -> None:
        """Note something to know about a field's cell."""
        where = self.sheet.where(self.row, self.mapping.header(name))
        self.remarks.append(Remark(where, message))

    def word(self, name: str) -> str | None:
        """Our key for a word of a closed list; an unknown one is a fault."""
        cell = self.said(name)
        try:
            return read_word(name, cell, self.mapping)
        except WordError as error:
            self.fault(name, cell, str(error))
            return None

    def cell(self, name: str, read: Callable[[str], ValueT]) -> ValueT | None:
        """What a function reads from a field's cell; a WordError becomes a fault."""
        try:
            return read(self.said(name))
        except WordError as error:
            self.fault(name, self.said(name), str(error))
            return None

    def unit(self) -> str:
        """The unit of a bare capacity: of its row, its heading, or the whole file."""
        own = self.mapping.header("capacity_unit")
        if own:
            return self.said("capacity_unit")
        return power_unit(self.mapping.header("capacity")) or self.said("capacity_unit")
