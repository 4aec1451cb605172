"""What one visitor's session holds for us, as one object: a callback changes all of it or nothing.

Reading or writing the library's own session is where it ends a run that another message
overtakes, in the middle of a callback too. Hence callbacks touch this object only, which the run
that comes after finds whole; the widgets are given their values when that run begins.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from terms.selection import Selection
from views.link import Unread
from views.parameters import Vocabulary
from views.place.picking import Picking
from views.unseen import Unseen


@dataclass
class Session:
    """All that is kept between runs; `lock` keeps a run that is ending from one that has begun."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    selection: Selection | None = None
    unread: tuple[Unread, ...] = ()
    query: Mapping[str, list[str]] | None = None  # as last written
    query_before: Mapping[str, list[str]] | None = None
    vocabulary: Vocabulary = field(default_factory=dict)
    page: str = ""
    is_map_alone: bool = False
    has_acted: bool = False  # a callback changed the selection before this run
    split: tuple[str, bytes] | None = None
    unseen: Unseen = field(default_factory=Unseen)
    seeds: dict[str, Any] = field(default_factory=dict)  # for widgets, from the next run's begin
    kept: dict[str, Any] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    picking: Picking = field(default_factory=Picking)

    def take_acts(
        self, key: str, acts: Iterable[Mapping[str, Any]], do: Callable[[Mapping[str, Any]], object]
    ) -> None:
        """Do what a component reports and was not done before, and note the last as done."""
        with self.lock:
            for act in acts:
                if act["n"] > self.kept.get(f"done-{key}", 0):
                    do(act)
                    self.kept[f"done-{key}"] = act["n"]
