"""What stands in the same county, and what a plan does not state."""

from __future__ import annotations

from layers.same_county import GRID_LAYERS, gaps, same_county
from registry.registry import Registry


def test_every_other_row_of_the_county_is_there(registry: Registry) -> None:
    (county,) = same_county(registry, registry.by_id["taian-pv-04"])
    expected = {r.id for r in registry.projects if "370983" in r.district_codes} - {"taian-pv-04"}
    assert {row.id for row in (*county.grid, *county.others)} == expected != set()
    assert {zone.name for zone in county.zones} >= {"肥城经开区"}


def test_several_counties_stand_apart(registry: Registry) -> None:
    row = registry.by_id["jining-pvd-01"]
    counties = same_county(registry, row)
    assert [county.code for county in counties] == list(row.district_codes)
    for county in counties:
        assert all(each.layer in GRID_LAYERS for each in county.grid)
        assert all(each.layer not in GRID_LAYERS for each in county.others)


def test_a_row_of_a_whole_city_has_no_county(registry: Registry) -> None:
    assert same_county(registry, registry.by_id["jining-pv-base-02"]) == ()


def test_gaps_are_what_applies_and_is_empty(registry: Registry) -> None:
    assert {"land_mode", "township", "lon"} <= set(gaps(registry.by_id["taian-pv-04"]))
    assert "owner" not in gaps(registry.by_id["taian-pv-04"])
    mill = gaps(registry.by_id["jining-battery-01"])
    assert "capacity_printed" not in mill and "land_mode" not in mill
