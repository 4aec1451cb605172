"""Recipes: every fault at once with its place, written back and read again as they were."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from siting_field import criterion, exclusion, recipe

from geo.siting.recipe_file import MAX_BYTES, read_recipe, write_recipe
from terms.errors import RecipeError


def faulty(**changes: Any) -> list[tuple[str, str]]:
    """Row and field of every fault of the trial recipe with changes."""
    content = recipe().model_dump(mode="json", exclude_defaults=True) | changes
    with pytest.raises(RecipeError) as caught:
        read_recipe(yaml.safe_dump(content, allow_unicode=True), "trial.yaml")
    return [(fault.row, fault.field) for fault in caught.value.faults]


def test_a_recipe_is_written_and_read_as_it_was() -> None:
    whole = recipe(
        area=["370900", "370481"],
        exclusions=[
            exclusion("low", "raster", "raster:height", min=-3.5, unit="m"),
            exclusion("near", "distance", "layer:pv", within_m=500),
            exclusion("water", "polygons", "own:water", drop="inside") | {"enabled": False},
            exclusion("county", "district", "layer:pv", drop="others"),
        ],
    )
    again = read_recipe(write_recipe(whole).encode(), "again.yaml")
    assert again == whole and again.digest == whole.digest
    assert again.area == ("370900", "370481") and not again.exclusions[2].enabled
    assert [term.id for term in again.active_exclusions] == ["low", "near", "county"]


def test_a_change_of_any_term_changes_the_digest() -> None:
    light = [criterion("east", "east", curve=[[0, 0], [9, 1]], weight=1.5)]
    assert recipe(criteria=light).digest != recipe().digest
    assert recipe(cell_m=500).digest != recipe().digest
    assert recipe().digest == recipe().digest


def test_all_faults_are_told_at_once_with_term_and_field() -> None:
    found = faulty(
        area=["37098"],
        exclusions=[
            exclusion("slope", "raster", "raster:slope"),
            exclusion("odd", "buffer", "layer:pv"),
            exclusion("near", "distance", "layer:pv", within_m=900, beyond_m=400),
        ],
        criteria=[criterion("ghi", "raster:irradiation", weight=-1, curve=[[3, 0], [2, 1]])],
        densities=[{"technology": "pv", "mw_per_km2": 0}],
    )
    assert ("exclusions slope", "min") in found
    assert ("exclusions odd", "kind") in found
    assert ("exclusions near", "within_m") in found
    assert {("criteria ghi", "weight"), ("criteria ghi", "curve")} <= set(found)
    assert {("densities 1", "mw_per_km2"), ("densities 1", "land_share")} <= set(found)
    assert ("-", "area.0") in found


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"criteria": []}, "criteria"),
        ({"criteria": [criterion("idle", "x", weight=0)]}, "criteria"),
        ({"criteria": [criterion("a", "x"), criterion("a", "y")]}, "id"),
        ({"cell_m": 10}, "cell_m"),
        ({"version": 2}, "version"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_recipe_that_is_not_one_whole_is_refused(changes: dict[str, Any], field: str) -> None:
    assert field in [found for _, found in faulty(**changes)]


def test_curves_outside_their_range_and_words_for_numbers_are_refused() -> None:
    assert ("criteria a", "curve") in faulty(criteria=[criterion("a", "x", curve=[[0, 0], [1, 2]])])
    assert ("criteria a", "weight") in faulty(criteria=[criterion("a", "x", weight="3")])
    assert ("criteria a", "weight") in faulty(criteria=[criterion("a", "x", weight=True)])
    assert ("criteria a", "curve.0.0") in faulty(
        criteria=[criterion("a", "x", curve=[[float("inf"), 0], [1, 1]])]
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"- a\n- b\n", "list"),
        (b"title: [", "YAML"),
        (b"id: a\nid: b\n", "stands twice"),
        (b"\xff\xfe", "UTF-8"),
        (b"a: &a [1, 1]\nb: [*a, *a]\n", "an alias"),
        (b"a: " + b"[" * 50_000, "YAML"),
        (b" " * (MAX_BYTES + 1), str(MAX_BYTES)),
    ],
)
def test_files_that_are_no_recipe_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        read_recipe(data, "x.yaml")


@pytest.mark.parametrize(("weight", "says"), [(-3, "不小于 0"), (101, "不大于 100")])
def test_figures_out_of_range_are_refused_in_chinese(weight: int, says: str) -> None:
    content = recipe().model_dump(mode="json", exclude_defaults=True)
    content["criteria"][0]["weight"] = weight
    with pytest.raises(RecipeError) as caught:
        read_recipe(yaml.safe_dump(content, allow_unicode=True), "trial.yaml")
    (fault,) = caught.value.faults
    assert fault.told("zh").expected == says and "Input" not in str(fault)
