"""The filter of a selection in words, for the head of what is printed."""

from __future__ import annotations

from collections.abc import Callable

from layers.geojson import filter_used
from layers.paint import plan_label
from layers.pdf.words import Words
from terms.selection import Selection


def filter_words(words: Words, selection: Selection) -> list[str]:
    """Each filter in use as "layer: …"; nothing where all rows are shown."""
    registry = words.registry

    def district(code: str) -> str:
        known = registry.districts.has(code)
        return registry.districts.label(code, words.language) if known else code

    def plan(key: str) -> str:
        return plan_label(registry, key, words.language) if key in registry.plan_by_id else key

    labels: dict[str, tuple[str, Callable[[str], str]]] = {
        "plans": ("filter.plan", plan),
        "layers": ("filter.layer", lambda value: words.lab("layer", value)),
        "districts": ("filter.district", district),
        "land_modes": ("filter.land", lambda value: words.lab("land_mode", value)),
        "statuses": ("filter.status", lambda value: words.lab("status", value)),
        "owner": ("filter.owner", lambda value: words.t(f"filter.owner_{value}")),
        "words": ("filter.words", str),
    }
    found = []
    for name, value in filter_used(selection).items():
        title, label = labels.get(name, ("", str))
        values = value if isinstance(value, list) else [value]
        said = words.t("word.comma").join(label(each) for each in values)
        found.append(words.t("word.colon").join([words.t(title) if title else name, said]))
    return found
