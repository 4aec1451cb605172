"""The figures: rows and watts are conserved whatever is selected."""

from __future__ import annotations

import pytest

from capacity.ledger import ledger
from layers.figures import figures
from registry.registry import Registry
from registry.select import select
from terms.kinds import Layer
from terms.selection import Selection

SELECTIONS = [
    Selection(),
    Selection(plans=("jining",)),
    Selection(layers=("none",)),
    Selection(districts=("370883",)),
    Selection(owner="named", words="光伏"),
    *(Selection(layers=(layer.value,)) for layer in Layer),
]


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_rows_and_watts_are_conserved(registry: Registry, selection: Selection) -> None:
    rows = select(registry, selection)
    found = figures(registry, rows)
    assert found.located + found.tray == found.rows == len(rows)
    assert sum(found.by_layer.values()) == sum(found.by_plan.values()) == len(rows)
    entries = [ledger(registry)[row.id] for row in rows if row.id in ledger(registry)]
    sums = found.capacity.values()
    assert sum(each.gross_w for each in sums) == sum(entry.gross_w or 0 for entry in entries)
    for each in sums:
        assert each.gross_w == each.counted_w + each.excluded_w
        assert each.located_w + each.shared_w <= each.counted_w


def test_a_base_counts_once(registry: Registry) -> None:
    rows = [row for row in registry.projects if row.id.startswith("jining-pv-base")]
    found = figures(registry, rows)
    assert sum(each.counted_w for each in found.capacity.values()) == 3_000_000_000
    assert sum(each.gross_w for each in found.capacity.values()) == 4_100_000_000
