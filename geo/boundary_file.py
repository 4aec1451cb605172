"""Opening a boundary file: format, text encoding, reference system."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyogrio
import pyproj
import shapely

from geo.crs import Crs, parse_crs, to_wgs84
from terms.errors import BoundaryError, CrsError

SUFFIXES = (".parquet", ".geoparquet", ".geojson", ".json", ".gpkg", ".shp", ".zip")
_EPSG = re.compile(r"(?:EPSG:)?(\d{4,6})", re.IGNORECASE)
_SAME_DATUMS = ("World Geodetic System 1984", "China 2000")
# Mainland China with its islands, generously: west, south, east, north.
_CHINA = (73.0, 3.0, 136.0, 54.0)


def read_file(file: Path) -> gpd.GeoDataFrame:
    """Read a vector file as it is; raises BoundaryError when it cannot be read."""
    if not file.is_file():
        raise BoundaryError(f"there is no boundary file {file}; check FENGTU_BOUNDARIES")
    if file.suffix.lower() not in SUFFIXES:
        raise BoundaryError(
            f"{file.name}: cannot read {file.suffix}, expected {', '.join(SUFFIXES)}"
        )
    try:
        frame = _read(file)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise BoundaryError(f"{file.name} cannot be read: {error}") from error
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        raise BoundaryError(f"{file.name} holds no outlines, expected one polygon per district")
    return frame.reset_index(drop=True)


def to_degrees(frame: gpd.GeoDataFrame, crs: str | None, file: Path) -> npt.NDArray[np.object_]:
    """The outlines in WGS-84, from the reference system that the file or the caller declares."""
    declared, shift = _settle(_declared(frame), crs, file)
    outlines = frame.geometry.to_numpy()
    if shift is not None:
        outlines = shapely.transform(
            outlines, lambda xy: np.column_stack(to_wgs84(xy[:, 0], xy[:, 1], crs=shift))
        )
    elif declared is not None:
        flat = gpd.GeoSeries(shapely.force_2d(outlines), crs=declared)
        outlines = flat.to_crs("EPSG:4326").to_numpy()
    outlines = shapely.force_2d(outlines)
    _check_in_china(outlines, file)
    return np.asarray(outlines, dtype=object)


def _read(file: Path) -> gpd.GeoDataFrame:
    if file.suffix.lower() in (".parquet", ".geoparquet"):
        return gpd.read_parquet(file)
    with warnings.catch_warnings():
        # A second layer is not read; the first one is what a boundary file is about.
        warnings.simplefilter("ignore")
        info = pyogrio.read_info(file)
        if info["driver"] != "ESRI Shapefile" or info["encoding"] != "ISO-8859-1":
            return gpd.read_file(file)
        # No code page declared: Chinese shapefiles are UTF-8 or, the older ones, GB 18030.
        try:
            return gpd.read_file(file, encoding="UTF-8")
        except UnicodeDecodeError:
            return gpd.read_file(file, encoding="GB18030")


def _declared(frame: gpd.GeoDataFrame) -> pyproj.CRS | None:
    crs = frame.crs
    if crs is None or crs.is_engineering or "undefined" in crs.name.lower():
        return None
    return crs


def _settle(
    declared: pyproj.CRS | None, crs: str | None, file: Path
) -> tuple[pyproj.CRS | None, Crs | None]:
    """What to convert from: a CRS that pyproj knows, or a shift that it does not."""
    if crs is None:
        if declared is None:
            raise CrsError(
                f"{file.name} declares no reference system, Fengtu works in WGS-84: say one with "
                "crs (wgs84, cgcs2000, gcj02, bd09 or EPSG:4548) or FENGTU_BOUNDARIES_CRS"
            )
        return declared, None
    wanted, shift = _given(crs)
    if shift is not None:
        if declared is not None and not declared.is_geographic:
            raise CrsError(
                f"{file.name} declares {declared.name}, the caller {shift}: {shift} is in degrees; "
                "leave crs out, or export the file in degrees"
            )
        return None, shift
    if declared is not None and not _is_same(declared, wanted):
        raise CrsError(
            f"{file.name} declares {declared.name}, the caller {wanted.name}: leave crs out, or "
            "mend the declaration in the file"
        )
    return wanted, None


def _given(crs: str) -> tuple[pyproj.CRS, Crs | None]:
    # Only codes: pyproj would also guess at names, and a wrong guess moves the whole map.
    code = _EPSG.fullmatch(crs.strip())
    if code is not None and code[1] not in ("4326", "4490"):
        try:
            return pyproj.CRS.from_epsg(int(code[1])), None
        except pyproj.exceptions.CRSError:
            raise CrsError(f"there is no EPSG:{code[1]}, expected a code such as 4548") from None
    known = parse_crs(crs)
    degrees = pyproj.CRS.from_epsg(4490 if known is Crs.CGCS2000 else 4326)
    return degrees, known if known in (Crs.GCJ02, Crs.BD09) else None


def _is_same(first: pyproj.CRS, second: pyproj.CRS) -> bool:
    """The same system, however it is written; WGS-84 and CGCS2000 degrees count as the same."""
    if first.is_geographic and second.is_geographic:
        datums = {str(crs.datum.name if crs.datum else crs.name) for crs in (first, second)}
        return all(name.startswith(_SAME_DATUMS) for name in datums) or len(datums) == 1
    # A .prj of another program carries no EPSG code; a likely match is enough here.
    codes = {crs.to_epsg(min_confidence=25) for crs in (first, second)}
    return first.equals(second, ignore_axis_order=True) or (len(codes) == 1 and None not in codes)


def _check_in_china(outlines: npt.NDArray[np.object_], file: Path) -> None:
    west, south, east, north = shapely.total_bounds(outlines)
    if np.isnan(west):
        return
    if west < _CHINA[0] or south < _CHINA[1] or east > _CHINA[2] or north > _CHINA[3]:
        raise CrsError(
            f"{file.name} lies at {west:.3f}–{east:.3f}, {south:.3f}–{north:.3f} when read as "
            "declared, expected degrees in China (73–136, 3–54): another reference system, or "
            "longitude and latitude swapped"
        )
