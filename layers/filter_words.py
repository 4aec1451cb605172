"""The filter of a selection in words, one wording for the print, the files and the PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from layers.plan_names import plan_label
from registry.registry import Registry
from terms.language import Language
from terms.messages import label, text
from terms.selection import Selection
from terms.units import format_power

MOST_IN_PRINT = 6  # of one kind that a map's margin has room for; more are counted there
_Said = Callable[[Registry, Selection], Iterable[str]]


def filter_words(registry: Registry, selection: Selection, *, most: int = 0) -> str:
    """What narrows the rows, field by field of NARROWING; a word for "all" where nothing does.

    Every value is named; with `most`, kinds of which more are chosen are only counted.
    """
    language = selection.language
    parts = [
        text("print.part", language, name=text(f"filter.{name}", language), values=values)
        for name, values in _parts(registry, selection, most)
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


def _parts(registry: Registry, selection: Selection, most: int) -> Iterator[tuple[str, str]]:
    for field in selection.narrowed_by():
        name, said = SAID[field]
        values = list(said(registry, selection))
        if most and len(values) > most:
            values = [text("print.many", selection.language, count=len(values))]
        yield name, text("word.list", selection.language).join(values)


def _plans(registry: Registry, selection: Selection) -> Iterator[str]:
    return (plan_label(registry, plan, selection.language) for plan in selection.plans)


def _labels(field: str, kind: str, registry: Registry, selection: Selection) -> Iterator[str]:
    return (_name(kind, value, selection.language) for value in getattr(selection, field))


def _name(kind: str, value: str, language: Language) -> str:
    if (kind, value) == ("layer", "none"):
        return text("filter.no_layer", language)
    return label(kind, value, language)


def _area(registry: Registry, selection: Selection) -> Iterator[str]:
    yield area_label(registry, selection)


def _districts(registry: Registry, selection: Selection) -> Iterator[str]:
    known = registry.districts
    for code in selection.districts:
        yield known.label(code, selection.language) if known.has(code) else code


def _owner(registry: Registry, selection: Selection) -> Iterator[str]:
    yield text(f"filter.owner_{selection.owner}", selection.language)


def _least(registry: Registry, selection: Selection) -> Iterator[str]:
    language = selection.language
    size = format_power(selection.min_mw, selection.unit, language=language, not_stated="")
    said = text("filter.mw_at_least", language, size=size)
    yield text("filter.mw_left_out", language, size=said)


def _words(registry: Registry, selection: Selection) -> Iterator[str]:
    yield selection.words


# One entry for each field of NARROWING: the key of its title below `filter`, and its values.
SAID: Mapping[str, tuple[str, _Said]] = {
    "plans": ("plan", _plans),
    "layers": ("layer", partial(_labels, "layers", "layer")),
    "technologies": ("tech", partial(_labels, "technologies", "technology")),
    "area": ("area", _area),
    "districts": ("district", _districts),
    "land_modes": ("land", partial(_labels, "land_modes", "land_mode")),
    "statuses": ("status", partial(_labels, "statuses", "status")),
    "precisions": ("precision", partial(_labels, "precisions", "precision")),
    "owner": ("owner", _owner),
    "min_mw": ("mw", _least),
    "words": ("words", _words),
}
