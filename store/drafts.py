"""What a person asks of the store and what it tells: drafts, entries, the change log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from store.book import Place
from terms.own_records import (
    ColumnMapping,
    Note,
    OwnArea,
    OwnProject,
    OwnRaster,
    OwnTable,
    Position,
    SplitFile,
)
from terms.records import InstalledFigure, Progress

Record = (
    InstalledFigure
    | Progress
    | Position
    | OwnProject
    | SplitFile
    | Note
    | OwnTable
    | OwnArea
    | OwnRaster
    | ColumnMapping
)


@dataclass(frozen=True)
class Add:
    """A new record; `place` is where a person wrote it (a form, a line of a file), for faults."""

    record: Record
    place: Place | None = None


@dataclass(frozen=True)
class Edit:
    """A record in place of the one of this id, which was seen at this revision."""

    id: str
    revision: int
    record: Record
    place: Place | None = None


@dataclass(frozen=True)
class Hide:
    """Take a record out of force; it stays in the store."""

    id: str
    revision: int


@dataclass(frozen=True)
class Restore:
    """Bring a hidden record back as it was, or with this content in its place."""

    id: str
    revision: int
    record: Record | None = None


Draft = Add | Edit | Hide | Restore


@dataclass(frozen=True)
class Entry:
    """A record in force with its id and revision; `by`, `at`, `why` are of its last change."""

    id: str
    revision: int
    record: Any
    by: str
    at: str
    why: str


@dataclass(frozen=True)
class Change:
    """One line of the change log; `before` and `after` are None where nothing was in force."""

    id: int
    batch: str
    at: str
    who: str
    role: str
    way: str
    action: str
    kind: str
    record_id: str
    revision: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: str
