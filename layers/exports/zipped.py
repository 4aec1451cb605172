"""Several tables as CSV in one zip, with the notes as a table of their own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date

from layers.exports.extract import Extract
from layers.exports.notes import notes
from layers.exports.tables import Table
from layers.table import to_csv
from terms.messages import text


def csv_zip(extract: Extract, tables: tuple[Table, ...]) -> bytes:
    """Every table as a CSV that Excel opens, and what the file says of itself."""
    files = [(f"{table.key}.csv", table_csv(table)) for table in tables]
    return zipped([*files, ("notes.csv", notes_csv(extract, notes(extract, tables)))], extract.day)


def table_csv(table: Table) -> bytes:
    """One table as CSV with a BOM; the header has the column names of the data dictionary."""
    return to_csv(table.rows, table.columns, bom=True).encode("utf-8")


def notes_csv(extract: Extract, pairs: Iterable[tuple[str, str]]) -> bytes:
    """The notes as a table of two columns."""
    columns = (text("xlsx.item", extract.language), text("xlsx.content", extract.language))
    rows = (dict(zip(columns, pair, strict=True)) for pair in pairs)
    return to_csv(rows, columns, bom=True).encode("utf-8")


def zipped(files: Iterable[tuple[str, bytes]], day: date) -> bytes:
    """Files in one zip, dated with the extract's day: the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()
