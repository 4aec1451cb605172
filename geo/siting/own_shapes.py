"""Shapes that a user brings: an uploaded file, a box or GeoJSON that was typed; always WGS-84."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geo.boundary_file import SUFFIXES, read_file, to_degrees
from geo.siting.ground import WORKING_CRS
from terms.errors import BoundaryError, SitingError

MAX_VERTICES = 500_000
MAX_NAME = 40
_REMEDY = "expected GeoJSON, GeoPackage, GeoParquet or a zipped Shapefile"


def read_shapes(data: bytes, file: str, *, crs: str | None = None) -> gpd.GeoSeries:
    """The shapes of a file in WGS-84, mended where they cross themselves.

    `crs` overrules nothing: it says what a file without a declaration means, or that its degrees
    are GCJ-02 or BD-09. Raises SitingError where the file cannot be read, CrsError where its
    reference system is missing or does not fit.
    """
    suffix = Path(file).suffix.lower()
    if suffix not in SUFFIXES:
        raise SitingError(f"{file[:MAX_NAME]}: cannot read {suffix or 'this'}, {_REMEDY}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{_safe(file)}{suffix}"
        path.write_bytes(data)
        try:
            shapes = to_degrees(read_file(path), crs or None, path)
        except BoundaryError:
            raise SitingError(
                f"{file[:MAX_NAME]} holds no shape that can be read, {_REMEDY}"
            ) from None
    return _checked(shapes, file)


def read_typed(text: str) -> gpd.GeoSeries:
    """Shapes that were typed: west,south,east,north in degrees, or GeoJSON (WGS-84)."""
    plain = text.strip()
    if plain.startswith("{"):
        return _checked(_geojson(plain), "GeoJSON")
    try:
        west, south, east, north = (float(part) for part in plain.replace("，", ",").split(","))
    except ValueError:
        raise SitingError(
            f"{plain[:MAX_NAME]!r} is no area: type west,south,east,north in degrees, "
            "such as 116.6,36.0,116.9,36.2, or paste GeoJSON"
        ) from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise SitingError(
            f"the box {plain[:80]} is empty: west must be below east, south below north"
        )
    return _checked(np.array([shapely.box(west, south, east, north)], dtype=object), "box")


def _geojson(text: str) -> np.ndarray:
    try:
        content = json.loads(text)
        raw = content.get("features", [content]) if isinstance(content, dict) else []
        found = [shapely.geometry.shape(each.get("geometry", each)) for each in raw]
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise SitingError(
            f"this is no GeoJSON ({type(error).__name__}): paste a geometry, a feature or a "
            "collection of features"
        ) from None
    except shapely.errors.ShapelyError:
        raise SitingError(
            "this GeoJSON holds a shape that is none; check its coordinates"
        ) from None
    return np.array(found, dtype=object)


def _checked(shapes: np.ndarray, file: str) -> gpd.GeoSeries:
    present = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    count = int(shapely.get_num_coordinates(present).sum())
    if not count:
        raise SitingError(f"{file[:MAX_NAME]} holds no shape; {_REMEDY}")
    if count > MAX_VERTICES:
        raise SitingError(
            f"{file[:MAX_NAME]} has {count:,} vertices, at most {MAX_VERTICES:,}: simplify it first"
        )
    if not np.isfinite(shapely.total_bounds(present)).all():
        raise SitingError(f"{file[:MAX_NAME]} holds coordinates that are no numbers")
    return gpd.GeoSeries(list(shapely.make_valid(shapely.force_2d(present))), crs=WORKING_CRS)


def _safe(file: str) -> str:
    """A plain name for the file on disk, whatever the upload calls itself."""
    return "".join(sign for sign in Path(file).stem if sign.isalnum())[:MAX_NAME] or "shapes"
