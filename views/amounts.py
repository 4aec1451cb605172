"""Amounts of a check as the page writes them: power in the unit of this run, things in pieces."""

from __future__ import annotations

from collections.abc import Callable

from capacity.check import Check
from terms.units import format_number
from views.headline import power


def amounts_of(result: Check) -> Callable[[int], str]:
    """How this target's watts, or pieces, are written."""
    if result.measure.layer:
        return lambda pieces: f"{format_number(pieces)} {result.target.unit}"
    return power
