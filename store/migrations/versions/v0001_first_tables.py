"""The first shape: a table a kind, the change log, the tries; views for QGIS on PostGIS."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

from store.migrations.views_0001 import VIEWS
from store.tables import Exact

revision = "0001"
down_revision = None

_TEXTS = {
    "installed": "plan district_code zone metric date unit source",
    "progress": "project date source",
    "position": "project precision entered crs source outside_reason",
    "own_project": (
        "name layer capacity_printed district_codes city_code township zone precision "
        "place_source owner status_date relation part_of counts_in source source_row note"
    ),
    "split_file": "name text source",
    "note": "subject text",
    "own_table": "title unit date source",
    "own_area": "title source",
    "column_mapping": "fingerprint text",
}
_MORE: dict[str, tuple[tuple[str, Any, bool], ...]] = {  # name, type, may be empty
    "installed": (("value", Exact, False),),
    "progress": (("status", sa.Text, True), ("commissioned_mw", Exact, True)),
    "position": (
        ("lon", sa.Double, False),
        ("lat", sa.Double, False),
        ("accuracy_m", sa.Integer, True),
    ),
    "own_project": (
        ("technology", sa.Text, True),
        ("capacity_mw", Exact, True),
        ("lon", sa.Double, True),
        ("lat", sa.Double, True),
        ("accuracy_m", sa.Integer, True),
        ("land_mode", sa.Text, True),
        ("status", sa.Text, True),
        ("by_year", sa.Integer, True),
    ),
}


def upgrade() -> None:
    """Make all tables; on PostgreSQL, which has PostGIS by now, the views, too."""
    for name in _TEXTS:
        _kind_table(name)
    _parts()
    _log()
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer, primary_key=True),
        *map(_text, ("at", "name", "address")),
        sa.Column("was_right", sa.Boolean, nullable=False),
        sa.Index("ix_attempt_name", "name", "at"),
        sa.Index("ix_attempt_address", "address", "at"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for view in VIEWS:
            op.execute(view)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _kind_table(name: str) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False, unique=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
        *map(_text, ("changed_by", "changed_at", "changed_why")),
        *map(_text, _TEXTS[name].split()),
        *(sa.Column(each, kind, nullable=empty) for each, kind, empty in _MORE.get(name, ())),
    )


def _parts() -> None:
    """What a record holds many of."""
    for name, owner, columns in (
        ("own_table_value", "own_table", (("district_code", sa.Text), ("value", Exact))),
        ("own_area_shape", "own_area", (("name", sa.Text), ("shape", sa.LargeBinary))),
    ):
        op.create_table(
            name,
            sa.Column("of", sa.Text, sa.ForeignKey(f"{owner}.id"), primary_key=True),
            sa.Column("number", sa.Integer, primary_key=True),
            *(sa.Column(each, kind, nullable=False) for each, kind in columns),
        )


def _log() -> None:
    """The change log, and the one row that says which database this is."""
    op.create_table(
        "change",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("batch", sa.Integer, nullable=False, index=True),
        *map(_text, ("at", "who", "role", "way", "action", "kind", "record_id")),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("before", sa.Text, nullable=True),
        sa.Column("after", sa.Text, nullable=True),
        _text("why"),
        sa.Index("ix_change_record", "kind", "record_id"),
    )
    op.create_table("taken_over", sa.Column("digest", sa.Text, primary_key=True), _text("at"))
    state = op.create_table(
        "state",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        _text("identity"),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.bulk_insert(state, [{"id": 1, "identity": uuid.uuid4().hex[:12], "number": 0}])
