"""What the browser had not seen when it was clicked: old values that must not come back as news.

A click while the page still works comes with the old values of all widgets: those that a callback
has just changed would undo what the click before it did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

_DRAWN_AFTER_S = 0.3  # from the end of a run until a browser has most likely drawn it
_AT_MOST_S = 2.0  # the same for a slow one, while all that it sends is old


@dataclass
class Unseen:
    """The widgets of a session that were given another value, with the values before it."""

    old: dict[str, list[Any]] = field(default_factory=dict)
    ended_s: float = inf  # when the run ended that gave them
    is_new: bool = False  # given in this run: what they hold is ours, not the browser's

    def note(self, key: str, held: Any) -> None:
        """A widget that held this is given another value."""
        self.old.setdefault(key, []).append(held)
        self.ended_s, self.is_new = inf, True

    def judge(self, held: Mapping[Any, Any], now_s: float) -> None:
        """Forget all once the browser sends a new value, or has had the time to draw it."""
        if self.is_new:
            return
        has_seen = any(held[key] not in old for key, old in self.old.items() if key in held)
        patience_s = _DRAWN_AFTER_S if len(self.old) == 1 else _AT_MOST_S
        if has_seen or now_s - self.ended_s > patience_s:
            self.old.clear()

    def hides(self, key: str, held: Any) -> bool:
        """Is this the value from before?"""
        return held in self.old.get(key, ())

    def settle(self) -> None:
        """From here on the widgets hold what the browser sends."""
        self.is_new = False

    def end(self, now_s: float) -> None:
        """The run has drawn every widget."""
        self.ended_s = min(self.ended_s, now_s)
