"""Tries to sign in: each is noted, and wrong ones make the next wait, by name and by address.

Nothing of it hangs on a session, so that a new tab or a closed one changes nothing. A wait never
grows beyond five minutes: nobody can lock another person out for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.elements import ColumnElement

from store.home import home
from store.people import name_key
from terms.errors import StoreError

METADATA = MetaData()
ATTEMPT = Table(
    "attempt",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),  # UTC
    Column("name", String(80), nullable=False),
    Column("address", String(64), nullable=False),
    Column("was_right", Boolean, nullable=False),
    Index("attempt_by_at", "at"),
)
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
    engine: Engine, *, name: str, address: str, was_right: bool, now: datetime | None = None
) -> None:
    """Note a try; those older than ninety days go. Raises StoreError if it cannot be noted."""
    at = now or datetime.now(UTC)
    row = {"at": at, "name": _short(name), "address": address[:64], "was_right": was_right}
    try:
        with engine.begin() as connection:
            connection.execute(delete(ATTEMPT).where(ATTEMPT.c.at < at - KEPT))
            connection.execute(insert(ATTEMPT).values(**row))
    except SQLAlchemyError as error:
        raise _cannot(error) from error


def wait_s(engine: Engine, *, name: str, address: str, now: datetime | None = None) -> float:
    """For how many seconds no try of this name from this address is looked at; 0 for none."""
    at = now or datetime.now(UTC)
    by_name = ATTEMPT.c.name == _short(name)
    by_address = ATTEMPT.c.address == address[:64]
    try:
        with engine.connect() as connection:
            since = _last_right(connection, by_name & by_address) or at - WINDOW
            waits = (
                _left(connection, _PAIR, by_name & by_address, max(since, at - WINDOW), at),
                _left(connection, _NAME, by_name, at - WINDOW, at),
                _left(connection, _ADDRESS, by_address, at - WINDOW, at),
            )
    except SQLAlchemyError as error:
        raise _cannot(error) from error
    return max(waits)


def open_tries() -> Engine:
    """The tries of this installation; made at first use."""
    try:
        home().mkdir(parents=True, exist_ok=True)
        engine = create_engine(f"sqlite:///{home() / 'tries.sqlite'}")
        METADATA.create_all(engine)
    except (OSError, SQLAlchemyError) as error:
        raise _cannot(error) from error
    return engine


def _left(
    connection: Connection,
    patience: Patience,
    which: ColumnElement[bool],
    since: datetime,
    now: datetime,
) -> float:
    wrong = which & ATTEMPT.c.was_right.is_(False) & (ATTEMPT.c.at > since)
    count, last = connection.execute(
        select(func.count(), func.max(ATTEMPT.c.at)).where(wrong)
    ).one()
    if not count:
        return 0.0
    gone_s = max(0.0, (now - _utc(last)).total_seconds())
    return max(0.0, patience.wait_s(count) - gone_s)


def _last_right(connection: Connection, which: ColumnElement[bool]) -> datetime | None:
    found = connection.execute(
        select(func.max(ATTEMPT.c.at)).where(which & ATTEMPT.c.was_right.is_(True))
    ).scalar()
    return _utc(found) if found else None


def _utc(at: datetime) -> datetime:
    """SQLite gives times back without their zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _short(name: str) -> str:
    return name_key(name)[:80]


def _cannot(error: Exception) -> StoreError:
    why = type(error).__name__
    return StoreError(
        f"登录记录不能读写（{why}），因此现在不能登录；请检查磁盘和数据库 · "
        f"tries to sign in cannot be noted ({why}), so nobody can sign in now; "
        "check the disk and the database"
    )
