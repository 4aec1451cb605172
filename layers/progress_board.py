"""The board of progress: how many rows stand at which status, and what of each row runs.

Plans are never added to one another and technologies never meet in one sum; rows may be counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from capacity.ledger import ledger
from registry.registry import Registry
from store.drafts import Entry
from terms.kinds import Status, Technology
from terms.records import Progress, Project

# What nobody recorded comes last: on a board one looks for what moves.
ORDER = (*(status for status in Status if status is not Status.LISTED), Status.LISTED)


@dataclass(frozen=True)
class Standing:
    """The rows of one plan (and technology) by status; `counted_w` where any states MW."""

    plan: str
    technology: Technology | None
    rows: Mapping[Status, int]
    counted_w: Mapping[Status, int]


def standings(
    registry: Registry, rows: Sequence[Project], *, inferred: bool
) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """The rows of each plan by status, and the MW of each plan's technologies by status.

    A row stands with the plan in which it counts, with what the ledger counts of it.
    """
    entries = ledger(registry, inferred=inferred)
    count: dict[str, dict[Status, int]] = defaultdict(lambda: defaultdict(int))
    of_technology: dict[tuple[str, Technology], dict[Status, int]] = {}
    watts: dict[tuple[str, Technology], dict[Status, int]] = {}
    for row in rows:
        plan = registry.plan_of(row)
        count[plan][row.status] += 1
        entry = entries.get(row.id)
        if entry is None or entry.gross_w is None:
            continue
        key = (plan, entry.technology)
        rows_here = of_technology.setdefault(key, defaultdict(int))
        rows_here[row.status] += 1
        here = watts.setdefault(key, defaultdict(int))
        here[row.status] += entry.counted_w
    plans = [plan.id for plan in registry.groups if plan.id in count]
    return (
        tuple(Standing(plan, None, dict(count[plan]), {}) for plan in plans),
        tuple(
            Standing(plan, technology, dict(of_technology[key]), dict(watts[key]))
            for plan in plans
            for technology in Technology
            if (key := (plan, technology)) in watts
        ),
    )


def statuses_of(lines: Sequence[Standing]) -> tuple[Status, ...]:
    """The statuses that occur, in their order."""
    found = {status for line in lines for status in line.rows}
    return tuple(status for status in ORDER if status in found)


def commissioned_of(registry: Registry) -> Mapping[str, Decimal]:
    """What runs of each row by its latest record that says so, in MW."""
    found: dict[str, Progress] = {}
    for each in registry.progress:
        before = found.get(each.project)
        if each.commissioned_mw is not None and (before is None or each.date > before.date):
            found[each.project] = each
    return {each.project: each.commissioned_mw for each in found.values() if each.commissioned_mw}


def by_project(entries: Sequence[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """The records of progress by project, the latest day first."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.record.project].append(entry)
    return {
        project: tuple(sorted(mine, key=lambda each: each.record.date, reverse=True))
        for project, mine in found.items()
    }


def by_status(rows: Sequence[Project]) -> tuple[Project, ...]:
    """Rows as a board has them: by status, the one that was recorded last first."""
    last = sorted(rows, key=lambda row: row.status_date, reverse=True)
    return tuple(sorted(last, key=lambda row: ORDER.index(row.status)))
