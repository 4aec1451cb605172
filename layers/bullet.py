"""The bullet chart of one target, as shares of its own scale; each target has its own.

From the left: what exists (or, where nobody has said, what would be needed), named projects,
programmes, what only the high end holds. The goal is a line; an open end leaves the chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from capacity.check import Check

SegmentKind = Literal["installed", "needed", "named", "programme", "possible"]
_HEADROOM = 1.08  # the goal's line keeps clear of the right edge


@dataclass(frozen=True)
class Segment:
    """One stretch of the bar: where it begins and how long it is, as shares (0 to 1)."""

    kind: SegmentKind
    amount: int
    start: float
    width: float


@dataclass(frozen=True)
class Bullet:
    """The bar, the place of the goal's line, and whether rows without a figure leave it open."""

    segments: tuple[Segment, ...]
    goal: float
    is_open: bool


def bullet(result: Check) -> Bullet:
    """Lay out one target; what is needed takes the place of an installed figure not entered."""
    listed = result.pipeline
    first: tuple[SegmentKind, int]
    if result.existing:
        first = ("installed", result.existing.amount)
    else:
        first = ("needed", result.needed_installed or 0)
    amounts: tuple[tuple[SegmentKind, int], ...] = (
        first,
        ("named", listed.named),
        ("programme", listed.programme),
        ("possible", listed.high - listed.low),
    )
    scale = max(result.goal, sum(amount for _, amount in amounts), 1) * _HEADROOM
    segments, start = [], 0
    for kind, amount in amounts:
        if amount:
            segments.append(Segment(kind, amount, start / scale, amount / scale))
        start += amount
    return Bullet(tuple(segments), result.goal / scale, bool(listed.open_rows))
