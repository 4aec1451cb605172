"""The figures: rows and watts are conserved whatever is selected."""

from __future__ import annotations

import pytest

from capacity.ledger import Reason, ledger
from layers.figures import StatedRows, district_figures, figures, is_located
from registry.registry import Registry
from registry.select import select
from terms.kinds import Layer, Precision
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


@pytest.mark.parametrize("plan", ["jining", "zaozhuang", "lixia", "taian", "binzhou"])
def test_rows_with_stated_capacity_are_counted_by_plan(registry: Registry, plan: str) -> None:
    rows = [row for row in registry.projects if row.plan == plan]
    stated = [
        row
        for row in rows
        if (e := ledger(registry).get(row.id))
        and e.gross_w is not None
        and e.reason is not Reason.RETIRE
    ]
    located = sum(len(row.district_codes) == 1 and is_located(row) for row in stated)
    wanted = {plan: StatedRows(len(stated), located)} if stated else {}
    assert figures(registry, rows).stated == wanted


def test_bars_stand_on_their_technologys_own_scale(registry: Registry) -> None:
    found = figures(registry, registry.projects)
    bars = {key: found.bar(*key) for key in found.capacity}
    assert all(0 <= bar.located <= bar.counted <= 1 for bar in bars.values())
    for technology in {technology for _, technology in bars}:
        tops = [bar.counted for (_, other), bar in bars.items() if other is technology]
        counted = [c.counted_w for (_, t), c in found.capacity.items() if t is technology]
        assert max(tops) == (1 if any(counted) else 0)


def test_a_districts_figures_leave_shared_rows_out_of_its_capacity(registry: Registry) -> None:
    row = next(row for row in registry.projects if row.precision is Precision.MULTI)
    code = row.district_codes[0]
    found = district_figures(registry, registry.projects, code)
    assert row in found.rows and found.shared > 0
    assert sum(found.by_layer.values()) == len(found.rows)
    alone = [each for each in found.rows if each.district_codes == (code,)]
    assert district_figures(registry, alone, code).located_w == found.located_w
    assert district_figures(registry, (row,), code).located_w == {}
