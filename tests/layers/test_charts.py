"""The charts' rows add up to the ledger and to the rows of the selection."""

from __future__ import annotations

from dataclasses import replace

import pytest

from capacity.ledger import counted_w, ledger
from layers.charts import (
    Whereabouts,
    rows_by_place,
    rows_by_status,
    technology_mix,
    whereabouts,
)
from layers.figures import figures
from registry.registry import Registry
from registry.select import select
from terms.kinds import Status
from terms.selection import Selection

SELECTIONS = (
    Selection(),
    Selection(plans=("taian",)),
    Selection(plans=("jining", "lixia"), owner="named"),
    Selection(words="储能"),
    Selection(layers=("none",)),
)


@pytest.mark.parametrize("chosen", SELECTIONS)
@pytest.mark.parametrize("inferred", [True, False])
def test_each_bar_is_the_ledgers_sum(registry: Registry, chosen: Selection, inferred: bool) -> None:
    rows = select(registry, chosen)
    plans = [plan.id for plan in registry.plans]
    bars = technology_mix(figures(registry, rows, inferred=inferred), plans)
    entries = ledger(registry, inferred=inferred)
    for plan in plans:
        mine = [row for row in rows if row.plan == plan]
        wanted = counted_w(entries, mine)
        got = {bar.technology: bar.counted_w for bar in bars if bar.plan == plan}
        assert got == dict(wanted)
        unstated = sum(row.id in entries and entries[row.id].gross_w is None for row in mine)
        assert sum(bar.not_stated for bar in bars if bar.plan == plan) == unstated


@pytest.mark.parametrize("chosen", SELECTIONS)
def test_rows_in_equal_rows_shown(registry: Registry, chosen: Selection) -> None:
    rows = select(registry, chosen)
    plans = [plan.id for plan in registry.plans]
    counted = figures(registry, rows)
    for bars in (rows_by_status(registry, rows, plans), rows_by_place(registry, rows, plans)):
        for plan in plans:
            shown = sum(bar.rows for bar in bars if bar.plan == plan)
            assert shown == counted.by_plan.get(plan, 0)
        assert all(bar.rows for bar in bars)
    tray = sum(bar.rows for bar in rows_by_place(registry, rows, plans) if bar.part == "tray")
    assert tray == counted.tray


def test_a_recorded_status_makes_its_own_part(registry: Registry) -> None:
    rows = [row for row in registry.projects if row.plan == "taian"]
    rows[0] = replace(rows[0], status=Status.CONSTRUCTION)
    bars = rows_by_status(registry, rows, ["taian"])
    assert [(bar.part, bar.rows) for bar in bars] == [
        ("listed", len(rows) - 1),
        ("construction", 1),
    ]


def test_where_rows_stand(registry: Registry) -> None:
    found = {whereabouts(registry, row) for row in registry.projects}
    assert found == set(Whereabouts)
    for row in registry.projects:
        if whereabouts(registry, row) is Whereabouts.SEVERAL:
            assert len(row.district_codes) > 1
