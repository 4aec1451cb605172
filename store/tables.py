"""The tables of the store as they stand now; `store/migrations` brings a database to this shape.

One table a kind of record, typed, each with the same columns of administration; a hidden row stays.
Every value is checked again when it is read (`store.records`), whatever somebody wrote by SQL.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

HEAD = "0002"  # the migration that these tables stand for
SINCE = {"own_raster": "0002"}  # tables that came after the first migration
metadata = sa.MetaData()


class Exact(sa.types.TypeDecorator[str]):
    """A decimal that loses no digit: text on SQLite, NUMERIC on PostgreSQL; text in Python."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """NUMERIC where the database knows it without rounding."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.NUMERIC())
        return dialect.type_descriptor(sa.Text())

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> Any:
        """A plain number as text; the server reads its own NUMERIC from a Decimal."""
        return Decimal(value) if value is not None and dialect.name == "postgresql" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> str | None:
        """What stands there as text, sound or not: the model judges it."""
        return format(value, "f") if isinstance(value, Decimal) else value


def _kind_table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """A table of records: which one, in which order, how often changed, by whom last."""
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False, unique=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("changed_why", sa.Text, nullable=False),
        *columns,
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _maybe(name: str, kind: Any = sa.Text) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


installed = _kind_table(
    "installed",
    *map(_text, ("plan", "district_code", "zone", "metric", "date")),
    sa.Column("value", Exact, nullable=False),
    *map(_text, ("unit", "source")),
)
progress = _kind_table(
    "progress",
    *map(_text, ("project", "date")),
    _maybe("status"),
    _maybe("commissioned_mw", Exact),
    _text("source"),
)
position = _kind_table(
    "position",
    _text("project"),
    sa.Column("lon", sa.Double, nullable=False),
    sa.Column("lat", sa.Double, nullable=False),
    _text("precision"),
    _maybe("accuracy_m", sa.Integer),
    *map(_text, ("entered", "crs", "source", "outside_reason")),
)
own_project = _kind_table(
    "own_project",
    *map(_text, ("name", "layer")),
    _maybe("technology"),
    _maybe("capacity_mw", Exact),
    *map(_text, ("capacity_printed", "district_codes", "city_code", "township", "zone")),
    _maybe("lon", sa.Double),
    _maybe("lat", sa.Double),
    _text("precision"),
    _maybe("accuracy_m", sa.Integer),
    *map(_text, ("place_source", "owner")),
    _maybe("land_mode"),
    _maybe("status"),
    _text("status_date"),
    _maybe("by_year", sa.Integer),
    *map(_text, ("relation", "part_of", "counts_in", "source", "source_row", "note")),
)
split_file = _kind_table("split_file", *map(_text, ("name", "text", "source")))
note = _kind_table("note", *map(_text, ("subject", "text")))
own_table = _kind_table("own_table", *map(_text, ("title", "unit", "date", "source")))
own_area = _kind_table("own_area", *map(_text, ("title", "source")))
own_raster = _kind_table(
    "own_raster",
    *map(_text, ("title", "title_en", "kind", "unit", "unit_en", "crs")),
    _maybe("nodata", sa.Double),
    *map(_text, ("year", "source", "licence", "caveat", "caveat_en", "address")),
    sa.Column("band", sa.Integer, nullable=False),
    _text("digest"),
    sa.Column("is_chosen", sa.Boolean, nullable=False),
)
column_mapping = _kind_table("column_mapping", *map(_text, ("fingerprint", "text")))

# What a record holds many of, in their order.
own_table_value = sa.Table(
    "own_table_value",
    metadata,
    sa.Column("of", sa.Text, sa.ForeignKey("own_table.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    _text("district_code"),
    sa.Column("value", Exact, nullable=False),
)
own_area_shape = sa.Table(
    "own_area_shape",
    metadata,
    sa.Column("of", sa.Text, sa.ForeignKey("own_area.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    _text("name"),
    sa.Column("shape", sa.LargeBinary, nullable=False),  # well-known binary, WGS-84
)

# Every change is a row; `before` and `after` are a record as JSON, empty where it is not in force.
change = sa.Table(
    "change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("batch", sa.Integer, nullable=False, index=True),
    *map(_text, ("at", "who", "role", "way", "action", "kind", "record_id")),
    sa.Column("revision", sa.Integer, nullable=False),
    _maybe("before"),
    _maybe("after"),
    _text("why"),
    sa.Index("ix_change_record", "kind", "record_id"),
)
# One row: which database this is, and the number of its last batch.
state = sa.Table(
    "state",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    _text("identity"),
    sa.Column("number", sa.Integer, nullable=False),
)
# Files of records that were taken in, by their digest: none is taken in twice.
taken_over = sa.Table(
    "taken_over", metadata, sa.Column("digest", sa.Text, primary_key=True), *map(_text, ("at",))
)
attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    *map(_text, ("at", "name", "address")),
    sa.Column("was_right", sa.Boolean, nullable=False),
    sa.Index("ix_attempt_name", "name", "at"),
    sa.Index("ix_attempt_address", "address", "at"),
)
