"""What each plan governs: its districts, their common outline, where its name can stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import shapely

from geo.districts import Districts
from registry.areas import governed
from registry.registry import Registry
from terms.records import PlanRecord

_DECIMALS = 5  # as every label point


@dataclass(frozen=True)
class PlanArea:
    """The area of one plan: outline for display, inner point, (west, south, east, north)."""

    outline: shapely.Geometry
    point: tuple[float, float]
    bounds: tuple[float, float, float, float]


@lru_cache(maxsize=4)
def plan_areas(registry: Registry) -> Mapping[str, PlanArea]:
    """The area of every plan by its id; dissolved once per registry."""
    return {plan.id: _area(plan, registry.districts) for plan in registry.plans}


def _area(plan: PlanRecord, districts: Districts) -> PlanArea:
    outlines = districts.display.geometry
    outline = shapely.union_all([outlines[code] for code in governed(plan, districts)])
    point = outline.representative_point()
    west, south, east, north = (round(value, _DECIMALS) for value in outline.bounds)
    return PlanArea(
        outline=outline,
        point=(round(point.x, _DECIMALS), round(point.y, _DECIMALS)),
        bounds=(west, south, east, north),
    )
