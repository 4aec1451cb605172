"""The words of the map that no selection changes: fetched once, in both languages."""

from __future__ import annotations

from typing import Any, get_args

from layers.plan_names import plan_label
from registry.registry import Registry
from terms.kinds import Layer, PlanStatus, Precision, Status, Technology
from terms.language import Language
from terms.messages import catalogue, label, text
from terms.units import PowerUnit

LANGUAGES: tuple[Language, ...] = get_args(Language)
_PREFIX = "browse."
OWN_LISTED = "own"  # the status of a user's row of which nothing is recorded
_FROM_MAP = ("zoom_in", "zoom_out", "approximate", "county_hint", "below", "tray_hint")


def map_words(registry: Registry, language: Language) -> dict[str, Any]:
    """Everything that the map's script says by itself; braces are filled in the browser."""
    names = [key for key in catalogue() if key.startswith(_PREFIX)]
    return {
        **{key.removeprefix(_PREFIX): catalogue()[key][language] for key in names},
        **{name: text(f"map.{name}", language) for name in _FROM_MAP},
        "draft": label("plan_status", PlanStatus.DRAFT, language),
        "list": text("word.list", language),
        "comma": text("word.comma", language),
        "layers": {each.value: label("layer", each, language) for each in Layer},
        "technologies": {each.value: label("technology", each, language) for each in Technology},
        "statuses": {each.value: label("status", each, language) for each in Status}
        | {OWN_LISTED: text("own.status_open", language)},
        "units": {each.value: label("unit", each, language) for each in PowerUnit},
        "offshore": label("precision", Precision.OFFSHORE, language),
        "plans": {plan.id: plan_label(registry, plan.id, language) for plan in registry.groups},
    }
