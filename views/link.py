"""The link: a selection as URL query and back; codes and keys only, never labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlencode

from terms.selection import Selection
from views.parameters import BY_KEY, MAX_WORDS, PARAMETERS, Vocabulary

_FOREIGN = ("embed", "embed_options")  # Streamlit's own
NOTHING = "none"  # as the only layer: none is switched on; as a land mode: not stated


@dataclass(frozen=True)
class Unread:
    """A part of a link that was not taken: not known, too many words, compared but not picked."""

    key: str
    value: str
    why: Literal["unknown", "too_long", "unpicked"] = "unknown"


def to_query(selection: Selection) -> dict[str, str]:
    """The query of a selection; what is at its default is left out."""
    default = Selection()
    return {
        each.key: each.write(getattr(selection, each.field))
        for each in PARAMETERS
        if getattr(selection, each.field) != getattr(default, each.field)
    }


def link_of(selection: Selection, *, page: str = "") -> str:
    """The address of a page with a selection, relative to any other page of the app."""
    return f"./{page}?{urlencode(to_query(selection))}"


def from_query(
    query: Mapping[str, Sequence[str]], vocabulary: Vocabulary
) -> tuple[Selection, tuple[Unread, ...]]:
    """Read a query; what it says that was not taken comes back beside the selection."""
    unread: list[Unread] = []
    changes: dict[str, Any] = {}
    for key, raw in query.items():
        parameter = BY_KEY.get(key)
        if parameter is None:
            if key not in _FOREIGN:
                unread.append(Unread(key, ",".join(raw)))
            continue
        value, unknown = parameter.read(raw, vocabulary.get(parameter.field, ()))
        if value is not None:
            changes[parameter.field] = value
        unread += [Unread(key, each) for each in unknown]
        if parameter.kind == "words" and (rest := " ".join(raw).strip()[MAX_WORDS:]):
            unread.append(Unread(key, rest, "too_long"))
    selection = replace(Selection(), **changes)
    picked = tuple(each for each in selection.compared if each in selection.shortlist)
    unread += [Unread("compare", x, "unpicked") for x in selection.compared if x not in picked]
    layers = _layers(selection.layers)
    return replace(selection, layers=layers, compared=picked), tuple(unread)


def _layers(named: tuple[str, ...]) -> tuple[str, ...]:
    """The layers of a link; `none` beside others says nothing."""
    others = tuple(layer for layer in named if layer != NOTHING)
    return others or named


def still_known(
    selection: Selection, vocabulary: Vocabulary
) -> tuple[Selection, tuple[Unread, ...]] | None:
    """The selection without what somebody withdrew meanwhile, and that; None if nothing is gone.

    The choosers of rasters and base layers say themselves what is gone.
    """
    own = {name: getattr(selection, name) for name in ("raster", "base")}
    query = to_query(replace(selection, **dict.fromkeys(own, "")))
    chosen, unread = from_query({key: [value] for key, value in query.items()}, vocabulary)
    return (replace(chosen, **own), unread) if unread else None
