"""How long a polygon takes to be checked: the pairs of its edges that may cross.

Edges of one ragged line lie beside few others. Half a million slanting edges side by side lie each
in the bounds of all the others, and checking whether any two cross would take hours.
"""

from __future__ import annotations

import numpy as np
import shapely

_LOOKED_AT = 200  # edges held against all others; together they tell of the rest
MOST_PAIRS = 200_000_000  # of all polygons of a layer; checked in seconds


def crossing_pairs(shape: shapely.Geometry) -> float:
    """About how many pairs of edges have bounds that overlap."""
    points = shapely.get_coordinates(shape)
    if len(points) < 2 * _LOOKED_AT:
        return float(len(points))
    low = np.minimum(points[:-1], points[1:])
    high = np.maximum(points[:-1], points[1:])
    some = np.linspace(0, len(low) - 1, _LOOKED_AT).astype(int)
    met = sum(
        int(np.count_nonzero(((low <= high[one]) & (high >= low[one])).all(axis=1))) for one in some
    )
    return met / _LOOKED_AT * len(low) / 2
