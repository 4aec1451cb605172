"""Slope on planes worked by hand, and the cells that have none."""

from __future__ import annotations

import numpy as np
import pytest

from geo.rasters.grid import Grid
from geo.rasters.slope import slope

GRID = Grid(epsg=4548, west_m=0, north_m=0, cell_m=50, width=6, height=5)


def test_a_plane_has_its_own_slope() -> None:
    y, x = np.mgrid[:5, :6] * 50.0
    found = slope(np.ma.masked_invalid(0.03 * x - 0.04 * y + 7), GRID)
    assert found.dtype == np.float32 and found.shape == GRID.shape
    assert found[1:-1, 1:-1].compressed() == pytest.approx(0.05, abs=1e-6)
    assert found.mask[[0, -1], :].all() and found.mask[:, [0, -1]].all()


def test_one_raised_cell_worked_by_hand() -> None:
    z = np.zeros((5, 6))
    z[2, 3] = 100
    found = slope(np.ma.masked_invalid(z), GRID)
    assert found[2, 3] == 0  # Horn leaves the middle out
    assert found[2, 2] == pytest.approx(2 * 100 / (8 * 50))
    assert found[1, 2] == pytest.approx(np.hypot(100, 100) / (8 * 50))


def test_no_height_no_slope_around_it() -> None:
    z = np.ma.masked_array(np.zeros((5, 6)), np.zeros((5, 6), bool))
    z[1, 1] = np.ma.masked
    found = slope(z, GRID)
    assert found.mask[1:3, 1:3].all() and not found.mask[1:4, 3:5].any()


def test_a_grid_too_small_has_none() -> None:
    assert slope(np.ma.zeros((2, 2)), Grid(4548, 0, 0, 50, 2, 2)).mask.all()
