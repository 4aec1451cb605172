"""What an intake becomes in the store: one batch of drafts, with the mapping to be remembered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from registry.intake.mapping import (
    FileMapping,
    IntakeKind,
    fingerprint,
    mapping_faults,
    read_mapping,
    write_mapping,
)
from registry.intake.past import Past
from registry.intake.proposal import Intake
from registry.intake.sheet import Sheet
from store.book import Book
from store.drafts import Add, Draft, Edit, Entry, Restore
from store.store import Store
from terms.errors import IntakeError
from terms.own_records import ColumnMapping, OwnArea, OwnProject, OwnTable

KINDS: dict[IntakeKind, str] = {
    IntakeKind.PROJECTS: "project",
    IntakeKind.TABLE: "table",
    IntakeKind.AREA: "area",
}
_OF_ONE_FILE = ("date", "status_date")  # the next file has another day
_LONGEST = 100_000  # signs of a mapping that is remembered
RecordT = TypeVar("RecordT", bound=OwnProject | OwnTable | OwnArea)


def past_of(store: Store, kind: IntakeKind, *, restores: bool = False) -> Past:
    """What the store holds already of this kind."""
    if kind is not IntakeKind.PROJECTS:
        return Past((), store.withdrawn(KINDS[kind]), restores)
    found = store.withdrawn_records("project") if restores else {}
    before = {id: record for id, record in found.items() if isinstance(record, OwnProject)}
    return Past(store.book().projects, store.withdrawn("project"), restores, before)


def drafts_of(intake: Intake, entries: Iterable[Entry], past: Past) -> tuple[Draft, ...]:
    """Each record as a new one, a change, or one brought back; what is the same is left alone.

    Raises RecordsError with all faults while there is one.
    """
    there = {entry.id: entry for entry in entries}
    drafts: list[Draft] = []
    for record in intake.records:
        if entry := there.get(record.id):
            if entry.record != record:
                drafts.append(Edit(record.id, entry.revision, record))
        elif record.id in past.withdrawn:
            drafts.append(Restore(record.id, past.withdrawn[record.id], record))
        else:
            drafts.append(Add(record))
    return tuple(drafts)


def book_after(book: Book, intake: Intake) -> Book:
    """The book as it will be, to be checked before anybody is asked to say yes."""
    records = intake.records
    projects = [each for each in records if isinstance(each, OwnProject)]
    tables = [each for each in records if isinstance(each, OwnTable)]
    areas = [each for each in records if isinstance(each, OwnArea)]
    return replace(
        book,
        projects=_merged(book.projects, projects),
        tables=_merged(book.tables, tables),
        areas=_merged(book.areas, areas),
        other_places={},
    )


def remembered(entries: Iterable[Entry], sheet: Sheet, kind: IntakeKind) -> FileMapping | None:
    """The mapping kept for a file with the same header, if it still fits; None without one."""
    mark = fingerprint(sheet)
    for entry in reversed(tuple(entries)):
        if entry.record.fingerprint != mark:
            continue
        try:
            mapping = read_mapping(entry.record.text, entry.id)
        except IntakeError:  # of another version, or changed by hand: a new one takes its place
            continue
        if not mapping_faults(mapping, sheet, kind):
            return replace(mapping, crs="")
    return None


def mapping_draft(entries: Iterable[Entry], intake: Intake) -> Draft | None:
    """The draft that remembers an intake's mapping; None where nothing changes."""
    kept = tuple(pair for pair in intake.mapping.constants if pair[0] not in _OF_ONE_FILE)
    used = replace(intake.mapping, constants=kept, crs="")  # the next file may be of another system
    words = write_mapping(used).strip()  # as the store keeps it
    if len(words) > _LONGEST:
        return None
    record = ColumnMapping(fingerprint(intake.sheet), words)
    same = [each for each in entries if each.record.fingerprint == record.fingerprint]
    if not same:
        return Add(record)
    last = same[-1]
    return None if last.record == record else Edit(last.id, last.revision, record)


def _merged(before: tuple[RecordT, ...], new: list[RecordT]) -> tuple[RecordT, ...]:
    by_id = {each.id: each for each in new}
    kept = [by_id.pop(each.id, each) for each in before]
    return (*kept, *by_id.values())
