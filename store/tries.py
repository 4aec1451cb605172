"""Tries to sign in, kept in the database: wrong ones slow the next, in every session alike.

By name after 3 wrong tries, by address after 10 (many may share one): 1 s, then twice as long each
time, 15 minutes at most. A right try clears its name's count, never its address's.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from store.engine import database_name, reading, writing
from store.tables import attempt

FREE_OF_NAME = 3
FREE_OF_ADDRESS = 10
MOST_S = 900.0
_COUNTED = timedelta(hours=24)
_KEPT = timedelta(days=90)
_LENGTH = 200


def note_try(engine: sa.Engine, *, name: str, address: str, was_right: bool) -> None:
    """Write a try into the log; raises StoreError."""
    with writing(engine, database_name(engine.url)) as connection:
        _note(connection, name, address, was_right=was_right)


def wait_s(engine: sa.Engine, *, name: str, address: str) -> float:
    """How many seconds this name at this address must still wait; 0 for none."""
    with reading(engine, database_name(engine.url)) as connection:
        return _wait(connection, name, address)


def begin_try(engine: sa.Engine, *, name: str, address: str) -> float:
    """Ask for a try before the passphrase is looked at: 0 allows it and counts it as wrong.

    Many at once cannot slip through together; note a right one with `note_try` afterwards.
    """
    with writing(engine, database_name(engine.url)) as connection:
        wait = _wait(connection, name, address)
        if wait == 0:
            _note(connection, name, address, was_right=False)
        return wait


def _note(connection: sa.Connection, name: str, address: str, *, was_right: bool) -> None:
    now = datetime.now(UTC)
    connection.execute(sa.delete(attempt).where(attempt.c.at < _stamp(now - _KEPT)))
    values = {"at": _stamp(now), "name": _key(name), "address": _key(address)}
    connection.execute(sa.insert(attempt).values(**values, was_right=was_right))


def _wait(connection: sa.Connection, name: str, address: str) -> float:
    now = datetime.now(UTC)
    start = _stamp(now - _COUNTED)
    right = sa.select(sa.func.max(attempt.c.at)).where(
        attempt.c.name == _key(name), attempt.c.was_right
    )
    since = max(start, str(connection.scalar(right) or ""))
    by_name = (attempt.c.name == _key(name), attempt.c.at > since)
    by_address = (attempt.c.address == _key(address), attempt.c.at > start)
    waits = [_left(connection, by_name, FREE_OF_NAME, now)]
    if address:
        waits.append(_left(connection, by_address, FREE_OF_ADDRESS, now))
    return max(waits)


def _left(
    connection: sa.Connection, which: tuple[sa.ColumnElement[bool], ...], free: int, now: datetime
) -> float:
    query = sa.select(sa.func.count(), sa.func.max(attempt.c.at)).where(
        ~attempt.c.was_right, *which
    )
    count, last = connection.execute(query).one()
    if count < free:
        return 0.0
    whole = min(MOST_S, 2.0 ** min(count - free, 20))
    return max(0.0, whole - (now - datetime.fromisoformat(last)).total_seconds())


def _key(words: str) -> str:
    """One form for all spellings of a name, without signs that hide, of bounded length."""
    folded = unicodedata.normalize("NFKC", words).casefold().strip()
    return "".join(sign if sign.isprintable() else "?" for sign in folded)[:_LENGTH]


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
