"""What browsing adds to the map's message: area, kept view, colours, sizes, words to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from capacity.allocate import Place, place_of
from layers.aggregate import crowd_state, is_crowd
from layers.filter_words import MOST_IN_PRINT, area_label, filter_words
from layers.own_tables import chosen_table, table_legend, table_map
from layers.paint import paint_state
from layers.shade import shade_counties, shade_legend
from layers.size_scale import size_scale
from registry.areas import city_of, counties_of, plan_districts
from registry.registry import Registry
from registry.select import select
from terms.kinds import PlanStatus
from terms.messages import text
from terms.records import Project
from terms.selection import Selection


def map_state(registry: Registry, rows: Sequence[Project], selection: Selection) -> dict[str, Any]:
    """The message of the map page."""
    more = _browsing(registry, rows, selection)
    if is_crowd(rows):
        more |= crowd_state(registry, rows, selection)
    return paint_state(registry, rows, selection=selection, more=more)


def _browsing(registry: Registry, rows: Sequence[Project], selection: Selection) -> dict[str, Any]:
    table = chosen_table(registry, selection)
    whole = _of_city(registry, selection) if selection.shade else rows
    made = None if table else shade_counties(registry, whole, selection)
    state: dict[str, Any] = {
        "area": selection.area,
        "at": [float(part) for part in selection.at.split(",")] if selection.at else None,
        "note": area_note(registry, rows, selection),
        "unit": selection.unit.value,
        "inferred": selection.inferred,
        "sizes": size_scale(registry, rows, selection) if selection.symbols == "mw" else None,
        "print": {
            "area": area_label(registry, selection),
            "filter": _printed_filter(registry, rows, selection),
        },
    }
    if table:
        shown = table_map(registry, table, selection)
        legend = table_legend(table, shown, selection)
        tips = {code: list(lines) for code, lines in shown.tips.items()}
        return {**state, "colours": dict(shown.fills), "shade": legend, "tips": tips}
    if made is None:
        return state
    return {**state, "colours": dict(made.fills), "shade": shade_legend(made, selection)}


def _printed_filter(registry: Registry, rows: Sequence[Project], selection: Selection) -> str:
    """The filter in words; of a county also how many rows lie in it alone and how many do not."""
    said = filter_words(registry, selection, most=MOST_IN_PRINT)
    if not registry.districts.has(selection.area):
        return said
    shared = sum(place_of(row) is Place.SHARED for row in rows)
    counts = text(
        "print.county",
        selection.language,
        count=len(rows),
        here=len(rows) - shared,
        shared=shared,
    )
    return text("print.between", selection.language).join((said, counts))


def _of_city(registry: Registry, selection: Selection) -> tuple[Project, ...]:
    """The rows of the selection in the whole city, so that a county is seen beside its others."""
    return select(registry, replace(selection, area=city_of(registry.districts, selection.area)))


def area_note(registry: Registry, rows: Sequence[Project], selection: Selection) -> str:
    """Said where the collection has no plan for the area, or one for a part of it; else empty."""
    area, language = selection.area, selection.language
    if not area:
        return ""
    owners = plan_districts(registry)
    codes = counties_of(registry.districts, area)
    city = registry.districts.city_name(city_of(registry.districts, area), language)
    plans = {owners[code] for code in codes if code in owners}
    if not plans:
        others = text("area.rows_of_others", language, count=len(rows)) if rows else ""
        return text("area.no_plan", language, name=area_label(registry, selection)) + others
    if any(code not in owners for code in codes):
        (plan,) = plans
        return text("area.part_plan", language, name=city, part=_part(registry, plan, selection))
    return ""


def _part(registry: Registry, plan: str, selection: Selection) -> str:
    code = registry.plan_by_id[plan].governs_code
    name = registry.districts.name(code, selection.language)
    if registry.plan_by_id[plan].status is PlanStatus.DRAFT:
        return text("word.with_draft", selection.language, name=name)
    return name
