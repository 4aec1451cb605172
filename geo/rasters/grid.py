"""A regular grid of cells on the ground, in metres: what several rasters are brought onto."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj
from affine import Affine

from geo.crs import zone_epsg
from terms.errors import GridError

Floats = npt.NDArray[np.float64]
MAX_CELLS = 25_000_000  # 100 MB of 32-bit values in one array


@dataclass(frozen=True)
class Grid:
    """Square cells in a projected CRS; row 0 is the northernmost, as in a GeoTIFF.

    `epsg` names a CRS in metres, `cell_m` the side of a cell, `west_m` and `north_m` the outer
    corner of the first cell.
    """

    epsg: int
    west_m: float
    north_m: float
    cell_m: float
    width: int
    height: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        return self.height, self.width

    @property
    def transform(self) -> Affine:
        """From (column, row) to (x, y) of the corner of a cell, as rasterio takes it."""
        return Affine(self.cell_m, 0.0, self.west_m, 0.0, -self.cell_m, self.north_m)

    @property
    def bounds_m(self) -> tuple[float, float, float, float]:
        """West, south, east, north in metres of the grid's CRS."""
        east = self.west_m + self.width * self.cell_m
        return self.west_m, self.north_m - self.height * self.cell_m, east, self.north_m

    def centres(self) -> tuple[Floats, Floats]:
        """Longitudes and latitudes (WGS-84) of the cells' centres, two arrays of `shape`."""
        xs = self.west_m + (np.arange(self.width) + 0.5) * self.cell_m
        ys = self.north_m - (np.arange(self.height) + 0.5) * self.cell_m
        lon, lat = _to_wgs84(self.epsg).transform(*np.meshgrid(xs, ys))
        return np.asarray(lon), np.asarray(lat)


def grid_over(bounds: tuple[float, float, float, float], *, cell_m: float) -> Grid:
    """The grid over a box of WGS-84 degrees (west, south, east, north), in its own 3° zone.

    Its lines stand on whole multiples of `cell_m`, so that boxes side by side share their cells.
    Raises GridError for an empty box, a cell that is no length, and more than MAX_CELLS.
    """
    west, south, east, north = bounds
    if not (west < east and south < north):
        raise GridError(f"the box {bounds} is empty: give west, south, east, north in degrees")
    if not (cell_m > 0 and math.isfinite(cell_m)):
        raise GridError(f"cell size {cell_m} m: it must be a length above 0")
    epsg = zone_epsg((west + east) / 2)
    to_grid = pyproj.Transformer.from_crs(4326, epsg, always_xy=True)
    left, bottom, right, top = to_grid.transform_bounds(west, south, east, north, densify_pts=21)
    first, last = math.floor(left / cell_m), math.ceil(right / cell_m)
    low, high = math.floor(bottom / cell_m), math.ceil(top / cell_m)
    width, height = last - first, high - low
    if width * height > MAX_CELLS:
        raise GridError(
            f"{width} × {height} cells of {cell_m:g} m are more than {MAX_CELLS:,}: "
            "take larger cells or a smaller area"
        )
    return Grid(epsg, first * cell_m, high * cell_m, float(cell_m), width, height)


def _to_wgs84(epsg: int) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(epsg, 4326, always_xy=True)
