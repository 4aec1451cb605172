"""Unit districts: three squares of a tenth of a degree, worked by hand."""

from collections.abc import Callable

import geopandas as gpd
import pytest
from shapely import box

from geo.districts import Districts, by_code, load_districts


def unit_frame() -> gpd.GeoDataFrame:
    """A | B over C: 900001 and 900002 share 117.1°E, 900103 touches 900001 from below."""
    return gpd.GeoDataFrame(
        {
            "code": ["900002", "900001", "900103"],
            "name": ["乙区", "市中区", "市中区"],
            "name_en": ["Yi District", "Shizhong District", "Shizhong District"],
            "city_code": ["900000", "900000", "900100"],
            "city": ["甲市", "甲市", "丙市"],
            "city_en": ["Jia", "Jia", "Bing"],
            "lon": [117.15, 117.05, 117.05],
            "lat": [36.05, 36.05, 35.95],
        },
        geometry=[
            box(117.1, 36.0, 117.2, 36.1),
            box(117.0, 36.0, 117.1, 36.1),
            box(117.0, 35.9, 117.1, 36.0),
        ],
        crs="EPSG:4326",
    )


def unit_districts(**changes) -> Districts:
    """Districts of the unit squares, with columns replaced by `changes`."""
    frame = by_code(unit_frame().assign(**changes))
    return Districts(
        frame=frame,
        display=frame[["code", "geometry"]],
        edition="试验",
        edition_en="trial",
        digest="0",
    )


@pytest.fixture
def squares() -> Districts:
    return unit_districts()


@pytest.fixture
def make_squares() -> Callable[..., Districts]:
    return unit_districts


@pytest.fixture(scope="session")
def shipped() -> Districts:
    return load_districts()


@pytest.fixture
def jining_file_frame(shipped) -> gpd.GeoDataFrame:
    """What a bureau might hand in: the eleven districts of Jining, columns named its own way."""
    rows = shipped.frame.loc[list(shipped.codes_in("370800"))]
    columns = {"XZQDM": rows["code"].to_list(), "XZQMC": rows["name"].to_list()}
    return gpd.GeoDataFrame(columns, geometry=rows.geometry.to_numpy(), crs="EPSG:4326")
