"""Too many rows for symbols: how many each county carries, by layer, in place of every id.

Rows are counted, never MW. A row of several counties counts in each, as its symbols would, and is
counted apart, so that nobody takes the sum over counties for the number of rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from registry.registry import Registry
from terms.messages import text
from terms.records import Project
from terms.selection import Selection

MOST_SYMBOLS = 600  # rows; more are neither told apart on a screen nor arranged in a second


def is_crowd(rows: Sequence[Project]) -> bool:
    """Are there more rows than symbols can show?"""
    return len(rows) > MOST_SYMBOLS


def crowd_state(
    registry: Registry, rows: Sequence[Project], selection: Selection
) -> dict[str, Any]:
    """What the map's message says in place of ids; `counties` is code → rows, shared, layers."""
    language = selection.language
    layers: dict[str, Counter[str]] = defaultdict(Counter)
    shared: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for row in rows:
        if not registry.labels[row.id]:
            waiting[row.plan] += 1
        for code in counties_on_map(registry, row):
            layers[code][row.layer.value] += 1
            shared[code] += len(row.district_codes) > 1
    values = {"rows": f"{len(rows):,}", "most": MOST_SYMBOLS}
    return {
        "visible": [],
        "sizes": None,
        "crowd": {
            "counties": {
                code: [counts.total(), shared[code], counts.most_common()]
                for code, counts in sorted(layers.items())
            },
            "tray": dict(waiting),
            "plans": sorted({row.plan for row in rows}),
            "note": text("crowd.note", language, **values),
            "tray_note": text("crowd.tray", language),
            "print": text("crowd.print", language, **values),
        },
    }


def shorter(registry: Registry, state: dict[str, Any]) -> dict[str, Any]:
    """The message with the ids that are not shown where those are fewer; the browser has all."""
    shown = set(state["visible"])
    hidden = [row.id for row in registry.projects if row.id not in shown]
    if "crowd" in state or len(hidden) >= len(shown):
        return state
    return {**state, "visible": None, "hidden": hidden}


def counties_on_map(registry: Registry, row: Project) -> tuple[str, ...]:
    """The counties whose badge counts a row; none for what waits in the tray."""
    points = registry.labels[row.id]
    if not points:
        return ()
    if row.district_codes:
        return row.district_codes
    found = registry.districts.locate_many(*zip(*points, strict=True))
    return tuple(dict.fromkeys(code for code in found.tolist() if code))
