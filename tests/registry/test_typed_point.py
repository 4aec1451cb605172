"""Typed coordinates: four systems, both orders, every way of writing; wild ones get a sentence."""

from __future__ import annotations

import math
from functools import cache
from time import perf_counter

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import from_wgs84
from registry.typed_point import (
    SYSTEMS,
    click_accuracy_m,
    clicked,
    metres_per_pixel,
    read_point,
    zoom_of,
)
from terms.errors import PointError
from terms.language import half

LON, LAT = 116.77, 36.18
near_lon = st.floats(114.5, 123, allow_nan=False)
near_lat = st.floats(34.2, 38.5, allow_nan=False)


@cache
def to_metres(epsg: int) -> pyproj.Transformer:
    """From WGS-84 to a zone's metres."""
    return pyproj.Transformer.from_crs(4326, epsg, always_xy=True)


@pytest.mark.parametrize(
    ("typed", "is_swapped"),
    [
        ("116.77, 36.18", False),
        ("116.77，36.18", False),
        ("（116.77 36.18）", False),
        ("36.18 116.77", True),
        ("116°46'12\"E 36°10'48\"N", False),
        ("36°10′48″N116°46′12″E", True),
        ("东经116°46′12″ 北纬36°10′48″", False),
        ("116°46′12″, 36°10′48″", False),
        ("116度46分12秒、36度10分48秒", False),
        ("E116.77 N36.18", False),
        ("N36.18E116.77", True),
    ],
)
def test_every_way_of_writing_is_read(typed: str, is_swapped: bool) -> None:
    found = read_point(typed, "wgs84")
    assert (found.lon, found.lat) == pytest.approx((LON, LAT), abs=1e-7)
    assert found.is_swapped == is_swapped and found.crs == "wgs84"


@pytest.mark.parametrize("system", ["wgs84", "cgcs2000", "gcj02", "bd09"])
@given(lon=near_lon, lat=near_lat)
def test_degrees_of_every_system_come_back(system: str, lon: float, lat: float) -> None:
    x, y = from_wgs84(np.array([lon]), np.array([lat]), crs=system)
    for typed in (f"{x[0]:.9f}, {y[0]:.9f}", f"{y[0]:.9f} {x[0]:.9f}"):
        found = read_point(typed, system)
        assert (found.lon, found.lat) == pytest.approx((lon, lat), abs=2e-7)


@given(lon=near_lon, lat=near_lat)
def test_metres_of_a_zone_come_back_with_and_without_its_number(lon: float, lat: float) -> None:
    zone = math.floor(lon / 3 + 0.5)
    x, y = to_metres(4534 + zone - 25).transform(lon, lat)
    system = f"cgcs2000-3deg:{zone * 3}"
    for typed, said in (
        (f"{x:.4f}, {y:.4f}", system),
        (f"{y:.4f}, {x:.4f}", system),
        (f"{x + zone * 1e6:.4f}, {y:.4f}", "wgs84"),
        (f"{y:.4f} {x + zone * 1e6:.4f}", "cgcs2000"),
    ):
        found = read_point(typed, said)
        assert (found.lon, found.lat) == pytest.approx((lon, lat), abs=2e-7)
        assert found.crs == system


@pytest.mark.parametrize(
    ("typed", "system", "words"),
    [
        ("479300, 4005900", "wgs84", "先选 3 度带"),
        ("479300, 4005900", "gcj02", "先选 3 度带"),
        ("116.77, 36.18", "cgcs2000-3deg:117", "选的是 3 度带"),
        ("0, 0", "wgs84", "山东一带"),
        ("-116.77, 36.18", "wgs84", "山东一带"),
        ("999999999, 999999999", "cgcs2000-3deg:117", "山东一带"),
        ("116.77E 117.2E", "wgs84", "十进制度数"),
        ("116.77", "wgs84", "十进制度数"),
        ("116.77, 36.18, 5", "wgs84", "十进制度数"),
        ("nan, nan", "wgs84", "十进制度数"),
        ("inf, -inf", "wgs84", "十进制度数"),
        ("1e308, 1e308", "bd09", "十进制度数"),
        ("9" * 200, "wgs84", "十进制度数"),
        ("1 " * 60, "wgs84", "十进制度数"),
        ("", "wgs84", "十进制度数"),
        ("a · b", "wgs84", "十进制度数"),
    ],
)
def test_what_is_no_place_is_one_sentence_in_each_language(
    typed: str, system: str, words: str
) -> None:
    with pytest.raises(PointError) as caught:
        read_point(typed, system)
    zh, en = half(str(caught.value), "zh"), half(str(caught.value), "en")
    assert words in zh and "expected" in en and zh != en and "\n" not in zh
    assert len(zh) < 200


@given(typed=st.text(max_size=400), system=st.sampled_from(SYSTEMS))
def test_anything_typed_is_a_point_or_a_sentence(typed: str, system: str) -> None:
    start = perf_counter()
    try:
        found = read_point(typed, system)
        assert 73 < found.lon < 136 and 3 < found.lat < 54
    except PointError as error:
        assert half(str(error), "zh") != str(error)
    assert perf_counter() - start < 2


def test_a_click_is_as_exact_as_its_zoom() -> None:
    assert metres_per_pixel(0, 0) == pytest.approx(2 * math.pi * 6378137 / 256)
    assert metres_per_pixel(36, 11) == pytest.approx(61.84, abs=0.01)
    assert [click_accuracy_m(36, zoom) for zoom in (8, 11, 17)] == [2000, 250, 4]
    assert zoom_of(clicked(10.25)) == 10.25
    assert zoom_of("116.77, 36.18") is None
