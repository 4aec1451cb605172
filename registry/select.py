"""What a selection takes of the registry; the same answer for map, table, figures and download."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from geo.districts import Districts
from registry.registry import Registry
from registry.search import found
from terms.records import Project
from terms.selection import Selection


def select(registry: Registry, selection: Selection) -> tuple[Project, ...]:
    """The projects that a selection shows, in registry order; an empty filter takes all.

    A user's row is shown with the group `user` and with the plan in which it counts.
    """
    tests = tuple(_tests(registry, selection))
    return tuple(row for row in registry.projects if all(test(row) for test in tests))


def _tests(registry: Registry, selection: Selection) -> Iterator[Callable[[Project], bool]]:
    """One test per filter in force, the cheap ones first."""
    if wanted := frozenset(selection.plans):
        yield lambda row: row.plan in wanted or registry.plan_of(row) in wanted
    single: tuple[tuple[tuple[str, ...], Callable[[Project], str]], ...] = (
        (selection.layers, lambda row: row.layer.value),
        (selection.technologies, lambda row: row.technology.value if row.technology else ""),
        (selection.land_modes, lambda row: row.land_mode.value if row.land_mode else "none"),
        (selection.statuses, lambda row: row.status.value),
        (selection.precisions, lambda row: row.precision.value),
    )
    yield from (_is_one_of(frozenset(wanted), value) for wanted, value in single if wanted)
    if least := selection.min_mw:
        yield lambda row: row.capacity_mw is not None and row.capacity_mw >= least
    if selection.owner != "any":
        yield lambda row: (selection.owner == "named") == bool(row.owner)
    if selection.districts:
        yield lambda row: not set(row.district_codes).isdisjoint(selection.districts)
    if selection.area:
        yield lambda row: selection.area in areas_of(row, registry.districts)
    if selection.words:
        ids = found(registry, selection.words)
        yield lambda row: row.id in ids


def _is_one_of(
    wanted: frozenset[str], value: Callable[[Project], str]
) -> Callable[[Project], bool]:
    return lambda row: value(row) in wanted


def areas_of(row: Project, districts: Districts) -> tuple[str, ...]:
    """The counties that a row names, their cities, and the city whose plan lists it."""
    cities = (districts.city_code(code) for code in row.district_codes if districts.has(code))
    return (row.city_code, *row.district_codes, *cities)


def unstated(registry: Registry, selection: Selection) -> int:
    """How many rows a least capacity leaves out only because their plan prints no figure."""
    if not selection.min_mw:
        return 0
    every = select(registry, replace(selection, min_mw=0))
    return sum(row.technology is not None and row.capacity_mw is None for row in every)
