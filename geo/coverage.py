"""What can be said of a set of district polygons: inner points, display outlines, hash, faults.

A coverage is a set of polygons that share their borders vertex by vertex, with no overlap.
All geometries here are WGS-84; the recipe and a bureau's own file go through the same functions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Geometry

from geo.crs import area_km2, zone_epsg, zone_transformer

DISPLAY_TOLERANCE_DEG = 0.002
# An overlap below this is a sliver of two digitisations; above it two districts claim one place.
OVERLAP_LIMIT_KM2 = 0.01
_DISPLAY_DECIMALS = 5
_STORE_DECIMALS = 7


def inner_point(geometry: Geometry) -> tuple[float, float]:
    """A stable point well inside a polygon: the centre of its largest inscribed circle.

    Computed in the metres of the local CGCS2000 zone to 10 m, given to five decimals (about 1 m).
    """
    epsg = zone_epsg(shapely.get_x(shapely.centroid(geometry)))
    metres = _through(geometry, epsg, inverse=False)
    centre = shapely.get_point(shapely.maximum_inscribed_circle(metres, tolerance=10.0), 0)
    degrees = _through(centre, epsg, inverse=True)
    point = (round(float(shapely.get_x(degrees)), 5), round(float(shapely.get_y(degrees)), 5))
    if shapely.contains_xy(geometry, *point):
        return point
    spare = shapely.point_on_surface(geometry)
    return (float(shapely.get_x(spare)), float(shapely.get_y(spare)))


def rounded(geometries: npt.ArrayLike, decimals: int = _STORE_DECIMALS) -> npt.NDArray[np.object_]:
    """The same polygons with rounded vertices; equal ones stay equal, so borders stay shared."""
    return np.asarray(shapely.transform(geometries, lambda xy: np.round(xy, decimals)))


def boundary_digest(codes: Sequence[str], geometries: Sequence[Geometry]) -> str:
    """SHA-256 over code and rounded WKB in the order of the codes; free of any file format."""
    order = np.argsort(np.asarray(codes))
    outlines = rounded(np.asarray(geometries, dtype=object)[order])
    digest = hashlib.sha256()
    for code, wkb in zip(
        np.asarray(codes)[order], shapely.to_wkb(outlines, byte_order=1), strict=True
    ):
        digest.update(str(code).encode("ascii"))
        digest.update(wkb)
    return digest.hexdigest()


def display_outlines(
    geometries: npt.ArrayLike, *, tolerance_deg: float = DISPLAY_TOLERANCE_DEG
) -> npt.NDArray[np.object_]:
    """Simplify a coverage for the screen; neighbours keep sharing their edges."""
    simple = shapely.coverage_simplify(np.asarray(geometries, dtype=object), tolerance_deg)
    return rounded(simple, _DISPLAY_DECIMALS)


def overlaps_km2(
    codes: Sequence[str], geometries: Sequence[Geometry]
) -> dict[tuple[str, str], float]:
    """The overlapping pairs of districts and how much they share; empty for a valid coverage."""
    outlines = np.asarray(geometries, dtype=object)
    if shapely.coverage_is_valid(outlines):
        return {}
    first, second = shapely.STRtree(outlines).query(outlines, predicate="intersects")
    found = {}
    for a, b in zip(first, second, strict=True):
        if a < b:
            shared = area_km2(shapely.intersection(outlines[a], outlines[b]))
            if shared > 0:
                found[(codes[a], codes[b])] = shared
    return found


def gaps_km2(geometries: Sequence[Geometry]) -> list[tuple[float, float, float]]:
    """The holes inside the whole set as (lon, lat, km²): enclaves of others, or missing ground."""
    whole = shapely.union_all(np.asarray(geometries, dtype=object))
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(whole) for ring in part.interiors]
    points = [(hole.representative_point(), area_km2(hole)) for hole in holes]
    return [(round(at.x, 5), round(at.y, 5), area) for at, area in points]


def _through(geometry: Geometry, epsg: int, *, inverse: bool) -> Geometry:
    project = zone_transformer(epsg, inverse=inverse).transform
    return shapely.transform(geometry, lambda xy: np.column_stack(project(xy[:, 0], xy[:, 1])))
