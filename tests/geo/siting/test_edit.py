"""One change at a time; every change gives a whole recipe or none."""

from __future__ import annotations

import pytest
from siting_field import criterion, exclusion, recipe

from geo.siting.edit import changed, with_density, with_new, with_term, without_term
from terms.errors import RecipeError

DENSITY = {
    "technology": "pv",
    "mw_per_km2": 50,
    "land_share": 0.1,
    "approximate": True,
    "source": "试验",
    "source_en": "trial",
}


def test_a_term_is_switched_weighed_and_taken_out() -> None:
    whole = recipe(exclusions=[exclusion("low", "raster", "east", min=3)])
    off = with_term(whole, "low", enabled=False)
    assert not off.active_exclusions and with_term(off, "low", enabled=True) == whole
    assert with_term(whole, "east", weight=4.0).criteria[0].weight == 4
    assert without_term(whole, "low").exclusions == ()
    assert changed(whole, cell_m=500).cell_m == 500


def test_a_new_term_gets_a_free_id() -> None:
    term = criterion("pond", "own:pond", kind="share")
    del term["id"]
    once = with_new(recipe(), "criteria", term)
    twice = with_new(once, "criteria", term)
    assert [each.id for each in twice.criteria] == ["east", "share_1", "share_2"]
    again = with_new(without_term(twice, "share_1"), "criteria", term)
    assert [each.id for each in again.criteria] == ["east", "share_2", "share_1"]


def test_a_density_is_changed() -> None:
    whole = recipe(densities=[DENSITY])
    assert with_density(whole, "pv", land_share=0.5).densities[0].land_share == 0.5
    with pytest.raises(RecipeError, match="mw_per_km2"):
        with_density(whole, "pv", mw_per_km2=0)


def test_a_change_that_leaves_no_recipe_is_refused() -> None:
    with pytest.raises(RecipeError):
        without_term(recipe(), "east")
    with pytest.raises(RecipeError, match="weight"):
        with_term(recipe(), "east", weight=-1)
    with pytest.raises(RecipeError, match="curve"):
        with_term(recipe(), "east", curve="abc")
