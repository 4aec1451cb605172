"""Which districts a plan governs: a city's all, a district plan's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from geo.districts import Districts
from registry.registry import Registry
from terms.records import PlanRecord


def governed(plan: PlanRecord, districts: Districts) -> tuple[str, ...]:
    """The district codes that one plan governs; none for the group of users' rows."""
    if not plan.governs_code:
        return ()
    if districts.has(plan.governs_code):
        return (plan.governs_code,)
    return districts.codes_in(plan.governs_code)


def counties_of(districts: Districts, area: str) -> tuple[str, ...]:
    """The counties of an area that the map can go into: a city's, or the county itself."""
    return (area,) if districts.has(area) else districts.codes_in(area)


def city_of(districts: Districts, area: str) -> str:
    """The city of a county; a city and the province (empty) stay what they are."""
    return districts.city_code(area) if districts.has(area) else area


@lru_cache(maxsize=8)
def plan_districts(registry: Registry) -> Mapping[str, str]:
    """The plan of each governed district, by district code."""
    return {code: plan.id for plan in registry.plans for code in governed(plan, registry.districts)}
