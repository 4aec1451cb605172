"""The kinds of record: for each its type, the model that checks it, its table, its place in a Book.

A record travels as a plain mapping (text, numbers, lists) between its type, a row of its table and
the JSON of the change log; the model judges it each time it comes from outside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from seeds.fields import Strict
from seeds.reading import model_faults
from store import own_models, tables
from store.book import Place
from store.models import InstalledRow, ProgressRow
from terms.errors import Fault
from terms.own_records import (
    ColumnMapping,
    Note,
    OwnArea,
    OwnProject,
    OwnRaster,
    OwnTable,
    Position,
    SplitFile,
)
from terms.records import InstalledFigure, Progress

Plain = dict[str, Any]
_CODES = "district_codes"  # joined by ; in a row, as in every export


@dataclass(frozen=True)
class Many:
    """What a record holds many of: its field, the table, its two columns."""

    field: str
    table: sa.Table
    columns: tuple[str, str]


@dataclass(frozen=True)
class Kind:
    """One kind of record; `field` is its tuple in a Book, empty for none."""

    name: str
    record: type[Any]
    model: type[Strict]
    table: sa.Table
    field: str
    many: Many | None = None

    @property
    def names_itself(self) -> bool:
        """Does the record carry its own id?"""
        return any(each.name == "id" for each in fields(self.record))

    def plain(self, record: Any) -> Plain:
        """A record as text, numbers and lists."""
        return {each.name: _plain(getattr(record, each.name)) for each in fields(self.record)}

    def judged(self, plain: Mapping[str, Any], place: Place) -> tuple[Any, list[Fault]]:
        """The record that a plain mapping tells, or its faults."""
        values = dict(plain)
        if self.name == "installed":
            values["district"] = values.pop("district_code", "")
        try:
            row = self.model.model_validate(values)
        except ValidationError:
            return None, list(model_faults(place.file, place.row, self.model, values))
        if isinstance(row, InstalledRow | ProgressRow):
            return row.record(), []
        names = [each.name for each in fields(self.record)]
        return self.record(**{name: getattr(row, name) for name in names}), []

    def columns(self, plain: Mapping[str, Any]) -> Plain:
        """The columns of a row, without what it holds many of and without its id."""
        kept = {key: value for key, value in plain.items() if key != "id"}
        if self.many:
            kept.pop(self.many.field)
        if _CODES in kept:
            kept[_CODES] = ";".join(kept[_CODES])
        return kept

    def parts(self, record_id: str, plain: Mapping[str, Any]) -> list[Plain]:
        """The rows of what it holds many of."""
        if self.many is None:
            return []
        first, second = self.many.columns
        return [
            {"of": record_id, "number": number, first: one, second: self._stored(other)}
            for number, (one, other) in enumerate(plain[self.many.field])
        ]

    def _stored(self, value: str) -> str | bytes:
        return bytes.fromhex(value) if self.name == "area" else value

    def from_row(self, row: Mapping[str, Any], parts: Sequence[Sequence[Any]]) -> Plain:
        """The plain mapping of a row and its parts."""
        plain = {each.name: row[each.name] for each in fields(self.record) if each.name in row}
        if _CODES in plain and isinstance(plain[_CODES], str):
            plain[_CODES] = [code for code in plain[_CODES].split(";") if code]
        if self.many:
            plain[self.many.field] = [[one, _shown(other)] for one, other in parts]
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value


def _shown(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


KINDS: Mapping[str, Kind] = {
    each.name: each
    for each in (
        Kind("installed", InstalledFigure, InstalledRow, tables.installed, "installed"),
        Kind("progress", Progress, ProgressRow, tables.progress, "progress"),
        Kind("position", Position, own_models.PositionRow, tables.position, "positions"),
        Kind("project", OwnProject, own_models.ProjectRow, tables.own_project, "projects"),
        Kind("split", SplitFile, own_models.SplitRow, tables.split_file, "splits"),
        Kind("note", Note, own_models.NoteRow, tables.note, "notes"),
        Kind(
            "table",
            OwnTable,
            own_models.TableRow,
            tables.own_table,
            "tables",
            Many("values", tables.own_table_value, ("district_code", "value")),
        ),
        Kind(
            "area",
            OwnArea,
            own_models.AreaRow,
            tables.own_area,
            "areas",
            Many("shapes", tables.own_area_shape, ("name", "shape")),
        ),
        Kind("raster", OwnRaster, own_models.RasterRow, tables.own_raster, "rasters"),
        Kind("mapping", ColumnMapping, own_models.MappingRow, tables.column_mapping, ""),
    )
}
_BY_RECORD = {kind.record: kind for kind in KINDS.values()}


def kind_of(record: object) -> Kind:
    """The kind of a record."""
    return _BY_RECORD[type(record)]
