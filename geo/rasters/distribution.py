"""How the values of a raster spread over one area, or around one point."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import GEOD
from geo.rasters.read import values_at
from geo.rasters.record import RasterRecord
from geo.rasters.zonal import zonal

_SIDES = 64  # of the circle around a point


@dataclass(frozen=True)
class Spread:
    """P10, median and P90 of an area; `coverage` is the share of it that has data.

    For classes `middle` is the commonest one and the others are None.
    """

    low: float | None
    middle: float
    high: float | None
    coverage: float


def within(record: RasterRecord, area: shapely.Geometry) -> Spread | None:
    """The spread over an area in WGS-84; None where the raster says nothing there."""
    wanted = ("majority",) if record.is_classes else ("p10", "median", "p90")
    areas = gpd.GeoDataFrame(geometry=[area], crs="EPSG:4326")
    found = zonal(record, areas, wanted).iloc[0]
    if not found["coverage"] > 0:
        return None
    coverage = float(found["coverage"])
    if record.is_classes:
        return Spread(None, float(found["majority"]), None, coverage)
    return Spread(float(found["p10"]), float(found["median"]), float(found["p90"]), coverage)


def around(record: RasterRecord, lon: float, lat: float, *, accuracy_m: float) -> Spread | None:
    """The spread within a point's accuracy; the cell under it where the accuracy is 0."""
    if accuracy_m > 0:
        return within(record, circle(lon, lat, accuracy_m))
    value = values_at(record, lon, lat)[0]
    return None if np.ma.is_masked(value) else Spread(None, float(value), None, 1.0)


def circle(lon: float, lat: float, radius_m: float) -> shapely.Polygon:
    """The circle around a WGS-84 point, on the ellipsoid."""
    azimuths = np.arange(_SIDES) * 360 / _SIDES
    many = np.ones(_SIDES)
    x, y, _ = GEOD.fwd(lon * many, lat * many, azimuths, radius_m * many)
    return shapely.Polygon(np.column_stack([x, y]))
