"""Recipes on the plans' own ground: what sources mean, the same file gives the same answer."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.districts import Districts
from geo.rasters.grid import grid_over
from geo.rasters.library import rasters
from geo.siting.edit import changed, with_new, with_term
from geo.siting.ground import WORKING_CRS
from geo.siting.recipe import Recipe
from geo.siting.recipe_file import read_recipe, write_recipe
from layers.siting.run import area_codes, blank_recipe, run_recipe, shipped_recipes
from layers.siting.sources import county_figures, gather, reach
from layers.siting.table import columns, rows
from layers.siting.terrain import raster_on, relief
from registry.registry import Registry
from terms.errors import SitingError
from terms.kinds import Layer, PlanStatus

FEICHENG, XINTAI = "370983", "370982"


@pytest.fixture(scope="module")
def small() -> Recipe:
    """The recipe for subsidence PV on two counties, on coarse cells."""
    return changed(shipped_recipes()["subsidence_pv"], area=[FEICHENG, XINTAI], cell_m=2000)


def test_every_recipe_runs_and_what_it_counts_is_the_areas(
    registry: Registry, districts: Districts
) -> None:
    for recipe in shipped_recipes().values():
        run = run_recipe(registry, changed(recipe, cell_m=4000), records=rasters())
        codes = area_codes(registry, recipe.area)
        assert run.result.ground.codes == codes
        area_km2 = sum(districts.area_km2(code) for code in codes)
        assert run.result.ground.area_m2 / 1e6 == pytest.approx(area_km2, rel=1e-5)
        taken = sum(step.taken_m2 for step in run.result.steps)
        left = run.result.ground.area_m2 - taken
        assert left == sum(county.eligible_m2 for county in run.counties) > 0
        assert any(county.rank == 1 for county in run.counties)


def test_a_recipe_keeps_to_the_counties_that_the_plans_name(
    registry: Registry,
) -> None:
    run = run_recipe(
        registry, changed(shipped_recipes()["saline_wind_solar"], cell_m=4000), records=rasters()
    )
    named = {
        code
        for row in registry.projects
        if row.layer is Layer.SALINE_WIND_SOLAR
        for code in row.district_codes
    }
    fit = {county.code for county in run.counties if county.eligible_m2}
    assert fit == named & set(run.result.ground.codes) and len(fit) == 2


def test_the_same_file_gives_the_same_answer(registry: Registry, small: Recipe) -> None:
    first = run_recipe(registry, small, records=rasters())
    again = run_recipe(
        registry, read_recipe(write_recipe(first.recipe), "again.yaml"), records=rasters()
    )
    assert again.digest == first.digest
    assert again.counties == first.counties and again.result.steps == first.result.steps
    assert (again.result.score == first.result.score).all()
    other = run_recipe(registry, with_term(small, "near_500kv", weight=4.0), records=rasters())
    assert other.digest != first.digest


def test_a_recipe_without_area_is_written_with_the_area_that_was_used(registry: Registry) -> None:
    recipe = shipped_recipes()["pumped_storage"]
    assert recipe.area == ()
    run = run_recipe(registry, changed(recipe, cell_m=5000), records=rasters())
    assert run.recipe.area == area_codes(registry, ())
    assert run_recipe(registry, run.recipe, records=rasters()).digest == run.digest


def test_figures_by_county_are_those_of_the_rows(registry: Registry) -> None:
    figures = county_figures(registry, "layer:subsidence_pv")
    assert figures is not None and figures[FEICHENG] == sum(
        FEICHENG in row.district_codes
        for row in registry.projects
        if row.layer is Layer.SUBSIDENCE_PV
    )
    water = county_figures(registry, "feature:water")
    assert water is not None and water["370923"] >= 2  # Dongping Lake and rivers
    assert county_figures(registry, "layer:gold") is None
    assert county_figures(registry, "feature:gold") is None
    assert sum(vars(reach(registry, "pumped_storage")).values()) == 2


def test_distances_go_to_points_where_known_and_to_counties_else(
    registry: Registry, districts: Districts
) -> None:
    recipe = changed(blank_recipe(), area=["370911"], cell_m=2000)
    recipe = with_new(
        recipe,
        "criteria",
        {
            "kind": "distance",
            "source": "layer:pumped_storage",
            "title": "距",
            "title_en": "near",
            "weight": 1,
            "curve": [[0, 1], [50_000, 0]],
        },
    )
    run = run_recipe(registry, recipe, records=rasters())
    site = registry.by_id["taian-ps-01"]
    lon, lat = run.result.ground.centres
    nearest = np.hypot((lon - site.lon) * 90, (lat - site.lat) * 111).argmin()
    values = run.result.values[1]
    assert values.argmin() == nearest and values.max() > 20_000


def test_slope_and_relief_reach_the_edge_of_the_area(districts: Districts) -> None:
    box = tuple(float(each) for each in districts.frame.geometry[[FEICHENG]].total_bounds)
    grid = grid_over(box, cell_m=1000)  # type: ignore[arg-type]
    for source in ("raster:slope", "raster:relief", "raster:height", "raster:irradiation"):
        found = raster_on(source, grid, rasters())
        assert found is not None
        values, digest = found
        assert values.shape == grid.shape and not np.ma.getmaskarray(values).any() and digest
    assert raster_on("raster:nothing", grid, rasters()) is None
    assert raster_on("layer:pv", grid, rasters()) is None


def test_relief_is_the_range_of_heights_around() -> None:
    heights = np.ma.MaskedArray(np.zeros((7, 7), dtype=np.float32), mask=np.zeros((7, 7), bool))
    heights[3, 3] = 90
    heights[0, 0] = np.ma.masked
    found = relief(heights, 2)
    assert found[1, 1] == 90 and found[5, 5] == 90 and found[0, 4] == 0
    assert np.ma.getmaskarray(found).sum() == 1


def test_own_shapes_take_part_and_missing_ones_are_named(registry: Registry, small: Recipe) -> None:
    term = {
        "kind": "polygons",
        "source": "own:red",
        "title": "红线",
        "title_en": "Red line",
        "drop": "inside",
    }
    recipe = with_new(small, "exclusions", term)
    with pytest.raises(SitingError, match="own:red"):
        run_recipe(registry, recipe, records=rasters())
    everywhere = gpd.GeoSeries([shapely.box(110, 30, 125, 40)], crs=WORKING_CRS)
    run = run_recipe(registry, recipe, records=rasters(), own={"red": everywhere})
    assert run.result.steps[-1].left_m2 == 0
    assert all(county.rank is None for county in run.counties)


def test_the_table_opens_every_score(registry: Registry, small: Recipe) -> None:
    run = run_recipe(registry, small, records=rasters())
    made = rows(run, "en")
    assert [row["rank"] for row in made] == [1, 2]
    for row in made:
        assert set(row) == set(columns(run))
        parts = [row[f"{term.id}_contribution"] for term in run.recipe.active_criteria]
        assert sum(float(str(part)) for part in parts) == pytest.approx(row["mean_score"], abs=1e-5)
        (density,) = run.recipe.densities
        land = float(str(row["eligible_km2"])) * density.mw_per_km2 * density.land_share
        assert row["indicative_mw_pv"] == pytest.approx(land, abs=0.1)


def test_drafts_are_known_by_the_area(registry: Registry, small: Recipe) -> None:
    lixia = run_recipe(registry, changed(blank_recipe(), area=["370102"]), records=rasters())
    assert [plan.status for plan in lixia.drafts] == [PlanStatus.DRAFT]
    assert not run_recipe(registry, small, records=rasters()).drafts


def test_areas_are_cities_or_counties_of_the_boundaries(registry: Registry) -> None:
    assert area_codes(registry, ["370900"]) == registry.districts.codes_in("370900")
    assert area_codes(registry, [FEICHENG, "370900"]) == registry.districts.codes_in("370900")
    with pytest.raises(SitingError, match="999999"):
        area_codes(registry, ["999999"])


def test_sources_that_nobody_knows_are_left_out(registry: Registry, small: Recipe) -> None:
    run = run_recipe(registry, small, records=rasters())
    strange = with_term(small, "near_500kv", source="layer:gold")
    drivers = gather(registry, strange, run.result.ground, records=rasters())
    assert "layer:gold" not in drivers.shapes and "raster:irradiation" in drivers.rasters
