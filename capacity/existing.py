"""What exists already: figures and progress that users entered, as they stood on a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache

from capacity.ledger import is_named, left_out_whole
from capacity.measure import Match, Measure
from capacity.once import inside_amounts, parents_among
from registry.registry import Registry
from terms.kinds import Status, Technology
from terms.records import InstalledFigure, Progress, Project, Target
from terms.units import WATTS_PER_MW, base_units

_STARTED = {Status.CONSTRUCTION, Status.PARTLY_OPERATING, Status.OPERATING}


def figures_for(registry: Registry, target: Target) -> tuple[InstalledFigure, ...]:
    """The figures entered for a target's whole area, oldest first."""
    found = (
        figure
        for figure in registry.installed
        if (figure.plan, figure.metric) == (target.plan, target.metric)
        and not figure.district_code
        and not figure.zone
    )
    return tuple(sorted(found, key=lambda figure: figure.date))


class Aside(StrEnum):
    """Why a figure that was entered is not held against a target; words under `aside`."""

    PLACE = "place"
    DATE = "date"
    PART = "part"


def figures_aside(
    registry: Registry, target: Target, today: str
) -> tuple[tuple[InstalledFigure, Aside], ...]:
    """Figures that have to do with a target and are not held against it, with the reason.

    Those of a county or zone, those of a later day, and those of a part of what it covers.
    """
    found = []
    for figure in registry.installed:
        if figure.plan != target.plan:
            continue
        if figure.metric != target.metric:
            if _is_part(registry, figure, target):
                found.append((figure, Aside.PART))
        elif figure.district_code or figure.zone:
            found.append((figure, Aside.PLACE))
        elif figure.date > today:
            found.append((figure, Aside.DATE))
    return tuple(found)


def _is_part(registry: Registry, figure: InstalledFigure, target: Target) -> bool:
    """Does the figure's metric cover some of the target's technologies, and nothing else?"""
    covered = {
        technology
        for each in registry.targets
        if (each.plan, each.metric) == (figure.plan, figure.metric)
        for technology in each.includes
    }
    if figure.metric in set(Technology):
        covered.add(Technology(figure.metric))
    return bool(covered) and covered < set(target.includes)


def amount(figure: InstalledFigure) -> int:
    """A figure in watts, or in pieces."""
    return int(figure.value * base_units(figure.unit))


@lru_cache(maxsize=64)
def progress_until(registry: Registry, until: str) -> Mapping[str, Progress]:
    """Each project's latest record on or before a date; MW stay those last recorded."""
    latest: dict[str, Progress] = {}
    for record in sorted(registry.progress, key=lambda each: each.date):
        if record.date <= until:
            before = latest.get(record.project)
            latest[record.project] = _joined(before, record) if before else record
    return latest


def commissioned(record: Progress, whole: int, *, in_pieces: bool = False) -> int | None:
    """What runs by a record; None where it says that some does, but not how much.

    `whole` is what "operating" without MW means; MW say nothing of what counts in pieces.
    """
    if record.commissioned_mw is not None and not in_pieces:
        return int(record.commissioned_mw * WATTS_PER_MW)
    if record.status is Status.OPERATING:
        return whole
    return None if record.status is Status.PARTLY_OPERATING else 0


def begun(record: Progress, row: Project, whole: int) -> int | None:
    """What a record says is begun: a project as a whole; of an envelope nobody says how much."""
    if not has_begun(record):
        return 0
    return whole if is_named(row) else None


def has_begun(record: Progress) -> bool:
    """Does a record say that work has begun?"""
    return record.status in _STARTED or bool(record.commissioned_mw)


def started(
    registry: Registry,
    target: Target,
    measure: Measure,
    *,
    rows: Iterable[Project],
    until: str,
    inferred: bool,
) -> int | None:
    """What was recorded as begun in the target's period, once each; None without such a record.

    Only named projects count, with the plan's own figures: a pledge is not begun by a word. What a
    user gave no day may have begun before the period.
    """
    first: dict[str, str] = {}
    for record in registry.progress:
        if has_begun(record) and record.date <= until:
            first[record.project] = min(record.date, first.get(record.project, record.date))
    amounts = {
        row.id: measure.stated(row)
        for row in rows
        if int(first.get(row.id, "")[:4] or 0) >= (target.period_start or 1)
        and is_named(row)
        and measure.match(row) is Match.FULL
        and measure.stated(row) is not None
        and not left_out_whole(row)
        and row.restates_target != target.key
    }
    if not amounts:
        return None
    parents = parents_among(registry, amounts.keys(), inferred=inferred)
    inside = inside_amounts(registry, amounts, parents)
    return sum(max(0, (amount or 0) - inside[row]) for row, amount in amounts.items())


def end_of(year: int) -> str:
    """The last day of a year."""
    return date(year, 12, 31).isoformat()


def _joined(before: Progress, record: Progress) -> Progress:
    """The later record; what it leaves out stays as the earlier one said.

    A later "operating" without MW means all of it.
    """
    is_whole = record.commissioned_mw is not None or record.status is Status.OPERATING
    return Progress(
        project=record.project,
        date=record.date,
        status=record.status or before.status,
        commissioned_mw=record.commissioned_mw if is_whole else before.commissioned_mw,
        source=record.source,
    )
