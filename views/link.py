"""The link: a selection as URL query and back; codes and keys only, never labels."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from terms.selection import Selection
from terms.units import PowerUnit

_LISTS = {
    "plan": "plans",
    "layer": "layers",
    "district": "districts",
    "land": "land_modes",
    "status": "statuses",
}
_CHOICES = {
    "owner": ("owner", ("any", "named", "unnamed")),
    "unit": ("unit", tuple(unit.value for unit in PowerUnit)),
    "lang": ("language", ("zh", "en")),
}
_FREE = {"q": "words"}
_FOREIGN = ("embed", "embed_options")  # Streamlit's own
NOTHING = "none"  # as the only layer: none is switched on; as a land mode: not stated
MAX_WORDS = 80  # signs


@dataclass(frozen=True)
class Vocabulary:
    """What a link may name."""

    plans: Collection[str]
    layers: Collection[str]
    districts: Collection[str]
    land_modes: Collection[str]
    statuses: Collection[str]
    focus: Collection[str]


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
    for key, (field, _) in _CHOICES.items():
        if getattr(selection, field) != getattr(default, field):
            query[key] = str(getattr(selection, field))
    if selection.words:
        query["q"] = selection.words
    if selection.focus:
        query["focus"] = selection.focus
    return query


def from_query(
    query: Mapping[str, Sequence[str]], vocabulary: Vocabulary
) -> tuple[Selection, tuple[Unread, ...]]:
    """Read a query; what it says that was not taken comes back beside the selection."""
    unread: list[Unread] = []
    selection = Selection()
    for key, raw in query.items():
        values = tuple(dict.fromkeys(part for each in raw for part in each.split(",") if part))
        if key in _LISTS:
            field = _LISTS[key]
            known = tuple(value for value in values if value in getattr(vocabulary, field))
            unread += [Unread(key, value) for value in values if value not in known]
            selection = replace(selection, **{field: known})
        elif key in _CHOICES:
            field, allowed = _CHOICES[key]
            last = values[-1] if values else ""
            if last in allowed:
                value = PowerUnit(last) if field == "unit" else last
                selection = replace(selection, **{field: value})
            else:
                unread.append(Unread(key, last))
        elif key in _FREE:
            words = " ".join(raw).strip()
            selection = replace(selection, words=words[:MAX_WORDS].strip())
            if rest := words[MAX_WORDS:]:
                unread.append(Unread(key, rest, "too_long"))
        elif key == "focus":
            last = raw[-1] if raw else ""
            if last in vocabulary.focus:
                selection = replace(selection, focus=last)
            else:
                unread.append(Unread(key, last))
        elif key not in _FOREIGN:
            unread.append(Unread(key, ",".join(raw)))
    return replace(selection, layers=_layers(selection.layers)), tuple(unread)


def _layers(named: tuple[str, ...]) -> tuple[str, ...]:
    """The layers of a link; `none` beside others says nothing."""
    others = tuple(layer for layer in named if layer != NOTHING)
    return others or named
