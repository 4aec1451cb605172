"""The connection to the database, SQLite or PostgreSQL, and its failures told as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc

from terms.errors import DamagedError, SetupError, StoreError

WAIT_S = 10.0
_CONNECT_S = 5
_WRITE = "fengtu_write"
_FULL, _LOCKED, _BROKEN, _CLOSED, _AWAY = "full", "locked", "broken", "closed", "away"
_SQLITE_SIGNS = (
    (("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOMEM"), _FULL),
    (("SQLITE_BUSY", "SQLITE_LOCKED"), _LOCKED),
    (("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_ERROR"), _BROKEN),
    (("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH"), _CLOSED),
)
_SERVER_SIGNS = (
    (("53", "58"), _FULL),
    (("55P03", "40", "57014"), _LOCKED),
    (("XX", "42P", "42703"), _BROKEN),
    (("42501", "25006", "28"), _CLOSED),
)
_SENTENCES = {
    _FULL: (
        "写不进{name}：磁盘已满或出错，没有改动任何内容；请腾出空间后再试",
        "{name} cannot be written: the disk is full or failing; nothing was changed. Make room "
        "and try again",
    ),
    _LOCKED: (
        "{name}正被另一处占用，没有改动任何内容；请稍后再试",
        "{name} is held by somebody else; nothing was changed. Try again in a moment",
    ),
    _BROKEN: (
        "{name}已损坏，没有改动它；请用 cli.py restore 恢复最近的备份",
        "{name} is damaged and was left as it is; bring the last backup back with cli.py restore",
    ),
    _CLOSED: (
        "没有权限读写{name}，没有改动任何内容；请检查权限",
        "{name} may not be read or written; nothing was changed. Check its permissions",
    ),
    _AWAY: (
        "连接不上{name}，没有改动任何内容；请检查数据库是否在运行、地址和权限是否正确",
        "{name} cannot be reached; nothing was changed. Check that the database runs, its address "
        "and its permissions",
    ),
}


def database_url(given: str, folder: Path) -> sa.URL:
    """The address of FENGTU_DATABASE_URL, else fengtu.sqlite in a folder; raises SetupError."""
    if not given.strip():
        return sa.URL.create("sqlite", database=str(folder / "fengtu.sqlite"))
    try:
        url = sa.make_url(given.strip())
    except (exc.ArgumentError, ValueError):
        raise _bad_url() from None
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url
    raise _bad_url()


def _bad_url() -> SetupError:
    """The address may hold a password, so that it is not repeated."""
    return SetupError(
        "FENGTU_DATABASE_URL 应为 postgresql://用户:口令@主机/库 或 sqlite:///文件 · "
        "FENGTU_DATABASE_URL must read postgresql://user:password@host/database or sqlite:///file"
    )


def database_name(url: sa.URL) -> str:
    """How messages call a database: its file, or host and name; never a password."""
    if url.get_backend_name() == "sqlite":
        return Path(url.database or "").name
    return f"PostgreSQL {url.host or ''}/{url.database or ''}"


def make_engine(url: sa.URL) -> sa.Engine:
    """An engine whose commits are durable and whose transactions begin as we say."""
    if url.get_backend_name() == "sqlite":
        engine = sa.create_engine(
            url, pool_size=8, max_overflow=64, connect_args={"timeout": WAIT_S}
        )
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = sa.create_engine(
        url,
        pool_size=8,
        max_overflow=24,
        pool_timeout=_CONNECT_S,
        pool_pre_ping=True,
        connect_args={"connect_timeout": _CONNECT_S},
    )
    event.listen(engine, "connect", _set_up_server)
    return engine


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    connection.execute(f"PRAGMA busy_timeout = {int(WAIT_S * 1000)}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # a commit outlives a loss of power


def _begin_sqlite(connection: sa.Connection) -> None:
    is_write = connection.get_execution_options().get(_WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def _set_up_server(connection: Any, _: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        cursor.execute(f"SET lock_timeout = {int(WAIT_S * 1000)}")
    connection.commit()


@contextmanager
def reading(engine: sa.Engine, name: str) -> Iterator[sa.Connection]:
    """A connection that sees one moment of the database; raises StoreError."""
    level = "REPEATABLE READ" if engine.dialect.name == "postgresql" else None
    options = {"isolation_level": level} if level else {}
    with (
        telling(name),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def writing(engine: sa.Engine, name: str) -> Iterator[sa.Connection]:
    """A connection that alone may write, and commits all or nothing; raises StoreError.

    On a server the row of `state` is the lock: each statement after it sees what was committed.
    """
    with (
        telling(name),
        engine.connect().execution_options(**{_WRITE: True}) as connection,
        connection.begin(),
    ):
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT number FROM state WHERE id = 1 FOR UPDATE")
        yield connection


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Turn a failure of the database into StoreError."""
    try:
        yield
    except (exc.DBAPIError, exc.TimeoutError) as error:
        raise store_error(error, name) from error


def store_error(error: Exception, name: str) -> StoreError:
    """What happened to the database, in a sentence without any secret of its address."""
    cause = _cause(error)
    chinese, english = _SENTENCES[cause]
    kind = DamagedError if cause == _BROKEN else StoreError
    return kind(f"{chinese.format(name=f' {name} ')} · {english.format(name=name)}")


def _cause(error: Exception) -> str:
    origin = getattr(error, "orig", None)
    sqlite, server = getattr(origin, "sqlite_errorname", None), getattr(origin, "sqlstate", None)
    for sign, table in ((sqlite, _SQLITE_SIGNS), (server, _SERVER_SIGNS)):
        for starts, cause in table:
            if sign and sign.startswith(starts):
                return cause
    if isinstance(origin, UnicodeDecodeError) or "decode to UTF-8" in str(origin):
        return _BROKEN
    return _AWAY
