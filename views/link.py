"""The link: a selection as URL query and back; codes and keys only, never labels."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

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
_MAX_WORDS = 80


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
class Unknown:
    """A part of a link that Fengtu does not know."""

    key: str
    value: str


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
) -> tuple[Selection, tuple[Unknown, ...]]:
    """Read a query; what it says that we do not know comes back beside the selection."""
    unknown: list[Unknown] = []
    selection = Selection()
    for key, raw in query.items():
        values = tuple(dict.fromkeys(part for each in raw for part in each.split(",") if part))
        if key in _LISTS:
            field = _LISTS[key]
            known = tuple(value for value in values if value in getattr(vocabulary, field))
            unknown += [Unknown(key, value) for value in values if value not in known]
            selection = replace(selection, **{field: known})
        elif key in _CHOICES:
            field, allowed = _CHOICES[key]
            last = values[-1] if values else ""
            if last in allowed:
                value = PowerUnit(last) if field == "unit" else last
                selection = replace(selection, **{field: value})
            else:
                unknown.append(Unknown(key, last))
        elif key in _FREE:
            selection = replace(selection, words=" ".join(raw)[:_MAX_WORDS].strip())
        elif key == "focus":
            last = raw[-1] if raw else ""
            if last in vocabulary.focus:
                selection = replace(selection, focus=last)
            else:
                unknown.append(Unknown(key, last))
        elif key not in _FOREIGN:
            unknown.append(Unknown(key, ",".join(raw)))
    return selection, tuple(unknown)
