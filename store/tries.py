"""Tries to sign in, kept in the database: wrong ones slow the next, in every session alike.

Nothing of it hangs on a session, so that a new tab or a closed one changes nothing. A wait never
grows beyond five minutes: nobody can lock another person out for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from store.engine import database_name, reading, writing
from store.people import name_key
from store.tables import attempt

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=90)
MAX_WAIT_S = 300.0


@dataclass(frozen=True)
class Patience:
    """How many wrong tries within the window are free, and the longest wait after more."""

    free: int
    most_s: float

    def wait_s(self, wrong: int) -> float:
        """One second after the first try too many, doubled by each further one."""
        over = wrong - self.free
        return min(self.most_s, 2.0 ** min(over - 1, 20)) if over > 0 else 0.0


_PAIR = Patience(free=2, most_s=MAX_WAIT_S)  # this name from this address
_NAME = Patience(free=10, most_s=30.0)  # this name from anywhere: its owner comes in all the same
_ADDRESS = Patience(free=20, most_s=MAX_WAIT_S)  # from this address, whatever name


def note_try(
    engine: sa.Engine, *, name: str, address: str, was_right: bool, now: datetime | None = None
) -> None:
    """Note a try; those older than ninety days go. Raises StoreError if it cannot be noted."""
    with writing(engine, database_name(engine.url)) as connection:
        _note(connection, name, address, was_right=was_right, at=now or datetime.now(UTC))


def wait_s(engine: sa.Engine, *, name: str, address: str, now: datetime | None = None) -> float:
    """For how many seconds no try of this name from this address is looked at; 0 for none."""
    with reading(engine, database_name(engine.url)) as connection:
        return _wait(connection, name, address, now or datetime.now(UTC))


def _note(
    connection: sa.Connection, name: str, address: str, *, was_right: bool, at: datetime
) -> None:
    connection.execute(sa.delete(attempt).where(attempt.c.at < _stamp(at - KEPT)))
    values = {"at": _stamp(at), "name": _name(name), "address": address[:64]}
    connection.execute(sa.insert(attempt).values(**values, was_right=was_right))


def _wait(connection: sa.Connection, name: str, address: str, at: datetime) -> float:
    by_name = attempt.c.name == _name(name)
    by_address = attempt.c.address == address[:64]
    start = _stamp(at - WINDOW)
    right = sa.select(sa.func.max(attempt.c.at)).where(by_name, by_address, attempt.c.was_right)
    since = max(start, str(connection.scalar(right) or ""))
    return max(
        _left(connection, _PAIR, by_name & by_address & (attempt.c.at > since), at),
        _left(connection, _NAME, by_name & (attempt.c.at > start), at),
        _left(connection, _ADDRESS, by_address & (attempt.c.at > start), at),
    )


def _left(
    connection: sa.Connection, patience: Patience, which: sa.ColumnElement[bool], now: datetime
) -> float:
    query = sa.select(sa.func.count(), sa.func.max(attempt.c.at))
    count, last = connection.execute(query.where(which, ~attempt.c.was_right)).one()
    if not count:
        return 0.0
    gone_s = max(0.0, (now - datetime.fromisoformat(last)).total_seconds())
    return max(0.0, patience.wait_s(count) - gone_s)


def _name(name: str) -> str:
    """One form for all spellings, without signs that hide."""
    return "".join(sign if sign.isprintable() else "?" for sign in name_key(name))[:80]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
