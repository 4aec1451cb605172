"""What buttons do to the selection: several fields at once, from a callback."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from terms.columns import PROJECT_COLUMNS
from terms.kinds import Layer
from terms.selection import Selection
from views import selection
from views.link import NOTHING

_RULES = ("rule", "inferred", "external", "pumped", "as_of")
_KEPT = ("language", "unit", "base", "columns", "shortlist", "compared")


def go_into(code: str) -> None:
    """Take the map into one county, as a click on its ground would."""
    selection.change(area=code, at="", focus=code)


def go_into_alone(code: str) -> None:
    """Take the map into a county that was searched for: all that it carries, not only the hits."""
    selection.change(area=code, at="", focus=code, words="")


def show(view: str, identity: str) -> None:
    """Show a row in a view of the page of projects."""
    selection.change(view=view, focus=identity)


def leave_area() -> None:
    """Take the map back to the whole province."""
    focus = selection.current().focus
    selection.change(area="", at="", focus="" if focus.isdigit() else focus)


def switch_layers(keys: Sequence[str]) -> None:
    """Switch on exactly these layers."""
    on = tuple(layer.value for layer in Layer if layer.value in keys) or (NOTHING,)
    selection.change(layers=() if len(on) == len(Layer) else on)


def switch_layer(key: str, *, on: bool) -> None:
    """Switch one layer on or off."""
    known = selection.current().layers or tuple(layer.value for layer in Layer)
    switch_layers([*known, key] if on else [each for each in known if each != key])


def clear_filters() -> None:
    """Back to everything; what was picked, the language and the unit stay."""
    before = selection.current()
    kept = {name: getattr(before, name) for name in _KEPT}
    selection.change(**_defaults(*(name for name in vars(before) if name not in kept)))


def usual_rules() -> None:
    """Back to the usual way of counting; what is shown stays."""
    selection.change(**_defaults(*_RULES))


def pick(identity: str, is_on: bool) -> None:
    """Put a project on the shortlist or take it off; what leaves is no longer compared."""
    _put("shortlist", identity, is_on)
    if not is_on:
        _put("compared", identity, False)


def compare(identity: str, is_on: bool) -> None:
    """Put a project of the shortlist beside others or take it away."""
    _put("compared", identity, is_on)


def clear_shortlist() -> None:
    """Empty the shortlist and with it the comparison."""
    selection.change(shortlist=(), compared=())


def sort_by(column: str) -> None:
    """Sort by a column; once more turns the order round, a third time gives the plans' order."""
    steps = {"": column, column: f"-{column}", f"-{column}": ""}
    if column in PROJECT_COLUMNS:
        selection.change(order=steps.get(selection.current().order, column))


def clear(*names: str) -> None:
    """Put these choices back to their defaults."""
    selection.change(**_defaults(*names))


def _put(name: str, identity: str, is_on: bool) -> None:
    kept = tuple(each for each in getattr(selection.current(), name) if each != identity)
    selection.change(**{name: (*kept, identity) if is_on else kept})


def _defaults(*names: str) -> dict[str, Any]:
    usual = Selection()
    return {name: getattr(usual, name) for name in names}
