"""docs/siting.md cannot rot: every field, source, column and recipe is in it, its example runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.rasters.library import rasters
from geo.siting.own_shapes import read_typed
from geo.siting.recipe import (
    Criterion,
    Density,
    DistanceExclusion,
    DistrictExclusion,
    PolygonExclusion,
    RasterExclusion,
    Recipe,
)
from geo.siting.recipe_file import read_recipe
from layers.siting.run import run_recipe, shipped_recipes
from layers.siting.sources import GROUPS
from layers.siting.table import BASIC, OF_TERM
from registry.registry import Registry

ROOT = Path(__file__).resolve().parents[3]
DOCS = (ROOT / "docs" / "siting.md").read_text(encoding="utf-8")
MODELS = (
    *(Recipe, Criterion, Density, DistanceExclusion, DistrictExclusion),
    *(PolygonExclusion, RasterExclusion),
)


@pytest.mark.parametrize("model", MODELS)
def test_every_field_of_a_recipe_is_documented(model: type[Recipe]) -> None:
    for field in model.model_fields:
        assert f"`{field}`" in DOCS, field


def test_sources_columns_and_recipes_are_documented() -> None:
    for name in (*BASIC, *GROUPS, *shipped_recipes()):
        assert f"`{name}`" in DOCS or f":{name}`" in DOCS, name
    for part in OF_TERM:
        assert f"`_{part}`" in DOCS
    assert {path.stem for path in (ROOT / "data" / "siting").glob("*.yaml")} == {*shipped_recipes()}


def test_the_example_runs(registry: Registry) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    recipe = read_recipe(example, "siting.md")
    own = {"红线": read_typed("116.7,36.1,116.8,36.2")}
    run = run_recipe(registry, recipe, records=rasters(), own=own)
    taken = {step.id: step.taken_m2 / 1e6 for step in run.result.steps}
    assert taken["red_line"] == pytest.approx(100, rel=0.05)  # 9.0 by 11.1 km
    assert run.counties[0].rank == 1
