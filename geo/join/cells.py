"""Districts as a grid of cells: most points are answered by looking up the cell they lie in.

A cell that no outline touches lies wholly inside one district or outside all, and its middle
tells which. The others keep the few districts that reach into them, and a point there is put to
the exact predicate, district by district. So every answer is the one that the predicate would
give, and few points pay for it: 1.3 % of those scattered over Shandong.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from affine import Affine

from geo.crs import ROUGH_DEG, Crs, roughly_to_wgs84, to_wgs84
from geo.join.touched import segments, touched_cells

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Outlines = npt.NDArray[np.object_]

OUTSIDE, _BORDER = -1, -2
# About 200 m. Measured over Shandong: cells of 0.01° take twice as long, since more points need the
# exact test; cells of half the size are no quicker and take four times the memory (32 MB at 0.002).
CELL_DEG = 0.002
MOST_CELLS = 16_000_000  # 64 MB; a larger coverage gets larger cells
_CHUNK = 32_768  # points; what a chunk needs stays in the processor's cache


# Degrees; farther than GCJ-02 and BD-09 move any point (0.02°).
_REACH_DEG = 0.1


def within_reach(lon: Floats, lat: Floats, *, bounds: Floats, crs: Crs) -> tuple[Floats, Floats]:
    """Shifted coordinates without those that lie in no district anyway: they become no number.

    The inverse of the shift is known in China only, and a stray point must not stop a million.
    """
    if crs not in (Crs.GCJ02, Crs.BD09):
        return lon, lat
    west, south, east, north = bounds
    is_near = (lon > west - _REACH_DEG) & (lon < east + _REACH_DEG)
    is_near &= (lat > south - _REACH_DEG) & (lat < north + _REACH_DEG)
    return np.where(is_near, lon, np.nan), np.where(is_near, lat, np.nan)


@dataclass(frozen=True, eq=False)
class Cells:
    """A grid over the outlines, row 0 the northernmost, with a ring of cells outside all.

    `owner` has the place of the district in `outlines`, OUTSIDE, or _BORDER; `border_cells` the
    flat numbers of the border cells, sorted; `candidates` a row for each, with the districts that
    reach into it in ascending order, filled up with OUTSIDE.
    """

    outlines: Outlines
    bounds: Floats
    west: float
    north: float
    cell_deg: float
    owner: Codes
    border_cells: npt.NDArray[np.int64]
    candidates: Codes

    def locate(self, lon: Floats, lat: Floats, *, crs: Crs = Crs.WGS84) -> tuple[Codes, Bools]:
        """The first outline that holds each point, OUTSIDE for none; and is it on that outline?

        A point on a shared border belongs to the first of its districts. Points without
        coordinates are OUTSIDE. A point of GCJ-02 or BD-09 is looked up where it roughly lies,
        and converted in full only near an outline.
        """
        found = np.empty(len(lon), dtype=np.int32)
        is_on_border = np.zeros(len(lon), dtype=np.bool_)
        for first in range(0, len(lon), _CHUNK):
            part = slice(first, first + _CHUNK)
            x, y = within_reach(lon[part], lat[part], crs=crs, bounds=self.bounds)
            cell = self._cell(*roughly_to_wgs84(x, y, crs=crs))
            self.owner.ravel().take(cell, out=found[part], mode="clip")
            near = np.flatnonzero(found[part] == _BORDER)
            if len(near):
                exact = self._test(*to_wgs84(x[near], y[near], crs=crs))
                found[part][near], is_on_border[part][near] = exact
        return found, is_on_border

    def _cell(self, lon: Floats, lat: Floats) -> Codes:
        """The flat number of each point's cell; what lies beyond the grid falls into its ring."""
        height, width = self.owner.shape
        column, row = (lon - self.west) / self.cell_deg, (self.north - lat) / self.cell_deg
        # fmin and fmax, unlike clip, also take what is no number to the ring.
        for axis, last in ((column, width - 1), (row, height - 1)):
            np.fmin(np.fmax(axis, 0.0, out=axis), last, out=axis)
        return row.astype(np.int32) * width + column.astype(np.int32)

    def _test(self, x: Floats, y: Floats) -> tuple[Codes, Bools]:
        """The exact predicate, asked of the districts that reach into each point's cell."""
        cell = self._cell(x, y)
        found = self.owner.ravel().take(cell)
        is_on_border = np.zeros(len(x), dtype=np.bool_)
        is_open = found == _BORDER
        found[is_open] = OUTSIDE
        row = np.searchsorted(self.border_cells, cell)
        for candidate in self.candidates.take(row, axis=0, mode="clip").T:
            asked = np.flatnonzero(is_open & (candidate != OUTSIDE))
            outlines = self.outlines[candidate[asked]]
            hit = shapely.intersects_xy(outlines, x[asked], y[asked])
            mine = asked[hit]
            found[mine], is_open[mine] = candidate[mine], False
            is_on_border[mine] = ~shapely.contains_xy(outlines[hit], x[mine], y[mine])
        return found, is_on_border


def build_cells(outlines: Outlines, *, cell_deg: float = CELL_DEG) -> Cells:
    """Lay the grid over outlines in degrees; the first of two that overlap is the owner."""
    outlines = np.asarray(outlines, dtype=object)
    shapely.prepare(outlines)
    bounds = shapely.total_bounds(outlines) if len(outlines) else np.zeros(4)
    west, south, east, north = bounds
    cell_deg = max(cell_deg, math.sqrt((east - west) * (north - south) / MOST_CELLS))
    west, north = west - 2 * cell_deg, north + 2 * cell_deg
    shape = (math.ceil((north - south) / cell_deg) + 2, math.ceil((east - west) / cell_deg) + 2)
    grid = Affine(cell_deg, 0.0, west, 0.0, -cell_deg, north)
    patches = [_patch(outline, grid) for outline in outlines]
    is_border = np.zeros(shape, dtype=np.bool_)
    for patch in patches:
        is_border[patch.window] |= patch.is_touched
    owner = np.full(shape, OUTSIDE, dtype=np.int32)
    for place in reversed(range(len(patches))):
        owner[patches[place].window][patches[place].is_reached] = place
    owner[is_border] = _BORDER
    border_cells, candidates = _reaching(patches, is_border)
    return Cells(outlines, bounds, west, north, cell_deg, owner, border_cells, candidates)


@dataclass(frozen=True, eq=False)
class _Patch:
    """The cells around one outline: those it touches, and those that any part of it reaches."""

    window: tuple[slice, slice]
    is_touched: Bools
    is_reached: Bools


def _patch(outline: shapely.Geometry, grid: Affine) -> _Patch:
    # Late: the library takes a fifth of a second, which a page without a join need not wait for.
    from rasterio.features import rasterize

    start, end = ((ends - (grid.c, grid.f)) / (grid.a, grid.e) for ends in segments(outline))
    row, column = touched_cells(start, end, margin=ROUGH_DEG / grid.a)
    top, left = row.min(), column.min()
    is_touched = np.zeros((row.max() + 1 - top, column.max() + 1 - left), dtype=np.bool_)
    is_touched[row - top, column - left] = True
    # By its middle a cell that is not touched is told apart without doubt.
    here = grid @ Affine.translation(left, top)
    inside = rasterize([(outline, 1)], is_touched.shape, transform=here, dtype="uint8")
    window = (slice(top, row.max() + 1), slice(left, column.max() + 1))
    return _Patch(window, is_touched, is_touched | (inside == 1))


def _reaching(patches: list[_Patch], is_border: Bools) -> tuple[npt.NDArray[np.int64], Codes]:
    """The border cells in order, and the districts that reach into each."""
    cells, places = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int32)]
    for number, patch in enumerate(patches):
        rows, columns = np.nonzero(patch.is_reached & is_border[patch.window])
        top, left = patch.window[0].start, patch.window[1].start
        cells.append((rows + top) * is_border.shape[1] + columns + left)
        places.append(np.full(len(rows), number, dtype=np.int32))
    cell, place = np.concatenate(cells), np.concatenate(places)
    order = np.lexsort((place, cell))
    cell, place = cell[order], place[order]
    border_cells, first, count = np.unique(cell, return_index=True, return_counts=True)
    candidates = np.full((len(first), max(count, default=0)), OUTSIDE, dtype=np.int32)
    rank = np.arange(len(cell)) - np.repeat(first, count)
    candidates[np.repeat(np.arange(len(first)), count), rank] = place
    return border_cells, candidates
