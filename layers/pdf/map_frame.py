"""From degrees to millimetres of paper: a conformal projection around the middle of the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

Bounds = tuple[float, float, float, float]
_MARGIN = 0.06  # of the frame, between what is shown and the frame
_LEAST_M = 4_000.0  # a single point still gets some country around it
_STEPS_KM = tuple(step * 10**power for power, step in product(range(4), (1, 2, 5)))


@dataclass(frozen=True)
class MapFrame:
    """A frame on paper (mm from the page's top left) and the country that it shows (metres)."""

    x: float
    y: float
    width: float
    height: float
    middle: tuple[float, float]
    west: float
    north: float
    mm_per_m: float
    height_used: float = 0.0  # mm that the bounds take with their margins

    def to_paper(self, lonlat: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Degrees (n × 2) to millimetres on the page."""
        degrees = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
        east, north = _projection(self.middle).transform(degrees[:, 0], degrees[:, 1])
        x = self.x + (np.asarray(east) - self.west) * self.mm_per_m
        y = self.y + (self.north - np.asarray(north)) * self.mm_per_m
        return np.column_stack([x, y])

    def drawn(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """A geometry on paper, cut off at the frame."""
        inner = shapely.transform(geometry, self.to_paper)
        return shapely.clip_by_rect(
            inner, self.x, self.y, self.x + self.width, self.y + self.height
        )

    def scale_bar(self) -> tuple[int, float]:
        """A round number of kilometres and its length on paper, at most a third of the frame."""
        most = self.width / 3
        fits = [km for km in _STEPS_KM if km * 1000 * self.mm_per_m <= most] or [1]
        return fits[-1], fits[-1] * 1000 * self.mm_per_m


def frame_around(
    bounds: Bounds, *, x: float, y: float, width: float, height: float, foot: float = 0.0
) -> MapFrame:
    """The frame that shows the bounds (degrees) as large as they fit; `foot` mm stay clear."""
    west, south, east, north = bounds
    middle = (round((west + east) / 2, 4), round((south + north) / 2, 4))
    corners = np.array(list(product((west, east), (south, north))))
    easts, norths = _projection(middle).transform(corners[:, 0], corners[:, 1])
    wide = max(float(np.ptp(easts)), _LEAST_M)
    high = max(float(np.ptp(norths)), _LEAST_M)
    clear = height - foot
    scale = min(width * (1 - 2 * _MARGIN) / wide, clear * (1 - 2 * _MARGIN) / high)
    centre_east = float(np.max(easts) + np.min(easts)) / 2
    centre_north = float(np.max(norths) + np.min(norths)) / 2
    return MapFrame(
        x=x,
        y=y,
        width=width,
        height=height,
        middle=middle,
        west=centre_east - width / 2 / scale,
        north=centre_north + clear / 2 / scale,
        mm_per_m=scale,
        height_used=high * scale / (1 - 2 * _MARGIN),
    )


def around(bounds: Sequence[Bounds]) -> Bounds:
    """The bounds of several bounds."""
    west, south, east, north = zip(*bounds, strict=True)
    return (min(west), min(south), max(east), max(north))


@lru_cache(maxsize=16)
def _projection(middle: tuple[float, float]) -> pyproj.Transformer:
    lon, lat = middle
    plane = f"+proj=tmerc +lat_0={lat} +lon_0={lon} +ellps=GRS80 +units=m +type=crs"
    return pyproj.Transformer.from_crs("EPSG:4326", plane, always_xy=True)
