"""Amounts of a check as the page writes them: power in the unit of this run, things in pieces."""

from __future__ import annotations

from collections.abc import Callable

from capacity.check import Check
from terms.units import format_number
from views.headline import power
from views.words import lab


def amounts_of(result: Check) -> Callable[[int], str]:
    """How this target's watts, or pieces, are written."""
    if result.measure.layer:
        unit = lab("entry_unit", result.target.unit)
        return lambda pieces: f"{format_number(pieces)} {unit}"
    return power
