"""Files that are being imported, read once: by their digest, the mapping and the store's revision.

No click reads a file anew. What is kept is bounded, and the oldest goes first.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, Generic, TypeVar

from layers.intake_map import Picture, area_picture, projects_picture, table_picture
from registry.intake.batch import KINDS, book_after, past_of, remembered
from registry.intake.decisions import Decision, decide
from registry.intake.gazetteer import Gazetteer
from registry.intake.guess import guess_mapping, likely_kind
from registry.intake.mapping import FileMapping, IntakeKind, write_mapping
from registry.intake.open import open_sheet
from registry.intake.past import Past
from registry.intake.proposal import Intake
from registry.intake.sheet import Sheet
from registry.intake.take_in import take_in
from store.drafts import Entry
from store.imports import ImportBatch
from store.store import open_store
from terms.errors import Fault, RecordsError
from views import cache

MadeT = TypeVar("MadeT")


class Kept(Generic[MadeT]):
    """The last few things made, by what they were made from; safe between threads."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, RLock()
        self._kept: OrderedDict[tuple[Any, ...], MadeT] = OrderedDict()

    def get(self, key: tuple[Any, ...], make: Callable[[], MadeT]) -> MadeT:
        """What was made by this key, or made now; what cannot be made is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


@dataclass(frozen=True)
class Offered:
    """A file that somebody uploaded; `read` gives its bytes."""

    digest: str
    name: str
    read: Callable[[], bytes] = field(compare=False, repr=False)


@dataclass(frozen=True)
class Way:
    """How a file is to be read: which part and header row, as what, by which mapping."""

    part: str
    header_row: int | None
    kind: IntakeKind
    mapping: FileMapping
    restores: bool = False


@dataclass(frozen=True)
class OwnLayer:
    """An imported table or area: how many figures or shapes it has, who brought it and when."""

    kind: str
    id: str
    revision: int
    title: str
    source: str
    count: int
    by: str
    at: str


@dataclass(frozen=True)
class Taken:
    """A file taken in, and what the store held of it then: entries in force, withdrawn ones."""

    intake: Intake
    entries: tuple[Entry, ...]
    past: Past


_digests: Kept[str] = Kept(64)
_sheets: Kept[Sheet] = Kept(4)
_taken: Kept[Taken] = Kept(6)
_decided: Kept[Intake] = Kept(6)
_faults: Kept[tuple[Fault, ...]] = Kept(16)
_pictures: Kept[Picture] = Kept(8)
_layers: Kept[tuple[OwnLayer, ...]] = Kept(2)
_batches: Kept[tuple[ImportBatch, ...]] = Kept(2)
_names: Kept[Gazetteer] = Kept(2)


def offered(id: str, name: str, read: Callable[[], bytes]) -> Offered:
    """The upload of this id."""
    digest = _digests.get((id,), lambda: hashlib.sha256(read()).hexdigest()[:16])
    return Offered(digest, name, read)


def sheet(file: Offered, part: str = "", header_row: int | None = None) -> Sheet:
    """The table of a file; raises IntakeError with one sentence."""
    return _sheets.get(
        (file.digest, file.name, part, header_row),
        lambda: open_sheet(file.read(), file.name, part=part, header_row=header_row),
    )


def gazetteer() -> Gazetteer:
    """The names of counties as strangers write them."""
    districts = cache.registry().districts
    return _names.get((districts.digest,), lambda: Gazetteer(districts))


def usual_kind(found: Sheet) -> IntakeKind:
    """What the file most likely is."""
    return likely_kind(found, gazetteer())


def known_mapping(found: Sheet, kind: IntakeKind) -> FileMapping | None:
    """The mapping remembered for this header; None without one."""
    return remembered(open_store().entries("mapping"), found, kind)


def guessed_mapping(found: Sheet, kind: IntakeKind) -> FileMapping:
    """What each column most likely holds."""
    return guess_mapping(found, kind, gazetteer())


def taken(file: Offered, way: Way) -> Taken:
    """The file taken in this way, beside what the store holds now; raises IntakeError."""
    return _taken.get(_key(file, way), lambda: _take(file, way))


def decided(file: Offered, way: Way, decisions: tuple[Decision, ...]) -> Intake:
    """The intake with what a person decided."""
    return _decided.get(
        (*_key(file, way), decisions),
        lambda: decide(taken(file, way).intake, decisions, cache.registry()),
    )


def book_faults(file: Offered, way: Way, intake: Intake, decisions: object) -> tuple[Fault, ...]:
    """What the whole registry would find wrong with the intake; none while it has own faults."""
    if intake.faults:
        return ()
    return _faults.get((*_key(file, way), decisions), lambda: _check(intake))


def picture(file: Offered, way: Way, intake: Intake, decisions: object, number: int) -> Picture:
    """The small map of an intake; `number` is the table's where a file has several."""
    key = (*_key(file, way), decisions, number)
    return _pictures.get(key, lambda: _picture(intake, number))


def own_layers() -> tuple[OwnLayer, ...]:
    """The imported tables and areas in force, without what they hold."""
    return _layers.get((cache.key(),), _own_layers)


def batches() -> tuple[ImportBatch, ...]:
    """The last imports."""
    return _batches.get((cache.key(),), lambda: open_store().imports())


def _own_layers() -> tuple[OwnLayer, ...]:
    found = []
    for kind in ("table", "area"):
        for entry in open_store().entries(kind):
            record = entry.record
            count = len(record.values if kind == "table" else record.shapes)
            words = (record.title, record.source)
            found.append(
                OwnLayer(kind, entry.id, entry.revision, *words, count, entry.by, entry.at)
            )
    return tuple(found)


def _key(file: Offered, way: Way) -> tuple[Any, ...]:
    words = write_mapping(way.mapping)
    return (
        *(file.digest, file.name, way.part, way.header_row, way.kind, words, way.restores),
        cache.key(),
    )


def _take(file: Offered, way: Way) -> Taken:
    store, registry = open_store(), cache.registry()
    past = past_of(store, way.kind, restores=way.restores)
    entries = store.entries(KINDS[way.kind])
    intake = take_in(
        sheet(file, way.part, way.header_row),
        way.mapping,
        kind=way.kind,
        registry=registry,
        gazetteer=gazetteer(),
        past=past,
    )
    return Taken(intake, entries, past)


def _check(intake: Intake) -> tuple[Fault, ...]:
    try:
        cache.check_book(book_after(open_store().book(), intake))
    except RecordsError as error:
        return error.faults
    return ()


def _picture(intake: Intake, number: int) -> Picture:
    districts = cache.registry().districts
    if intake.area is not None:
        return area_picture(intake.area, districts)
    if intake.tables:
        return table_picture(intake.tables[number], districts)
    return projects_picture([each.record for each in intake.proposals], districts)
