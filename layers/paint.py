"""What a selection shows on the map, as one small message: ids, colours, badges, words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.plan_areas import plan_areas
from layers.plan_names import plan_label as plan_label
from registry.areas import counties_of
from registry.own import USER
from registry.registry import Registry
from terms.kinds import Layer, Precision
from terms.language import Language
from terms.messages import text
from terms.records import Project, Target
from terms.selection import Selection
from terms.units import format_number

TINT = "#f7e3b5"
HYDROGEN_METRIC = "hydrogen_stations"
_TINTED = {Precision.MULTI, Precision.CORRIDOR}


@dataclass(frozen=True)
class CityBadge:
    """Targets of one plan whose things have no named site yet, shown at the city's label spot."""

    plan: str
    targets: tuple[Target, ...]
    lon: float
    lat: float

    @property
    def id(self) -> str:
        """The key of the latest of its targets, which opens the details."""
        return self.targets[-1].key


def hydrogen_badges(registry: Registry) -> tuple[CityBadge, ...]:
    """One badge per plan that promises hydrogen stations without naming a site for one."""
    sited = {
        registry.plan_of(row)
        for row in registry.projects
        if row.layer is Layer.HYDROGEN_STATION and registry.labels[row.id]
    }
    badges = []
    for plan in registry.plans:
        targets = [t for t in registry.targets if t.plan == plan.id and t.metric == HYDROGEN_METRIC]
        if targets and plan.id not in sited:
            ordered = tuple(sorted(targets, key=lambda target: target.year))
            badges.append(CityBadge(plan.id, ordered, *plan_areas(registry)[plan.id].point))
    return tuple(badges)


def badge_text(badge: CityBadge, language: Language) -> str:
    """For example 目标15座·未落点, of the latest year."""
    return text("map.badge", language, value=format_number(badge.targets[-1].value))


def badge_hint(badge: CityBadge, language: Language) -> str:
    """The same with every year that the plan gives."""
    parts = [
        text("map.badge_part", language, year=target.year, value=format_number(target.value))
        for target in badge.targets
    ]
    return text("map.badge_hint", language, parts=text("word.comma", language).join(parts))


def paint_state(
    registry: Registry,
    rows: Sequence[Project],
    *,
    selection: Selection,
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The message for the map's script; `rows` is what the selection shows.

    `more` is what a page adds to it or says in its place (`layers.browse`).
    """
    language = selection.language
    plans = selection.plans or tuple(plan.id for plan in registry.groups)
    return with_token(
        {
            **empty_state(registry, selection),
            "visible": [row.id for row in rows],
            "colours": _colours(registry, selection.focus),
            "districts": list(selection.districts),
            "badges": _badges(registry, selection),
            "trayPlans": [
                {"id": plan, "name": plan_label(registry, plan, language)}
                for plan in _tray_plans(plans, rows)
            ],
            "frame": _frame(registry, plans, selection.districts, selection.area),
            "words": _words(registry, rows, language),
            **(more or {}),
        }
    )


def _tray_plans(plans: Sequence[str], rows: Sequence[Project]) -> Sequence[str]:
    """The plans with a place in the tray; users' rows that count in a plan wait in their own."""
    has_own = USER not in plans and any(row.plan == USER for row in rows)
    return (*plans, USER) if has_own else plans


def empty_state(registry: Registry, selection: Selection) -> dict[str, Any]:
    """The message of a map without symbols, tints and badges, framed on the chosen plans."""
    plans = selection.plans or tuple(plan.id for plan in registry.groups)
    return {
        "language": selection.language,
        "visible": [],
        "focus": selection.focus,
        "colours": {},
        "plans": list(selection.plans),
        "districts": [],
        "badges": [],
        "trayPlans": [],
        "frame": _frame(registry, plans, (), ""),
        "words": _words(registry, (), selection.language),
    }


def with_token(state: dict[str, Any]) -> dict[str, Any]:
    """A message with its token."""
    return {**state, "token": _token(state)}


def _colours(registry: Registry, focus: str) -> dict[str, str]:
    row = registry.by_id.get(focus)
    if row is None or row.precision not in _TINTED:
        return {}
    return dict.fromkeys(row.district_codes, TINT)


def _badges(registry: Registry, selection: Selection) -> list[dict[str, Any]]:
    shown = not selection.layers or Layer.HYDROGEN_STATION.value in selection.layers
    narrowed = set(selection.narrowed_by()) - {"plans", "layers", "area", "owner"}
    if not shown or narrowed or selection.owner == "named":
        return []
    language = selection.language
    return [
        {
            "id": badge.id,
            "layer": Layer.HYDROGEN_STATION.value,
            "lon": badge.lon,
            "lat": badge.lat,
            "text": badge_text(badge, language),
            "hint": badge_hint(badge, language),
        }
        for badge in hydrogen_badges(registry)
        if not selection.plans or badge.plan in selection.plans
        if selection.area in ("", registry.plan_by_id[badge.plan].governs_code)
    ]


def _words(registry: Registry, rows: Sequence[Project], language: Language) -> dict[str, Any]:
    districts = registry.districts
    waiting = sum(not registry.labels[row.id] for row in rows)
    return {
        "stamp": text("map.stamp", language),
        "edition": districts.edition if language == "zh" else districts.edition_en,
        "tray": text("map.tray", language, count=waiting),
    }


def _frame(
    registry: Registry, plans: Sequence[str], districts: Sequence[str], area: str
) -> dict[str, str | list[float]]:
    """What the view is fitted to: the area gone into, else the chosen counties, else the plans'."""
    chosen = [code for code in districts if registry.districts.has(code)]
    if area:
        chosen = list(counties_of(registry.districts, area))
    if chosen:
        outlines = registry.districts.display.geometry
        parts = [tuple(outlines[code].bounds) for code in chosen]
    else:
        areas = plan_areas(registry)
        parts = [areas[plan].bounds for plan in plans if plan in areas]
        parts += [
            (*point, *point)
            for row in registry.projects
            if row.plan in plans or registry.plan_of(row) in plans
            for point in registry.labels[row.id]
        ]
        parts = parts or [area.bounds for area in areas.values()]
    west, south, east, north = zip(*parts, strict=True)
    bounds = [min(west), min(south), max(east), max(north)]
    key = ",".join([*plans, *([area] if area else chosen)])
    return {"key": key, "bounds": [round(float(value), 4) for value in bounds]}


def _token(state: dict[str, Any]) -> str:
    """A short name of the message, by which a test knows that it has been painted."""
    plain = json.dumps(state, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:10]
