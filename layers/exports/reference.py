"""The reference system of a file: WGS-84, CGCS2000, or one of its 3-degree Gauss-Kruger zones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import zone_epsg, zone_transformer
from geo.place import Point
from terms.errors import CrsError
from terms.language import Language
from terms.messages import text

_WGS84, _CGCS2000 = 4326, 4490
_ZONE = "cgcs2000-3deg"
_FIRST_ZONE, _FIRST_MERIDIAN = 4534, 75
_REMEDY = (
    "请用 wgs84、cgcs2000、cgcs2000-3deg 或 cgcs2000-3deg:117 / "
    "say wgs84, cgcs2000, cgcs2000-3deg or cgcs2000-3deg:117"
)


@dataclass(frozen=True)
class Reference:
    """One reference system that a file may be written in."""

    epsg: int = _WGS84

    @property
    def is_wgs84(self) -> bool:
        """Is it the one of everything inside Fengtu?"""
        return self.epsg == _WGS84

    @property
    def meridian(self) -> int | None:
        """The central meridian of a zone in degrees; None for longitudes and latitudes."""
        if self.epsg in (_WGS84, _CGCS2000):
            return None
        return _FIRST_MERIDIAN + 3 * (self.epsg - _FIRST_ZONE)

    def shape(self, geometry: shapely.Geometry | None) -> shapely.Geometry | None:
        """A WGS-84 geometry in this system; CGCS2000 is taken as WGS-84 (`geo.crs`)."""
        if geometry is None or self.meridian is None:
            return geometry
        transformer = zone_transformer(self.epsg)

        def metres(pairs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
            return np.column_stack(transformer.transform(pairs[:, 0], pairs[:, 1]))

        return shapely.transform(geometry, metres)

    def words(self, language: Language) -> str:
        """What the file says of its coordinates."""
        if self.is_wgs84:
            return text("extract.wgs84", language)
        if self.meridian is None:
            return text("extract.cgcs2000", language)
        return text("extract.zone", language, meridian=self.meridian, epsg=self.epsg)


def read_reference(words: str, places: Sequence[Point]) -> Reference:
    """Read what a person asks for; a zone without its meridian is that of the middle of the data.

    Raises CrsError for an unknown system, for a meridian that no zone has, or where there is no
    data to choose a zone by.
    """
    name, _, meridian = words.strip().lower().partition(":")
    if name == _ZONE:
        return Reference(_named_zone(meridian) if meridian else _zone_of(places))
    known = {"wgs84": _WGS84, "cgcs2000": _CGCS2000}
    if name not in known or meridian:
        raise CrsError(f"坐标系 {words!r} 不能导出 / cannot export in {words!r}: {_REMEDY}")
    return Reference(known[name])


def _named_zone(meridian: str) -> int:
    value = int(meridian) if meridian.isascii() and meridian.isdigit() else 0
    if value % 3 or not 75 <= value <= 135:
        raise CrsError(
            f"中央经线 {meridian!r} 不是 3 度带的 75、78 … 135 / {meridian!r} is no central "
            f"meridian of a 3-degree zone (75, 78 … 135): {_REMEDY}"
        )
    return zone_epsg(value)


def _zone_of(places: Sequence[Point]) -> int:
    if not places:
        raise CrsError(
            "所选内容没有落图，无法据经度选带，请写明中央经线，如 cgcs2000-3deg:117 / "
            "nothing chosen has a place to choose the zone by: name it, as in cgcs2000-3deg:117"
        )
    lons = [lon for lon, _ in places]
    return zone_epsg((min(lons) + max(lons)) / 2)
