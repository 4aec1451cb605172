"""Rasters by the names that recipes use: an id, a kind, or what is reckoned from the heights."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy import ndimage

from geo.rasters.grid import Grid
from geo.rasters.library import in_force
from geo.rasters.read import onto
from geo.rasters.record import RasterRecord
from geo.rasters.slope import slope
from geo.siting.drivers import MaskedFloats
from terms.kinds import RasterKind

RELIEF_REACH_M = 5000.0  # relief is the range of heights within so far east, west, north and south
_RECKONED = ("slope", "relief")


def record_of(source: str, records: Sequence[RasterRecord]) -> RasterRecord | None:
    """The raster behind a source such as raster:height; the heights behind slope and relief."""
    kind, _, name = source.partition(":")
    if kind != "raster":
        return None
    own = next((each for each in records if each.id == name), None)
    if own is not None or name not in {*RasterKind, *_RECKONED}:
        return own
    chosen = in_force(records, RasterKind(name)) if name in set(RasterKind) else None
    if chosen is None and name in _RECKONED:
        return in_force(records, RasterKind.HEIGHT)
    return chosen


def raster_on(
    source: str, grid: Grid, records: Sequence[RasterRecord]
) -> tuple[MaskedFloats, str] | None:
    """The values of a source on the grid with the digest of their raster; None if unknown."""
    record = record_of(source, records)
    if record is None:
        return None
    name = source.partition(":")[2]
    reckoned = name in _RECKONED and record.kind is RasterKind.HEIGHT
    digest = f"{record.id} {record.digest[:12]}".strip()
    if not reckoned:
        return onto(record, grid), digest
    edge = math.ceil(RELIEF_REACH_M / grid.cell_m) if name == "relief" else 1
    wide = _widened(grid, edge)
    heights = onto(record, wide)
    found = slope(heights, wide) if name == "slope" else relief(heights, edge)
    return found[edge:-edge, edge:-edge], f"{name} · {digest}"


def relief(heights: MaskedFloats, reach_cells: int) -> MaskedFloats:
    """Highest minus lowest height in the square around each cell; masked where it has none."""
    is_unknown = np.ma.getmaskarray(heights)
    values = np.asarray(heights.filled(0.0), dtype=np.float32)
    size = 2 * reach_cells + 1
    top = ndimage.maximum_filter(np.where(is_unknown, -np.inf, values), size, mode="nearest")
    low = ndimage.minimum_filter(np.where(is_unknown, np.inf, values), size, mode="nearest")
    with np.errstate(invalid="ignore"):
        return np.ma.MaskedArray(np.where(is_unknown, 0.0, top - low), mask=is_unknown)


def _widened(grid: Grid, edge: int) -> Grid:
    return Grid(
        epsg=grid.epsg,
        west_m=grid.west_m - edge * grid.cell_m,
        north_m=grid.north_m + edge * grid.cell_m,
        cell_m=grid.cell_m,
        width=grid.width + 2 * edge,
        height=grid.height + 2 * edge,
    )
