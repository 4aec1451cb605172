"""The imports of the change log as whole batches: what came, and whether it still stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from store import tables
from store.kinds import KINDS

_FIGURES = [kind.name for kind in KINDS.values() if kind.field]  # all but how columns were read


@dataclass(frozen=True)
class ImportBatch:
    """One import: `counts` of records by kind; `is_as_written` while nobody changed a figure."""

    batch: str
    at: str
    who: str
    why: str
    counts: Mapping[str, int]
    is_as_written: bool


def last_imports(connection: sa.Connection, limit: int) -> tuple[ImportBatch, ...]:
    """The newest batches with an imported record, without what the records hold."""
    table = tables.change
    numbers = connection.scalars(
        sa.select(table.c.batch)
        .where(table.c.action == "import")
        .group_by(table.c.batch)
        .order_by(table.c.batch.desc())
        .limit(limit)
    ).all()
    if not numbers:
        return ()
    later = table.alias()
    is_changed = table.c.kind.in_(_FIGURES) & sa.exists().where(
        later.c.kind == table.c.kind,
        later.c.record_id == table.c.record_id,
        later.c.batch > table.c.batch,
    )
    query = (
        sa.select(
            table.c.batch,
            table.c.kind,
            sa.func.min(table.c.at).label("at"),
            sa.func.min(table.c.who).label("who"),
            sa.func.min(table.c.why).label("why"),
            sa.func.count(table.c.record_id.distinct()).label("count"),
            sa.func.sum(sa.case((is_changed, 1), else_=0)).label("changed"),
        )
        .where(table.c.batch.in_(numbers))
        .group_by(table.c.batch, table.c.kind)
        .order_by(table.c.batch.desc(), table.c.kind)
    )
    by_batch: dict[int, list[sa.RowMapping]] = defaultdict(list)
    for line in connection.execute(query).mappings():
        by_batch[line["batch"]].append(line)
    return tuple(_batch(number, lines) for number, lines in by_batch.items())


def _batch(number: int, lines: list[sa.RowMapping]) -> ImportBatch:
    first = lines[0]
    return ImportBatch(
        batch=str(number),
        at=first["at"],
        who=first["who"],
        why=first["why"],
        counts={line["kind"]: line["count"] for line in lines},
        is_as_written=not any(line["changed"] for line in lines),
    )
