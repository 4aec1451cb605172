"""One point as a person types it: degrees, degrees-minutes-seconds or metres, in a named system.

Longitude comes first; where the other order is the only one possible, it is read that way and told.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geo.crs import Crs
from registry.intake.degrees import DegreeError, read_degree
from registry.intake.points import (
    SWAPPED,
    UNREADABLE,
    degrees_by_zone,
    what_is_wrong,
)
from registry.intake.system import System, parse_system
from terms.errors import PointError
from terms.language import half

# The systems to choose from; the zones are those around 114, 117, 120 and 123°E (Shandong).
SYSTEMS = (
    "wgs84",
    "cgcs2000",
    *(f"cgcs2000-3deg:{meridian}" for meridian in (114, 117, 120, 123)),
    "gcj02",
    "bd09",
)
DECIMALS = 7
_LONGEST = 120  # signs; two coordinates with all their marks are half as long
_SHOWN = 40
_CLICKED = re.compile(r"map z=(\d{1,2}(?:\.\d{1,2})?)")
_WEB_MERCATOR_M = 156543.03392804097  # metres of a pixel at zoom 0 on the equator
_HAND_PIXELS = 4  # by which a hand that points may be off
_ZONE = (
    "先选 3 度带：这些是米（WGS-84 等是度） · a chosen 3° zone: these are metres, and WGS-84 and "
    "its like are in degrees"
)
_DEGREES = (
    "米数（东向、北向），因为选的是 3 度带；度数请改选 WGS-84 或 CGCS2000 · metres (easting, "
    "northing), since a 3° zone is chosen; for degrees choose WGS-84 or CGCS2000"
)


@dataclass(frozen=True)
class TypedPoint:
    """WGS-84 degrees of what was typed; `is_swapped` where the latitude or northing came first."""

    lon: float
    lat: float
    entered: str
    crs: str
    is_swapped: bool


def read_point(typed: str, system: str) -> TypedPoint:
    """Read coordinates as typed in one of SYSTEMS; raises PointError with one sentence."""
    entered = " ".join(unicodedata.normalize("NFKC", typed[: _LONGEST + 1]).split())
    if not entered or len(typed) > _LONGEST or len(entered) > _LONGEST:
        raise _unread(entered, UNREADABLE)
    first, second = _two_numbers(entered)
    known = parse_system(system)
    is_swapped = first[1] == "lat" or second[1] == "lon"
    if first[1] and first[1] == second[1]:
        raise _unread(entered, UNREADABLE)
    if is_swapped:
        first, second = second, first
    expected = _expected(first[0], second[0], known)
    if expected == SWAPPED and not (first[1] or second[1]):
        is_swapped, first, second = True, second, first
        expected = _expected(first[0], second[0], known)
    if expected:
        raise _unread(entered, expected)
    lon, lat = _wgs84(first[0], second[0], known)
    return TypedPoint(lon, lat, entered, _named(first[0], system, known), is_swapped)


def clicked(zoom: float) -> str:
    """What stands as typed of a point that was clicked at a zoom of the map."""
    return f"map z={zoom:.2f}"


def zoom_of(entered: str) -> float | None:
    """The zoom at which a point was clicked; None for one that was typed."""
    found = _CLICKED.fullmatch(entered)
    return float(found[1]) if found else None


def click_accuracy_m(lat: float, zoom: float) -> int:
    """How exact a click is: a few pixels of the map at this zoom, to two digits."""
    metres = metres_per_pixel(lat, zoom) * _HAND_PIXELS
    step = 10 ** max(0, math.floor(math.log10(max(metres, 1))) - 1)
    return max(1, math.ceil(metres / step) * step)


def metres_per_pixel(lat: float, zoom: float) -> float:
    """Of Web Mercator tiles of 256 pixels, in which the map is drawn."""
    return float(_WEB_MERCATOR_M * math.cos(math.radians(lat)) / 2**zoom)


def _two_numbers(entered: str) -> tuple[tuple[float, str], tuple[float, str]]:
    for left, right in _halves(entered):
        try:
            return read_degree(left), read_degree(right)
        except DegreeError:
            continue
    raise _unread(entered, UNREADABLE)


def _halves(entered: str) -> Iterator[tuple[str, str]]:
    """Every way to part the text in two: at its one separator, else at blanks and E, N."""
    plain = entered.strip("()[] ")
    parts = re.split(r"[,;、]", plain)
    if len(parts) == 2:
        yield parts[0], parts[1]
    if len(parts) != 1:
        return
    for at in range(1, len(plain)):
        if plain[at] == " " or plain[at - 1] in "EWNSewns" or plain[at] in "EWNSewns东西南北":
            yield plain[:at], plain[at:]


def _named(x: float, system: str, known: System) -> str:
    """The system by which it was read: an easting may begin with the number of its zone."""
    is_prefixed = 25e6 <= x < 46e6 and known.crs not in (Crs.GCJ02, Crs.BD09)
    return f"cgcs2000-3deg:{int(x // 1e6) * 3}" if is_prefixed else system


def _expected(x: float, y: float, system: System) -> str:
    """What is wrong with a pair, as what was expected instead; empty for a good one."""
    if system.is_metres and abs(x) <= 180 and abs(y) <= 180:
        return _DEGREES
    if not system.is_metres and x < 25e6 and abs(x) > 1e5 and abs(y) > 1e5:
        return SWAPPED if y >= 25e6 else _ZONE
    return what_is_wrong(x, y, *_wgs84(x, y, system), system)


def _wgs84(x: float, y: float, system: System) -> tuple[float, float]:
    lon, lat = degrees_by_zone(np.array([x]), np.array([y]), system)
    return round(float(lon[0]), DECIMALS), round(float(lat[0]), DECIMALS)


def _unread(entered: str, expected: str) -> PointError:
    shown = entered.replace(" · ", " ")
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    zh, en = half(expected, "zh"), half(expected, "en")
    return PointError(f"“{shown}”应为{zh} · “{shown}”: expected {en}")
