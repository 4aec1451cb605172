"""The recipe of this session and its run: drafts and own shapes are kept, runs are remembered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd

from geo.rasters.record import RasterRecord
from geo.siting.edit import changed
from geo.siting.ground import WORKING_CRS
from geo.siting.own_shapes import read_shapes, read_typed
from geo.siting.pv_yield import Assumptions, PvYield, pv_yield
from geo.siting.recipe import Recipe
from geo.siting.recipe_file import read_recipe, write_recipe
from layers.siting.picture import picture_uri
from layers.siting.run import BLANK, Run, blank_recipe, run_recipe, shipped_recipes
from registry.registry import Registry
from terms.language import Language
from terms.selection import Selection
from views import cache, cache_rasters, selection

ROUND = "siting"
_SHAPES = "siting-shapes"
Shapes = tuple["OwnShapes", ...]


@dataclass(frozen=True)
class OwnShapes:
    """Shapes that were uploaded or typed in this session, in WGS-84."""

    name: str
    wkb: tuple[bytes, ...]


def original(chosen: Selection) -> Recipe:
    """The recipe as it comes with Fengtu, or the one to begin with."""
    return blank_recipe() if chosen.recipe == BLANK else shipped_recipes()[chosen.recipe]


def draft(chosen: Selection) -> Recipe:
    """The recipe as it stands in this session."""
    kept: Recipe | None = selection.kept(f"recipe-{chosen.recipe}")
    return kept or original(chosen)


def keep_draft(recipe: Recipe | None) -> None:
    """Keep the changed recipe; None goes back to the original and empties the widgets."""
    selection.keep(f"recipe-{selection.current().recipe}", recipe)
    if recipe is None:
        selection.end_round(ROUND)


def take_recipe_file(data: bytes, file: str) -> Recipe:
    """Take an uploaded recipe in the place of one's own; raises RecipeError with all faults."""
    recipe = read_recipe(data, file)
    selection.keep(f"recipe-{BLANK}", recipe)
    selection.end_round(ROUND)
    return recipe


def shapes() -> Shapes:
    """The user's own shapes, in the order they came."""
    kept: Shapes = selection.kept(_SHAPES) or ()
    return kept


def add_shapes(name: str, *, data: bytes = b"", file: str = "", typed: str = "", crs: str) -> None:
    """Read and keep shapes under a name; raises SitingError or CrsError."""
    found = read_typed(typed) if typed.strip() else read_shapes(data, file, crs=crs)
    others = tuple(each for each in shapes() if each.name != name)
    selection.keep(_SHAPES, (*others, OwnShapes(name, tuple(found.to_wkb()))))


def drop_shapes(name: str) -> None:
    """Forget shapes of one's own."""
    selection.keep(_SHAPES, tuple(each for each in shapes() if each.name != name))


def records() -> tuple[RasterRecord, ...]:
    """The rasters that can be named; in public mode the user's own stay in the house."""
    return cache_rasters.library()[0]


def area_of(registry: Registry, chosen: Selection, recipe: Recipe) -> tuple[str, ...]:
    """What the filters narrow to: counties, the map's area, plans; else the recipe's own area."""
    if chosen.districts:
        return chosen.districts
    if chosen.area:
        return (chosen.area,)
    if chosen.plans:
        return tuple(registry.plan_by_id[plan].governs_code for plan in chosen.plans)
    return recipe.area


def run(recipe: Recipe) -> Run:
    """The run of a recipe over the chosen area; what was run before is remembered."""
    whole = changed(recipe, area=list(area_of(cache.registry(), selection.current(), recipe)))
    return _run(cache.key(), write_recipe(whole), shapes(), records())


@lru_cache(maxsize=12)
def _run(key: cache.Key, recipe: str, own: Shapes, known: tuple[RasterRecord, ...]) -> Run:
    series = {each.name: gpd.GeoSeries.from_wkb(each.wkb, crs=WORKING_CRS) for each in own}
    return run_recipe(cache.registry(), read_recipe(recipe, "recipe"), records=known, own=series)


@lru_cache(maxsize=24)
def score_picture(found: Run, language: Language, marked: str) -> str:
    """The picture of a run as an address, remembered as the runs are."""
    return picture_uri(found, language, marked=marked)


@lru_cache(maxsize=64)
def light_yield(lon: float, lat: float, ghi_kwh_m2: float, assumptions: Assumptions) -> PvYield:
    """The yield at a place, remembered."""
    return pv_yield(lon, lat, ghi_kwh_m2=ghi_kwh_m2, assumptions=assumptions)
