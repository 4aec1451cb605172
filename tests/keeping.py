"""Records put into the store of the home of a test, as an editor would."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from store.book import Book
from store.drafts import Add, Draft, Entry, Hide
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
