"""Coordinates of all rows, told in one go: WGS-84 and the district, or what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from geo.crs import Crs
from geo.districts import Districts
from geo.join.points import join_points
from registry.intake.degrees import DegreeError, read_degree, read_pair
from registry.intake.mapping import FileMapping
from registry.intake.sheet import Sheet, SheetRow
from registry.intake.system import System, degrees_of, settle_system, zone_system

UNREADABLE = (
    "十进制度数（117.0867）或度分秒（117°05'12\"），或平面坐标的米数 · decimal degrees (117.0867), "
    "degrees-minutes-seconds, or metres of a projection"
)
SWAPPED = (
    "经度在前：经纬度似乎颠倒，请对调两列 · longitude and latitude seem to be swapped; "
    "exchange the two columns"
)
_WILD = "山东一带的坐标（约 114–124°E，34–39°N） · a place near Shandong (114–124°E, 34–39°N)"
_HALF = "经度和纬度都要有 · both longitude and latitude"
METRES = (
    "经纬度；这些数值是米，请把坐标系改选为 CGCS2000 3 度带及其中央经线（命令行 --crs "
    "cgcs2000-3deg:117） · degrees; these are metres: choose the CGCS2000 3-degree zone with its "
    "meridian (command line --crs cgcs2000-3deg:117)"
)


@dataclass(frozen=True)
class Spot:
    """Where one row is: WGS-84 and the code of its district ('' for none), or a fault.

    `header` is the column that a fault belongs to; `printed` the coordinates as the file has them.
    `waits` where there are coordinates and nobody has yet said of which system.
    """

    lon: float | None = None
    lat: float | None = None
    code: str = ""
    fault: str = ""
    header: str = ""
    printed: str = ""
    waits: bool = False


NOWHERE = Spot()


def declared_system(sheet: Sheet, mapping: FileMapping, headed: str) -> tuple[System, str]:
    """The system of the coordinates: of the file, its headings, or the person."""
    return settle_system(sheet.crs or headed, mapping.crs)


def spots(
    sheet: Sheet, mapping: FileMapping, districts: Districts, *, headed: str = ""
) -> tuple[tuple[Spot, ...], str]:
    """The place of each row and a remark on the reference system.

    Raises CrsError where there are coordinates and nobody says of which system.
    """
    raw = [_raw(sheet, row, mapping) for row in sheet.rows]
    if all(isinstance(each, Spot) for each in raw):
        return tuple(each for each in raw if isinstance(each, Spot)), ""
    system, remark = declared_system(sheet, mapping, headed)
    pairs = [(each[0], each[1]) if isinstance(each, tuple) else (np.nan, np.nan) for each in raw]
    x, y = np.array(pairs, dtype=np.float64).T
    with np.errstate(over="ignore", invalid="ignore"):  # wild numbers are told row by row below
        lon, lat = degrees_by_zone(x, y, system)
        lon, lat = np.round(lon, 7), np.round(lat, 7)
    codes = join_points(lon, lat, districts=districts, crs=Crs.WGS84).district_codes
    found = []
    for at, each in enumerate(raw):
        if isinstance(each, Spot):
            found.append(each)
            continue
        fault = what_is_wrong(x[at], y[at], lon[at], lat[at], system)
        printed, header = each[2], each[3]
        if fault:
            found.append(Spot(fault=fault, header=header, printed=printed))
        else:
            spot = Spot(float(lon[at]), float(lat[at]), str(codes[at]), "", header, printed)
            found.append(spot)
    return tuple(found), remark


def waiting_spots(sheet: Sheet, mapping: FileMapping) -> tuple[Spot, ...]:
    """The rows before their reference system is known: which have a point at all."""
    raw = (_raw(sheet, row, mapping) for row in sheet.rows)
    return tuple(each if isinstance(each, Spot) else Spot(waits=True) for each in raw)


def degrees_by_zone(x: np.ndarray, y: np.ndarray, system: System) -> tuple[np.ndarray, np.ndarray]:
    """Degrees, each metre pair with a zone before its easting by that zone."""
    lon, lat = degrees_of(x, y, system)
    zones = np.where((x >= 25e6) & (x < 46e6), x // 1e6, 0)
    if system.crs in (Crs.GCJ02, Crs.BD09):
        return lon, lat
    for zone in np.unique(zones[zones > 0]):
        mine = zones == zone
        prefixed = zone_system(int(zone), has_prefix=True)
        lon[mine], lat[mine] = degrees_of(x[mine], y[mine], prefixed)
    return lon, lat


def what_is_wrong(x: float, y: float, lon: float, lat: float, system: System) -> str:
    """What is wrong with a pair, as what was expected instead; empty for a good one."""
    if x == 0 and y == 0:
        return _WILD
    if 3.5e6 < x < 4.5e6 and 25e6 <= y < 46e6:
        return SWAPPED
    is_prefixed = 25e6 <= x < 46e6
    if not system.is_metres and not is_prefixed:
        if 30 <= x <= 45 and 105 <= y <= 130:
            return SWAPPED
        if abs(x) > 1000 and abs(y) > 1000:
            return METRES if system.crs is Crs.CGCS2000 else _WILD
    elif 3.5e6 < x < 4.5e6 and y < 1e6:
        return SWAPPED
    is_near = np.isfinite(lon) and np.isfinite(lat) and 73 < lon < 136 and 3 < lat < 54
    return "" if is_near else _WILD


def _raw(sheet: Sheet, row: SheetRow, mapping: FileMapping) -> tuple[float, float, str, str] | Spot:
    """The pair as it stands in the row with its text and heading; a Spot where there is none."""
    if row.geometry is not None:
        return _of_geometry(row.geometry)
    lon_header, lat_header = mapping.header("lon"), mapping.header("lat")
    point_header = mapping.header("point")
    at = {header: place for place, header in enumerate(sheet.headers)}
    if lon_header and lat_header:
        x, y = row.cells[at[lon_header]].strip(), row.cells[at[lat_header]].strip()
        headers = (lon_header, lat_header)
    elif point_header and row.cells[at[point_header]].strip():
        headers = (point_header, point_header)
        try:
            x, y = read_pair(row.cells[at[point_header]])
        except DegreeError:
            return Spot(fault=UNREADABLE, header=point_header)
    else:
        return NOWHERE
    return _of_cells(x, y, headers)


def _of_cells(x: str, y: str, headers: tuple[str, str]) -> tuple[float, float, str, str] | Spot:
    if not x and not y:
        return NOWHERE
    if not x or not y:
        return Spot(fault=_HALF, header=headers[0] if not x else headers[1])
    values = []
    for text, header, axis in zip((x, y), headers, ("lon", "lat"), strict=True):
        try:
            value, said = read_degree(text)
        except DegreeError:
            return Spot(fault=UNREADABLE, header=header, printed=text)
        if said not in ("", axis):
            return Spot(fault=SWAPPED, header=header, printed=text)
        values.append(value)
    return values[0], values[1], f"{x}, {y}", headers[0]


def _of_geometry(wkb: bytes) -> tuple[float, float, str, str] | Spot:
    expected = "一个点；面请按“区域”导入 · a point; import polygons as an area"
    try:
        geometry = shapely.from_wkb(wkb)
    except shapely.errors.ShapelyError:
        return Spot(fault=expected)
    parts = shapely.get_parts(geometry)
    if geometry.is_empty:
        return NOWHERE
    if len(parts) != 1 or not isinstance(parts[0], shapely.Point):
        return Spot(fault=expected, printed=geometry.geom_type)
    x, y = parts[0].x, parts[0].y
    return x, y, f"{x:.7f}, {y:.7f}", ""
