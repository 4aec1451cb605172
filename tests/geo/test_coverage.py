"""Inner points, display outlines, hashes and faults of sets of polygons."""

import shapely
from shapely import MultiPolygon, Polygon, box

from geo.coverage import boundary_digest, display_outlines, gaps_km2, inner_point, overlaps_km2
from geo.crs import area_km2

LEFT, RIGHT = box(117.0, 36.0, 117.1, 36.1), box(117.1, 36.0, 117.2, 36.1)


def test_inner_point_of_a_square_is_its_middle():
    # The square is 9.0 km wide and 11.1 km high: the circle may slide up and down.
    lon, lat = inner_point(LEFT)
    assert abs(lon - 117.05) < 0.001
    assert 36.03 < lat < 36.07


def test_inner_point_of_a_horseshoe_lies_in_it():
    shoe = box(117, 36, 117.3, 36.3).difference(box(117.05, 36.05, 117.25, 36.3))
    assert not shapely.contains(shoe, shapely.centroid(shoe))
    assert shapely.contains_xy(shoe, *inner_point(shoe))


def test_inner_point_of_islands_lies_on_the_largest():
    islands = MultiPolygon([box(117, 36, 117.01, 36.01), box(117.5, 36, 117.6, 36.1)])
    assert inner_point(islands)[0] > 117.5


def test_digest_minds_neither_order_nor_noise_but_a_moved_vertex():
    digest = boundary_digest(["900001", "900002"], [LEFT, RIGHT])
    assert digest == boundary_digest(["900002", "900001"], [RIGHT, LEFT])
    noisy = shapely.transform(LEFT, lambda xy: xy + 1e-9)
    assert digest == boundary_digest(["900001", "900002"], [noisy, RIGHT])
    moved = shapely.transform(LEFT, lambda xy: xy + 1e-6)
    assert digest != boundary_digest(["900001", "900002"], [moved, RIGHT])
    assert digest != boundary_digest(["900001", "900003"], [LEFT, RIGHT])


def test_display_outlines_keep_sharing_their_edge():
    wiggle = [(117.1 + 0.0004 * (step % 2), 36 + step / 1000) for step in range(101)]
    left = Polygon([(117, 36), *wiggle, (117, 36.1)])
    right = Polygon([(117.2, 36.1), *reversed(wiggle), (117.2, 36)])
    simple = display_outlines([left, right])
    assert shapely.coverage_is_valid(simple)
    assert shapely.get_num_coordinates(simple).sum() < 30


def test_overlaps_and_gaps():
    assert overlaps_km2(["a", "b"], [LEFT, RIGHT]) == {}
    wide = box(117.09, 36.0, 117.2, 36.1)
    shared = overlaps_km2(["a", "b"], [LEFT, wide])
    assert list(shared) == [("a", "b")]
    assert abs(shared["a", "b"] - area_km2(box(117.09, 36.0, 117.1, 36.1))) < 1e-6
    hole = box(117.04, 36.04, 117.06, 36.06)
    (lon, lat, km2), *rest = gaps_km2([LEFT.difference(hole), RIGHT])
    assert not rest
    assert shapely.contains_xy(hole, lon, lat)
    assert abs(km2 - area_km2(hole)) < 1e-6
    assert gaps_km2([LEFT, RIGHT]) == []
