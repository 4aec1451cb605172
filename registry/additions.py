"""What users recorded, held against the plans: every fault at once, then one registry with both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING

from registry.commissioning import ceiling
from registry.contradictions import contradictions
from registry.installed_faults import installed_faults
from registry.installed_faults import metric_units as metric_units
from registry.own import Own, missing, own_of
from registry.own_faults import PREFIX, own_faults
from registry.own_layers import layer_faults
from registry.own_projects import counting_plans, label_points, own_progress, own_row
from registry.positions import located, own_positions, position_faults, with_positions
from registry.raster_records import raster_faults
from store.book import Book, Place
from terms.errors import Fault, RecordsError
from terms.kinds import Status
from terms.own_records import OwnProject, Position
from terms.records import Progress, Project

if TYPE_CHECKING:
    from registry.registry import Registry


def with_additions(registry: Registry, book: Book) -> Registry:
    """The registry with a book's records in place of any it had; raises RecordsError with all."""
    faults = record_faults(registry, book)
    if faults:
        raise RecordsError(faults)
    bare = registry.bare or registry
    positions = _positions(book)
    lying = located(bare.districts, positions)
    whole = with_positions(_with_projects(bare, book.projects, lying), positions, lying)
    progress = (*own_progress(book.projects), *book.progress)
    return replace(
        with_progress(whole, progress), installed=book.installed, own=own_of(book), bare=bare
    )


def _with_projects(bare: Registry, own: Sequence[OwnProject], lying: Mapping[str, str]) -> Registry:
    """The plans' rows and after them the users' own."""
    if not own:
        return bare
    plans = counting_plans(bare, own)
    rows = [own_row(bare, each, plans[each.id], lying.get(each.id, "")) for each in own]
    points = {row.id: label_points(row, bare.districts) for row in rows}
    return replace(
        bare,
        projects=(*bare.projects, *rows),
        labels={**bare.labels, **points},
        counted_in=plans,
        own=Own(projects=tuple(own)),
    )


def _positions(book: Book) -> tuple[Position, ...]:
    """The points that were recorded, and those that came with own projects."""
    taken = {each.project for each in book.positions}
    return (*book.positions, *own_positions(book.projects, taken))


def with_progress(registry: Registry, progress: Sequence[Progress]) -> Registry:
    """The registry with exactly this progress; a row's status is that of its latest record."""
    latest: dict[str, Progress] = {}
    for each in progress:
        before = latest.get(each.project)
        if each.status is not None and (before is None or each.date > before.date):
            latest[each.project] = each
    rows = tuple(_with_status(row, latest.get(row.id)) for row in registry.projects)
    return replace(registry, progress=tuple(progress), projects=rows)


def record_faults(registry: Registry, book: Book) -> tuple[Fault, ...]:
    """Where records do not agree with the plans, the districts or one another."""
    bare = registry.bare or registry
    lying = _sound_places(bare, book)
    by_project = own_faults(bare, book.projects, lying)
    unread = frozenset(by_project)
    sound = [each for each in book.projects if each.id not in unread]
    registry = _with_projects(bare, _held(sound), lying)
    faults: list[Fault] = [fault for each in by_project.values() for fault in each]
    for index, figure in enumerate(book.installed):
        faults += installed_faults(registry, figure, book.installed_place(index))
    for index, progress in enumerate(book.progress):
        if progress.project not in unread:
            faults += _progress_faults(registry, progress, book.progress_place(index))
    faults += position_faults(registry, _positions(book), unread)
    faults += layer_faults(registry, book, unread)
    return (*faults, *contradictions(book), *raster_faults(book))


def _sound_places(bare: Registry, book: Book) -> Mapping[str, str]:
    """The districts of the points that are numbers at all."""
    points = [each for each in _positions(book) if isfinite(each.lon) and isfinite(each.lat)]
    return located(bare.districts, points)


def _held(own: Sequence[OwnProject]) -> list[OwnProject]:
    """Those of the projects that lie in no project beyond these."""
    known = {each.id for each in own}
    while True:
        kept = [e for e in own if not e.part_of.startswith(PREFIX) or e.part_of in known]
        if len(kept) == len(own):
            return list(own)
        own, known = kept, {each.id for each in kept}


def _progress_faults(registry: Registry, progress: Progress, place: Place) -> Iterator[Fault]:
    row = registry.by_id.get(progress.project)
    if row is None:
        expected = "方案中某行的编号 · the id of a row of a plan, such as taian-caes-03"
        yield place.fault("project", progress.project, missing(progress.project, expected))
    elif progress.commissioned_mw is not None:
        if row.technology is None:
            expected = "该行不计装机，留空 · nothing, since this row has no generating capacity"
            yield place.fault("commissioned_mw", str(progress.commissioned_mw), expected)
        elif progress.commissioned_mw > ceiling(row).mw:
            found = str(progress.commissioned_mw)
            yield place.fault("commissioned_mw", found, ceiling(row).words)


def _with_status(row: Project, latest: Progress | None) -> Project:
    if latest is None or latest.status is None:
        if row.status is Status.LISTED and not row.status_date:
            return row
        return replace(row, status=Status.LISTED, status_date="", status_source="")
    return replace(row, status=latest.status, status_date=latest.date, status_source=latest.source)
