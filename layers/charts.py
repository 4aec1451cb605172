"""The rows behind the charts: capacity by technology, status and place, one plan at a time.

Plans are never added to one another and technologies never meet in one sum; rows may be counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from layers.figures import Figures
from registry.registry import Registry
from terms.kinds import Status, Technology
from terms.records import Project


class Whereabouts(StrEnum):
    """How far the place of a row is known; the three add up to all rows."""

    ONE = "one"
    SEVERAL = "several"
    TRAY = "tray"


@dataclass(frozen=True)
class MixBar:
    """Counted watts of one technology of one plan: those in one county, and the others."""

    plan: str
    technology: Technology
    located_w: int
    other_w: int
    not_stated: int
    retired_w: int

    @property
    def counted_w(self) -> int:
        """All counted watts."""
        return self.located_w + self.other_w


@dataclass(frozen=True)
class RowsBar:
    """Rows of one plan that have one status, or one sort of place."""

    plan: str
    part: str
    rows: int


def technology_mix(counted: Figures, plans: Iterable[str]) -> tuple[MixBar, ...]:
    """One bar per plan and technology that any row speaks of, in the order of the plans."""
    bars = []
    for plan in plans:
        for technology in Technology:
            sums = counted.capacity.get((plan, technology))
            if sums:
                others = sums.counted_w - sums.located_w
                bars.append(
                    MixBar(
                        plan,
                        technology,
                        sums.located_w,
                        others,
                        sums.not_stated,
                        sums.retired_w,
                    )
                )
    return tuple(bars)


def rows_by_status(
    registry: Registry, rows: Iterable[Project], plans: Iterable[str]
) -> tuple[RowsBar, ...]:
    """The rows of each plan by status; a status without a row is left out."""
    counts = Counter((registry.plan_of(row), row.status.value) for row in rows)
    return _bars(counts, plans, [status.value for status in Status])


def rows_by_place(
    registry: Registry, rows: Iterable[Project], plans: Iterable[str]
) -> tuple[RowsBar, ...]:
    """The rows of each plan by how far their place is known; all of them are in one part."""
    counts = Counter((registry.plan_of(row), whereabouts(registry, row).value) for row in rows)
    return _bars(counts, plans, [part.value for part in Whereabouts])


def whereabouts(registry: Registry, row: Project) -> Whereabouts:
    """In one county, in several, or known to the city only."""
    if not registry.labels[row.id]:
        return Whereabouts.TRAY
    return Whereabouts.SEVERAL if len(row.district_codes) > 1 else Whereabouts.ONE


def _bars(
    counts: Mapping[tuple[str, str], int], plans: Iterable[str], parts: Iterable[str]
) -> tuple[RowsBar, ...]:
    order = tuple(parts)
    return tuple(
        RowsBar(plan, part, counts[plan, part])
        for plan in plans
        for part in order
        if counts.get((plan, part))
    )
