"""An area drawn on the picture of the score: its corners as a polygon in degrees."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import pyproj

from geo.rasters.grid import Grid
from terms.errors import SitingError

MOST_CORNERS = 500
_DECIMALS = 6  # about 10 cm; a hand on a screen is far coarser


def drawn_polygon(grid: Grid, corners: Sequence[Sequence[float]]) -> str:
    """GeoJSON (WGS-84) of the polygon through corners in columns and rows of the grid.

    Raises SitingError for fewer than three corners, more than MOST_CORNERS, and what is no number.
    """
    pairs = [tuple(map(float, corner[:2])) for corner in corners]
    is_whole = all(len(pair) == 2 and all(map(math.isfinite, pair)) for pair in pairs)
    if not is_whole or not 3 <= len(pairs) <= MOST_CORNERS:
        raise SitingError(
            f"画出的范围有 {len(pairs)} 个顶点：请画 3 至 {MOST_CORNERS} 个 · "
            f"the drawn area has {len(pairs)} corners: draw 3 to {MOST_CORNERS}"
        )
    to_degrees = pyproj.Transformer.from_crs(grid.epsg, 4326, always_xy=True)
    ring = [
        [round(each, _DECIMALS) for each in to_degrees.transform(*grid.transform @ pair)]
        for pair in (*pairs, pairs[0])
    ]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})
