"""Shapefiles in a zip: short field names with their table, UTF-8, what is cut said and kept beside.

The format holds field names of 10 signs, texts of 254 bytes and no lists; the full rows stand in a
CSV of the same name.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from layers.exports.extract import Extract
from layers.exports.fields import field_type
from layers.exports.geometries import write_layer
from layers.exports.notes import notes
from layers.exports.tables import Table
from layers.exports.zipped import notes_csv, table_csv, zipped
from layers.table import BOM, safe_cell, without_controls
from terms.columns import Cell
from terms.messages import text

NAME_SIGNS = 10
TEXT_BYTES = 254
_CUT = "…"


def shapefile_zip(extract: Extract, tables: tuple[Table, ...]) -> bytes:
    """The tables with shapes as Shapefiles; the rows in full, field names and notes beside."""
    language = extract.language
    said = [*notes(extract, tables)]
    files: list[tuple[str, bytes]] = []
    with tempfile.TemporaryDirectory() as folder:
        for table in tables:
            names = short_names(table.columns)
            fitted, cut = _fitted(table)
            if cut:
                said.append((table.title, text("extract.cut", language, count=cut)))
            write_layer(
                Path(folder) / f"{table.key}.shp",
                fitted,
                extract.reference,
                driver="ESRI Shapefile",
                names=names,
            )
            files.append((f"{table.key}.csv", table_csv(table)))
        files = [*_read(Path(folder)), *files]
    said.append((text("xlsx.fields", language), text("extract.shortened", language)))
    files.append(("fields.csv", _fields(extract, tables)))
    files.append(("notes.csv", notes_csv(extract, said)))
    return zipped(files, extract.day)


def short_names(columns: Sequence[str]) -> Mapping[str, str]:
    """Each column's name in at most ten signs, none twice; the same columns give the same names."""
    found: dict[str, str] = {}
    for column in columns:
        name, number = _shortened(column), 2
        while name in found.values():
            name, number = f"{_shortened(column)[: NAME_SIGNS - 2]}_{number}", number + 1
        found[column] = name
    return found


def _shortened(column: str) -> str:
    """The first signs of each word, so that capacity_printed becomes cap_printe."""
    if len(column) <= NAME_SIGNS:
        return column
    words = column.split("_")
    heads = [word[:3] for word in words[:-1]]
    return "_".join([*heads, words[-1]])[:NAME_SIGNS]


def _fitted(table: Table) -> tuple[Table, int]:
    """The table with texts that fit, and how many had to be cut."""
    cut = 0
    rows = []
    for row in table.rows:
        cells: dict[str, Cell] = {}
        for column in table.columns:
            cells[column] = value = row[column]
            if isinstance(value, str) and field_type(column) == "text":
                cells[column] = _short_text(value)
                cut += cells[column] != without_controls(value)
        rows.append(cells)
    return replace(table, rows=tuple(rows)), cut


def _short_text(value: str) -> str:
    data = without_controls(value).encode("utf-8")
    if len(data) <= TEXT_BYTES:
        return data.decode("utf-8")
    return data[: TEXT_BYTES - len(_CUT.encode())].decode("utf-8", errors="ignore") + _CUT


def _read(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.iterdir()):
        yield path.name, path.read_bytes()


def _fields(extract: Extract, tables: Iterable[Table]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    keys = ("extract.in_table", "extract.short_name", "xlsx.column", "field.name")
    writer.writerow([text(key, extract.language) for key in keys])
    for table in tables:
        for column, name in short_names(table.columns).items():
            cells = (table.key, name, column, table.headings[column])
            writer.writerow([safe_cell(each) for each in cells])
    return (BOM + out.getvalue()).encode("utf-8")
