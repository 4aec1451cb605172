"""Coordinate reference systems: the shifts, their inverses, zones, areas and distances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from geo import crs
from geo.crs import Crs
from terms.errors import CrsError

LON = st.floats(114.7, 122.8)
LAT = st.floats(34.3, 38.5)
SHIFTED = st.sampled_from([Crs.GCJ02, Crs.BD09])


@given(lon=LON, lat=LAT, system=SHIFTED)
def test_way_out_and_back_misses_by_less_than_a_centimetre(lon, lat, system):
    there = crs.from_wgs84(lon, lat, crs=system)
    back = crs.to_wgs84(*there, crs=system)
    assert crs.distance_m(lon, lat, *back) < 0.01


@given(lon=LON, lat=LAT, system=SHIFTED)
def test_inverse_is_met_by_the_forward_shift(lon, lat, system):
    truth = crs.to_wgs84(lon, lat, crs=system)
    assert crs.distance_m(lon, lat, *crs.from_wgs84(*truth, crs=system)) < 0.01


@given(lon=LON, lat=LAT)
def test_gcj02_lies_about_half_a_kilometre_east(lon, lat):
    shifted = crs.wgs84_to_gcj02(lon, lat)
    assert shifted[0] > lon
    assert 380 < crs.distance_m(lon, lat, *shifted) < 600


# Worked out with another implementation (coord-convert 0.2.1).
@pytest.mark.parametrize(
    ("wgs84", "gcj02", "bd09"),
    [
        ((117.0, 36.65), (117.005840312, 36.650251961), (117.012244786, 36.656589614)),
        ((116.8, 35.4), (116.80553947, 35.399682358), (116.812116336, 35.40542758)),
        (
            (121.5272106, 31.1774276),
            (121.531541859, 31.175303984),
            (121.538015686, 31.181328607),
        ),
    ],
)
def test_forward_shift_agrees_with_another_implementation(wgs84, gcj02, bd09):
    assert crs.from_wgs84(*wgs84, crs="gcj02") == pytest.approx(gcj02, abs=2e-9)
    assert crs.from_wgs84(*wgs84, crs="bd09") == pytest.approx(bd09, abs=2e-9)


def test_points_do_not_influence_each_other():
    lons, lats = np.linspace(115, 122, 50), np.linspace(34.5, 38, 50)
    together = np.column_stack(crs.gcj02_to_wgs84(lons, lats))
    alone = [np.column_stack(crs.gcj02_to_wgs84(*pair))[0] for pair in zip(lons, lats, strict=True)]
    assert np.array_equal(together, np.array(alone))


def test_outside_china_nothing_is_shifted():
    assert crs.wgs84_to_gcj02(2.35, 48.86) == (2.35, 48.86)


@pytest.mark.parametrize("system", ["wgs84", "cgcs2000", "EPSG:4326", "4490", Crs.WGS84])
def test_wgs84_and_cgcs2000_pass_unchanged(system):
    assert crs.to_wgs84([117.0], [36.0], crs=system) == ([117.0], [36.0])


@pytest.mark.parametrize("written", ["gcj02", "GCJ-02", "GCJ_02", " gcj 02 ", "火星坐标"])
def test_crs_is_read_as_people_write_it(written):
    assert crs.parse_crs(written) is Crs.GCJ02


@pytest.mark.parametrize("missing", [None, "", "  "])
def test_missing_crs_names_both_sides_and_the_remedy(missing):
    with pytest.raises(CrsError, match=r"no reference system.*WGS-84.*gcj02"):
        crs.to_wgs84(117.0, 36.0, crs=missing)


def test_unknown_crs_is_named_with_the_remedy():
    with pytest.raises(CrsError, match=r"beijing54.*WGS-84.*bd09"):
        crs.to_wgs84(117.0, 36.0, crs="beijing54")


@pytest.mark.parametrize(
    ("lon", "epsg"), [(75.0, 4534), (117.0, 4548), (118.49, 4548), (118.5, 4549), (135.0, 4554)]
)
def test_zone_by_central_meridian(lon, epsg):
    assert crs.zone_epsg(lon) == epsg
    assert f"CM {round(lon / 3 + 1e-9) * 3}E" in crs.pyproj.CRS(epsg).name


@pytest.mark.parametrize("lon", [36.5, 140.0, float("nan")])
def test_no_zone_outside_china(lon):
    with pytest.raises(CrsError, match="swapped"):
        crs.zone_epsg(lon)


def test_zone_metres_and_back():
    epsg = crs.zone_epsg(117.2)
    east, north = crs.zone_transformer(epsg).transform(117.0, 36.0)
    assert east == pytest.approx(500_000, abs=1e-3)
    assert crs.zone_transformer(epsg, inverse=True).transform(east, north) == pytest.approx(
        (117.0, 36.0), abs=1e-9
    )


def test_area_of_a_square_and_of_a_hole():
    # One hundredth of a degree at 36°N: 901.5 m × 1109.6 m (radii of WGS-84 at that latitude).
    square = box(117, 36, 117.01, 36.01)
    assert crs.area_km2(square) == pytest.approx(1.0003, abs=0.0005)
    ring = Polygon(box(117, 36, 117.02, 36.02).exterior, [square.exterior])
    assert crs.area_km2(ring) == pytest.approx(
        crs.area_km2(box(117, 36, 117.02, 36.02)) - crs.area_km2(square)
    )


def test_area_does_not_mind_the_direction_of_the_ring():
    square = box(117, 36, 117.01, 36.01)
    assert crs.area_km2(square.reverse()) == pytest.approx(crs.area_km2(square))
    assert crs.area_km2(MultiPolygon([square])) == pytest.approx(crs.area_km2(square))


def test_area_of_what_has_none():
    assert crs.area_km2(Polygon()) == 0
    assert crs.area_km2(Point(117, 36)) == 0


def test_distance_of_one_degree_along_a_meridian():
    # Meridian arc from 36°N to 37°N on WGS-84.
    assert crs.distance_m(117, 36, 117, 37) == pytest.approx(110_967, abs=15)
    assert crs.distance_m([117, 118], [36, 36], 117, 36)[0] == 0


@pytest.mark.parametrize("system", list(Crs))
def test_the_rough_way_to_wgs84_is_less_than_its_bound_off(system):
    draw = np.random.default_rng(11)
    lon, lat = draw.uniform(73.5, 135.5, 300_000), draw.uniform(3.5, 53.6, 300_000)
    rough = crs.roughly_to_wgs84(*crs.from_wgs84(lon, lat, crs=system), crs=system)
    off = np.maximum(np.abs(rough[0] - lon), np.abs(rough[1] - lat)).max()
    assert off < 0.6 * crs.ROUGH_DEG
    assert (off == 0) == (system in (Crs.WGS84, Crs.CGCS2000))
