"""What users added beside progress and installed figures, as the registry keeps it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from store.book import Book
from terms.kinds import PlanStatus
from terms.language import Language
from terms.messages import text
from terms.own_records import Note, OwnArea, OwnProject, OwnTable, Position, SplitFile
from terms.records import PlanRecord

USER = "user"
_ORIGIN = re.compile(r"([0-9]+)(?: · (.+))?")
# The group of users' rows: looked up like a plan, but never listed, counted or checked as one.
USER_GROUP = PlanRecord(
    id=USER,
    title="用户数据",
    title_en="User data",
    issuer="",
    document_number="",
    date="",
    status=PlanStatus.USER,
    city="",
    city_en="",
    city_code="",
    governs_code="",
    horizon=2030,
)


def missing(id: str, expected: str) -> str:
    """What is expected in place of an id that nothing has: of a user's project it is the order."""
    if not id.startswith(f"{USER}-"):
        return expected
    return (
        "还在的用户项目；它已撤回或正要撤回，请先撤回依附它的这一条，再撤回它 · a project that is "
        "there; it is or would be withdrawn: take back this record, which hangs on it, first"
    )


def origin_words(source_row: str, language: Language) -> str:
    """Where in its file a row stood (`5 · A-3`: line, id there), in words; else as it was typed."""
    found = _ORIGIN.fullmatch(source_row)
    if found is None:
        return source_row
    row, own = found.groups()
    return text("own.origin_at_id" if own else "own.origin_at", language, row=row, id=own or "")


def with_remark(note: str, remark: str) -> str:
    """A note with what we add to it, in brackets behind the user's own words."""
    return f"{note}（{remark}）" if note else remark


@dataclass(frozen=True)
class Own:
    """The records in force, as they were entered."""

    projects: tuple[OwnProject, ...] = ()
    positions: tuple[Position, ...] = ()
    notes: tuple[Note, ...] = ()
    splits: tuple[SplitFile, ...] = ()
    tables: tuple[OwnTable, ...] = ()
    areas: tuple[OwnArea, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Twelve hex digits; empty where nobody added anything."""
        content = (
            self.projects,
            self.positions,
            self.notes,
            self.splits,
            self.tables,
            self.areas,
        )
        return hashlib.sha256(repr(content).encode()).hexdigest()[:12] if any(content) else ""

    @cached_property
    def by_id(self) -> Mapping[str, OwnProject]:
        """Users' projects by id."""
        return {each.id: each for each in self.projects}

    @cached_property
    def position_of(self) -> Mapping[str, Position]:
        """Users' positions by the project's id."""
        return {each.project: each for each in self.positions}

    @cached_property
    def notes_on(self) -> Mapping[str, tuple[str, ...]]:
        """The remarks by what they are on: a project's id, a target's key, a district's code."""
        found: dict[str, tuple[str, ...]] = {}
        for note in self.notes:
            found[note.subject] = (*found.get(note.subject, ()), note.text)
        return found

    @cached_property
    def table_by_id(self) -> Mapping[str, OwnTable]:
        """Users' tables by id."""
        return {each.id: each for each in self.tables}


NOTHING_OWN = Own()


def own_of(book: Book) -> Own:
    """What a book adds beside progress and installed figures."""
    return Own(
        projects=book.projects,
        positions=book.positions,
        notes=book.notes,
        splits=book.splits,
        tables=book.tables,
        areas=book.areas,
    )
