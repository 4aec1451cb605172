"""Rows as CSV text that a spreadsheet opens safely: columns fixed, formulas defused."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from terms.columns import Cell, Row, flat_row
from terms.formula import defuse
from terms.records import Project, Target

_NO_SIGNS = "\ufffe\uffff"  # no XML may hold them
BOM = "\ufeff"


def to_csv(rows: Iterable[Row], columns: Sequence[str], *, bom: bool = False) -> str:
    """The rows as CSV with a header row; empty means unknown.

    A text cell that a spreadsheet would run as a formula gets the mark of `terms.formula`, which
    import takes off; control characters become spaces. `bom` puts the mark in front that Excel
    needs to read UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(column) for column in columns])
    for row in rows:
        writer.writerow([safe_cell(row[column]) for column in columns])
    return (BOM if bom else "") + out.getvalue()


def records_to_csv(
    records: Iterable[Project | Target], columns: tuple[str, ...], *, bom: bool = False
) -> str:
    """Projects or targets as CSV."""
    return to_csv((flat_row(record, columns) for record in records), columns, bom=bom)


def safe_cell(value: Cell) -> Cell:
    """A cell that no spreadsheet runs; numbers stay numbers."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value
    return defuse(without_controls(value))


def without_controls(value: str) -> str:
    """Text with every control character and lone surrogate replaced by a space.

    They cut GeoJSON and GeoPackage short in silence and break XML formats (PITFALLS 20).
    """
    if value.isprintable():
        return value
    return "".join(" " if _is_control(sign) else sign for sign in value)


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs"} or sign in _NO_SIGNS
