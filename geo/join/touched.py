"""Which cells of a grid the outline of a district touches; never one too few."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def segments(outline: shapely.Geometry) -> tuple[Floats, Floats]:
    """The starts and the ends of all sides of a polygon or multipolygon, holes included."""
    rings = shapely.get_rings(shapely.get_parts(outline))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    is_side = ring[1:] == ring[:-1]
    return points[:-1][is_side], points[1:][is_side]


def touched_cells(start: Floats, end: Floats, *, margin: float) -> tuple[Ints, Ints]:
    """Rows and columns of every cell that a side comes within `margin` of; some come twice.

    `start`, `end` and `margin` are in cells: (column, row) as real numbers, one side a line. Each
    side is cut by the columns that it crosses, and the piece within a column gives its rows. The
    margin is to be far above 1e-11, to which rounding may move a point: then a point beside an
    outline finds its cell marked, whichever side of the cell's edge it is rounded to.
    """
    is_backward = (start[:, 0] > end[:, 0])[:, None]
    left, right = np.where(is_backward, end, start), np.where(is_backward, start, end)
    side, column = _whole_numbers(left[:, 0] - margin, right[:, 0] + margin)
    (u, v), (du, dv) = left[side].T, (right - left)[side].T
    is_upright = du == 0
    du = np.where(is_upright, 1.0, du)
    enter = np.where(is_upright, 0.0, np.clip((column - margin - u) / du, 0.0, 1.0))
    leave = np.where(is_upright, 1.0, np.clip((column + 1 + margin - u) / du, 0.0, 1.0))
    ends = v + enter * dv, v + leave * dv
    piece, row = _whole_numbers(np.minimum(*ends) - margin, np.maximum(*ends) + margin)
    return row, column[piece]


def _whole_numbers(low: Floats, high: Floats) -> tuple[Ints, Ints]:
    """For each interval the whole numbers from floor(low) to floor(high), with its place."""
    first, last = np.floor(low).astype(np.int64), np.floor(high).astype(np.int64)
    count = last - first + 1
    place = np.repeat(np.arange(len(first)), count)
    step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return place, first[place] + step
