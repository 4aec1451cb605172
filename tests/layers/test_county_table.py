"""The tables of the counties: they hold what the roll-up holds, and every line adds up."""

from __future__ import annotations

import pytest

from capacity.allocate import allocate
from capacity.ledger import counted_w, ledger
from capacity.rollup import Dimension, roll_up
from capacity.splits import Splits, read_splits
from layers.capacity_tables import district_rows
from layers.county_lines import Cell, Counting, LineKind, PlanTable
from layers.county_table import plan_tables, sorted_counties
from layers.thing_words import thing_line
from registry.areas import governed
from registry.registry import Registry
from terms.kinds import Action, Technology

W = 1_000_000
SPLITS = read_splits(
    "district_code,item,mw,share\n370811,jining-pvd-01,500,\n370812,pv,,0.25\n371603,coal,10,\n"
)
COUNTINGS = [
    Counting("none"),
    Counting("equal"),
    Counting("area"),
    Counting("custom", SPLITS),
    Counting("none", inferred=False),
    Counting("area", inferred=False),
]


def table_of(registry: Registry, plan: str, counting: Counting = COUNTINGS[0]) -> PlanTable:
    (table,) = plan_tables(registry, counting, plans=[plan])
    return table


@pytest.mark.parametrize("counting", COUNTINGS)
def test_every_line_adds_up_to_the_ledger(registry: Registry, counting: Counting) -> None:
    entries = ledger(registry, inferred=counting.inferred)
    for table in plan_tables(registry, counting):
        rows = [row for row in registry.projects if row.plan == table.plan]
        counted = counted_w(entries, rows)
        lines = (*table.counties, *table.rest)
        for technology in table.technologies:
            whole = sum(line.cell(technology).watts for line in lines)
            assert whole == table.total.cell(technology).watts == counted[technology]
        standing = sum(line.rows + line.split_rows for line in lines)
        assert standing == table.total.rows == len(rows)
        pieces = sum(thing.counted for line in lines for thing in line.things)
        assert pieces == sum(thing.counted for thing in table.total.things)


@pytest.mark.parametrize("counting", COUNTINGS)
def test_the_cells_are_those_of_the_roll_up(registry: Registry, counting: Counting) -> None:
    totals = roll_up(
        registry,
        allocate(registry, rule=counting.rule, splits=counting.splits, inferred=counting.inferred),
        ledger(registry, inferred=counting.inferred),
        by=(Dimension.PLAN, Dimension.DISTRICT, Dimension.TECHNOLOGY),
    )
    for table in plan_tables(registry, counting):
        for line in table.counties:
            for technology in table.technologies:
                cell = line.cell(technology)
                total = totals.get((table.plan, line.code, technology.value))
                if total is None:
                    assert cell.look in ("missing", "undivided")
                else:
                    assert (cell.located_w, cell.shared_w) == (total.located_w, total.shared_w)
                    assert (cell.stated, cell.not_stated) == (len(total.stated), total.not_stated)


@pytest.mark.parametrize("counting", COUNTINGS)
def test_the_command_line_says_the_same(registry: Registry, counting: Counting) -> None:
    tables = {table.plan: table for table in plan_tables(registry, counting)}
    rows = district_rows(
        registry, rule=counting.rule, splits=counting.splits, inferred=counting.inferred
    )
    for row in rows:
        line = tables[str(row["plan"])].county(str(row["district_code"]))
        if line is not None and row["located_mw"] is not None:
            cell = line.cell(Technology(str(row["technology"])))
            assert (cell.located_w, cell.shared_w) == (
                round(float(str(row["located_mw"])) * W),
                round(float(str(row["shared_mw"])) * W),
            )


def test_every_governed_county_has_a_line_in_the_order_of_codes(registry: Registry) -> None:
    for table in plan_tables(registry, COUNTINGS[0]):
        codes = [line.code for line in table.counties]
        assert codes == sorted(governed(registry.plan_by_id[table.plan], registry.districts))


def test_missing_not_stated_retired_and_amount_look_different(registry: Registry) -> None:
    binzhou, lixia = table_of(registry, "binzhou"), table_of(registry, "lixia")
    wudi = binzhou.county("371623")
    assert wudi is not None
    assert wudi.cell(Technology.COAL).look == "amount"
    assert wudi.cell(Technology.PV).look == "not_stated"
    assert wudi.cell(Technology.WIND).look == "undivided"
    assert wudi.cell(Technology.GAS).look == "missing"
    assert lixia.counties[0].cell(Technology.COAL).look == "retired"
    assert Cell(stated=1).look == "zero"
    assert lixia.retires and not binzhou.retires
    assert lixia.total.cell(Technology.COAL).watts == 0


def test_zones_stand_inside_their_county(registry: Registry) -> None:
    found = 0
    for table in plan_tables(registry, Counting("equal")):
        for county in table.counties:
            assert sum(zone.rows for zone in county.zones) <= county.rows
            for zone in county.zones:
                found += 1
                assert zone.zone is not None and zone.zone.plan == table.plan
                for technology, cell in zone.cells.items():
                    assert cell.shared_w == 0
                    assert cell.located_w <= county.cell(technology).located_w
    assert found > 5
    binzhou = table_of(registry, "binzhou").county("371602")
    assert binzhou is not None
    park = next(zone for zone in binzhou.zones if zone.zone and zone.zone.name == "滨州工业园")
    assert park.cell(Technology.COAL).located_w == 50 * W


def test_open_lists_say_that_others_may_share(registry: Registry) -> None:
    table = table_of(registry, "jining", Counting("equal"))
    named = registry.by_id["jining-pvd-01"].district_codes
    for line in table.counties:
        cell = line.cell(Technology.PV_DISTRIBUTED)
        assert bool(cell.shared_w) == (line.code in named)
        if cell.shared_w:
            assert cell.is_open
    base = table_of(registry, "binzhou", Counting("equal")).county("371603")
    assert base is not None and not base.cell(Technology.WIND).is_open


def test_the_order_is_by_code_rows_or_watts(registry: Registry) -> None:
    table = table_of(registry, "taian")
    assert sorted_counties(table, "") == table.counties
    assert sorted_counties(table, "wind") == table.counties  # no such column here
    watts = [line.cell(Technology.PV).watts for line in sorted_counties(table, "pv")]
    rows = [line.rows for line in sorted_counties(table, "rows")]
    assert watts == sorted(watts, reverse=True) and watts[0] > watts[-1]
    assert rows == sorted(rows, reverse=True)


def test_density_uses_the_ellipsoidal_area(registry: Registry) -> None:
    line = table_of(registry, "binzhou").county("371603")
    assert line is not None
    area = registry.districts.area_km2("371603")
    assert line.mw_per_km2(2150 * W) == pytest.approx(2150 / area)
    assert table_of(registry, "binzhou").total.mw_per_km2(W) is None


def test_located_rows_of_stated_rows(registry: Registry) -> None:
    entries = ledger(registry)
    for table in plan_tables(registry, COUNTINGS[0]):
        stated = [
            row
            for row in registry.projects
            if row.plan == table.plan
            and row.id in entries
            and entries[row.id].gross_w is not None
            and row.action is not Action.RETIRE
        ]
        assert table.stated == len(stated)
        assert table.located <= table.stated
        for technology in table.technologies:
            located = sum(line.cell(technology).located_w for line in table.counties)
            assert table.located_w(technology) == located


def test_things_read_as_counts_in_english(registry: Registry) -> None:
    said = {thing_line(each, "en") for each in table_of(registry, "jining").total.things}
    assert "500 kV lines: 2" in said and "500 kV line 2" not in said


def test_what_retires_is_no_row_that_states_mw(registry: Registry) -> None:
    table = table_of(registry, "lixia")
    assert (table.stated, table.located, table.retires) == (0, 0, True)


def test_a_rule_moves_no_row_without_mw_and_takes_what_it_splits(registry: Registry) -> None:
    silent = {
        row.technology: row
        for row in registry.projects
        if len(row.district_codes) > 1 and ledger_entry(registry, row.id) == "not stated"
    }
    assert silent
    for rule in ("equal", "area"):
        for row in silent.values():
            assert row.technology is not None
            table = table_of(registry, row.plan, Counting(rule))  # type: ignore[arg-type]
            plain = table_of(registry, row.plan)
            for code in row.district_codes:
                line, before = table.county(code), plain.county(code)
                assert line is not None and before is not None
                found, was = line.cell(row.technology), before.cell(row.technology)
                assert found.undivided >= 1 and found.not_stated == was.not_stated
    table = table_of(registry, "binzhou", Counting("equal"))
    unsplit, before = table.rest[0], table_of(registry, "binzhou").rest[0]
    assert unsplit.kind is LineKind.UNSPLIT and unsplit.split_rows > 0
    assert unsplit.rows + unsplit.split_rows == before.rows and before.split_rows == 0
    part = read_splits("district_code,item,mw\n370811,jining-pvd-01,500\n")
    assert all(
        e.split_rows == 0 for e in table_of(registry, "jining", Counting("custom", part)).rest
    )


def ledger_entry(registry: Registry, row: str) -> str:
    """Does the plan state MW for a row of the ledger?"""
    entry = ledger(registry).get(row)
    return "none" if entry is None else "not stated" if entry.gross_w is None else "stated"


def test_a_breakdown_moves_exactly_what_it_says(registry: Registry) -> None:
    table = table_of(registry, "jining", Counting("custom", SPLITS))
    rencheng = table.county("370811")
    assert rencheng is not None
    assert rencheng.cell(Technology.PV_DISTRIBUTED).shared_w == 500 * W
    assert Splits() == Counting().splits
