"""Reading a part of a raster: as much as is asked for, never more than memory bears."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import rasterio
from affine import Affine
from rasterio.warp import transform_bounds
from rasterio.windows import Window

from geo.rasters.record import RasterRecord
from geo.rasters.source import opened
from terms.errors import RasterError

Floats = npt.NDArray[np.float32]
Box = tuple[float, float, float, float]
MAX_CELLS_READ = 120_000_000  # 480 MB of 32-bit values
_MARGIN = 4  # cells around, so that an interpolation at the edge finds its neighbours


@dataclass(frozen=True)
class Piece:
    """Cells of a raster in memory, NaN where it has no data, with their place in its CRS."""

    cells: Floats
    transform: Affine
    crs: rasterio.CRS


def read_piece(record: RasterRecord, bounds: Box, *, crs: str, cell: float = 0.0) -> Piece | None:
    """The cells under a box of a CRS with a small margin; None where the raster is not.

    `cell` is the side of the cells they are meant for, in units of `crs`: it widens the margin
    where they are larger. The finest level that stays under MAX_CELLS_READ is read; raises
    RasterError where none does.
    """
    with opened(record) as dataset:
        levels = range(len(dataset.overviews(record.band)))
    width = height = 0
    for level in (None, *levels):
        with opened(record, level) as dataset:
            window = _window(dataset, bounds, crs, cell)
            if window is None:
                return None
            if window.width * window.height <= MAX_CELLS_READ:
                return _read(dataset, record, window)
            width, height = int(window.width), int(window.height)
    raise _too_much(record, width, height)


def _window(dataset: rasterio.DatasetReader, bounds: Box, crs: str, cell: float) -> Window | None:
    found = transform_bounds(crs, dataset.crs, *bounds, densify_pts=21)
    if not all(map(math.isfinite, found)):  # beyond what the raster's CRS can say
        return None
    west, south, east, north = found
    back = ~dataset.transform
    columns, rows = zip(back @ (west, north), back @ (east, south), strict=True)
    wide = (max(columns) - min(columns)) / max((bounds[2] - bounds[0]) / cell, 1) if cell else 1
    margin = int(np.ceil(_MARGIN * max(wide, 1)))
    left, top = int(np.floor(min(columns))) - margin, int(np.floor(min(rows))) - margin
    right, bottom = int(np.ceil(max(columns))) + margin, int(np.ceil(max(rows))) + margin
    left, top = max(left, 0), max(top, 0)
    right, bottom = min(right, dataset.width), min(bottom, dataset.height)
    return Window(left, top, right - left, bottom - top) if left < right and top < bottom else None


def _read(dataset: rasterio.DatasetReader, record: RasterRecord, window: Window) -> Piece:
    raw = dataset.read(record.band, window=window, masked=True)
    cells = real_values(dataset, record, raw).filled(np.nan)
    return Piece(
        cells, dataset.transform @ Affine.translation(window.col_off, window.row_off), dataset.crs
    )


def real_values(
    dataset: rasterio.DatasetReader, record: RasterRecord, raw: np.ma.MaskedArray
) -> np.ma.MaskedArray:
    """Stored numbers as the values they stand for (32-bit), masked where there are none."""
    scale, offset = dataset.scales[record.band - 1], dataset.offsets[record.band - 1]
    values = raw.data
    if (scale, offset) != (1.0, 0.0):
        values = values.astype(np.float64) * scale + offset
    values = values.astype(np.float32)
    return np.ma.MaskedArray(values, np.ma.getmaskarray(raw) | ~np.isfinite(values))


def _too_much(record: RasterRecord, width: int, height: int) -> RasterError:
    return RasterError(
        f"“{record.title}”在所求范围内有 {width} × {height} 个像元，超过 {MAX_CELLS_READ:,} 个，"
        "又没有可用的概视图：请缩小范围，或用 gdaladdo 建概视图 · "
        f"{record.title} has {width} × {height} cells here, more than {MAX_CELLS_READ:,}, and no "
        "overview that would do: take a smaller area, or make overviews with gdaladdo"
    )
