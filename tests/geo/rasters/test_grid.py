"""The grid that rasters are brought onto: laid on whole cells, in metres, refused when absurd."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from geo.rasters.grid import MAX_CELLS, grid_over
from terms.errors import GridError

FEICHENG = (116.45, 35.95, 116.95, 36.35)


def test_grid_covers_its_box_and_its_cells_have_their_size() -> None:
    grid = grid_over(FEICHENG, cell_m=500)
    assert grid.epsg == 4548 and grid.west_m % 500 == 0 and grid.north_m % 500 == 0
    lon, lat = grid.centres()
    assert lon.shape == lat.shape == grid.shape
    half = 0.006  # about a cell
    assert lon.min() < FEICHENG[0] + half and lon.max() > FEICHENG[2] - half
    assert lat.min() < FEICHENG[1] + half and lat.max() > FEICHENG[3] - half
    assert lat[0, 0] > lat[-1, 0]
    _, _, far = Geod(ellps="WGS84").inv(lon[5, 5], lat[5, 5], lon[5, 6], lat[5, 6])
    assert far == pytest.approx(500, rel=2e-4)


def test_transform_and_bounds_agree() -> None:
    grid = grid_over(FEICHENG, cell_m=1000)
    west, south, east, north = grid.bounds_m
    assert grid.transform @ (0, 0) == (west, north)
    assert grid.transform @ (grid.width, grid.height) == (east, south)


def test_boxes_side_by_side_share_their_cells() -> None:
    left = grid_over((116.4, 36.0, 116.6, 36.2), cell_m=250)
    right = grid_over((116.6, 36.0, 116.8, 36.2), cell_m=250)
    assert (right.west_m - left.west_m) % 250 == 0
    assert np.isclose((right.north_m - left.north_m) % 250, 0)


@pytest.mark.parametrize(
    ("bounds", "cell_m", "says"),
    [
        ((117.0, 36.0, 116.0, 37.0), 100.0, "is empty"),
        (FEICHENG, 0.0, "above 0"),
        (FEICHENG, float("nan"), "above 0"),
        ((114.8, 34.3, 122.8, 38.4), 20.0, f"more than {MAX_CELLS:,}"),
    ],
)
def test_absurd_grids_are_refused(
    bounds: tuple[float, float, float, float], cell_m: float, says: str
) -> None:
    with pytest.raises(GridError, match=says):
        grid_over(bounds, cell_m=cell_m)
