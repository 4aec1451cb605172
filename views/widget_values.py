"""A selection as the values of its widgets, and back; keyed per language, by codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from terms.selection import Selection
from terms.units import PowerUnit
from views.parameters import PARAMETERS, as_written, chosen_day

LANGUAGE_KEY, UNIT_KEY = "lang", "unit"
_OWN_KEYS = ("unit", "lang", "q", "asof")  # their widgets are not one value by one key
_PLAIN = tuple(each for each in PARAMETERS if each.has_widget and each.key not in _OWN_KEYS)


def day_of(selection: Selection) -> date:
    """The day that decides which years have passed: the chosen one, else today."""
    return date.fromisoformat(selection.as_of) if selection.as_of else date.today()


def as_said(said: Mapping[Any, Any], known: Selection) -> Selection:
    """What the widgets of the last shown language say; a missing widget says nothing new."""
    language = known.language
    values: dict[str, Any] = {}
    for each in _PLAIN:
        old, new = getattr(known, each.field), said.get(f"{each.key}-{language}")
        value = tuple(new) if each.kind == "list" and new is not None else new
        values[each.field] = old if value is None else as_written(value, old)
    day = said.get(f"asof-{language}")
    values["as_of"] = known.as_of if day is None else chosen_day(day, known.as_of)
    words = said.get(f"q-{language}")
    values["words"] = known.words if words is None else str(words).strip()
    values["language"] = said.get(LANGUAGE_KEY) or known.language
    values["unit"] = PowerUnit(said.get(UNIT_KEY) or known.unit)
    return replace(known, **values)


def seeds_of(selection: Selection) -> dict[str, Any]:
    """The value of every widget, by its key."""
    language = selection.language
    seeds: dict[str, Any] = {LANGUAGE_KEY: language, UNIT_KEY: selection.unit.value}
    for each in _PLAIN:
        value = getattr(selection, each.field)
        seeds[f"{each.key}-{language}"] = list(value) if each.kind == "list" else value
    seeds[f"asof-{language}"] = day_of(selection)
    seeds[f"q-{language}"] = selection.words
    return seeds


def differs(held: Any, value: Any) -> bool:
    """Does a widget hold something else than the selection that was just settled?"""
    return set(held) != set(value) if isinstance(value, list) else bool(held != value)
