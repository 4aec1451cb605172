"""Statistics in areas, worked by hand on unit squares and against exactextract by hand."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from affine import Affine
from exactextract import exact_extract
from shapely.geometry import box

from geo.districts import Districts
from geo.rasters.library import rasters
from geo.rasters.zonal import zonal
from terms.errors import CrsError, RasterError
from tests.geo.rasters.builders import geotiff, record


def areas(**boxes: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        geometry=[box(*each) for each in boxes.values()], index=list(boxes), crs="EPSG:4326"
    )


@pytest.fixture
def squares(tmp_path: Path) -> Path:
    """Four unit squares, 1 2 above 3 and nothing, from 116 E, 38 N."""
    cells = np.array([[1, 2], [3, -9999]], np.float32)
    return geotiff(tmp_path / "a.tif", cells, transform=Affine(1, 0, 116, 0, -1, 38))


def test_worked_by_hand(squares: Path) -> None:
    found = zonal(
        record(squares),
        areas(
            all=(116, 36, 118, 38),
            half=(116.5, 37, 117.5, 38),
            out=(119, 36, 120, 37),
            edge=(115, 37, 117, 38),
            hole=(117.2, 36.2, 117.8, 36.8),
        ),
        ("mean", "min", "max", "count", "p50"),
    )
    assert list(found.columns) == ["mean", "min", "max", "count", "p50", "coverage"]
    assert found.loc["all"].tolist() == pytest.approx([2, 1, 3, 3, 2, 0.75])
    assert found.loc["half", ["mean", "count", "coverage"]].tolist() == pytest.approx([1.5, 1, 1])
    assert found.loc["edge", ["mean", "coverage"]].tolist() == pytest.approx([1, 0.5])
    for code in ("out", "hole"):
        assert found.loc[code, "coverage"] == 0 and np.isnan(found.loc[code, "mean"])


def test_shipped_rasters_equal_exactextract_by_hand(districts: Districts) -> None:
    frame = districts.frame[["geometry"]]
    for one in rasters():
        found = zonal(one, frame, ("mean", "min", "max", "count", "median", "p10", "p90"))
        by_hand = exact_extract(
            one.path,
            frame.reset_index(),
            ["mean", "min", "max", "count", "median", "quantile(q=0.1)", "quantile(q=0.9)"],
            output="pandas",
        )
        assert list(found.index) == list(districts.codes)
        assert np.array_equal(found.iloc[:, :7].to_numpy(), by_hand.to_numpy(), equal_nan=True)
        assert found["coverage"].between(0, 1).all() and found["coverage"].median() > 0.9


def test_a_projected_raster_takes_areas_in_degrees(tmp_path: Path, districts: Districts) -> None:
    cells = np.tile(np.arange(200, dtype=np.int32), (200, 1))
    transform = Affine(1000, 0, 400_000, 0, -1000, 4_100_000)
    path = geotiff(tmp_path / "a.tif", cells, crs="EPSG:4548", transform=transform)
    feicheng = districts.frame.loc[["370983"], ["geometry"]]
    found = zonal(record(path, crs="EPSG:4548"), feicheng, ("mean", "count"))
    assert found.loc["370983", "coverage"] == pytest.approx(1, abs=1e-6)
    assert found.loc["370983", "count"] == pytest.approx(districts.area_km2("370983"), rel=2e-3)


def test_an_infinite_cell_has_no_value(tmp_path: Path) -> None:
    """As everywhere else (`values_at`, `onto`): it is neither summed nor covered."""
    cells = np.full((4, 4), 7.0, dtype=np.float32)
    cells[0, 0], cells[1, 1] = np.inf, -np.inf
    whole = areas(whole=(116.0, 36.96, 116.04, 37.0))
    found = zonal(record(geotiff(tmp_path / "a.tif", cells)), whole, ("mean", "max", "count"))
    assert found.iloc[0].tolist() == pytest.approx([7, 7, 14, 14 / 16])


def test_areas_must_say_where_they_are(squares: Path) -> None:
    frame = areas(a=(116, 36, 118, 38))
    with pytest.raises(CrsError, match="EPSG:4326"):
        zonal(record(squares), frame.set_crs(None, allow_override=True))
    with pytest.raises(CrsError, match="to_crs"):
        zonal(record(squares), frame.to_crs("EPSG:4548"))
    with pytest.raises(RasterError, match="p10 or p90"):
        zonal(record(squares), frame, ("p101",))
    assert zonal(record(squares), frame.iloc[:0]).empty


def test_absurdly_many_cells_are_refused(tmp_path: Path) -> None:
    tiny = Affine(1e-6, 0, 116, 0, -1e-6, 38)
    path = geotiff(tmp_path / "a.tif", np.zeros((4, 4), np.float32), transform=tiny)
    with pytest.raises(RasterError, match="gdalwarp"):
        zonal(record(path), areas(a=(116, 36, 118, 38)))
