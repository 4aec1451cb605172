"""A GeoPackage that QGIS opens as our map: every table a layer, Chinese titles, styles inside."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from layers.browser_files import look_of
from layers.exports.extract import Extract
from layers.exports.fields import codes, heading
from layers.exports.geometries import write_layer
from layers.exports.notes import notes
from layers.exports.qgis import OFFSET, SYMBOL, layer_style, offsets
from layers.exports.reference import Reference
from layers.exports.tables import Table
from layers.geojson import points
from layers.table import without_controls
from terms.language import Language
from terms.messages import text

METADATA = ("item", "content")
# The tables of the GeoPackage schema extension (OGC 12-128r19, annex F.9) and of QGIS's styles.
_TABLES = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
INSERT INTO gpkg_extensions VALUES
  ('gpkg_data_columns', NULL, 'gpkg_schema',
   'http://www.geopackage.org/spec/#extension_schema', 'read-write'),
  ('gpkg_data_column_constraints', NULL, 'gpkg_schema',
   'http://www.geopackage.org/spec/#extension_schema', 'read-write');
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
  VALUES ('layer_styles', 'attributes', 'layer_styles', 'QGIS');
"""
_STYLE = (
    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
    "styleName, styleQML, styleSLD, useAsDefault, description, owner) "
    "VALUES ('', '', ?, ?, 'fengtu', ?, '', 1, ?, '')"
)


def write_geopackage(extract: Extract, tables: tuple[Table, ...], path: Path) -> None:
    """Write the tables as layers, the notes as a table, and what QGIS needs to show them."""
    drawn = tuple(_with_symbols(extract, table) for table in tables)
    for table in (*drawn, _metadata(extract, tables)):
        write_layer(
            path,
            table,
            extract.reference if table.shape else Reference(),
            driver="GPKG",
            layer=table.key,
            dataset_options={"VERSION": "1.2"},  # older QGIS warns of a newer one
            layer_options={
                "IDENTIFIER": table.title,
                "GEOMETRY_NAME": "geom",
                "DESCRIPTION": text("map.stamp", extract.language),
            },
        )
    with closing(sqlite3.connect(path)) as book, book:
        book.executescript(_TABLES)
        for table in drawn:
            _describe(book, table, extract.language)
            style = layer_style(table, extract.language)
            book.execute(_STYLE, (table.key, "geom" if table.shape else "", style, table.title))


def _with_symbols(extract: Extract, table: Table) -> Table:
    if table.key != "projects":
        return table
    looks = [look_of(extract.registry, row) for row in extract.rows]
    steps = offsets([points(extract.registry, row) for row in extract.rows], looks)
    rows = (
        {**cells, SYMBOL: f"{row.layer.value}/{look}", OFFSET: step}
        for cells, row, look, step in zip(table.rows, extract.rows, looks, steps, strict=True)
    )
    added = (SYMBOL, OFFSET)
    return replace(
        table,
        columns=(*table.columns, *added),
        headings={**table.headings, **{each: heading(each, extract.language) for each in added}},
        rows=tuple(rows),
    )


def _metadata(extract: Extract, tables: tuple[Table, ...]) -> Table:
    rows = (dict(zip(METADATA, pair, strict=True)) for pair in notes(extract, tables))
    language = extract.language
    return Table(
        key="metadata",
        title=text("extract.metadata", language),
        columns=METADATA,
        headings={column: heading(column, language) for column in METADATA},
        rows=tuple(rows),
    )


def _describe(book: sqlite3.Connection, table: Table, language: Language) -> None:
    """Titles of the columns, which GDAL calls alternative names, and what their codes mean."""
    for column, constraint in _constraints(table, language):
        if constraint:
            book.executemany(
                "INSERT OR IGNORE INTO gpkg_data_column_constraints "
                "(constraint_name, constraint_type, value, description) VALUES (?, 'enum', ?, ?)",
                [(column, code, words) for code, words in constraint.items()],
            )
        title = without_controls(table.headings[column])
        book.execute(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, constraint_name) "
            "VALUES (?, ?, ?, ?, ?)",
            (table.key, column, title, title, column if constraint else None),
        )


def _constraints(table: Table, language: Language) -> Iterator[tuple[str, Mapping[str, str]]]:
    for column in table.columns:
        yield column, codes(column, language)
