"""The link: a selection as URL query and back; codes and keys only, never labels."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from terms.selection import AllocationRule, GroupedBy, Selection
from terms.units import PowerUnit

_LISTS = {
    "plan": "plans",
    "layer": "layers",
    "district": "districts",
    "land": "land_modes",
    "status": "statuses",
    "department": "departments",
    "year": "years",
}
_SWITCH = {"on": True, "off": False}
_CHOICES: dict[str, tuple[str, Mapping[str, object]]] = {
    "owner": ("owner", {value: value for value in ("any", "named", "unnamed")}),
    "rule": ("rule", {value: value for value in get_args(AllocationRule)}),
    "by": ("by", {value: value for value in get_args(GroupedBy)}),
    "inferred": ("inferred", _SWITCH),
    "external": ("external", _SWITCH),
    "pumped": ("pumped", _SWITCH),
    "shared": ("shared", _SWITCH),
    "km2": ("per_km2", _SWITCH),
    "unit": ("unit", {unit.value: unit for unit in PowerUnit}),
    "lang": ("language", {"zh": "zh", "en": "en"}),
}
_ONES = {"focus": "focus", "beside": "beside", "technology": "technology", "sort": "sort"}
_FREE = {"q": "words"}
_DAYS = {"asof": "as_of"}
_FOREIGN = ("embed", "embed_options")  # Streamlit's own
NOTHING = "none"  # as the only layer: none is switched on; as a land mode: not stated
MAX_WORDS = 80  # signs
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Vocabulary:
    """What a link may name."""

    plans: Collection[str]
    layers: Collection[str]
    districts: Collection[str]
    land_modes: Collection[str]
    statuses: Collection[str]
    departments: Collection[str]
    years: Collection[str]
    focus: Collection[str]
    beside: Collection[str]
    technology: Collection[str]
    sort: Collection[str]


@dataclass(frozen=True)
class Unread:
    """A part of a link that was not taken: not known, or what goes beyond the limit of words."""

    key: str
    value: str
    why: Literal["unknown", "too_long"] = "unknown"


def to_query(selection: Selection) -> dict[str, str]:
    """The query of a selection; what is at its default is left out."""
    default = Selection()
    query = {
        key: ",".join(getattr(selection, field))
        for key, field in _LISTS.items()
        if getattr(selection, field)
    }
    for key, (field, allowed) in _CHOICES.items():
        if getattr(selection, field) != getattr(default, field):
            chosen = getattr(selection, field)
            query[key] = next(name for name, value in allowed.items() if value == chosen)
    for key, field in (*_FREE.items(), *_ONES.items(), *_DAYS.items()):
        if getattr(selection, field):
            query[key] = getattr(selection, field)
    return query


def link_of(selection: Selection, *, page: str = "") -> str:
    """The address of a page with a selection, relative to any other page of the app."""
    return f"./{page}?{urlencode(to_query(selection))}"


def from_query(
    query: Mapping[str, Sequence[str]], vocabulary: Vocabulary
) -> tuple[Selection, tuple[Unread, ...]]:
    """Read a query; what it says that was not taken comes back beside the selection."""
    unread: list[Unread] = []
    selection = Selection()
    for key, raw in query.items():
        values = tuple(dict.fromkeys(part for each in raw for part in each.split(",") if part))
        last = values[-1] if values else ""
        if key in _LISTS:
            field = _LISTS[key]
            known = tuple(value for value in values if value in getattr(vocabulary, field))
            unread += [Unread(key, value) for value in values if value not in known]
            selection = _with(selection, field, known)
        elif key in _CHOICES and last in _CHOICES[key][1]:
            field, allowed = _CHOICES[key]
            selection = _with(selection, field, allowed[last])
        elif key in _FREE:
            words = " ".join(raw).strip()
            selection = replace(selection, words=words[:MAX_WORDS].strip())
            if rest := words[MAX_WORDS:]:
                unread.append(Unread(key, rest, "too_long"))
        elif key in _ONES and last in getattr(vocabulary, _ONES[key]):
            selection = _with(selection, _ONES[key], last)
        elif key in _DAYS and _is_day(last):
            selection = _with(selection, _DAYS[key], last)
        elif key in _CHOICES or key in _ONES or key in _DAYS:
            unread.append(Unread(key, last))
        elif key not in _FOREIGN:
            unread.append(Unread(key, ",".join(raw)))
    return replace(selection, layers=_layers(selection.layers)), tuple(unread)


def _layers(named: tuple[str, ...]) -> tuple[str, ...]:
    """The layers of a link; `none` beside others says nothing."""
    others = tuple(layer for layer in named if layer != NOTHING)
    return others or named


def _with(selection: Selection, field: str, value: object) -> Selection:
    changes: dict[str, Any] = {field: value}
    return replace(selection, **changes)


def _is_day(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and FIRST_DAY <= day <= LAST_DAY
