"""Records put into the store of the home of a test, as an editor would."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geo.rasters.record import RasterRecord
from registry.own_rasters import Told, add_raster
from registry.raster_records import own_rasters
from store.book import Book
from store.drafts import Add, Draft, Entry, Hide
from store.home import rasters_path
from store.store import Store, open_store
from terms.actor import Actor, Role, Way


def person(name: str = "王", role: Role = Role.EDITOR, way: Way = Way.PASSPHRASE) -> Actor:
    """Somebody who has just proved who he is."""
    return Actor(name, role, way, datetime.now(UTC))


def keep(*records: Any, store: Store | None = None) -> str:
    """Add records; the batch's id."""
    drafts: list[Draft] = [Add(record) for record in records]
    return (store or open_store()).apply(person(), drafts, why="")


def entry(kind: str, record: Any, store: Store | None = None) -> Entry:
    """The entry of a record in force."""
    (found,) = (each for each in (store or open_store()).entries(kind) if each.record == record)
    return found


def withdraw(kind: str, record: Any, store: Store | None = None) -> str:
    """Hide a record in force."""
    found = entry(kind, record, store)
    return (store or open_store()).apply(person(), [Hide(found.id, found.revision)], why="")


def book() -> Book:
    """The records in force."""
    return open_store().book()


def keep_raster(told: Told, path: Path) -> RasterRecord:
    """A GeoTIFF uploaded by an editor."""
    data = path.read_bytes()
    return add_raster(open_store(), person(), rasters_path(), told, data, name=path.name)[0]


def kept_rasters() -> tuple[RasterRecord, ...]:
    """The own rasters that can be read here."""
    return own_rasters(open_store().book(), rasters_path()).here
