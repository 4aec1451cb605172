"""The reference system of a file: declared by it or by a person, never assumed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyproj

from geo.crs import Crs, Floats, Pair, to_wgs84
from terms.errors import CrsError

REMEDY = (
    "请选定坐标系：WGS-84、CGCS2000 经纬度、CGCS2000 3 度带（说明中央经线）、GCJ-02（高德等）或 "
    "BD-09（百度）（命令行 --crs：wgs84、cgcs2000、cgcs2000-3deg:117 或带号 39、gcj02、bd09） · "
    "choose the reference system: WGS-84, CGCS2000 in degrees, a CGCS2000 3-degree zone with its "
    "meridian, GCJ-02 (Amap) or BD-09 (Baidu) (command line --crs: wgs84, cgcs2000, "
    "cgcs2000-3deg:117 or zone 39, gcj02, bd09)"
)
_EPSG = re.compile(r"(?:urn:ogc:def:crs:)?epsg:(?:[\d.]*:)?(\d{4,6})|(\d{4,6})", re.IGNORECASE)
_ZONE = re.compile(r"cgcs2000[-_ ]?(?:3deg|3度)[-_ :]*(\d{2,3}(?:\.0)?)", re.IGNORECASE)
_NAMES = {
    "crs84": Crs.WGS84,
    "wgs84": Crs.WGS84,
    "cgcs2000": Crs.CGCS2000,
    "国家2000": Crs.CGCS2000,
    "gcj02": Crs.GCJ02,
    "火星坐标": Crs.GCJ02,
    "高德": Crs.GCJ02,
    "bd09": Crs.BD09,
    "百度": Crs.BD09,
}
_SAME_DATUMS = ("World Geodetic System 1984", "China 2000")
_PREFIXED, _PLAIN = 4513, 4534  # EPSG codes of zone 25, with and without the zone in the easting
_ZONES = range(25, 46)


@dataclass(frozen=True)
class System:
    """One reference system: degrees (`crs`), or the metres of a projection (`wkt`)."""

    crs: Crs | None
    wkt: str = ""
    name: str = ""

    @property
    def is_metres(self) -> bool:
        """Are its coordinates metres of a projection?"""
        return bool(self.wkt)


def parse_system(words: str) -> System:
    """Read a system as a person or a file writes it; raises CrsError, as a pair of languages."""
    plain = words.strip()
    if not plain:
        raise CrsError(REMEDY)
    if match := _ZONE.fullmatch(plain):
        return zone_system(int(float(match[1])))
    key = re.sub(r"[-_ :：]", "", plain.casefold())
    for name, crs in _NAMES.items():
        if key in (name, f"urnogcdefcrsogc1.3{name}", f"ogc{name}", f"epsg{name}"):
            return System(crs, name=crs.value)
    code = _EPSG.fullmatch(plain)
    try:
        return _of_pyproj(pyproj.CRS.from_epsg(int(code[1] or code[2])) if code else _wkt(plain))
    except pyproj.exceptions.CRSError:
        shown = " ".join(plain.split())[:60].replace(" · ", " ")
        raise CrsError(
            _with_remedy(f"坐标系“{shown}”无法识别", f"the system {shown} is not known")
        ) from None


def _with_remedy(chinese: str, english: str) -> str:
    zh, en = REMEDY.split(" · ")
    return f"{chinese}，{zh} · {english}; {en}"


def zone_system(number: int, *, has_prefix: bool = False) -> System:
    """A CGCS2000 3-degree zone by its number (39) or its central meridian (117)."""
    zone = number // 3 if number > 60 and number % 3 == 0 else number
    if zone not in _ZONES:
        raise CrsError(_with_remedy(f"3 度带 {number} 不存在", f"there is no zone {number}"))
    epsg = (_PREFIXED if has_prefix else _PLAIN) + zone - 25
    return System(None, pyproj.CRS.from_epsg(epsg).to_wkt(), f"EPSG:{epsg}")


def settle_system(declared: str, said: str) -> tuple[System, str]:
    """The system to read by, of the file's word and a person's; a remark if they differ in name.

    Files of map services call themselves WGS-84 and are GCJ-02 or BD-09: there the person's word
    stands. Raises CrsError where nobody said or the two contradict each other.
    """
    if not said.strip():
        return parse_system(declared), ""
    wanted = parse_system(said)
    if not declared.strip():
        return wanted, ""
    try:
        own = parse_system(declared)
    except CrsError:
        return wanted, ""
    if wanted.crs in (Crs.GCJ02, Crs.BD09) and not own.is_metres:
        if own.crs is wanted.crs:
            return wanted, ""
        remark = (
            f"文件自称 {own.name}，按您说的 {wanted.name} 读取 · the file calls itself {own.name}; "
            f"it is read as {wanted.name}, as you said"
        )
        return wanted, remark
    if wanted.crs is Crs.CGCS2000 and "China 2000" in own.wkt:
        return own, ""  # the person names the datum, the file its zone
    is_same = (own.is_metres, own.wkt) == (wanted.is_metres, wanted.wkt)
    both = {own.crs, wanted.crs}
    if not is_same or (not own.is_metres and both & {Crs.GCJ02, Crs.BD09} and len(both) > 1):
        raise CrsError(
            f"文件声明的坐标系是 {own.name}，您说的是 {wanted.name}，两者矛盾，请核对 · the file "
            f"declares {own.name}, you say {wanted.name}: they contradict each other; check which"
        )
    return wanted, ""


def degrees_of(x: npt.ArrayLike, y: npt.ArrayLike, system: System) -> Pair:
    """WGS-84 degrees of coordinates; NaN where a point has none or lies outside the system."""
    lon, lat = np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)
    if system.is_metres:
        good = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lon) < 1e8) & (np.abs(lat) < 2e7)
        out = np.full((2, len(lon)), np.nan)
        out[:, good] = _transformer(system.wkt).transform(lon[good], lat[good])
        out[~np.isfinite(out)] = np.nan
        return out[0], out[1]
    if system.crs is None:
        raise CrsError(REMEDY)
    inside = _is_in_china(lon, lat)
    lon[inside], lat[inside] = to_wgs84(lon[inside], lat[inside], crs=system.crs)
    return lon, lat


def _is_in_china(lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
    """Well within the shifted rectangle, where every inverse exists."""
    return (lon > 73) & (lon < 136) & (lat > 3) & (lat < 54)


@lru_cache(maxsize=16)
def _transformer(wkt: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(wkt, "EPSG:4326", always_xy=True)


def _wkt(plain: str) -> pyproj.CRS:
    if "[" not in plain:  # pyproj would guess at names, and a wrong guess moves everything
        raise pyproj.exceptions.CRSError(plain)
    return pyproj.CRS.from_wkt(plain)


def _of_pyproj(found: pyproj.CRS) -> System:
    base = found.geodetic_crs
    datum = str(base.datum.name) if base is not None and base.datum is not None else found.name
    if not datum.startswith(_SAME_DATUMS):
        raise CrsError(
            f"坐标系 {found.name} 不是 WGS-84 或 CGCS2000，请先在 GIS 里转换 · the file is in "
            f"{found.name}, neither WGS-84 nor CGCS2000; convert it in a GIS first"
        )
    if found.is_geographic:
        crs = Crs.CGCS2000 if datum.startswith("China") else Crs.WGS84
        return System(crs, name=crs.value)
    if not found.is_projected:
        zh, en = "不是平面或经纬度坐标", "is neither plane nor in degrees"
        raise CrsError(_with_remedy(f"坐标系 {found.name} {zh}", f"{found.name} {en}"))
    code = found.to_epsg(min_confidence=25)
    exact = pyproj.CRS.from_epsg(code) if code else found
    return System(None, exact.to_wkt(), f"EPSG:{code}" if code else found.name)
