"""What a selection takes of the registry; the same answer for map, table, figures and download."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from geo.districts import Districts
from registry.registry import Registry
from terms.messages import label
from terms.records import Project
from terms.selection import Selection


def select(registry: Registry, selection: Selection) -> tuple[Project, ...]:
    """The projects that a selection shows, in registry order; an empty filter takes all."""
    haystacks = _haystacks(registry) if selection.words else {}
    words = fold(selection.words).split()
    return tuple(
        row
        for row in registry.projects
        if _is_selected(row, selection, registry.districts)
        and all(word in haystacks[row.id] for word in words)
    )


def _is_selected(row: Project, selection: Selection, districts: Districts) -> bool:
    areas = areas_of(row, districts) if selection.area else ()
    filters = (
        (selection.plans, (row.plan,)),
        (selection.layers, (row.layer.value,)),
        (selection.technologies, (row.technology.value if row.technology else "",)),
        ((selection.area,) if selection.area else (), areas),
        (selection.districts, row.district_codes),
        (selection.land_modes, (row.land_mode.value if row.land_mode else "none",)),
        (selection.statuses, (row.status.value,)),
        (selection.precisions, (row.precision.value,)),
    )
    if any(wanted and not set(wanted) & set(have) for wanted, have in filters):
        return False
    if selection.min_mw and (row.capacity_mw is None or row.capacity_mw < selection.min_mw):
        return False
    return selection.owner == "any" or (selection.owner == "named") == bool(row.owner)


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


def fold(text: str) -> str:
    """Text as the search compares it: full- and half-width alike, small letters, one apostrophe."""
    return unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")


@lru_cache(maxsize=4)
def _haystacks(registry: Registry) -> Mapping[str, str]:
    """What the words are looked for in, by project id: both languages, codes, labels, notes."""
    return {row.id: fold(" ".join(_searched(row, registry))) for row in registry.projects}


def _searched(row: Project, registry: Registry) -> Iterator[str]:
    plan = registry.plan_by_id[row.plan]
    yield from (row.id, row.name, row.name_en, row.owner, row.township, row.zone, row.note)
    yield from (row.city, plan.city_en, plan.title, plan.title_en, *row.departments)
    yield from (row.capacity_printed, row.quantity_printed, row.source_section, row.wording)
    for code in row.district_codes:
        yield code
        yield from (registry.districts.label(code, language) for language in ("zh", "en"))
    if row.voltage_kv:
        yield f"{row.voltage_kv}kV {row.voltage_kv} kV {row.voltage_kv}千伏"
    labels = (
        ("layer", row.layer),
        ("technology", row.technology),
        ("plan_status", row.plan_status),
    )
    for kind, member in labels:
        if member:
            yield from (label(kind, member, language) for language in ("zh", "en"))
