"""A field of ten by ten cells of one kilometre, two counties of five columns each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.rasters.grid import Grid
from geo.siting.ground import Ground
from geo.siting.recipe import Recipe

EPSG = 4548  # CGCS2000, 3° zone around 117°E
WEST_M, NORTH_M = 500_000.0, 4_000_000.0


def unit_field() -> Ground:
    """Cells of exactly one square kilometre: 900001 is the western half, 900002 the eastern."""
    grid = Grid(EPSG, WEST_M, NORTH_M, 1000.0, 10, 10)
    cells = np.arange(100)
    return Ground(
        grid=grid,
        codes=("900001", "900002"),
        cells=cells,
        piece_cell=cells,
        piece_county=(cells % 10 >= 5).astype(np.int64),
        piece_m2=np.full(100, 1_000_000),
    )


def in_metres(*shapes: shapely.Geometry) -> gpd.GeoSeries:
    """Shapes given in metres from the field's north-western corner (x east, y south)."""
    moved = shapely.transform(
        np.array(shapes, dtype=object), lambda xy: xy * [1, -1] + [WEST_M, NORTH_M]
    )
    return gpd.GeoSeries(list(moved), crs=f"EPSG:{EPSG}")


def columns(value: Callable[[int], float]) -> np.ma.MaskedArray[Any, Any]:
    """A raster whose value depends on the column only."""
    return np.ma.MaskedArray(
        np.tile([float(value(n)) for n in range(10)], (10, 1)), mask=np.zeros((10, 10), dtype=bool)
    )


def recipe(**changes: Any) -> Recipe:
    """A recipe with one criterion: the raster `east`, 0 in the west to 1 in the east."""
    content: dict[str, Any] = {
        "version": 1,
        "id": "trial",
        "title": "试验",
        "title_en": "Trial",
        "criteria": [criterion("east", "east", curve=[[0, 0], [9, 1]])],
    }
    return Recipe.model_validate(content | changes)


def criterion(name: str, source: str, **changes: Any) -> dict[str, Any]:
    """A criterion on a raster with weight 1."""
    titles = {"id": name, "title": name, "title_en": name}
    basic = {"kind": "raster", "source": source, "weight": 1, "curve": [[0, 0], [1, 1]]}
    return titles | basic | changes


def exclusion(name: str, kind: str, source: str, **limits: Any) -> dict[str, Any]:
    """An exclusion of a kind."""
    return {
        "id": name,
        "title": name,
        "title_en": name,
        "kind": kind,
        "source": source,
    } | limits
