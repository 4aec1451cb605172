"""The map of the counties: only what is located, classes that hold, fills that are no class."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.county_lines import Counting
from layers.county_map import (
    BEYOND,
    BLANK,
    MW_COLOURS,
    NOT_STATED,
    UNDIVIDED,
    _classes,
    _colour,
    county_map,
    county_state,
    technologies_with_mw,
)
from layers.county_table import plan_tables
from registry.registry import Registry
from terms.kinds import Technology
from terms.selection import Selection

BINZHOU = Selection(plans=("binzhou",), technology="pv")
amounts = st.decimals(min_value="0.001", max_value="50000", places=3, allow_nan=False)


@given(st.lists(amounts.filter(bool), min_size=1, max_size=20))
def test_every_value_lies_in_one_of_at_most_five_round_classes(values: list[Decimal]) -> None:
    classes = _classes(values, MW_COLOURS)
    assert 1 <= len(classes) <= 5
    assert len({each.colour for each in classes}) == len(classes)
    for value in values:
        assert sum(each.low < value <= each.high for each in classes) == 1
        assert _colour(value, classes) in MW_COLOURS
    for each in classes:
        assert set(each.high.normalize().as_tuple().digits) in ({1}, {2}, {5})


def test_only_what_is_located_is_coloured(registry: Registry) -> None:
    made = county_map(plan_tables(registry, Counting(), plans=["binzhou"]), BINZHOU)
    assert made.technology is Technology.PV and not made.is_sketch
    (shown,) = made.classes
    assert shown.low < 215 <= shown.high
    assert made.fills["371603"] == shown.colour
    assert made.fills["371623"] == NOT_STATED
    assert made.fills["371622"] == BLANK
    wind = replace(BINZHOU, technology="wind")
    made = county_map(plan_tables(registry, Counting(), plans=["binzhou"]), wind)
    assert made.classes == () and made.fills["371603"] == UNDIVIDED


def test_shares_are_coloured_on_request_and_the_map_says_so(registry: Registry) -> None:
    tables = plan_tables(registry, Counting("equal"), plans=["binzhou"])
    chosen = replace(BINZHOU, technology="wind", rule="equal")
    made = county_map(tables, chosen)
    assert made.fills["371603"] == UNDIVIDED and not made.is_sketch
    asked = replace(chosen, shared=True)
    made = county_map(tables, asked)
    assert made.is_sketch and made.fills["371603"] in MW_COLOURS
    state = county_state(registry, made, selection=asked)
    assert "均分" in state["words"]["stamp"]
    nothing = replace(BINZHOU, technology="coal", rule="equal", shared=True)
    assert not county_map(tables, nothing).is_sketch


def test_without_a_technology_rows_are_counted(registry: Registry) -> None:
    tables = plan_tables(registry, Counting(), plans=["jining"])
    made = county_map(tables, Selection(plans=("jining",)))
    assert made.technology is None
    for line in tables[0].counties:
        assert (made.fills[line.code] == BLANK) == (line.rows == 0)


def test_a_technology_without_mw_leaves_the_map_to_the_rows(registry: Registry) -> None:
    tables = plan_tables(registry, Counting(), plans=["lixia"])
    assert Technology.COAL in tables[0].technologies
    for technology in ("coal", "wind"):
        assert county_map(tables, Selection(technology=technology)).technology is None


def test_the_message_draws_no_symbols_and_leaves_other_plans_grey(registry: Registry) -> None:
    made = county_map(plan_tables(registry, Counting(), plans=["binzhou"]), BINZHOU)
    state = county_state(registry, made, selection=replace(BINZHOU, beside="371621"))
    assert state["visible"] == state["badges"] == []
    assert state["colours"]["370811"] == BEYOND
    assert state["beside"] == "371621"
    assert "215" in state["tips"]["371603"][0]
    other = county_state(registry, made, selection=replace(BINZHOU, language="en"))
    assert other["token"] != state["token"]


def test_the_technologies_to_choose_have_mw(registry: Registry) -> None:
    zaozhuang = plan_tables(registry, Counting(), plans=["zaozhuang"])
    assert technologies_with_mw(zaozhuang) == (Technology.GAS,)


@pytest.mark.parametrize("unit", ["wan", "mw"])
def test_density_classes_are_per_km2_in_either_unit(registry: Registry, unit: str) -> None:
    tables = plan_tables(registry, Counting(), plans=["binzhou"])
    chosen = replace(BINZHOU, per_km2=True, unit=unit)  # type: ignore[arg-type]
    (shown,) = county_map(tables, chosen).classes
    assert shown.low < Decimal(2150) / Decimal(registry.districts.area_km2("371603")) <= shown.high
