"""Points to districts: longitudes and latitudes in, the district of each out.

A point belongs to the district whose outline holds it; on a shared border to the lowest code. A
point in no district is outside, one without two finite coordinates invalid: both are returned as
such, so that inside + outside + invalid are all points.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import Crs, parse_crs
from geo.districts import Districts
from terms.errors import CrsError, JoinError

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_POINT = 0  # GEOS's number of the type


@dataclass(frozen=True, eq=False)
class Joined:
    """The district of each point: `places` counts in `codes`, -1 for a point in none.

    `is_on_border`: the point lies on the outline of its district. `is_invalid`: no two finite
    coordinates. `is_outside`: a good point in no district.
    """

    codes: tuple[str, ...]
    places: npt.NDArray[np.int32]
    is_on_border: Bools
    is_invalid: Bools

    @property
    def is_outside(self) -> Bools:
        """The points that have coordinates and lie in no district."""
        return (self.places < 0) & ~self.is_invalid

    @property
    def district_codes(self) -> npt.NDArray[np.str_]:
        """The code of each point's district, '' where there is none."""
        return np.array([*self.codes, ""], dtype="<U6")[self.places]


def join_points(
    lons: npt.ArrayLike, lats: npt.ArrayLike, *, districts: Districts, crs: Crs | str | None
) -> Joined:
    """Find the district of each point given in `crs`; raises CrsError where none is said."""
    system = parse_crs(crs)
    lon, lat = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
    if lon.ndim != 1 or lon.shape != lat.shape:
        raise JoinError(
            f"{lon.shape} longitudes and {lat.shape} latitudes: give one list of each, equally long"
        )
    places, is_on_border = districts.places_of(lon, lat, crs=system)
    is_invalid = np.zeros(len(lon), dtype=np.bool_)
    none = np.flatnonzero(places < 0)
    is_invalid[none] = ~(np.isfinite(lon[none]) & np.isfinite(lat[none]))
    return Joined(districts.codes, places, is_on_border, is_invalid)


def join_frame(
    frame: gpd.GeoDataFrame, *, districts: Districts, crs: Crs | str | None = None
) -> gpd.GeoDataFrame:
    """The frame with the column `district_code`, '' for a point in no district; rows as they were.

    `crs` is needed where the frame declares none, or is GCJ-02 or BD-09 whatever it declares.
    Raises CrsError, and JoinError for a geometry that is no point.
    """
    points = frame.geometry.to_numpy()
    if crs is None and frame.crs is not None:
        points, crs = frame.geometry.to_crs("EPSG:4326").to_numpy(), Crs.WGS84
    elif frame.crs is not None and not frame.crs.is_geographic:
        raise CrsError(
            f"the frame declares {frame.crs.name}, the caller {crs}: {crs} is in degrees; "
            "leave crs out, or mend the declaration"
        )
    lon, lat = coordinates(points)
    joined = join_points(lon, lat, districts=districts, crs=crs)
    return frame.assign(district_code=joined.district_codes)


def coordinates(points: npt.NDArray[np.object_]) -> tuple[Floats, Floats]:
    """The coordinates of points, NaN where there is none; another geometry raises JoinError."""
    is_point = shapely.is_missing(points) | (shapely.get_type_id(points) == _POINT)
    if not is_point.all():
        at = int(np.argmin(is_point))
        raise JoinError(
            f"geometry {at + 1} is a {points[at].geom_type}, expected a point; "
            "join its inner point instead"
        )
    spots = np.full((len(points), 2), np.nan)
    is_somewhere = ~(shapely.is_missing(points) | shapely.is_empty(points))
    spots[is_somewhere] = shapely.get_coordinates(points[is_somewhere])
    return spots[:, 0].copy(), spots[:, 1].copy()
