"""Every part of a link, once: its key, its field of the selection, how it is read and written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from terms.selection import (
    AllocationRule,
    GroupedBy,
    OwnerFilter,
    ProjectView,
    SitingRecipe,
    SymbolSize,
)
from terms.signs import without_unfit
from terms.units import PowerUnit

Kind = Literal["list", "choice", "one", "words", "day", "number", "spot"]
Vocabulary = Mapping[str, Collection[str]]  # what a link may name, by field

MAX_WORDS = 80  # signs
MAX_NUMBER = 1_000_000
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
WEST, EAST, SOUTH, NORTH = 112, 125, 32, 41  # the province and what lies around it
_SWITCH = {"on": True, "off": False}


@dataclass(frozen=True)
class Parameter:
    """One part of a link.

    `list` and `one` name members of the vocabulary, `choice` one of `choices`, `spot` a longitude,
    a latitude and a zoom. `has_widget` tells that a widget of the same key may hold its value.
    """

    key: str
    field: str
    kind: Kind
    choices: Mapping[str, Any] = field(default_factory=dict)
    has_widget: bool = True

    def read(self, raw: Sequence[str], allowed: Collection[str]) -> tuple[Any, tuple[str, ...]]:
        """The value that a link gives (None for none) and what of it is not known."""
        if self.kind == "words":
            words, unfit = without_unfit(" ".join(raw))
            return words.strip()[:MAX_WORDS].strip(), unfit
        parts = tuple(dict.fromkeys(part for each in raw for part in each.split(",") if part))
        if self.kind == "list":
            known = tuple(part for part in parts if part in allowed)
            return known, tuple(part for part in parts if part not in allowed)
        text = ",".join(raw) if self.kind == "spot" else (parts[-1] if parts else "")
        value = self._one(text, allowed)
        return value, (text,) if value is None else ()

    def _one(self, text: str, allowed: Collection[str]) -> Any:
        if self.kind == "choice":
            return self.choices.get(text)
        is_good = {
            "one": lambda: text in allowed,
            "day": lambda: is_day(text),
            "number": lambda: text.isascii() and text.isdigit() and _is_number(text),
            "spot": lambda: is_spot(text),
        }[self.kind]()
        if not is_good:
            return None
        return int(text) if self.kind == "number" else text

    def write(self, value: Any) -> str:
        """The value as a link holds it."""
        if self.kind == "list":
            return ",".join(value)
        if self.kind == "choice":
            return next(name for name, each in self.choices.items() if each == value)
        return str(value)


def _lists(**fields: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(key, name, "list") for key, name in fields.items())


def _choice(key: str, name: str, choices: Mapping[str, Any] | Any) -> Parameter:
    if not isinstance(choices, Mapping):
        choices = {value: value for value in get_args(choices)}
    return Parameter(key, name, "choice", choices)


PARAMETERS: tuple[Parameter, ...] = (
    *_lists(
        plan="plans",
        tech="technologies",
        district="districts",
        land="land_modes",
        status="statuses",
        precision="precisions",
        department="departments",
        year="years",
        col="columns",
        areas="areas",
    ),
    Parameter("layer", "layers", "list", has_widget=False),
    Parameter("pick", "shortlist", "list", has_widget=False),
    Parameter("compare", "compared", "list", has_widget=False),
    _choice("owner", "owner", OwnerFilter),
    _choice("rule", "rule", AllocationRule),
    _choice("by", "by", GroupedBy),
    _choice("view", "view", ProjectView),
    _choice("symbols", "symbols", SymbolSize),
    _choice("recipe", "recipe", SitingRecipe),
    *(
        _choice(key, name, _SWITCH)
        for key, name in {
            "inferred": "inferred",
            "external": "external",
            "pumped": "pumped",
            "shared": "shared",
            "km2": "per_km2",
        }.items()
    ),
    _choice("unit", "unit", {unit.value: unit for unit in PowerUnit}),
    _choice("lang", "language", {"zh": "zh", "en": "en"}),
    Parameter("mw", "min_mw", "number"),
    Parameter("part", "part", "number", has_widget=False),
    Parameter("q", "words", "words"),
    Parameter("area", "area", "one", has_widget=False),
    Parameter("focus", "focus", "one", has_widget=False),
    Parameter("beside", "beside", "one"),
    Parameter("technology", "technology", "one"),
    Parameter("sort", "sort", "one"),
    Parameter("shade", "shade", "one"),
    Parameter("base", "base", "one"),
    Parameter("raster", "raster", "one"),
    Parameter("order", "order", "one"),
    Parameter("at", "at", "spot", has_widget=False),
    Parameter("asof", "as_of", "day"),
)
BY_KEY: Mapping[str, Parameter] = {each.key: each for each in PARAMETERS}


def _is_number(digits: str) -> bool:
    """Is it a number up to the largest? Its length first: thousands of digits are never read."""
    return len(digits) <= len(str(MAX_NUMBER)) and int(digits) <= MAX_NUMBER


def is_day(text: str) -> bool:
    """Is it an ISO day between the first and the last that a check may have?"""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and FIRST_DAY <= day <= LAST_DAY


def is_spot(text: str) -> bool:
    """Is it longitude, latitude and zoom of a map, such as 117.2,36.1,9.5?"""
    try:
        lon, lat, zoom = (float(part) for part in text.split(","))
    except ValueError:
        return False
    return (
        WEST <= lon <= EAST and SOUTH <= lat <= NORTH and 0 <= zoom <= 22
    )  # elsewhere is nothing to see


def chosen_day(day: date, known: str) -> str:
    """A chosen day as the selection holds it; today is no choice unless a link made it."""
    return known if day.isoformat() == (known or date.today().isoformat()) else day.isoformat()


def as_written(new: Any, old: Any) -> Any:
    """The old tuple where only the order differs, so that a link stays as it was written."""
    return old if isinstance(old, tuple) and set(new) == set(old) else new
