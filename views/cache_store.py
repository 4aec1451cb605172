"""The store as the pages see it: one for the process, read once a revision."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache

from registry.mode import mode
from registry.raster_records import take_over_rasters
from store.drafts import Entry
from store.home import copy_path, rasters_path, records_path
from store.last_good import Held, Reader
from store.store import DATABASE_VARIABLE, Check, Store, open_store
from store.take_over import take_over
from terms.errors import RecordsError, StoreError


def _opened(check: Check) -> Store:
    """The store, with the records of an earlier version taken in; raises StoreError."""
    store = open_store()
    take_over(store, records_path(), check=check)
    take_over_rasters(store, rasters_path())
    return store


def held(check: Check) -> Held:
    """The records in force, or their last good copy; raises RecordsError with all faults."""
    database = os.environ.get(DATABASE_VARIABLE, "")
    return _reader(database, str(copy_path()), check).look()


@lru_cache(maxsize=4)
def _reader(database: str, copy: str, check: Check) -> Reader:
    return Reader(lambda: _opened(check), copy_path())


def positions(revision: str) -> Mapping[str, Entry]:
    """Who put which project where, by project; none while the database cannot be reached."""
    return {each.record.project: each for each in entries("position", revision)}


def entries(kind: str, revision: str) -> tuple[Entry, ...]:
    """The records of a kind with ids, people and times, as of the revision that the page shows.

    None in public mode, and none while the database is away.
    """
    database = os.environ.get(DATABASE_VARIABLE, "")
    if mode() == "public" or ":" not in revision or revision.startswith("copy:"):
        return ()
    try:
        return _entries(database, str(copy_path()), revision, kind)
    except (RecordsError, StoreError):  # the head of the page says that a copy is shown
        return ()


@lru_cache(maxsize=16)
def _entries(database: str, copy: str, revision: str, kind: str) -> tuple[Entry, ...]:
    return open_store().entries(kind)
