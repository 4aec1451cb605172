"""Corners drawn on the picture, as a polygon in degrees."""

from __future__ import annotations

import json

import pytest
from pyproj import Geod

from geo.rasters.grid import grid_over
from layers.siting.drawn import drawn_polygon
from terms.errors import SitingError

GRID = grid_over((116.4, 35.9, 117.0, 36.4), cell_m=1000)


def test_ten_cells_square_are_a_hundred_square_kilometres() -> None:
    drawn = json.loads(drawn_polygon(GRID, [[10, 10], [20, 10], [20, 20], [10, 20]]))
    (ring,) = drawn["coordinates"]
    assert drawn["type"] == "Polygon" and ring[0] == ring[-1] and len(ring) == 5
    area_m2, _ = Geod(ellps="WGS84").polygon_area_perimeter(*zip(*ring, strict=True))
    assert abs(area_m2) == pytest.approx(1e8, rel=1e-3)
    lon, lat = GRID.centres()
    assert ring[0][0] < lon[10, 10] < ring[1][0] and ring[2][1] < lat[10, 10] < ring[0][1]


@pytest.mark.parametrize(
    "corners",
    [[], [[0, 0], [1, 1]], [[0, 0], [1, 0], [float("nan"), 1]], [[0, 0]] * 501, [[1], [2], [3]]],
)
def test_what_is_no_polygon_is_refused(corners: list[list[float]]) -> None:
    with pytest.raises(SitingError, match="draw 3 to 500"):
        drawn_polygon(GRID, corners)
