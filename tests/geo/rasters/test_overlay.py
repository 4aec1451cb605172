"""The picture of a raster: warped right, clear where nothing is, with its classes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyproj
import pytest
import rasterio
from affine import Affine
from rasterio.io import MemoryFile

from geo.rasters.library import rasters
from geo.rasters.overlay import ColourClass, Overlay, overlay
from geo.rasters.read import values_at
from terms.errors import RasterError
from terms.kinds import RasterKind
from tests.geo.rasters.builders import bumpy, geotiff, record

HERE = (114.5, 34.2, 123.0, 38.6)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def colours(made: Overlay) -> np.ndarray:
    """Rows × columns × RGBA as another reader sees the PNG."""
    with MemoryFile(made.png) as file, file.open() as image:
        table = image.colormap(1)
        palette = np.array([table.get(number, (255, 0, 255, 255)) for number in range(256)])
        return palette[image.read(1)]


def class_of(made: Overlay, value: float) -> ColourClass:
    return next(
        each
        for each in made.classes
        if (each.low is None or each.low <= value) and (each.high is None or value < each.high)
    )


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_each_pixel_has_the_colour_of_the_value_under_it(tmp_path: Path) -> None:
    one = record(geotiff(tmp_path / "a.tif", bumpy()))
    made = overlay(one, HERE)
    assert made.bounds == pytest.approx((116, 35.8, 117.5, 37))
    image = colours(made)
    assert max(image.shape) == 1400 and 3 <= len(made.classes) <= 8
    to_m = pyproj.Transformer.from_crs(4326, 3857, always_xy=True)
    west, south, east, north = to_m.transform_bounds(*made.bounds)
    rows, columns = np.mgrid[37 : image.shape[0] : 90, 41 : image.shape[1] : 90]
    x = west + (columns + 0.5) * (east - west) / image.shape[1]
    y = north - (rows + 0.5) * (north - south) / image.shape[0]
    lon, lat = to_m.transform(x.ravel(), y.ravel(), direction="INVERSE")
    values = values_at(one, lon, lat)
    seen = image[rows.ravel(), columns.ravel()]
    assert values.mask.any() and not values.mask.all()
    wrong = 0
    for value, pixel in zip(values, seen, strict=True):
        if np.ma.is_masked(value):
            wrong += pixel[3] != 0
        else:
            colour = class_of(made, float(value)).colour
            wrong += "#{:02x}{:02x}{:02x}".format(*pixel[:3]) != colour or pixel[3] != 255
    assert wrong <= len(seen) * 0.02  # at the very edge of a cell


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_the_sea_is_clear_and_fine_cells_are_averaged(tmp_path: Path) -> None:
    shipped = {each.id: overlay(each, HERE) for each in rasters()}
    sea = colours(shipped["height"])[..., 3]
    assert 0.2 < (sea == 0).mean() < 0.5
    assert all(len(each.png) < 60_000 for each in shipped.values())
    chess = np.indices((800, 800)).sum(0) % 2 * np.float32(100)
    path = geotiff(tmp_path / "a.tif", chess, transform=Affine(0.001, 0, 116, 0, -0.001, 37))
    edges = [each.low for each in overlay(record(path), HERE, side_px=100).classes[1:]]
    assert all(each is not None and 40 < each < 60 for each in edges)


def test_classes_are_round_and_open_at_the_ends() -> None:
    for one in rasters():
        classes = overlay(one, HERE).classes
        assert classes[0].low is None and classes[-1].high is None
        edges = [each.high for each in classes[:-1]]
        assert edges == [each.low for each in classes[1:]]
        widths = {b - a for a, b in pairwise(edges) if a is not None and b}
        assert len(widths) == 1 and widths.pop() in {1, 2, 5, 10, 20, 50, 100, 200}
        assert len({each.colour for each in classes}) == len(classes)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_land_cover_keeps_its_own_colours(tmp_path: Path) -> None:
    cells = np.array([[10, 10], [50, 0]], np.uint8)
    path = geotiff(tmp_path / "a.tif", cells, nodata=0)
    cover = record(path, kind=RasterKind.LAND_COVER)
    plain = overlay(cover, HERE)
    assert [(each.low, each.high) for each in plain.classes] == [(10, 10), (50, 50)]
    with rasterio.open(path, "r+") as made:
        made.write_colormap(1, {10: (0, 100, 0, 255), 50: (250, 0, 0, 255)})
    own = overlay(cover, HERE)
    assert [each.colour for each in own.classes] == ["#006400", "#fa0000"]
    image = colours(own)
    last = image.shape[0] - 1
    assert image[0, 0].tolist() == [0, 100, 0, 255] and image[last, 0].tolist()[:3] == [250, 0, 0]
    assert image[last, -1][3] == 0


def test_one_value_and_nothing(tmp_path: Path) -> None:
    flat = record(geotiff(tmp_path / "a.tif", np.full((9, 9), 7, np.float32)))
    assert overlay(flat, HERE).classes == (ColourClass("#d9b77a", None, None),)
    with pytest.raises(RasterError, match="no data on this map"):
        overlay(flat, (119, 35, 120, 36))
    hole = record(geotiff(tmp_path / "b.tif", np.full((9, 9), -9999, np.float32)))
    with pytest.raises(RasterError, match="no data on this map"):
        overlay(replace(hole, title="洞"), HERE)
