"""Files of a run, read back: GeoTIFF, GeoPackage, CSV, picture."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from rasterio.io import MemoryFile

from geo.rasters.library import rasters
from geo.siting.edit import changed
from layers.siting.files import NODATA, eligible_land, file_bytes, file_name
from layers.siting.picture import COLOURS, picture
from layers.siting.run import Run, blank_recipe, run_recipe, shipped_recipes
from layers.siting.table import columns
from layers.siting.words import notes
from registry.registry import Registry
from terms.language import Language


@pytest.fixture(scope="module")
def found(registry: Registry) -> Run:
    """Subsidence PV on the counties of Tai'an, on cells of 2 km."""
    recipe = changed(shipped_recipes()["subsidence_pv"], area=["370900"], cell_m=2000)
    return run_recipe(registry, recipe, records=rasters())


def test_the_geotiff_holds_the_score_and_says_what_it_is(found: Run) -> None:
    with MemoryFile(file_bytes(found, "tif", "zh")) as memory, memory.open() as file:
        grid = found.result.ground.grid
        assert file.crs.to_epsg() == grid.epsg == 4548
        assert file.transform == grid.transform and file.nodata == NODATA
        assert file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        band, score = file.read(1, masked=True), found.result.score_on_grid()
        assert (np.ma.getmaskarray(band) == np.ma.getmaskarray(score)).all()
        assert band.compressed() == pytest.approx(score.compressed(), abs=1e-7)
        tags = file.tags()
    assert tags["RECIPE_DIGEST"] == found.recipe.digest and tags["RUN_DIGEST"] == found.digest
    assert tags["DRAFT"] == "no"
    assert "内部工作示意图" in tags["NOTES"] and "MERRA-2" in tags["NOTES"]


def test_the_geopackage_holds_counties_land_waterfall_and_notes(found: Run, tmp_path: Path) -> None:
    path = tmp_path / "siting.gpkg"
    path.write_bytes(file_bytes(found, "gpkg", "zh"))
    layers = {name for name, _ in pyogrio.list_layers(path)}
    assert layers == {"counties", "eligible_land", "waterfall", "notes"}
    counties = gpd.read_file(path, layer="counties")
    assert counties.crs.to_epsg() == 4326
    assert list(counties.columns) == [*columns(found), "geometry"]
    for row, county in zip(counties.itertuples(), found.counties, strict=True):
        assert row.district_code == county.code
        assert row.eligible_km2 == pytest.approx(county.eligible_km2, abs=1e-3)
    assert counties["rank"].notna().sum() == 2
    land = gpd.read_file(path, layer="eligible_land")
    assert land.geometry.is_valid.all() and set(land.geom_type) == {"MultiPolygon"}
    steps = pyogrio.read_dataframe(path, layer="waterfall")
    left = found.result.ground.area_m2 / 1e6 - steps["taken_km2"].sum()
    assert steps["left_km2"].iloc[-1] == pytest.approx(left)
    said = pyogrio.read_dataframe(path, layer="notes")
    assert found.digest in set(said["content"])


def test_land_by_class_covers_the_eligible_cells(found: Run) -> None:
    land = eligible_land(found)
    cells = int((found.result.eligible_m2 > 0).sum())
    assert land["area_km2"].sum() == pytest.approx(cells * 4, rel=2e-3)
    assert ((land["score_to"] - land["score_from"]) > 0.19).all()


def test_the_csv_has_one_line_a_county_and_a_mark_for_excel(found: Run) -> None:
    data = file_bytes(found, "csv", "en")
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [line["district_code"] for line in lines] == [each.code for each in found.counties]
    assert lines[-1]["mean_score"] == "" and float(lines[-1]["eligible_km2"]) == 0


def test_notes_say_terms_densities_rasters_and_marks_in_one_language(found: Run) -> None:
    for language in ("zh", "en"):
        said = " ".join(content for _, content in notes(found, language))
        assert "TD/T 1075" in said and found.recipe.digest in said
        assert found.registry.digest in said
    english = " ".join(f"{item} {content}" for item, content in notes(found, "en")[:4])
    assert "sketch" in english and "示意" not in english


def test_a_draft_is_in_the_name_and_in_the_notes(registry: Registry) -> None:
    run = run_recipe(registry, changed(blank_recipe(), area=["370102"]), records=rasters())
    assert "-draft-" in file_name(run, "tif", "20261121")
    assert any("征求意见稿" in content for _, content in notes(run, "zh"))
    with MemoryFile(file_bytes(run, "tif", "zh")) as memory, memory.open() as file:
        assert file.tags()["DRAFT"] == "yes"


def test_the_picture_is_one_whole_svg_with_cells_outlines_and_names(found: Run) -> None:
    svg = picture(found, "zh", marked="370983")
    root = ET.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    grid = found.result.ground.grid
    left, top, width, height = map(float, root.get("viewBox").split())
    assert (left, width, top + height) == (
        0,
        grid.width,
        grid.height,
    )  # a strip for the stamp
    texts = {each.text for each in root.iter(f"{space}text")}
    assert {"肥城市", "泰山区", "内部工作示意图"} <= texts
    assert len(list(root.iter(f"{space}path"))) == len(found.counties) + 2  # marked, scale bar
    (image,) = root.iter(f"{space}image")
    address = str(image.get("href"))
    assert address.startswith("data:image/png;base64,")


def test_pictures_colours_are_those_of_the_classes(found: Run) -> None:
    import base64

    svg = picture(found, "en")
    data = svg.split("data:image/png;base64,")[1].split('"')[0]
    with rasterio.MemoryFile(base64.b64decode(data)) as memory, memory.open() as file:
        red = file.read(1)
    score = found.result.score_on_grid()
    row, column = np.unravel_index(np.ma.argmax(score), score.shape)
    colour = COLOURS[min(int(score[row, column] * 5), 4)]
    assert red[row, column] == int(colour[1:3], 16)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_on_the_picture_do_not_touch(found: Run, language: Language) -> None:
    root = ET.fromstring(picture(found, language))
    names = next(each for each in root if each.get("paint-order"))
    high = float(names.get("font-size"))
    boxes = []
    for each in names:
        wide = sum(1.0 if sign > "\u2e7f" else 0.5 for sign in each.text) * high
        x, y = float(each.get("x")), float(each.get("y"))
        boxes.append(shapely.box(x - wide / 2, y - high * 0.8, x + wide / 2, y))
    assert len(boxes) > 3
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
