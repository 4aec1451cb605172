"""Questions to the change log: which lines, how many, by whom."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from store.tables import change

WRITERS = sa.select(change.c.who).distinct()


def lines(kind: str | None, record_id: str | None, who: str | None) -> sa.Select[Any]:
    """The lines of a kind, a record and a person, newest first; None asks for all."""
    return _of(sa.select(change), kind, record_id, who).order_by(change.c.id.desc())


def size(kind: str | None, record_id: str | None, who: str | None) -> sa.Select[Any]:
    """The number of those lines."""
    return _of(sa.select(sa.func.count()).select_from(change), kind, record_id, who)


def _of(
    query: sa.Select[Any], kind: str | None, record_id: str | None, who: str | None
) -> sa.Select[Any]:
    asked = {change.c.kind: kind, change.c.record_id: record_id, change.c.who: who}
    for column, value in asked.items():
        if value is not None:
            query = query.where(column == value)
    return query
