"""How values spread over an area and around a point, by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from pyproj import Geod
from shapely.geometry import box

from geo.rasters.distribution import around, circle, within
from terms.kinds import RasterKind
from tests.geo.rasters.builders import NORTH, WEST, geotiff, record


def test_a_hundred_values_in_a_square(tmp_path: Path) -> None:
    cells = np.arange(1, 101, dtype=np.float32).reshape(10, 10)
    one = record(geotiff(tmp_path / "a.tif", cells, transform=Affine(0.1, 0, 116, 0, -0.1, 37)))
    found = within(one, box(116, 36, 117, 37))
    assert found is not None and found.coverage == pytest.approx(1)
    assert found.middle == pytest.approx(np.quantile(cells, 0.5))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(cells, (0.1, 0.9))))
    assert within(one, box(118, 36, 119, 37)) is None
    half = within(one, box(116, 35, 117, 37))
    assert half is not None and half.coverage == pytest.approx(0.5)


def test_the_commonest_class(tmp_path: Path) -> None:
    cells = np.array([[1, 1, 2], [1, 2, 3]], np.uint8)
    path = geotiff(tmp_path / "a.tif", cells, nodata=0)
    found = within(record(path, kind=RasterKind.LAND_COVER), box(WEST, NORTH - 1, 117, NORTH))
    assert found is not None and (found.low, found.middle, found.high) == (None, 1, None)


def test_a_point_with_and_without_accuracy(tmp_path: Path) -> None:
    cells = np.tile(np.arange(100, dtype=np.float32), (100, 1))
    one = record(geotiff(tmp_path / "a.tif", cells))
    at = WEST + 0.505, NORTH - 0.505
    exact = around(one, *at, accuracy_m=0)
    assert exact is not None and (exact.low, exact.middle, exact.high) == (None, 50, None)
    about = around(one, *at, accuracy_m=5000)
    assert about is not None and about.low is not None and about.high is not None
    assert about.middle == pytest.approx(50, abs=0.6)
    assert about.low < 47 and about.high > 53 and about.low > 43
    assert around(one, 119, 36, accuracy_m=0) is None
    assert around(one, 119, 36, accuracy_m=5000) is None


def test_the_circle_is_round_on_the_ellipsoid() -> None:
    ring = circle(117, 36, 5000).exterior.coords
    _, _, far = Geod(ellps="WGS84").inv(
        [117] * len(ring), [36] * len(ring), [x for x, _ in ring], [y for _, y in ring]
    )
    assert np.allclose(far, 5000, atol=0.01)
