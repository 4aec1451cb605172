"""Symbols as large as their printed MW: the area of a circle is proportional to the figure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import sqrt
from typing import Any

from capacity.ledger import stated_w
from registry.registry import Registry
from terms.records import Project
from terms.selection import Selection
from terms.units import MW_PER_WAN_KW, WATTS_PER_MW, PowerUnit, format_power

TOP_PX = 46.0  # diameter of the largest plant at the scale of a city
_PARTS = (1, 4, 20)  # the legend's circles: the largest, about a quarter and a twentieth of it
_ROUND = (5, 2, 1)


def _stated_mw(row: Project) -> float:
    return (stated_w(row) or 0) / WATTS_PER_MW


def diameter_px(mw: float, top_mw: float) -> float:
    """The diameter whose circle has mw / top_mw of the largest plant's area."""
    return TOP_PX * sqrt(mw / top_mw)


def size_scale(
    registry: Registry, rows: Sequence[Project], selection: Selection
) -> dict[str, Any] | None:
    """What the map needs to draw sizes: the largest plant's MW, its diameter, three round values.

    One scale for every selection, so that two views can be compared: it is set by the plants with
    one place; rings of programmes follow it and may be larger. None where no row states MW.
    """
    if not any(_stated_mw(row) and registry.labels[row.id] for row in rows):
        return None
    stated = {row.id: _stated_mw(row) for row in registry.projects}
    placed = [mw for row, mw in stated.items() if len(registry.labels[row]) == 1]
    values = list(filter(None, placed)) or list(filter(None, stated.values()))
    top = max(values)
    return {
        "top": top,
        "px": TOP_PX,
        "keys": [
            [
                mw,
                format_power(mw, selection.unit, language=selection.language, not_stated=""),
            ]
            for mw in round_values(top, selection.unit)
        ],
    }


def round_values(top_mw: float, unit: PowerUnit) -> tuple[float, ...]:
    """Three round values (1, 2, 5 × 10ⁿ of the unit), the first not above the largest figure."""
    per_unit = MW_PER_WAN_KW if unit is PowerUnit.WAN_KW else Decimal(1)
    top = Decimal(str(top_mw)) / per_unit
    return tuple(float(_round_below(top / part) * per_unit) for part in _PARTS)


def _round_below(value: Decimal) -> Decimal:
    place = Decimal(1).scaleb(value.adjusted())
    return next(step * place for step in _ROUND if step * place <= value)
