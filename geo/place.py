"""Placing: how exactly a row is known to stand somewhere, and the point that may show it.

Nothing is placed more exactly than its source allows. Only a sourced coordinate is a `site`;
every other point is a label of a district, with the distance by which it may be off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from geo.crs import GEOD
from geo.districts import Districts
from seeds.models import ProjectRow
from terms.errors import DistrictError
from terms.kinds import Asset, GeometryRole, LandMode, Precision

Point = tuple[float, float]

# Clockwise degrees from north, from a coastal district towards open water; for labels only.
_SEAWARD_BEARING = {"371623": 45.0, "371603": 45.0}
_OFFSHORE_M = 9_000
_STEP_M = 1_000


@dataclass(frozen=True)
class Placement:
    """Where a row stands: `lon`/`lat` are a sourced point, `labels` the points to draw it at.

    `accuracy_m` bounds, for a label, the distance to the far end of its district; a sourced point
    carries only the accuracy that its source states in metres, so mostly none.
    """

    precision: Precision
    role: GeometryRole
    lon: float | None
    lat: float | None
    labels: tuple[Point, ...]
    accuracy_m: int | None


def place(row: ProjectRow, districts: Districts, *, public: bool = False) -> Placement:
    """Place one row by DESIGN section 5; `public` shows nothing finer than districts."""
    codes = tuple(reference.split(" ", 1)[0] for reference in row.districts)
    precision = _precision(row, codes)
    if public and precision in {Precision.SITE, Precision.TOWNSHIP}:
        precision = Precision.DISTRICT if codes else Precision.CITY
    if precision is Precision.SITE and row.site is not None:
        point = (row.site.lon, row.site.lat)
        return Placement(precision, GeometryRole.SITE, *point, (point,), None)
    if precision is Precision.CITY:
        return Placement(precision, GeometryRole.NONE, None, None, (), None)
    if precision is Precision.OFFSHORE:
        labels: tuple[Point, ...] = (_offshore_point(codes[0], districts),)
    else:
        labels = tuple(districts.inner_point(code) for code in codes)
    accuracy = max(
        reach_m(label, code, districts) for label, code in zip(labels, codes, strict=False)
    )
    return Placement(precision, GeometryRole.LABEL, None, None, labels, accuracy)


def _precision(row: ProjectRow, codes: tuple[str, ...]) -> Precision:
    if row.precision is not None:
        return row.precision
    if row.site is not None:
        return Precision.SITE
    if not codes:
        return Precision.CITY
    if row.land_mode is LandMode.SEA:
        return Precision.OFFSHORE
    if row.asset is Asset.LINE:
        return Precision.CORRIDOR
    if row.township:
        return Precision.TOWNSHIP
    return Precision.DISTRICT if len(codes) == 1 else Precision.MULTI


def reach_m(label: Point, code: str, districts: Districts) -> int:
    """The distance from a label to the farthest vertex of its district, rounded up to 100 m."""
    vertices = shapely.get_coordinates(districts.frame.geometry[code])
    lons, lats = np.full(len(vertices), label[0]), np.full(len(vertices), label[1])
    _, _, distance = GEOD.inv(lons, lats, vertices[:, 0], vertices[:, 1])
    return int(np.ceil(distance.max() / 100) * 100)


def _offshore_point(code: str, districts: Districts) -> Point:
    """A point off the coast of a district, well outside every district."""
    if code not in _SEAWARD_BEARING:
        raise DistrictError(
            f"no seaward bearing for {code}; add one to geo/place.py before placing an offshore row"
        )
    start = districts.inner_point(code)
    steps = np.arange(_STEP_M, 120_000, _STEP_M)
    lons, lats = (np.full(len(steps), ordinate) for ordinate in start)
    lons, lats, _ = GEOD.fwd(lons, lats, np.full(len(steps), _SEAWARD_BEARING[code]), steps)
    is_inside = districts.locate_many(lons, lats) != ""
    last_inside = int(steps[is_inside].max(initial=0))
    lon, lat, _ = GEOD.fwd(*start, _SEAWARD_BEARING[code], last_inside + _OFFSHORE_M)
    return round(lon, 5), round(lat, 5)
