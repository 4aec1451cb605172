"""Installed figures in words: plan, place, metric and unit in the language of this run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple

from geo.zones import zone as find_zone
from geo.zones import zones
from layers.paint import plan_label
from registry.registry import Registry
from terms.errors import DistrictError
from terms.kinds import Technology
from terms.records import InstalledFigure, Target
from terms.units import format_number
from views import selection
from views.words import esc, lab, t

MAX_LINES = 200
_KINDS = {"date": "fg-day", "figure": "fg-number", "source": "fg-said"}


def mapped_metrics(registry: Registry, plan: str) -> tuple[Target, ...]:
    """The plan's metrics that are checked, each as its last mapped target."""
    found = {each.metric: each for each in registry.targets if each.plan == plan and each.mapped}
    return tuple(found.values())


def metric_label(registry: Registry, plan: str, metric: str) -> str:
    """A metric by its target's name, or a technology by its own."""
    is_chinese = selection.current().language == "zh"
    named = [each for each in registry.targets if (each.plan, each.metric) == (plan, metric)]
    if named:
        return named[-1].name if is_chinese else named[-1].name_en
    return lab("technology", metric) if metric in set(Technology) else metric


def place_keys(registry: Registry, plan: str) -> tuple[tuple[str, str], ...]:
    """The (district code, zone) that a plan's figure may be for; ("", "") is the whole area."""
    governs = registry.plan_by_id[plan].governs_code
    inside = () if registry.districts.has(governs) else registry.districts.codes_in(governs)
    parts = [
        (each.hosts[0] if len(each.hosts) == 1 else "", each.name)
        for each in zones()
        if each.plan == plan
    ]
    return (("", ""), *((code, "") for code in inside), *parts)


def place_label(registry: Registry, plan: str, code: str, zone: str) -> str:
    """Where a figure holds; several zones of a county are told apart by their own names."""
    language = selection.current().language
    county = registry.districts.name(code, language) if code else ""
    if zone:
        named = t("installed.zone_of", name=_zone_label(plan, zone))
        return f"{county} · {named}" if county else named
    return county or t("installed.whole", name=lab("plan", plan))


def _zone_label(plan: str, zone: str) -> str:
    try:
        found = find_zone(zone, plan)
    except DistrictError:
        return zone
    return found.name if selection.current().language == "zh" else found.name_en


def record_label(registry: Registry, figure: InstalledFigure) -> str:
    """One figure on one line, with all that it says: the browser sends a choice as its label."""
    return t(
        "installed.record",
        plan=plan_label(registry, figure.plan, selection.current().language),
        place=place_label(registry, figure.plan, figure.district_code, figure.zone),
        metric=metric_label(registry, figure.plan, figure.metric),
        date=figure.date,
        value=format_number(figure.value),
        unit=lab("entry_unit", figure.unit),
        source=figure.source,
    )


def record_key(figure: InstalledFigure) -> str:
    """A record told from every other by all that it says, whatever becomes of those beside it."""
    return json.dumps([str(each) for each in astuple(figure)], ensure_ascii=False)


def record_labels(registry: Registry, by_key: Mapping[str, InstalledFigure]) -> dict[str, str]:
    """The records of a choice by key; those that look alike also say all that they hold."""
    names = {key: record_label(registry, figure) for key, figure in by_key.items()}
    count = Counter(names.values())
    return {key: name if count[name] == 1 else f"{name} {key}" for key, name in names.items()}


def figure_table(registry: Registry, figures: Sequence[InstalledFigure]) -> str:
    """Figures as a table; a long list is cut and says so."""
    columns = ("plan", "place", "metric", "date", "figure", "source")
    head = "".join(
        f'<th class="{_KINDS.get(name, "")}">{esc(t(f"installed.{name}"))}</th>' for name in columns
    )
    body = "".join(_line(registry, figure) for figure in figures[:MAX_LINES])
    rest = len(figures) - MAX_LINES
    more = f"<p>{esc(t('installed.more', count=rest))}</p>" if rest > 0 else ""
    return (
        f'<div class="fg-scroll" tabindex="0">'
        f'<table class="fg-figures fg-stack"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{more}</div>"
    )


def _line(registry: Registry, figure: InstalledFigure) -> str:
    cells = {
        "plan": plan_label(registry, figure.plan, selection.current().language),
        "place": place_label(registry, figure.plan, figure.district_code, figure.zone),
        "metric": metric_label(registry, figure.plan, figure.metric),
        "date": figure.date,
        "figure": f"{format_number(figure.value)} {lab('entry_unit', figure.unit)}",
        "source": figure.source,
    }
    body = "".join(
        f'<td class="{_KINDS.get(name, "")}" data-title="{esc(t(f"installed.{name}"))}">'
        f"{esc(words)}</td>"
        for name, words in cells.items()
    )
    return f"<tr>{body}</tr>"
