"""What buttons do to the selection: several fields at once, from a callback."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from terms.kinds import Layer
from terms.selection import Selection
from views import selection
from views.link import NOTHING

_RULES = ("rule", "inferred", "external", "pumped", "as_of")
_KEPT = ("language", "unit", "base", "columns", "shortlist", "compared")


def only_district(code: str) -> None:
    """Narrow the selection to one district."""
    selection.change(districts=(code,))


def switch_layers(keys: Sequence[str]) -> None:
    """Switch on exactly these layers."""
    on = tuple(layer.value for layer in Layer if layer.value in keys) or (NOTHING,)
    selection.change(layers=() if len(on) == len(Layer) else on)


def clear_filters() -> None:
    """Back to everything; what was picked, the language and the unit stay."""
    before = selection.current()
    kept = {name: getattr(before, name) for name in _KEPT}
    selection.change(**_defaults(*(name for name in vars(before) if name not in kept)))


def usual_rules() -> None:
    """Back to the usual way of counting; what is shown stays."""
    selection.change(**_defaults(*_RULES))


def _defaults(*names: str) -> dict[str, Any]:
    usual = Selection()
    return {name: getattr(usual, name) for name in names}
