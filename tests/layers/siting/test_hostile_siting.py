"""A recipe of hostile texts: its files and its picture hold them as text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pyogrio
import pytest
import rasterio

from geo.rasters.library import rasters
from geo.siting.recipe import Recipe
from geo.siting.recipe_file import read_recipe, write_recipe
from layers.siting.files import file_bytes, file_name
from layers.siting.picture import picture
from layers.siting.run import run_recipe, shipped_recipes
from registry.registry import Registry
from tests.hostile import UNSEEN, VISIBLE

TEXTS = tuple(words for words in (*VISIBLE, *UNSEEN))


def _hostile(first: int) -> Recipe:
    """The shipped recipe of subsidence PV with hostile titles and notes, from one of them on."""
    recipe = shipped_recipes()["subsidence_pv"]
    turn = iter(TEXTS[first:] + TEXTS * 3)
    terms = {
        name: tuple(
            term.model_copy(
                update={each: next(turn).strip() for each in ("title", "title_en", "why")}
            )
            for term in getattr(recipe, name)
        )
        for name in ("exclusions", "criteria")
    }
    texts = {each: next(turn).strip() for each in ("title", "title_en", "note")}
    return recipe.model_copy(update={**terms, **texts, "area": ("370900",), "cell_m": 5000.0})


@pytest.mark.parametrize("first", range(0, len(TEXTS), 6))
def test_a_recipe_comes_back_from_its_yaml(first: int) -> None:
    recipe = _hostile(first)
    assert read_recipe(write_recipe(recipe).encode("utf-8"), "r.yaml") == recipe


@pytest.mark.parametrize("first", [0, 11])
def test_the_files_of_a_run(registry: Registry, tmp_path: Path, first: int) -> None:
    recipe = _hostile(first)
    run = run_recipe(registry, recipe, records=rasters())
    (tmp_path / "s.gpkg").write_bytes(file_bytes(run, "gpkg", "zh"))
    steps = pyogrio.read_dataframe(tmp_path / "s.gpkg", layer="waterfall")
    titles = {term.title for term in recipe.active_exclusions}
    assert titles <= set(steps["title"])
    (tmp_path / "s.tif").write_bytes(file_bytes(run, "tif", "zh"))
    with rasterio.open(tmp_path / "s.tif") as file:
        assert file.tags()["TITLE"] == recipe.title
    assert file_bytes(run, "csv", "zh").startswith(b"\xef\xbb\xbfrank,")
    assert all(sign.isalnum() or sign in "-." for sign in file_name(run, "csv", "20260102"))


def test_the_picture_with_hostile_names_of_counties(registry: Registry) -> None:
    frame = registry.districts.frame.copy()
    names = [words[:40] for words in (*VISIBLE, *UNSEEN)]
    frame["name"] = [f"{names[at % len(names)]}{at}" for at in range(len(frame))]
    districts = replace(registry.districts, frame=frame)
    run = run_recipe(replace(registry, districts=districts), _hostile(0), records=rasters())
    root = ElementTree.fromstring(picture(run, "zh"))
    assert {each.tag.split("}")[1] for each in root.iter()} <= {"svg", "image", "path", "text", "g"}
    assert any("<script>" in (each.text or "") for each in root.iter())
