"""Records as rows: read and judged, or written within a transaction that somebody else commits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from store.book import Book, Place
from store.drafts import Entry
from store.kinds import KINDS, Kind, Plain
from store.tables import metadata
from terms.errors import Fault, RecordsError

Row = Mapping[Any, Any]  # a row of a table, columns by name
_NO_PLACES: Mapping[str, Place] = {}


def read_entries(
    connection: sa.Connection,
    kind: Kind,
    name: str,
    places: Mapping[str, Place] = _NO_PLACES,
    *,
    hidden: bool = False,
) -> tuple[tuple[Entry, ...], list[Fault]]:
    """The records in force (or the hidden ones) in order, and the faults of those broken."""
    is_wanted = kind.table.c.hidden if hidden else ~kind.table.c.hidden
    query = sa.select(kind.table).where(is_wanted).order_by(kind.table.c.seq)
    rows = connection.execute(query).mappings().all()
    parts = _parts(connection, kind)
    entries, faults = [], list[Fault]()
    for row in rows:
        place = places.get(row["id"]) or Place(name, str(row["id"]))
        record, found = kind.judged(kind.from_row(dict(row), parts[row["id"]]), place)
        if not isinstance(row["revision"], int):
            expected = "整数 · a whole number"
            found = [*found, place.fault("revision", repr(row["revision"]), expected)]
        faults += found
        if not found:
            entries.append(_entry(row, record))
    return tuple(entries), faults


def read_book(
    connection: sa.Connection, name: str, places: Mapping[str, Place] = _NO_PLACES
) -> Book:
    """All records in force; `places` says of some where they were written. Raises RecordsError."""
    faults: list[Fault] = []
    found: dict[str, Any] = {}
    where: dict[str, tuple[Place, ...]] = {}
    for kind in KINDS.values():
        if not kind.field:
            continue
        entries, more = read_entries(connection, kind, name, places)
        faults += more
        found[kind.field] = tuple(entry.record for entry in entries)
        where[kind.name] = tuple(places.get(each.id) or Place(name, each.id) for each in entries)
    if faults:
        raise RecordsError(faults)
    return Book(
        **found,
        withdrawn=sum(_count_hidden(connection, kind) for kind in KINDS.values() if kind.field),
        installed_places=where.pop("installed"),
        progress_places=where.pop("progress"),
        other_places=where,
    )


def current(connection: sa.Connection, kind: Kind, record_id: str) -> tuple[Row, Plain] | None:
    """A row of administration and its record as plain values, hidden or not; None if unknown."""
    table = kind.table
    row = connection.execute(sa.select(table).where(table.c.id == record_id)).mappings().first()
    if row is None:
        return None
    return row, kind.from_row(dict(row), _parts(connection, kind, record_id)[record_id])


def insert(connection: sa.Connection, kind: Kind, rows: Sequence[tuple[Plain, Plain]]) -> None:
    """New rows: their columns of administration and their records, all at once."""
    if not rows:
        return
    connection.execute(
        sa.insert(kind.table), [{**own, **kind.columns(plain)} for own, plain in rows]
    )
    if kind.many:
        parts = [part for own, plain in rows for part in kind.parts(own["id"], plain)]
        connection.execute(sa.insert(kind.many.table), parts)


def update(connection: sa.Connection, kind: Kind, own: Plain, plain: Plain | None) -> None:
    """A row's columns of administration, and its record where there is a new one."""
    values = own if plain is None else {**own, **kind.columns(plain)}
    table = kind.table
    connection.execute(sa.update(table).where(table.c.id == own["id"]).values(**values))
    if kind.many and plain is not None:
        many = kind.many.table
        connection.execute(sa.delete(many).where(many.c.of == own["id"]))
        connection.execute(sa.insert(many), kind.parts(own["id"], plain))


def last_number(connection: sa.Connection, column: sa.Column[Any]) -> int:
    """The highest number of a column; 0 for an empty table."""
    return int(connection.scalar(sa.select(sa.func.max(column))) or 0)


def clear(connection: sa.Connection, but: Iterable[str] = ()) -> None:
    """Empty every table but some, within a transaction that fills them again."""
    for table in reversed(metadata.sorted_tables):
        if table.name not in but:
            connection.execute(sa.delete(table))


def _parts(
    connection: sa.Connection, kind: Kind, record_id: str | None = None
) -> Mapping[str, list[tuple[Any, Any]]]:
    found: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    if kind.many:
        table = kind.many.table
        first, second = (table.c[name] for name in kind.many.columns)
        query = sa.select(table.c.of, first, second).order_by(table.c.of, table.c.number)
        if record_id is not None:
            query = query.where(table.c.of == record_id)
        for of, one, other in connection.execute(query):
            found[of].append((one, other))
    return found


def _entry(row: Row, record: Any) -> Entry:
    return Entry(
        row["id"],
        row["revision"],
        record,
        row["changed_by"],
        row["changed_at"],
        row["changed_why"],
    )


def _count_hidden(connection: sa.Connection, kind: Kind) -> int:
    query = sa.select(sa.func.count()).select_from(kind.table).where(kind.table.c.hidden)
    return int(connection.scalar(query) or 0)
