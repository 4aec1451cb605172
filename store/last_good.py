"""The book as it stands, and its last good copy for as long as the database cannot be reached.

The copy is kept in the process and in a file of the home, so that viewing outlives both.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from store.book import FIELDS, Book, Place
from store.kinds import KINDS
from store.safe_file import put_text
from store.store import Store
from terms.errors import StoreError

_FORMAT = "fengtu last-good 1"
_AGAIN_S = 3.0  # a database that did not answer is not asked at every click


@dataclass(frozen=True)
class Held:
    """A book with its revision; `why` tells why it is only a copy, `at` of which time (UTC).

    `at` is empty where there is no copy at all: then the book is empty.
    """

    revision: str
    book: Book
    at: str
    why: str = ""


class Reader:
    """What a process shows of the store; one for all its sessions."""

    def __init__(self, opened: Callable[[], Store], copy: Path) -> None:
        self._opened = opened
        self._copy = copy
        self._held: Held | None = None
        self._down: Held | None = None
        self._again = 0.0
        self._lock = Lock()

    def look(self) -> Held:
        """The records in force, read anew if they changed; raises RecordsError with all faults."""
        down = self._down
        if down is not None and time.monotonic() < self._again:
            return down
        try:
            found = self._current()
        except StoreError as error:
            self._down = self._fall_back(str(error))
            self._again = time.monotonic() + _AGAIN_S
            return self._down
        self._down = None
        return found

    def _current(self) -> Held:
        store = self._opened()
        revision = store.revision()
        held = self._held
        if held is not None and held.revision == revision:
            return held
        with self._lock:  # the others wait for the one that reads
            if self._held is not None and self._held.revision == revision:
                return self._held
            revision, book = store.snapshot()
            self._held = Held(revision, book, _now())
            self._keep(self._held, store.name)
            return self._held

    def _fall_back(self, why: str) -> Held:
        held = self._held or read_copy(self._copy)
        if held is None:
            return Held("none", Book(), "", why)
        mark = hashlib.sha256(held.revision.encode()).hexdigest()[:12]
        return Held(f"copy:{mark}", held.book, held.at, why)

    def _keep(self, held: Held, database: str) -> None:
        """Write the copy; where that fails the one in the process still serves."""
        is_empty = not held.book.digest and not held.book.withdrawn
        if is_empty and not self._copy.exists():  # an older copy would outlive what it holds
            return
        try:
            put_text(self._copy, _copy_text(held, database))
        except OSError:
            return


def read_copy(path: Path) -> Held | None:
    """The copy of a file; None where there is none, or none that is sound."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] != _FORMAT:
            return None
        found: dict[str, Any] = {
            FIELDS[name]: _records(name, rows, path) for name, rows in raw["records"].items()
        }
        return Held(str(raw["revision"]), Book(**found), str(raw["at"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _records(name: str, rows: Any, path: Path) -> tuple[Any, ...]:
    judged = [KINDS[name].judged(row, Place(path.name, name)) for row in rows]
    if any(faults for _, faults in judged):
        raise ValueError(name)
    return tuple(record for record, _ in judged)


def _copy_text(held: Held, database: str) -> str:
    records: Mapping[str, Any] = {
        name: [KINDS[name].plain(each) for each in getattr(held.book, field)]
        for name, field in FIELDS.items()
    }
    head = {"format": _FORMAT, "database": database, "revision": held.revision, "at": held.at}
    return json.dumps({**head, "records": records}, ensure_ascii=False)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
