"""What a selection takes of the registry; the same answer for map, table, figures and download."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from registry.registry import Registry
from terms.records import Project
from terms.selection import Selection


def select(registry: Registry, selection: Selection) -> tuple[Project, ...]:
    """The projects that a selection shows, in registry order; an empty filter takes all."""
    return tuple(row for row in registry.projects if _is_selected(row, selection))


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
    if selection.owner != "any" and (selection.owner == "named") != bool(row.owner):
        return False
    return all(word in _haystack(row) for word in fold(selection.words).split())


def fold(text: str) -> str:
    """Text as the search compares it: full- and half-width alike, small letters."""
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=20_000)
def _haystack(row: Project) -> str:
    parts = (
        row.id,
        row.city,
        row.name,
        row.name_en,
        *row.districts,
        row.township,
        row.zone,
        row.owner,
        row.capacity_printed,
        row.quantity_printed,
        row.source_section,
        *row.departments,
        row.note,
    )
    return fold(" ".join(parts))
