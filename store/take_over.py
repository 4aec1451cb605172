"""Records that an earlier version kept in records.yaml, taken into the store once and for all.

The file stays beside under another name. A faulty one stays where it is, and nothing is taken.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from store.book import read_book, read_rows, read_text
from store.drafts import Add
from store.store import Check, Store
from store.tables import taken_over
from store.write import now
from terms.actor import Actor, Role, Way
from terms.errors import StoreError
from terms.os_reasons import os_reason


def take_over(store: Store, path: Path, *, check: Check | None = None) -> int:
    """Take a file's records in, all or none, and return how many; 0 where there is no file.

    `check` gets the book with the file's records at their places. Raises RecordsError with all
    faults, StoreError.
    """
    if not path.is_file():
        return 0
    text = read_text(path)
    read_book(text, path.name)  # raises with every fault
    rows = read_rows(text, path.name)
    digest = hashlib.sha256(text.encode()).hexdigest()
    actor = Actor(path.name, Role.EDITOR, Way.CONSOLE, datetime.now(UTC))
    why = f"由 {path.name} 转入 · taken over from {path.name}"
    with store.changing(actor, why=why, check=check) as batch:
        if _is_known(batch.connection, digest):  # by another process, or before a crash
            batch.places.clear()
            rows = []
        for row, place in rows:
            if row.withdrawn:
                batch.add_hidden(row.record())
            else:
                batch.take([Add(row.record(), place)], imported=True)
        if rows:
            batch.connection.execute(sa.insert(taken_over).values(digest=digest, at=now()))
    _put_aside(path)
    return len(rows)


def _is_known(connection: sa.Connection, digest: str) -> bool:
    query = sa.select(taken_over.c.digest).where(taken_over.c.digest == digest)
    return connection.scalar(query) is not None


def _put_aside(path: Path) -> None:
    """Rename the file; its digest is known by now, so that a failure costs nothing but a look."""
    aside = path.with_name(f"{path.name}.taken-over")
    if aside.exists():
        day = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        aside = path.with_name(f"{path.name}.taken-over-{day}")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return  # another process was faster
    except OSError as error:
        raise StoreError(
            f"{path.name} 的记录已转入数据库，但不能改名"
            f"（{os_reason(error, 'zh')}）；请移走该文件 · "
            f"the records of {path.name} are in the database now, but it cannot be renamed "
            f"({os_reason(error, 'en')}); move it away"
        ) from error
