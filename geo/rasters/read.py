"""The values of a raster on a grid, and at points."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pyproj
from affine import Affine
from rasterio.warp import Resampling, reproject

from geo.rasters.grid import Grid
from geo.rasters.record import RasterRecord
from geo.rasters.source import opened
from geo.rasters.window import Piece, read_piece, real_values

Method = Literal["nearest", "bilinear", "average", "cubic"]
# A warp takes the way between two systems for straight along a row until that is wrong by an eighth
# of a cell of the raster: a kilometre, where cells have 9 km. Along so short a row it is 20 m.
_STRIP_M = 25_000.0


def onto(record: RasterRecord, grid: Grid, *, method: Method = "bilinear") -> np.ma.MaskedArray:
    """The raster brought onto a grid: 32-bit floats of `grid.shape`, masked where it says nothing.

    Classes are never mixed: they take the nearest cell whatever `method` says. Only the part
    under the grid is read. Raises RasterError where the file cannot be read.
    """
    values = np.full(grid.shape, np.nan, dtype=np.float32)
    piece = read_piece(record, grid.bounds_m, crs=f"EPSG:{grid.epsg}", cell=grid.cell_m)
    if piece is not None:
        resampling = Resampling.nearest if record.is_classes else Resampling[method]
        wide = max(1, int(_STRIP_M / grid.cell_m))
        for left in range(0, grid.width, wide):
            values[:, left : left + wide] = _strip(piece, grid, left, wide, resampling)
    return np.ma.masked_invalid(values)


def _strip(
    piece: Piece, grid: Grid, left: int, wide: int, resampling: Resampling
) -> npt.NDArray[np.float32]:
    """The columns of a grid from `left` on."""
    shape = grid.height, min(wide, grid.width - left)
    values = np.full(shape, np.nan, dtype=np.float32)
    reproject(
        piece.cells,
        values,
        src_transform=piece.transform,
        src_crs=piece.crs,
        src_nodata=np.nan,
        dst_transform=grid.transform @ Affine.translation(left, 0),
        dst_crs=f"EPSG:{grid.epsg}",
        dst_nodata=np.nan,
        resampling=resampling,
    )
    return values


def values_at(record: RasterRecord, lon: npt.ArrayLike, lat: npt.ArrayLike) -> np.ma.MaskedArray:
    """The value of the cell under each WGS-84 point, masked outside and where there is no data."""
    x, y = np.atleast_1d(np.asarray(lon, float)), np.atleast_1d(np.asarray(lat, float))
    found = np.ma.masked_all(x.shape, dtype=np.float32)
    good = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if not len(good):
        return found
    with opened(record) as dataset:
        place = pyproj.Transformer.from_crs(4326, dataset.crs.to_wkt(), always_xy=True)
        columns, rows = ~dataset.transform @ place.transform(x[good], y[good])
        columns, rows = np.floor(columns), np.floor(rows)
        inside = (columns >= 0) & (columns < dataset.width) & (rows >= 0) & (rows < dataset.height)
        order = np.flatnonzero(inside)
        order = order[np.lexsort((columns[order], rows[order]))]  # a block is read once
        for each in order:
            cell = (
                (int(rows[each]), int(rows[each]) + 1),
                (int(columns[each]), int(columns[each]) + 1),
            )
            raw = dataset.read(record.band, window=cell, masked=True)
            found[good[each]] = real_values(dataset, record, raw)[0, 0]
    return found
