"""The store of what users add: one database, every change a record, all of a batch or none."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import sqlalchemy as sa

from store import log, records, tables
from store.access import require
from store.book import Book
from store.drafts import Change, Draft, Entry, Record
from store.engine import database_name, database_url, make_engine, reading, telling, writing
from store.home import copy_path, home
from store.imports import ImportBatch, last_imports
from store.kinds import KINDS
from store.migrate import migrate
from store.write import Batch
from terms.actor import Actor, Role
from terms.errors import ConflictError, DamagedError, Fault, RecordsError, StoreError
from terms.os_reasons import os_reason

DATABASE_VARIABLE = "FENGTU_DATABASE_URL"
Check = Callable[[Book], object]
_STATE = "SELECT identity, number FROM state WHERE id = 1"


class Store:
    """A database of users' records; made or migrated when it is opened. Safe between threads."""

    def __init__(self, url: sa.URL, *, anew: bool = False) -> None:
        self.name = database_name(url)
        self.file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        self.engine = make_engine(url)
        if self.file is not None:
            _make_folder(self.file)
            if not anew and not self.file.exists() and copy_path().exists():
                raise _gone(self.file)
        try:
            migrate(self.engine, self.name)
            self._made = self._stamp()
        except BaseException:
            self.engine.dispose()
            raise

    def revision(self) -> str:
        """What changes with every commit and is another in another database; cheap."""
        self._must_be_there()
        with telling(self.name):
            try:  # the driver's own errors, from connecting on
                with closing(self.engine.raw_connection()) as connection:
                    cursor = connection.cursor()
                    cursor.execute(_STATE)
                    found = cursor.fetchone()
                    cursor.close()
            except self.engine.dialect.loaded_dbapi.Error as error:
                raise sa.exc.DBAPIError(_STATE, None, error) from error
        return _revision(found, self.name)

    def book(self) -> Book:
        """The records in force at one moment; raises RecordsError for rows that somebody broke."""
        return self.snapshot()[1]

    def snapshot(self) -> tuple[str, Book]:
        """The revision and its book, of the same moment."""
        with self._reading() as connection:
            found = connection.exec_driver_sql(_STATE).first()
            return _revision(found, self.name), records.read_book(connection, self.name)

    def entries(self, kind: str) -> tuple[Entry, ...]:
        """The records of a kind in force with ids and revisions; raises as `book` does."""
        with self._reading() as connection:
            entries, faults = records.read_entries(connection, KINDS[kind], self.name)
        if faults:
            raise RecordsError(faults)
        return entries

    def apply(
        self,
        actor: Actor,
        drafts: Sequence[Draft],
        *,
        why: str,
        check: Check | None = None,
        imported: bool = False,
    ) -> str:
        """Write all drafts or none, and return the batch's id; empty if there is nothing to do.

        `check` gets the book as it will be. Raises AccessError, ConflictError, RecordsError,
        StoreError: then nothing was written.
        """
        require(actor, Role.EDITOR)
        if not drafts:
            return ""
        with self.changing(actor, why=why, check=check) as batch:
            batch.take(drafts, imported=imported)
        return str(batch.number)

    def undo(self, actor: Actor, batch: str, *, why: str, check: Check | None = None) -> str:
        """Take a batch back by another, which it returns; raises ConflictError if that is late."""
        require(actor, Role.EDITOR)
        if not batch.isascii() or not batch.isdigit() or len(batch) > 9:
            raise ConflictError(f"没有第 {batch[:20]} 批改动 · there is no batch {batch[:20]}")
        with self.changing(actor, why=why, check=check) as change:
            change.undo(int(batch))
        return str(change.number)

    def history(
        self,
        kind: str | None = None,
        record_id: str | None = None,
        *,
        who: str | None = None,
        limit: int = 200,
        offset: int = 0,
    ) -> tuple[Change, ...]:
        """The change log, newest first, from the line that `offset` others stand before."""
        query = log.lines(kind, record_id, who).limit(limit).offset(offset)
        with self._reading() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(self._change(dict(row)) for row in rows)

    def withdrawn(self, kind: str) -> dict[str, int]:
        """The hidden records of a kind: id → revision, to bring one back."""
        table = KINDS[kind].table
        query = sa.select(table.c.id, table.c.revision).where(table.c.hidden)
        with self._reading() as connection:
            return {row.id: row.revision for row in connection.execute(query)}

    def withdrawn_records(self, kind: str) -> dict[str, Record]:
        """The hidden records of a kind as they were; those that somebody broke are not among."""
        with self._reading() as connection:
            entries, _ = records.read_entries(connection, KINDS[kind], self.name, hidden=True)
        return {entry.id: entry.record for entry in entries}

    def imports(self, *, limit: int = 20) -> tuple[ImportBatch, ...]:
        """The last imports, newest first, and whether each still stands as it was written."""
        with self._reading() as connection:
            return last_imports(connection, limit)

    def history_size(self, kind: str | None = None, who: str | None = None) -> int:
        """How many lines the change log has."""
        with self._reading() as connection:
            return int(connection.scalar(log.size(kind, None, who)) or 0)

    def writers(self) -> tuple[str, ...]:
        """Everybody who changed something, in the order of their names."""
        with self._reading() as connection:
            return tuple(sorted(connection.scalars(log.WRITERS)))

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def changing(self, actor: Actor, *, why: str, check: Check | None) -> Iterator[Batch]:
        """A batch that is held against `check` and committed at the end; whoever asks is known."""
        self._must_be_there()
        with writing(self.engine, self.name) as connection:
            revision = _revision(connection.exec_driver_sql(_STATE).first(), self.name)
            number = int(revision.split(":")[1]) + 1
            batch = Batch(connection, actor, why, self.name, number)
            yield batch
            batch.close()
            connection.execute(sa.update(tables.state).values(number=number))
            if check is not None:
                check(records.read_book(connection, self.name, batch.places))

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        self._must_be_there()
        with reading(self.engine, self.name) as connection:
            yield connection

    def _change(self, row: dict[str, object]) -> Change:
        try:
            for side in ("before", "after"):
                row[side] = json.loads(str(row[side])) if row[side] else None
        except ValueError:
            fault = Fault(self.name, f"change {row['id']}", "-", "不是 JSON", "JSON · JSON")
            raise RecordsError([fault]) from None
        return Change(**{**row, "batch": str(row["batch"])})  # type: ignore[arg-type]

    def _stamp(self) -> tuple[int, int] | None:
        """Which file stands there; None for a server, or where there is none."""
        try:
            found = self.file.stat() if self.file else None
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if found else None

    def _must_be_there(self) -> None:
        """A file that was removed or replaced is not the one that our connections hold."""
        if self.file is None or self._stamp() == self._made:
            return
        self.engine.dispose()
        if self._stamp() is None:
            raise _gone(self.file)
        migrate(self.engine, self.name)
        self._made = self._stamp()


def _revision(found: Sequence[object] | None, name: str) -> str:
    if found is None or not isinstance(found[1], int):
        raise DamagedError(
            f"{name} 中没有 state 行，没有改动它；请用 cli.py restore 恢复最近的备份 · "
            f"{name} lacks its row of state and was left as it is; bring the last backup back "
            "with cli.py restore"
        )
    return f"{found[0]}:{found[1]}"


def _gone(file: Path) -> DamagedError:
    """A database that was there: a new and empty one in its place would hide the loss."""
    return DamagedError(
        f"找不到 {file.name}，没有改动任何内容；请放回它，或用 cli.py restore 恢复备份 · "
        f"{file.name} is gone; nothing was changed. Put it back, or restore a backup with "
        "cli.py restore"
    )


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"不能建立 {file.parent}（{os_reason(error, 'zh')}）；请检查权限 · "
            f"cannot make {file.parent} ({os_reason(error, 'en')}); check its permissions"
        ) from error


_open: dict[tuple[str, str, int], Store] = {}
_lock = Lock()


def open_store() -> Store:
    """The one store of this process at FENGTU_DATABASE_URL, else fengtu.sqlite in the home."""
    given, folder = os.environ.get(DATABASE_VARIABLE, ""), home()
    key = (given, str(folder), os.getpid())
    with _lock:
        if key not in _open:
            _open[key] = Store(database_url(given, folder))
        return _open[key]


def open_anew() -> tuple[Store, Path | None]:
    """A new store in the place of a file that is damaged or gone, which is kept under a new name.

    A server's database is never replaced: then the store is opened as it stands, or StoreError.
    """
    forget_stores()
    url = database_url(os.environ.get(DATABASE_VARIABLE, ""), home())
    if url.get_backend_name() != "sqlite":
        return open_store(), None
    file = Path(url.database or "")
    aside = file.with_name(f"{file.name}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}")
    is_there = file.exists()
    try:
        for end in ("", "-wal", "-shm"):
            if (each := file.with_name(file.name + end)).exists():
                each.rename(aside.with_name(aside.name + end))
    except OSError as error:
        raise StoreError(
            f"不能改名 {file}（{os_reason(error, 'zh')}）；请检查权限 · "
            f"cannot rename {file} ({os_reason(error, 'en')}); check its permissions"
        ) from error
    Store(url, anew=True).close()
    return open_store(), aside if is_there else None


def forget_stores() -> None:
    """Close what this process has open; the next `open_store` begins anew."""
    with _lock:
        for store in _open.values():
            store.close()
        _open.clear()
