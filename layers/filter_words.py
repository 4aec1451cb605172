"""The filter of a selection as one sentence, for what is printed."""

from __future__ import annotations

from collections.abc import Iterator

from layers.plan_names import plan_label
from registry.registry import Registry
from terms.language import Language
from terms.messages import label, text
from terms.selection import Selection
from terms.units import format_power

_MOST = 6  # of one kind that are named; more are counted
_LISTS = {
    "layers": ("layer", "layer"),
    "technologies": ("tech", "technology"),
    "land_modes": ("land", "land_mode"),
    "statuses": ("status", "status"),
    "precisions": ("precision", "precision"),
}


def filter_words(registry: Registry, selection: Selection) -> str:
    """What narrows the rows, kind by kind; a word for "all" where nothing does."""
    language = selection.language
    parts = [
        text("print.part", language, name=text(f"filter.{name}", language), values=values)
        for name, values in _parts(registry, selection)
        if values
    ]
    return text("print.between", language).join(parts) or text("print.no_filter", language)


def area_label(registry: Registry, selection: Selection) -> str:
    """The province, city or county that the map has gone into."""
    area, language = selection.area, selection.language
    if not area:
        return text("browse.province", language)
    if registry.districts.has(area):
        return registry.districts.label(area, language)
    return registry.districts.city_name(area, language)


def _name(kind: str, value: str, language: Language) -> str:
    if (kind, value) == ("layer", "none"):
        return text("filter.no_layer", language)
    return label(kind, value, language)


def _parts(registry: Registry, selection: Selection) -> Iterator[tuple[str, str]]:
    language = selection.language

    def listed(names: list[str]) -> str:
        if len(names) > _MOST:
            return text("print.many", language, count=len(names))
        return text("word.list", language).join(names)

    yield "plan", listed([plan_label(registry, plan, language) for plan in selection.plans])
    for field, (name, kind) in _LISTS.items():
        yield name, listed([_name(kind, value, language) for value in getattr(selection, field)])
    codes = [registry.districts.label(code, language) for code in selection.districts]
    yield "district", listed(codes)
    if selection.owner != "any":
        yield "owner", text(f"filter.owner_{selection.owner}", language)
    if selection.min_mw:
        size = format_power(selection.min_mw, selection.unit, language=language, not_stated="")
        yield "mw", text("filter.mw_at_least", language, size=size)
    yield "words", selection.words
