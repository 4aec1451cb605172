"""Which rows speak to a target, and how much they state."""

from __future__ import annotations

from decimal import Decimal

import pytest

from capacity.measure import Match, is_divided, measure_of
from registry.registry import Registry
from terms.errors import QuantityError
from terms.kinds import Asset, CapacityBasis, Layer, Technology
from tests.capacity.builders import W, programme, row, target

STATION = {"technology": None, "layer": Layer.HYDROGEN_STATION, "asset": Asset.STATION}
STATIONS = target(15, "hydrogen_stations", unit="座", includes=(), includes_basis=None)


@pytest.mark.parametrize(
    ("technology", "match"),
    [
        (Technology.PV, Match.FULL),
        (Technology.PV_DISTRIBUTED, Match.FULL),
        (Technology.WIND_SOLAR_STORAGE, Match.MIXED),
        (Technology.WIND, None),
        (None, None),
    ],
)
def test_what_speaks_to_a_pv_target(technology: Technology | None, match: Match | None) -> None:
    assert measure_of(target()).match(row("a", 1, technology=technology)) is match


@pytest.mark.parametrize(
    ("technology", "may"),
    [(Technology.WIND, True), (Technology.NEW_STORAGE, True), (Technology.BIOMASS, False)],
)
def test_a_mix_may_hold_wind_sun_and_storage_only(technology: Technology, may: bool) -> None:
    mixed = row("a", 1, technology=Technology.WIND_SOLAR_STORAGE)
    match = measure_of(target(includes=(technology,))).match(mixed)
    assert match is (Match.MIXED if may else None)


def test_a_target_that_names_the_mix_takes_all_of_it() -> None:
    mixed = row("a", 1, technology=Technology.WIND_SOLAR_STORAGE)
    whole = target(includes=(Technology.PV, Technology.WIND_SOLAR_STORAGE))
    assert measure_of(whole).match(mixed) is Match.FULL


@pytest.mark.parametrize(
    ("unit", "watts"), [("MW", W), ("万千瓦", 10 * W), ("GW", 1000 * W), ("千瓦", 1000)]
)
def test_the_target_s_own_unit(unit: str, watts: int) -> None:
    assert measure_of(target(unit=unit)).unit_size == watts


def test_stations_are_counted_and_never_measured_in_mw() -> None:
    measure = measure_of(STATIONS)
    envelope = programme("a", quantity_value=Decimal(4), quantity_unit="座", **STATION)
    assert (measure.unit_size, measure.stated(row("a", **STATION))) == (1, 1)
    assert measure.stated(envelope) == 4
    assert measure.stated(row("plant", 100)) is None
    assert measure.match(row("plant", 100, layer=Layer.HYDROGEN_STATION)) is None
    factory = row("factory", **(STATION | {"asset": Asset.FACTORY}))
    assert measure.match(factory) is None


@pytest.mark.parametrize("unit", ["座", "个"])
def test_things_without_a_layer_are_refused(unit: str) -> None:
    with pytest.raises(QuantityError, match="charging_piles"):
        measure_of(target(metric="charging_piles", unit=unit))


@pytest.mark.parametrize("unit", ["GWh", "%", "亿立方米"])
def test_what_is_no_power_is_refused(unit: str) -> None:
    with pytest.raises(QuantityError, match="unit"):
        measure_of(target(unit=unit))


def test_an_outside_figure_stands_only_where_the_plan_states_none() -> None:
    measure = measure_of(target())
    outside = {"capacity_external_mw": Decimal("1.5")}
    assert measure.external(row("a", None, **outside)) == 1_500_000
    assert measure.external(row("a", 2, **outside)) is None
    hundred = row("a", 100, capacity_basis=CapacityBasis.CLASS, **outside)
    assert (measure.stated(hundred), measure.external(hundred)) == (None, 1_500_000)
    assert measure_of(STATIONS).external(row("a", None, **(outside | STATION))) is None


def test_only_about_is_about() -> None:
    about = row("a", 1, capacity_basis=CapacityBasis.APPROXIMATE)
    assert measure_of(target()).is_approximate(about)
    assert not measure_of(target()).is_approximate(row("a", 1))


def test_pumped_storage_is_divided_for_renewables_only(registry: Registry) -> None:
    renewable = registry.target_by_key["taian:renewable:2030"]
    assert is_divided(renewable)
    assert Technology.PUMPED_STORAGE not in measure_of(renewable).includes
    assert Technology.PUMPED_STORAGE in measure_of(renewable, pumped=True).includes
    assert Technology.PUMPED_STORAGE not in measure_of(target(), pumped=True).includes
    assert not is_divided(registry.target_by_key["taian:pumped_storage:2030"])


def test_every_mapped_target_can_be_measured(registry: Registry) -> None:
    mapped = [each for each in registry.targets if each.mapped]
    assert len(mapped) == 24
    for each in mapped:
        assert measure_of(each).includes or measure_of(each).layer, each.key
