"""Shapes of the user's own: every way in, every reference system, every refusal."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import wgs84_to_gcj02
from geo.siting.own_shapes import read_shapes, read_typed
from terms.errors import CrsError, SitingError

SQUARE = shapely.box(116.6, 36.0, 116.9, 36.2)


def written(tmp_path: Path, name: str, crs: str | None = "EPSG:4326") -> bytes:
    """The square as a file."""
    frame = gpd.GeoDataFrame({"n": [1]}, geometry=[SQUARE], crs="EPSG:4326")
    if crs is not None and crs != "EPSG:4326":
        frame = frame.to_crs(crs)
    frame.to_file(tmp_path / name)
    return (tmp_path / name).read_bytes()


def zipped_shapefile(tmp_path: Path, *, has_prj: bool) -> bytes:
    """The square as a zipped Shapefile, with or without its declaration."""
    written(tmp_path, "square.shp", "EPSG:4548")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(tmp_path.glob("square.*")):
            if has_prj or path.suffix != ".prj":
                archive.write(path, path.name)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "crs"), [("a.geojson", "EPSG:4326"), ("a.gpkg", "EPSG:4548"), ("a.gpkg", "EPSG:4490")]
)
def test_files_come_in_as_wgs84(tmp_path: Path, name: str, crs: str) -> None:
    (shape,) = read_shapes(written(tmp_path, name, crs), name)
    assert shape.symmetric_difference(SQUARE).area < 1e-6


def test_a_shapefile_needs_its_declaration(tmp_path: Path) -> None:
    (shape,) = read_shapes(zipped_shapefile(tmp_path, has_prj=True), "地块.zip")
    assert shape.symmetric_difference(SQUARE).area < 1e-6
    with pytest.raises(CrsError, match="坐标系"):
        read_shapes(zipped_shapefile(tmp_path, has_prj=False), "地块.zip")
    (shape,) = read_shapes(zipped_shapefile(tmp_path, has_prj=False), "地块.zip", crs="EPSG:4548")
    assert shape.symmetric_difference(SQUARE).area < 1e-6


def test_shifted_degrees_are_set_right(tmp_path: Path) -> None:
    shifted = shapely.transform(
        SQUARE, lambda xy: np.column_stack(wgs84_to_gcj02(xy[:, 0], xy[:, 1]))
    )
    data = json.dumps(shapely.geometry.mapping(shifted)).encode()
    (shape,) = read_shapes(data, "a.geojson", crs="gcj02")
    assert shape.symmetric_difference(SQUARE).area < 1e-6
    (unsaid,) = read_shapes(data, "a.geojson")
    assert unsaid.centroid.x - SQUARE.centroid.x > 0.004  # taken at its word, half a kilometre off


@pytest.mark.parametrize(
    "typed",
    [
        "116.6,36.0,116.9,36.2",
        " 116.6， 36.0，116.9 ,36.2 ",
        json.dumps(shapely.geometry.mapping(SQUARE)),
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {},
                        "geometry": shapely.geometry.mapping(SQUARE),
                    }
                ],
            }
        ),
    ],
)
def test_areas_can_be_typed(typed: str) -> None:
    found = read_typed(typed)
    assert found.crs == "EPSG:4326" and found.iloc[0].equals(SQUARE)


def test_a_bow_tie_is_mended() -> None:
    bow = {
        "type": "Polygon",
        "coordinates": [[[116, 36], [117, 37], [117, 36], [116, 37], [116, 36]]],
    }
    assert read_typed(json.dumps(bow)).is_valid.all()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Feicheng", "is no area"),
        ("1,2,3", "is no area"),
        ("117,36,116,37", "is empty"),
        ("nan,1,2,3", "is empty"),
        ("{", "no GeoJSON"),
        ('{"type": "Polygon", "coordinates": 3}', "no GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "holds no shape"),
        ('{"type": "Nothing"}', "GeoJSON"),
    ],
)
def test_what_is_no_area_is_refused(typed: str, says: str) -> None:
    with pytest.raises(SitingError, match=says):
        read_typed(typed)


@pytest.mark.parametrize(
    ("data", "file"), [(b"x", "a.exe"), (b"x", "a.gpkg"), (b"{}", "a.geojson"), (b"PK", "a.zip")]
)
def test_files_that_cannot_serve_are_refused(data: bytes, file: str) -> None:
    with pytest.raises(SitingError):
        read_shapes(data, file)
