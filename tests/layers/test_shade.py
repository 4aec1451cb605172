"""Counties coloured on the map: of the selection, located only, never a filled-in figure."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from layers.browse import map_state
from layers.county_map import BLANK, NOT_STATED
from layers.paint import TINT
from layers.shade import shade_counties, shade_legend
from layers.size_scale import TOP_PX, diameter_px, round_values, size_scale
from registry.registry import Registry
from registry.select import select
from terms.kinds import Precision, Technology
from terms.selection import Selection
from terms.units import PowerUnit

PV = Selection(shade="pv")
amounts = st.floats(min_value=0.5, max_value=30_000)


def test_nothing_is_coloured_unless_asked(registry: Registry) -> None:
    assert shade_counties(registry, registry.projects, Selection()) is None
    assert "shade" not in map_state(registry, registry.projects, Selection())


def test_located_mw_of_the_selection_are_coloured(registry: Registry) -> None:
    made = shade_counties(registry, registry.projects, PV)
    assert made is not None and made.technology is Technology.PV
    (shown,) = [each for each in made.classes if each.colour == made.fills["371603"]]
    assert shown.low < 215 <= shown.high  # 万千瓦 in 沾化区
    assert made.fills["371623"] == NOT_STATED
    assert made.fills["370811"] == BLANK  # Jining locates none of its PV
    others = shade_counties(
        registry, select(registry, replace(PV, layers=("grid",))), replace(PV, layers=("grid",))
    )
    assert others is not None and set(others.fills.values()) == {BLANK}


def test_the_unit_moves_the_classes(registry: Registry) -> None:
    mw = replace(PV, unit=PowerUnit.MW)
    made = shade_counties(registry, registry.projects, mw)
    assert made is not None
    (shown,) = [each for each in made.classes if each.colour == made.fills["371603"]]
    assert shown.low < 2150 <= shown.high
    assert "MW" in shade_legend(made, mw)["unit"]


def test_a_county_is_coloured_beside_the_others_of_its_city(registry: Registry) -> None:
    chosen = replace(PV, area="370983")
    state = map_state(registry, select(registry, chosen), chosen)
    assert set(state["colours"]) == set(registry.districts.codes_in("370900"))
    assert state["colours"]["370982"] != state["colours"]["370983"]


def test_counts_are_those_of_rows_in_one_county(registry: Registry) -> None:
    chosen = Selection(shade="rows")
    made = shade_counties(registry, registry.projects, chosen)
    assert made is not None and made.technology is None
    classes = dict(shade_legend(made, chosen)["classes"])
    rows = [row for row in registry.projects if row.district_codes == ("370983",)]
    low, _, high = classes[made.fills["370983"]].partition("–")
    assert int(low) <= sum(not row.list_open for row in rows) <= int(high or low)


def test_without_colours_a_shared_row_tints_its_counties(registry: Registry) -> None:
    row = next(row for row in registry.projects if row.precision is Precision.MULTI)
    state = map_state(registry, (row,), Selection(focus=row.id))
    assert state["colours"] == dict.fromkeys(row.district_codes, TINT)


@given(amounts, amounts)
def test_the_area_of_a_circle_is_proportional_to_mw(one: float, other: float) -> None:
    top = max(one, other)
    areas = [diameter_px(mw, top) ** 2 for mw in (one, other)]
    assert (
        areas[0] / areas[1] == (one / other) or abs(areas[0] / areas[1] / (one / other) - 1) < 1e-9
    )
    assert max(diameter_px(mw, top) for mw in (one, other)) == TOP_PX


@given(amounts)
def test_the_legend_has_three_round_values(top: float) -> None:
    for unit in PowerUnit:
        values = round_values(top, unit)
        assert len(set(values)) == 3 and values[0] <= top and list(values) == sorted(values)[::-1]
        per_unit = 10 if unit is PowerUnit.WAN_KW else 1
        assert all(f"{value / per_unit:e}"[0] in "125" for value in values)


def test_the_scale_is_set_by_plants_with_one_place(registry: Registry) -> None:
    scale = size_scale(registry, registry.projects, Selection())
    assert scale is not None and scale["top"] == 2000  # not the base of 21,180 in two counties
    assert [words for _, words in scale["keys"]] == ["200 万千瓦", "50 万千瓦", "10 万千瓦"]
    jining = select(registry, Selection(plans=("jining",)))
    assert size_scale(registry, jining, Selection()) == scale  # one scale for every selection
    factories = [row for row in registry.projects if row.technology is None]
    assert size_scale(registry, factories, Selection()) is None
