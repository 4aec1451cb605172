"""Joining points: arrays and frames, every reference system, what is outside and what invalid."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, Point, points

from geo import districts as module
from geo.crs import Crs, from_wgs84
from geo.districts import Districts
from geo.join.points import join_frame, join_points
from terms.errors import CrsError, JoinError

LON = np.array([117.05, 117.15, 117.05, 117.15, 117.1, np.nan, np.inf])
LAT = np.array([36.05, 36.05, 35.95, 35.95, 36.0, 36.05, 36.05])
CODES = ["900001", "900002", "900103", "", "900001", "", ""]


@pytest.fixture(params=["few", "many"])
def squares(request, make_squares, monkeypatch) -> Districts:
    """The unit squares, by the plain way and by the cells."""
    monkeypatch.setattr(module, "_MANY", 0 if request.param == "many" else 10**9)
    return make_squares()


def test_every_point_has_one_fate(squares: Districts) -> None:
    joined = join_points(LON, LAT, districts=squares, crs="wgs84")
    assert joined.district_codes.tolist() == CODES
    assert joined.is_on_border.tolist() == [False] * 4 + [True] + [False] * 2
    assert joined.is_outside.tolist() == [False] * 3 + [True] + [False] * 3
    assert joined.is_invalid.tolist() == [False] * 5 + [True] * 2
    fates = (joined.places >= 0).astype(int) + joined.is_outside + joined.is_invalid
    assert (fates == 1).all()


@pytest.mark.parametrize("crs", [Crs.GCJ02, Crs.BD09, "火星坐标", "epsg:4490"])
def test_points_of_another_system_are_converted_on_the_way(squares: Districts, crs: str) -> None:
    lon, lat = LON[:4], LAT[:4]
    joined = join_points(*from_wgs84(lon, lat, crs=crs), districts=squares, crs=crs)
    assert joined.district_codes.tolist() == CODES[:4]


def test_forgetting_the_shift_shows(squares: Districts) -> None:
    lon, lat = from_wgs84([117.0995], [36.05], crs="gcj02")
    for crs, code in (("gcj02", "900001"), ("wgs84", "900002")):
        assert join_points(lon, lat, districts=squares, crs=crs).district_codes[0] == code


def test_a_stray_point_without_an_inverse_stops_nobody(squares: Districts) -> None:
    """At 72.004°E the shift begins, and points there have no inverse."""
    joined = join_points([72.0041, 117.05], [36.0, 36.05], districts=squares, crs="gcj02")
    assert joined.district_codes.tolist() == ["", "900001"]
    assert joined.is_outside.tolist() == [True, False]


def test_no_points(squares: Districts) -> None:
    joined = join_points([], [], districts=squares, crs="bd09")
    assert joined.district_codes.shape == joined.is_outside.shape == (0,)


@pytest.mark.parametrize("crs", [None, ""])
def test_a_missing_system_is_refused(squares: Districts, crs: str | None) -> None:
    with pytest.raises(CrsError, match="say one of wgs84, cgcs2000, gcj02, bd09"):
        join_points(LON, LAT, districts=squares, crs=crs)


def test_lists_of_unequal_length_are_refused(squares: Districts) -> None:
    with pytest.raises(JoinError, match="equally long"):
        join_points(LON, LAT[:3], districts=squares, crs="wgs84")


def frame(**changes) -> gpd.GeoDataFrame:
    spots = [*points(LON[:5], LAT[:5]), Point(), None]
    return gpd.GeoDataFrame({"mw": range(7)}, geometry=spots, **({"crs": 4326} | changes))


def test_a_frame_keeps_its_rows_and_gains_a_column(squares: Districts) -> None:
    given = frame().iloc[::-1]
    joined = join_frame(given, districts=squares)
    assert joined["district_code"].tolist() == CODES[::-1]
    assert joined["mw"].tolist() == given["mw"].tolist() and "district_code" not in given


def test_a_frame_in_metres_is_converted(squares: Districts) -> None:
    inside = frame().iloc[:4].to_crs(4548)
    assert join_frame(inside, districts=squares)["district_code"].tolist() == CODES[:4]


def test_a_shift_goes_before_what_a_frame_declares(squares: Districts) -> None:
    lon, lat = from_wgs84(LON[:4], LAT[:4], crs="gcj02")
    shifted = gpd.GeoDataFrame(geometry=points(lon, lat), crs=4326)
    assert (
        join_frame(shifted, districts=squares, crs="gcj02")["district_code"].tolist() == CODES[:4]
    )
    with pytest.raises(CrsError, match="is in degrees"):
        join_frame(shifted.to_crs(4548), districts=squares, crs="gcj02")


def test_a_frame_without_a_system_and_one_without_points_are_refused(squares: Districts) -> None:
    with pytest.raises(CrsError, match="say one of"):
        join_frame(frame(crs=None), districts=squares)
    line = gpd.GeoDataFrame(geometry=[LineString([(117, 36), (118, 37)])], crs=4326)
    with pytest.raises(JoinError, match="geometry 1 is a LineString"):
        join_frame(line, districts=squares)
