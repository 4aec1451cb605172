"""What a recipe's sources mean here: layers of the plans, named features, rasters, own polygons.

`layer:<layer>`    by county: rows of the layer that name it; as a shape: the rows' points where one
                   is known, else the outlines of the counties they name
`feature:<group>`  by county: features of the group that lie in it; as a shape: those counties
`raster:<name>`    a raster by its id, or the one in force of a kind; `slope` and `relief` are
                   reckoned from the heights
`own:<name>`       polygons, lines or points that the user brought
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import shapely

from geo.rasters.record import RasterRecord
from geo.siting.drivers import Drivers, MaskedFloats
from geo.siting.ground import WORKING_CRS, Ground
from geo.siting.recipe import Recipe
from geo.zones import features
from layers.siting.terrain import raster_on
from registry.registry import Registry
from terms.kinds import Action, Layer, Precision
from terms.records import Project

Group = Literal["water", "wetland", "subsidence", "flat", "mountain"]
GROUPS: Mapping[Group, tuple[str, ...]] = {
    "water": ("lake", "river", "canal", "reservoir"),
    "wetland": ("wetland",),
    "subsidence": ("subsidence",),
    "flat": ("flat",),
    "mountain": ("mountain",),
}


@dataclass(frozen=True)
class Reach:
    """How precisely a layer's rows can be measured to: at points, by county, not at all."""

    points: int
    by_county: int
    unplaced: int


def gather(
    registry: Registry,
    recipe: Recipe,
    ground: Ground,
    *,
    records: Sequence[RasterRecord] = (),
    own: Mapping[str, gpd.GeoSeries] | None = None,
) -> Drivers:
    """The drivers that the terms of a recipe ask for; what is not known is left out."""
    rasters: dict[str, MaskedFloats] = {}
    shapes: dict[str, gpd.GeoSeries] = {}
    counties: dict[str, Mapping[str, float]] = {}
    digests: dict[str, str] = {}
    for term in (*recipe.active_exclusions, *recipe.active_criteria):
        source = term.source
        if term.kind == "raster" and source not in rasters:
            found = raster_on(source, ground.grid, records)
            if found is not None:
                rasters[source], digests[source] = found
        elif term.kind in ("district", "county") and source not in counties:
            figures = county_figures(registry, source)
            if figures is not None:
                counties[source] = figures
                digests[source] = _digest(repr(sorted(figures.items())))
        elif term.kind not in ("raster", "district", "county") and source not in shapes:
            series = _shapes(registry, source, own or {})
            if series is not None:
                shapes[source] = series
                digests[source] = _digest(b"".join(sorted(series.to_wkb())))
    return Drivers(rasters, shapes, counties, digests)


def county_figures(registry: Registry, source: str) -> Mapping[str, float] | None:
    """A figure by county code: how many rows of the layer or features of the group name it."""
    kind, _, name = source.partition(":")
    if kind == "layer" and name in set(Layer):
        rows = _rows(registry, name)
        return Counter(code for row in rows for code in row.district_codes)
    if kind == "feature" and name in GROUPS:
        named = [each for each in features() if each.kind in GROUPS[name]]  # type: ignore[index]
        return Counter(code for each in named for code in each.districts)
    return None


def reach(registry: Registry, layer: str) -> Reach:
    """How the rows of a layer can be measured to."""
    points = by_county = unplaced = 0
    for row in _rows(registry, layer):
        if row.lon is not None:
            points += 1
        elif row.district_codes:
            by_county += 1
        else:
            unplaced += 1
    return Reach(points, by_county, unplaced)


def _shapes(
    registry: Registry, source: str, own: Mapping[str, gpd.GeoSeries]
) -> gpd.GeoSeries | None:
    kind, _, name = source.partition(":")
    if kind == "own":
        return own.get(name)
    if kind == "layer" and name in set(Layer):
        return _layer_shapes(registry, _rows(registry, name))
    figures = county_figures(registry, source)
    if figures is None:
        return None
    return _outlines(registry, figures)


def _layer_shapes(registry: Registry, rows: Iterable[Project]) -> gpd.GeoSeries:
    """Points where they are known, outlines of the named counties for the other rows."""
    points, codes = [], set()
    for row in rows:
        if row.lon is not None and row.lat is not None:
            points.append(shapely.Point(row.lon, row.lat))
        else:
            codes.update(row.district_codes)
    outlines = _outlines(registry, codes)
    return gpd.GeoSeries([*points, *outlines], crs=WORKING_CRS)


def _outlines(registry: Registry, codes: Iterable[str]) -> gpd.GeoSeries:
    known = sorted(code for code in codes if registry.districts.has(code))
    return registry.districts.frame.geometry[known]


def _rows(registry: Registry, layer: str) -> list[Project]:
    """The rows of a layer that shall stand on land; what retires is no neighbour."""
    return [
        row
        for row in registry.projects
        if row.layer.value == layer
        and row.action is not Action.RETIRE
        and row.precision is not Precision.OFFSHORE
    ]


def _digest(content: str | bytes) -> str:
    data = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()[:12]
