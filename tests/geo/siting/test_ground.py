"""The ground: pieces make the counties' areas, distances are exact in every direction."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import GeometryCollection, LineString, MultiPoint, MultiPolygon, Point, box
from siting_field import exclusion, in_metres, recipe

from geo.crs import GEOD, area_km2
from geo.districts import Districts
from geo.siting.distance import distance_m, is_inside, share
from geo.siting.drivers import Drivers
from geo.siting.ground import Ground, lay
from geo.siting.ranking import M2_PER_KM2, rank_counties
from geo.siting.screen import screen
from terms.errors import CrsError, SitingError

TAIAN = "370900"


@pytest.mark.parametrize("cell_m", [500, 2000])
def test_the_pieces_of_a_county_make_its_area(districts: Districts, cell_m: float) -> None:
    codes = list(districts.codes_in(TAIAN))
    ground = lay(districts.frame.geometry[codes], cell_m=cell_m)
    assert ground.codes == tuple(codes)
    by_county = np.bincount(ground.piece_county, ground.piece_m2) / M2_PER_KM2
    for code, found in zip(codes, by_county, strict=True):
        assert found == pytest.approx(districts.area_km2(code), rel=1e-5)
    assert ground.m2_by_cell().sum() == ground.area_m2
    assert ground.m2_by_cell().max() <= cell_m**2


def test_the_area_holds_far_from_the_middle_of_the_zone(districts: Districts) -> None:
    """Binzhou to Zaozhuang in one zone: the projection's scale is taken out of the areas."""
    codes = [code for code in districts.codes if code[:4] in ("3704", "3710", "3717")]
    ground = lay(districts.frame.geometry[codes], cell_m=5000)
    expected = sum(districts.area_km2(code) for code in codes)
    assert ground.area_m2 / M2_PER_KM2 == pytest.approx(expected, rel=2e-5)


def test_cells_lie_in_the_county_that_has_most_of_them(districts: Districts) -> None:
    codes = list(districts.codes_in(TAIAN))
    ground = lay(districts.frame.geometry[codes], cell_m=1000)
    lon, lat = ground.centres
    is_whole = ground.m2_by_cell() > 990_000
    found = districts.locate_many(lon[is_whole], lat[is_whole])
    said = np.array(codes)[ground.county_of_cell[is_whole]]
    assert (found == said).mean() > 0.97


def test_one_cell_across_three_counties_is_divided_among_them(squares: Districts) -> None:
    ground = lay(squares.frame.geometry, cell_m=5000)
    by_county = np.bincount(ground.piece_county, ground.piece_m2) / M2_PER_KM2
    expected = [squares.area_km2(code) for code in ground.codes]
    assert by_county.tolist() == pytest.approx(expected, rel=1e-4)
    assert (np.bincount(ground.piece_cell) == 3).any()


def test_distance_is_exact_on_diagonals(field: Ground) -> None:
    """PITFALLS 17: a buffer by repeated dilation would reach 71 % here."""
    found = distance_m(in_metres(Point(500, 500)), field, source="well").reshape(10, 10)
    assert found[9, 9] == pytest.approx(9000 * np.sqrt(2))
    assert found[0, 9] == pytest.approx(9000) and found[0, 0] == 0


def test_distance_agrees_with_shapely_for_every_kind_of_shape(field: Ground) -> None:
    ring = box(2100, 2100, 6900, 5300).difference(box(3000, 3000, 4100, 4400))
    shapes = in_metres(ring, LineString([(0, 9000), (4000, 7000), (9000, 9900)]), Point(9100, 700))
    found = distance_m(shapes, field, source="any")
    centres = shapely.points(*field.centres_m)
    expected = shapely.distance(centres, shapely.union_all(shapes.to_numpy()))
    assert found == pytest.approx(expected, abs=1e-6)
    assert found[is_inside(shapes.iloc[:1], field, source="ring")].max() == 0


def test_distance_to_a_countys_real_outline(districts: Districts) -> None:
    ground = lay(districts.frame.geometry[["370983"]], cell_m=5000)
    others = districts.frame.geometry[["370911", "371623"]]
    found = distance_m(others, ground, source="others")
    flat = others.to_crs(ground.grid.epsg).to_numpy()
    centres = shapely.points(*ground.centres_m)
    assert found == pytest.approx(shapely.distance(centres[:, None], flat).min(axis=1), abs=1e-5)


def test_shapes_are_reprojected_from_what_they_declare(field: Ground) -> None:
    in_degrees = in_metres(box(0, 0, 4000, 10_000)).segmentize(100).to_crs(4326)
    assert share(in_degrees, field, source="pond").sum() == pytest.approx(40, rel=1e-6)
    undeclared = gpd.GeoSeries(in_degrees.to_list())
    with pytest.raises(CrsError, match="pond declares no reference system"):
        distance_m(undeclared, field, source="pond")


def test_collections_within_collections_are_measured_whole(field: Ground) -> None:
    """`make_valid` makes a crossed outline with a spike into polygons of their own and a line."""
    squares = MultiPolygon([box(1000, 1000, 2000, 2000), box(7000, 7000, 9000, 8000)])
    inner = GeometryCollection([squares, LineString([(0, 9900), (900, 9900)])])
    shapes = in_metres(GeometryCollection([inner, MultiPoint([(9900, 100), (9900, 900)])]))
    parts = in_metres(*squares.geoms, inner.geoms[1], Point(9900, 100), Point(9900, 900))
    assert (
        distance_m(shapes, field, source="a").tolist()
        == distance_m(parts, field, source="b").tolist()
    )
    assert share(shapes, field, source="a").sum() == pytest.approx(3)
    assert is_inside(shapes, field, source="a").sum() == 3


def test_a_side_along_a_parallel_is_bent_in_metres(districts: Districts) -> None:
    """Straight in degrees, as GeoJSON means it: 36.1° N is the limit of this box, not its chord."""
    ground = lay(districts.frame.geometry[["370983"]], cell_m=500)
    lon, lat = ground.centres
    for west, east in ((113.0, 121.0), (-170.0, 170.0)):
        wide = gpd.GeoSeries([box(west, 36.1, east, 80)], crs=4326)
        assert (is_inside(wide, ground, source="box") == (lat >= 36.1)).all()
        south = lat < 36.1
        found = distance_m(wide, ground, source="box")[south]
        straight_up = GEOD.inv(lon, lat, lon, np.full(len(lat), 36.1))[2][south]
        assert found == pytest.approx(straight_up, rel=2e-3, abs=1)
    assert south.any() and not south.all()


def test_shapes_that_cannot_serve_are_refused(field: Ground) -> None:
    with pytest.raises(SitingError, match="holds no polygon"):
        is_inside(in_metres(Point(0, 0)), field, source="wells")
    with pytest.raises(SitingError, match="holds no shape"):
        distance_m(gpd.GeoSeries([], crs=4326), field, source="nothing")
    with pytest.raises(SitingError, match="holds no county"):
        lay(gpd.GeoSeries([], crs=4326), cell_m=1000)
    with pytest.raises(CrsError, match="4548"):
        lay(in_metres(box(0, 0, 1, 1)), cell_m=1000)


def test_eligible_land_of_a_county_does_not_hang_on_the_cell(districts: Districts) -> None:
    """The same exclusion on cells of 500 m and of 2 km, held against a geometric buffer."""
    wells = gpd.GeoSeries([Point(116.77, 36.18)], crs=4326)
    found = []
    for cell_m in (500, 2000):
        ground = lay(districts.frame.geometry[["370983"]], cell_m=cell_m)
        level = np.ma.MaskedArray(np.ones(ground.grid.shape), mask=False)
        plan = recipe(exclusions=[exclusion("near", "distance", "wells", within_m=9000)])
        drivers = Drivers(rasters={"east": level}, shapes={"wells": wells})
        (row,) = rank_counties(screen(plan, ground, drivers))
        found.append(row.eligible_km2)
    outline = districts.frame.geometry[["370983"]].to_crs(4548)
    circle = wells.to_crs(4548).buffer(9000, quad_segs=64).iloc[0]
    expected = outline.difference(circle).to_crs(4326).iloc[0]
    assert found[0] == pytest.approx(area_km2(expected), rel=0.002)
    assert found[1] == pytest.approx(area_km2(expected), rel=0.01)
