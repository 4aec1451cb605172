"""Coordinate reference systems: what a pair of degrees means, and the way to WGS-84.

Everything inside Fengtu is WGS-84, (lon, lat) in degrees. CGCS2000 is taken as WGS-84: the two
differ by decimetres at most, far below the accuracy of anything that we place.

GCJ-02 is the shift that Chinese map services put on their data; BD-09 adds Baidu's own on top.
Neither has an official public formula. The functions below are the ones in general use, in the
form known since 2013 (Krasovsky 1940 ellipsoid, sums of sines); the inverses run the forward
function in a fixed-point iteration until the residual is far under a millimetre.

Why not a package: measured over 4000 points of Shandong, all agree on the forward shift, but the
inverses of coordtransform 0.2.1, eviltransform 0.1.1 and prcoords 1.0.2 miss by up to 3.1 m;
coord-convert 0.2.1 (2019) is good for GCJ-02 and 0.16 m off for BD-09; geocoordinates-rs 0.14.2 is
exact, but a compiled library that takes one point per call, eight times slower than these lines.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyproj
from shapely import Geometry, MultiPolygon, Polygon, get_parts
from shapely.geometry.polygon import orient

from terms.errors import CrsError

Floats = npt.NDArray[np.float64]
Pair = tuple[Floats, Floats]


class Crs(StrEnum):
    """The reference systems in which a user may hand in longitudes and latitudes."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


_ALIASES = {
    "epsg4326": Crs.WGS84,
    "4326": Crs.WGS84,
    "ogccrs84": Crs.WGS84,
    "crs84": Crs.WGS84,
    "epsg4490": Crs.CGCS2000,
    "4490": Crs.CGCS2000,
    "国家2000": Crs.CGCS2000,
    "火星坐标": Crs.GCJ02,
    "高德": Crs.GCJ02,
    "百度": Crs.BD09,
}

# Krasovsky 1940 as the shift uses it: semi-major axis in metres, eccentricity squared.
_AXIS_M = 6378245.0
_ECC2 = 0.00669342162296594323
_BAIDU = np.pi * 3000.0 / 180.0
# Outside this rectangle the shift is not applied (lon min, lat min, lon max, lat max).
_SHIFTED = (72.004, 0.8293, 137.8347, 55.8271)
# Each step gains about three digits, so six reach the floor of float64; a fixed number keeps the
# result the same whatever other points share the array.
_STEPS = 8
# How far the inverse may still miss before we call it a failure, in degrees (about 1 mm).
_RESIDUAL_DEG = 1e-8

# How far `roughly_to_wgs84` may be off, about 10 m; 5 m was the most over China when measured.
ROUGH_DEG = 1e-4

GEOD = pyproj.Geod(ellps="WGS84")


def parse_crs(value: Crs | str | None) -> Crs:
    """Read a CRS as a person or a file writes it; raises CrsError when missing or unknown."""
    remedy = "say one of wgs84, cgcs2000, gcj02, bd09 (for files: FENGTU_BOUNDARIES_CRS=gcj02)"
    if value is None or not str(value).strip():
        raise CrsError(
            f"the coordinates declare no reference system, Fengtu works in WGS-84: {remedy}"
        )
    key = str(value).strip().lower()
    for sign in "-_ :：":
        key = key.replace(sign, "")
    if key in _ALIASES:
        return _ALIASES[key]
    try:
        return Crs(key)
    except ValueError:
        raise CrsError(
            f"the coordinates declare {value!r}, which Fengtu cannot turn into WGS-84: {remedy}"
        ) from None


def to_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike, *, crs: Crs | str | None) -> Pair:
    """Turn longitudes and latitudes of `crs` into WGS-84; arrays of one shape in, the same out."""
    x, y = _pair(lon, lat)
    match parse_crs(crs):
        case Crs.GCJ02:
            return gcj02_to_wgs84(x, y)
        case Crs.BD09:
            return gcj02_to_wgs84(*bd09_to_gcj02(x, y))
        case _:
            return x, y


def roughly_to_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike, *, crs: Crs | str | None) -> Pair:
    """Like `to_wgs84`, but less than ROUGH_DEG off, for a fraction of the time.

    One step of the inverse takes the shift at the shifted point for that at the point itself. The
    two are up to 0.01° apart, over which the shift changes by less than one part in a hundred.
    """
    x, y = _pair(lon, lat)
    system = parse_crs(crs)
    if system is Crs.BD09:  # whose waves are shorter: two steps
        once = _step(gcj02_to_bd09, x, y, x, y)
        x, y = _step(gcj02_to_bd09, *once, x, y)
    return _step(wgs84_to_gcj02, x, y, x, y) if system in (Crs.GCJ02, Crs.BD09) else (x, y)


def from_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike, *, crs: Crs | str | None) -> Pair:
    """Turn WGS-84 longitudes and latitudes into `crs`."""
    x, y = _pair(lon, lat)
    match parse_crs(crs):
        case Crs.GCJ02:
            return wgs84_to_gcj02(x, y)
        case Crs.BD09:
            return gcj02_to_bd09(*wgs84_to_gcj02(x, y))
        case _:
            return x, y


def wgs84_to_gcj02(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Put the GCJ-02 shift on WGS-84 coordinates; outside China's rectangle nothing changes."""
    lon, lat = _pair(lon, lat)
    x, y = lon - 105.0, lat - 35.0
    common = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    root, product = np.sqrt(np.abs(x)), x * y
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * product + 0.1 * root
    east += (common + _waves(x, 20.0, 40.0, 1.0, 3.0) + _waves(x, 150.0, 300.0, 12.0, 30.0)) * 2 / 3
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * product + 0.2 * root
    north += (
        (common + _waves(y, 20.0, 40.0, 1.0, 3.0) + _waves(y, 160.0, 320.0, 12.0, 30.0)) * 2 / 3
    )
    phi = np.radians(lat)
    magic = 1.0 - _ECC2 * np.sin(phi) ** 2
    d_lon = np.degrees(east / (_AXIS_M / np.sqrt(magic) * np.cos(phi)))
    d_lat = np.degrees(north / (_AXIS_M * (1.0 - _ECC2) / (magic * np.sqrt(magic))))
    west, south, right, top = _SHIFTED
    is_shifted = (lon >= west) & (lon <= right) & (lat >= south) & (lat <= top)
    return np.where(is_shifted, lon + d_lon, lon), np.where(is_shifted, lat + d_lat, lat)


def gcj02_to_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Take the GCJ-02 shift off; raises CrsError where no inverse is found (edge of the shift)."""
    return _invert(wgs84_to_gcj02, *_pair(lon, lat))


def gcj02_to_bd09(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Put Baidu's shift on GCJ-02 coordinates."""
    x, y = _pair(lon, lat)
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BAIDU)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BAIDU)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def bd09_to_gcj02(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Take Baidu's shift off."""
    return _invert(gcj02_to_bd09, *_pair(lon, lat))


def zone_epsg(lon: float) -> int:
    """The EPSG code of the CGCS2000 3-degree Gauss-Kruger zone around a longitude.

    EPSG:4534 is the zone of 75°E, EPSG:4554 that of 135°E, eastings without a zone prefix.
    """
    number = int(np.floor(lon / 3.0 + 0.5)) if np.isfinite(lon) else 0
    if not 25 <= number <= 45:
        raise CrsError(
            f"longitude {lon} lies outside the CGCS2000 3-degree zones (73.5°E to 136.5°E): "
            "check that longitude and latitude are not swapped"
        )
    return 4534 + number - 25


@lru_cache(maxsize=16)
def zone_transformer(epsg: int, *, inverse: bool = False) -> pyproj.Transformer:
    """WGS-84 degrees to the metres of a zone, or back with `inverse`; always (x, y) order."""
    ends = ("EPSG:4326", f"EPSG:{epsg}")
    start, end = reversed(ends) if inverse else ends
    return pyproj.Transformer.from_crs(start, end, always_xy=True)


def area_km2(geometry: Geometry) -> float:
    """Ellipsoidal area of a WGS-84 polygon or multipolygon, holes taken out."""
    square_m = 0.0
    for part in get_parts(geometry):
        if isinstance(part, MultiPolygon | Polygon) and not part.is_empty:
            square_m += GEOD.geometry_area_perimeter(orient(part))[0]
    return square_m / 1e6


def distance_m(
    lon_a: npt.ArrayLike, lat_a: npt.ArrayLike, lon_b: npt.ArrayLike, lat_b: npt.ArrayLike
) -> Floats:
    """Ellipsoidal distance between WGS-84 points, element by element."""
    ends = np.broadcast_arrays(*_pair(lon_a, lat_a), *_pair(lon_b, lat_b))
    x_a, y_a, x_b, y_b = (np.array(end) for end in ends)
    return np.asarray(GEOD.inv(x_a, y_a, x_b, y_b)[2], dtype=np.float64)


def _pair(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def _waves(t: Floats, first: float, second: float, upper: float, lower: float) -> Floats:
    return first * np.sin(t * np.pi / upper) + second * np.sin(t * np.pi / lower)


def _step(
    forward: Callable[[Floats, Floats], Pair], x: Floats, y: Floats, lon: Floats, lat: Floats
) -> Pair:
    ahead_x, ahead_y = forward(x, y)
    return x + (lon - ahead_x), y + (lat - ahead_y)


def _invert(forward: Callable[[Floats, Floats], Pair], lon: Floats, lat: Floats) -> Pair:
    """Find the points that `forward` sends to (lon, lat): x ← x + (target - forward(x))."""
    x, y = lon, lat
    for _ in range(_STEPS):
        x, y = _step(forward, x, y, lon, lat)
    ahead_x, ahead_y = forward(x, y)
    is_off = (np.abs(lon - ahead_x) > _RESIDUAL_DEG) | (np.abs(lat - ahead_y) > _RESIDUAL_DEG)
    if np.any(is_off):
        at = int(np.argmax(is_off))
        raise CrsError(
            f"({lon.flat[at]}, {lat.flat[at]}) has no inverse: it lies on the edge of the shifted "
            "area, expected a point in China; check the declared reference system"
        )
    return x, y
