"""Values on a grid and at points, checked against rasterio called by hand."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.warp import reproject
from shapely.geometry import box

from geo.rasters import window
from geo.rasters.grid import grid_over
from geo.rasters.read import onto, values_at
from geo.rasters.zonal import zonal
from terms.errors import RasterError
from terms.kinds import RasterKind
from tests.geo.rasters.builders import NORTH, SIDE, WEST, bumpy, geotiff, record

BOX = (116.3, 36.2, 116.9, 36.85)


def test_onto_equals_the_interpolation_by_hand(tmp_path: Path) -> None:
    """Each cell's centre brought to degrees by itself, its four neighbours weighed."""
    cells = bumpy()
    grid = grid_over((115.9, 35.7, 117.6, 37.1), cell_m=400)
    found = onto(record(geotiff(tmp_path / "a.tif", cells)), grid)
    assert found.dtype == np.float32 and found.shape == grid.shape
    lon, lat = grid.centres()
    x, y = (lon - WEST) / SIDE - 0.5, (NORTH - lat) / SIDE - 0.5
    column, row = np.floor(x).astype(int), np.floor(y).astype(int)
    whole = np.where(cells == -9999, np.nan, cells)
    is_in = (column >= 0) & (column < 149) & (row >= 0) & (row < 119)
    column, row = np.clip(column, 0, 148), np.clip(row, 0, 118)
    east, south = x - column, y - row
    by_hand = (1 - south) * ((1 - east) * whole[row, column] + east * whole[row, column + 1])
    by_hand += south * ((1 - east) * whole[row + 1, column] + east * whole[row + 1, column + 1])
    is_good = is_in & np.isfinite(by_hand)
    assert is_good.sum() > 100_000 and not found.mask[is_good].any()
    assert np.abs(found[is_good] - by_hand[is_good]).max() < 0.6  # 20 m on a slope of 25 a km


def test_coarse_cells_are_laid_where_they_are(tmp_path: Path) -> None:
    """Cells of 9 km over four degrees: a warp in one go is up to a kilometre beside them."""
    cells = np.arange(54 * 102, dtype=np.float32).reshape(54, 102)
    place = Affine(1 / 12, 0, 114.5, 0, -1 / 12, 38 + 2 / 3)
    path = geotiff(tmp_path / "a.tif", cells, transform=place)
    grid = grid_over((115, 34.5, 119, 38), cell_m=1000)
    found = onto(record(path), grid, method="nearest")
    lon, lat = grid.centres()
    columns, rows = np.floor(~place @ (lon, lat)).astype(int)
    differs = found.filled(-1) != cells[rows, columns]
    assert differs.mean() < 0.001  # 20 m on either side of an edge; it was 0.010


def test_onto_agrees_with_a_warp_in_one_go(tmp_path: Path) -> None:
    """Where the cells of the grid are the larger ones, their neighbours are taken together."""
    path = geotiff(tmp_path / "a.tif", bumpy())
    grid = grid_over(BOX, cell_m=4000)
    found = onto(record(path), grid)
    by_hand = np.full(grid.shape, np.nan, np.float32)
    with rasterio.open(path) as source:
        reproject(
            rasterio.band(source, 1),
            by_hand,
            dst_transform=grid.transform,
            dst_crs=f"EPSG:{grid.epsg}",
            dst_nodata=np.nan,
            resampling=Resampling.bilinear,
        )
    assert (np.ma.getmaskarray(found) == np.isnan(by_hand)).all()
    assert np.abs(found - by_hand).max() < 3.2  # an eighth of a cell on a slope of 25 a cell


def test_outside_and_no_data_are_masked(tmp_path: Path) -> None:
    path = geotiff(tmp_path / "a.tif", bumpy())
    far = grid_over((120.0, 36.0, 120.2, 36.2), cell_m=1000)
    assert onto(record(path), far).mask.all()
    half = onto(record(path), grid_over((115.9, 36.5, 116.1, 36.6), cell_m=500))
    assert half.mask[:, 0].all() and not half.mask[:, -1].any()


def test_classes_are_never_mixed(tmp_path: Path) -> None:
    cells = np.where(np.indices((60, 60)).sum(0) % 2, 10, 50).astype(np.uint8)
    path = geotiff(tmp_path / "a.tif", cells, nodata=0)
    grid = grid_over((116.1, 36.5, 116.5, 36.9), cell_m=300)
    cover = record(path, kind=RasterKind.LAND_COVER)
    assert set(np.unique(onto(cover, grid).compressed())) == {10.0, 50.0}
    assert len(np.unique(onto(record(path), grid).compressed())) > 2


def test_a_projected_raster_and_scaled_numbers(tmp_path: Path) -> None:
    cells = np.arange(40 * 40, dtype=np.int16).reshape(40, 40)
    transform = Affine(1000, 0, 430_000, 0, -1000, 4_020_000)
    path = geotiff(tmp_path / "a.tif", cells, crs="EPSG:4548", transform=transform)
    with rasterio.open(path, "r+") as made:
        made.scales, made.offsets = (0.5,), (10.0,)
    lon, lat = rasterio.warp.transform(
        "EPSG:4548", "EPSG:4326", [430_500, 469_500], [4_019_500, 3_980_500]
    )
    assert values_at(record(path), lon, lat).tolist() == [10.0, 10 + 0.5 * 1599]


def test_values_at_equals_sampling_by_hand(tmp_path: Path) -> None:
    path = geotiff(tmp_path / "a.tif", bumpy(), tiled=True, blockxsize=64, blockysize=64)
    random = np.random.default_rng(1)
    lon = random.uniform(115.9, 117.6, 300)
    lat = random.uniform(35.7, 37.1, 300)
    found = values_at(record(path), lon, lat)
    with rasterio.open(path) as source:
        by_hand = np.ma.stack(
            [each[0] for each in source.sample(zip(lon, lat, strict=True), masked=True)]
        )
    assert (np.ma.getmaskarray(found) == np.ma.getmaskarray(by_hand)).all()
    assert 50 < found.count() < 300 and np.ma.allequal(found, by_hand)


def test_points_on_the_corner_and_without_place(tmp_path: Path) -> None:
    path = geotiff(tmp_path / "a.tif", np.array([[1, 2], [3, 4]], np.float32))
    lon = [WEST + SIDE / 2, WEST + 1.5 * SIDE, np.nan, WEST - SIDE]
    lat = [NORTH - SIDE / 2, NORTH - 1.5 * SIDE, 36.0, NORTH - SIDE / 2]
    assert values_at(record(path), lon, lat).tolist() == [1.0, 4.0, None, None]
    assert values_at(record(path), lon[0], lat[0]).tolist() == [1.0]


def test_too_many_cells_are_read_from_an_overview_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = geotiff(tmp_path / "a.tif", bumpy())
    grid = grid_over((116.2, 36.2, 117.2, 36.8), cell_m=5000)
    monkeypatch.setattr(window, "MAX_CELLS_READ", 5000)
    with pytest.raises(RasterError, match="gdaladdo"):
        onto(record(path), grid)
    with rasterio.open(path, "r+") as made:
        made.build_overviews([2, 4], Resampling.average)
    coarse = onto(record(path), grid)
    monkeypatch.undo()
    fine = onto(record(path), grid)
    both = ~(coarse.mask | fine.mask)
    assert both.mean() > 0.8 and abs(coarse - fine)[both].mean() < 15


def test_a_system_that_does_not_reach_the_place(tmp_path: Path) -> None:
    other_side = "+proj=ortho +lat_0=0 +lon_0=-60"
    place = Affine(1000, 0, 0, 0, -1000, 50_000)
    path = geotiff(tmp_path / "a.tif", bumpy(), crs=other_side, transform=place)
    assert onto(record(path), grid_over(BOX, cell_m=1000)).mask.all()
    assert values_at(record(path), [117.0], [36.0]).tolist() == [None]
    areas = gpd.GeoDataFrame(geometry=[box(*BOX)], crs="EPSG:4326")
    with pytest.raises(RasterError, match="does not reach"):
        zonal(record(path), areas)


def test_another_band(tmp_path: Path) -> None:
    path = geotiff(tmp_path / "a.tif", np.stack([bumpy(), bumpy() + 1000]))
    at = [116.1], [36.9]
    second = values_at(record(path, band=2), *at) - values_at(record(path), *at)
    assert second.tolist() == [1000.0]
    with pytest.raises(RasterError, match="no band 3, only 2"):
        values_at(record(path, band=3), *at)
