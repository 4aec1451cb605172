"""What runs already: figures and progress that users entered, as they stood on a date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from capacity.ledger import stated_w
from registry.registry import Registry
from terms.kinds import Nature, Status
from terms.records import InstalledFigure, Progress, Target
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


def amount(figure: InstalledFigure) -> int:
    """A figure in watts, or in pieces."""
    return int(figure.value * base_units(figure.unit))


def progress_until(registry: Registry, until: str) -> Mapping[str, Progress]:
    """Each project's latest record on or before a date; MW stay those last recorded."""
    latest: dict[str, Progress] = {}
    for record in sorted(registry.progress, key=lambda each: each.date):
        if record.date <= until:
            before = latest.get(record.project)
            latest[record.project] = _joined(before, record) if before else record
    return latest


def commissioned(record: Progress, registry: Registry) -> int | None:
    """Watts in operation by a record; None where it says that some run, but not how many."""
    if record.commissioned_mw is not None:
        return int(record.commissioned_mw * WATTS_PER_MW)
    if record.status is Status.OPERATING:
        return stated_w(registry.by_id[record.project]) or 0
    return None if record.status is Status.PARTLY_OPERATING else 0


def started(registry: Registry, target: Target, rows: Mapping[str, int], until: str) -> int | None:
    """Watts of the given rows recorded as begun in the target's period; None without a record."""
    if target.nature is not Nature.START:
        return None
    begun = {
        record.project
        for record in registry.progress
        if record.project in rows
        and record.status in _STARTED
        and record.date <= until
        and int(record.date[:4]) >= (target.period_start or 0)
    }
    return sum(rows[row] for row in begun) if begun else None


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
