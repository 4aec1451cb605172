"""One run of a recipe on the plans' ground, with all that tells it from another run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import get_args

import geopandas as gpd

from geo.rasters.record import RasterRecord
from geo.siting.drivers import Drivers
from geo.siting.ground import Ground, lay
from geo.siting.ranking import CountyScore, rank_counties
from geo.siting.recipe import Recipe
from geo.siting.recipe_file import read_recipe
from geo.siting.screen import Result, screen
from layers.siting.sources import gather
from layers.siting.terrain import record_of
from registry.areas import counties_of, plan_districts
from registry.registry import Registry
from terms.errors import SetupError, SitingError
from terms.kinds import PlanStatus
from terms.records import PlanRecord
from terms.selection import SitingRecipe

RECIPES = Path(__file__).resolve().parents[2] / "data" / "siting"
BLANK: SitingRecipe = "blank"
ORDER = tuple(each for each in get_args(SitingRecipe) if each != BLANK)


@dataclass(frozen=True, eq=False)
class Run:
    """A result with its counties in order and its origin; `recipe` names the area that was used."""

    registry: Registry
    result: Result
    counties: tuple[CountyScore, ...]
    drivers: Drivers
    rasters: tuple[RasterRecord, ...]

    @property
    def recipe(self) -> Recipe:
        """The recipe as it was run: from its file it gives this answer again."""
        return self.result.recipe

    @cached_property
    def digest(self) -> str:
        """Twelve hex digits over recipe, boundaries and all data used."""
        parts = [self.recipe.digest, self.registry.districts.digest]
        parts += [f"{source}={digest}" for source, digest in sorted(self.drivers.digests.items())]
        return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:12]

    @cached_property
    def plans(self) -> tuple[PlanRecord, ...]:
        """The plans that govern a county of the area, or any row of a layer that was used."""
        owners = plan_districts(self.registry)
        found = {owners[code] for code in self.result.ground.codes if code in owners}
        layers = {source.partition(":")[2] for source in self.drivers.digests if "layer:" in source}
        found |= {row.plan for row in self.registry.projects if row.layer.value in layers}
        return tuple(plan for plan in self.registry.plans if plan.id in found)

    @property
    def drafts(self) -> tuple[PlanRecord, ...]:
        """Those of the plans that are not issued."""
        return tuple(plan for plan in self.plans if plan.status is PlanStatus.DRAFT)


@lru_cache(maxsize=1)
def shipped_recipes() -> Mapping[str, Recipe]:
    """The recipes that come with Fengtu, by id, in the order of the product's types."""
    found = {}
    for name in ORDER:
        path = RECIPES / f"{name}.yaml"
        if not path.is_file():
            raise SetupError(f"{path} is missing; get Fengtu's files again")
        recipe = read_recipe(path.read_bytes(), path.name)
        found[recipe.id] = recipe
    return found


def blank_recipe() -> Recipe:
    """A recipe to begin with for any technology: one criterion, nothing left out."""
    criterion = {
        "id": "irradiation",
        "kind": "raster",
        "source": "raster:irradiation",
        "title": "年总辐照",
        "title_en": "Yearly irradiation",
        "weight": 1,
        "curve": [[1300, 0], [1750, 1]],
        "unit": "kWh/(m²·a)",
        "unit_en": "kWh/(m²·a)",
    }
    return Recipe.model_validate(
        {
            "version": 1,
            "id": BLANK,
            "title": "自定方案",
            "title_en": "Own recipe",
            "criteria": [criterion],
        }
    )


def area_codes(registry: Registry, area: Iterable[str]) -> tuple[str, ...]:
    """The counties of cities and counties by code; those of all plans for none."""
    wanted = tuple(dict.fromkeys(area))
    if not wanted:
        return tuple(sorted(plan_districts(registry)))
    districts = registry.districts
    known = {*districts.codes, *(districts.city_code(code) for code in districts.codes)}
    if unknown := [code for code in wanted if code not in known]:
        raise SitingError(
            f"{'、'.join(unknown)} 不是边界文件里的市、县：请用六位代码，如 370900、370983 · "
            f"{', '.join(unknown)}: no city or county of the boundary file; "
            "give six-digit codes such as 370900 or 370983"
        )
    return tuple(sorted({code for each in wanted for code in counties_of(districts, each)}))


def run_recipe(
    registry: Registry,
    recipe: Recipe,
    *,
    records: Sequence[RasterRecord] = (),
    own: Mapping[str, gpd.GeoSeries] | None = None,
) -> Run:
    """Run a recipe over its area; raises SitingError, GridError, RasterError or CrsError."""
    codes = area_codes(registry, recipe.area)
    ground = _ground(registry, codes, recipe.cell_m)
    whole = recipe if recipe.area else recipe.model_copy(update={"area": codes})
    drivers = gather(registry, whole, ground, records=records, own=own)
    result = screen(whole, ground, drivers)
    terms = (*whole.active_exclusions, *whole.active_criteria)
    used = (record_of(term.source, records) for term in terms if term.kind == "raster")
    rasters = dict.fromkeys(record for record in used if record is not None)
    return Run(registry, result, rank_counties(result), drivers, tuple(rasters))


@lru_cache(maxsize=8)
def _ground(registry: Registry, codes: tuple[str, ...], cell_m: float) -> Ground:
    return lay(registry.districts.frame.geometry[list(codes)], cell_m=cell_m)
