"""What a selection takes of the registry; the same answer for map, table, figures and download."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

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
        if _is_selected(row, selection) and all(word in haystacks[row.id] for word in words)
    )


def _is_selected(row: Project, selection: Selection) -> bool:
    filters = (
        (selection.plans, (row.plan,)),
        (selection.layers, (row.layer.value,)),
        (selection.districts, row.district_codes),
        (selection.land_modes, (row.land_mode.value if row.land_mode else "none",)),
        (selection.statuses, (row.status.value,)),
    )
    if any(wanted and not set(wanted) & set(have) for wanted, have in filters):
        return False
    return selection.owner == "any" or (selection.owner == "named") == bool(row.owner)


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
