"""Districts: names, labels, places; unit squares first, then what ships."""

import numpy as np
import pytest
import shapely

from geo.districts import COLUMNS, load_districts
from terms.errors import BoundaryError, DistrictError

PLAN_DISTRICTS = [
    *["370811", "370812", *map(str, range(370826, 370833)), "370881", "370883"],
    *[*map(str, range(370402, 370407)), "370481"],
    "370102",
    *["370902", "370911", "370921", "370923", "370982", "370983"],
    *["371602", "371603", "371621", "371622", "371623", "371625", "371681"],
]


def test_frame_is_indexed_by_sorted_codes(squares):
    assert squares.codes == ("900001", "900002", "900103")
    assert list(squares.frame.index) == list(squares.frame["code"])


def test_names_and_labels(squares):
    assert squares.name("900001") == squares.name("900103") == "市中区"
    assert squares.label("900001") == "甲市·市中区"
    assert squares.label("900103", "en") == "Shizhong District, Bing"
    assert squares.city_name("900100") == "丙市"
    assert squares.city_name("900100", "en") == "Bing"
    assert squares.city_code("900103") == "900100"


def test_find_returns_every_bearer_of_a_name(squares):
    assert squares.find("市中区") == ("900001", "900103")
    assert squares.find("shizhong district", city_code="900100") == ("900103",)
    assert squares.find("无此区") == ()


def test_has_and_codes_in(squares):
    assert squares.has("900001")
    assert not squares.has("900009")
    assert squares.codes_in("900000") == ("900001", "900002")
    with pytest.raises(DistrictError, match="999900"):
        squares.codes_in("999900")


def test_unknown_code_says_what_was_expected(squares):
    with pytest.raises(DistrictError, match=r"'370100'.*six-digit"):
        squares.name("370100")


def test_repeated_label_stops_the_construction(make_squares):
    with pytest.raises(DistrictError, match="900001 and 900002 share the label"):
        make_squares(name=["市中区"] * 3)
    with pytest.raises(DistrictError, match="share the label"):
        make_squares(name_en=["Shizhong District"] * 3)


def test_repeated_code_stops_the_construction(make_squares):
    with pytest.raises(DistrictError, match="unique codes"):
        make_squares(code=["900001", "900001", "900103"])


def test_locate(squares):
    assert squares.locate(117.05, 36.05) == "900001"
    assert squares.locate(117.15, 36.05) == "900002"
    assert squares.locate(117.15, 35.95) is None
    assert squares.locate(float("nan"), 36.05) is None


def test_a_point_on_a_shared_border_goes_to_the_lowest_code(squares):
    assert squares.locate(117.1, 36.05) == "900001"
    assert squares.locate(117.05, 36.0) == "900001"
    assert squares.locate(117.1, 36.0) == "900001"


def test_locate_many_agrees_with_one_by_one_in_any_order(squares):
    rng = np.random.default_rng(7)
    lons, lats = rng.uniform(116.95, 117.25, 400), rng.uniform(35.85, 36.15, 400)
    lons[::7] = 117.1
    together = squares.locate_many(lons, lats)
    assert list(together) == [squares.locate(*pair) or "" for pair in zip(lons, lats, strict=True)]
    order = rng.permutation(400)
    assert np.array_equal(squares.locate_many(lons[order], lats[order]), together[order])


def test_locate_many_of_nothing(squares):
    assert squares.locate_many([], []).shape == (0,)


def test_neighbours_share_a_border_not_a_corner(squares):
    assert squares.neighbours("900001") == ("900002", "900103")
    assert squares.neighbours("900002") == ("900001",)


def test_cities_are_the_union_of_their_districts(squares):
    assert list(squares.cities.index) == ["900000", "900100"]
    assert squares.cities.geometry["900000"].equals(shapely.box(117.0, 36.0, 117.2, 36.1))
    assert squares.cities.loc["900100", "city_en"] == "Bing"


def test_missing_files_name_the_recipe(tmp_path):
    with pytest.raises(BoundaryError, match=r"districts\.parquet.*data\.recipes\.boundaries"):
        load_districts(tmp_path)


def test_shipped_frame_has_the_stated_columns(shipped):
    assert tuple(shipped.frame.columns) == COLUMNS
    assert len(shipped.codes) == 136
    assert shipped.frame.crs.to_epsg() == shipped.display.crs.to_epsg() == 4326
    assert "高德" in shipped.edition
    assert "Amap" in shipped.edition_en


def test_shipped_coverage_is_valid(shipped):
    for frame in (shipped.frame, shipped.display):
        assert shapely.is_valid(frame.geometry.to_numpy()).all()
        assert shapely.coverage_is_valid(frame.geometry.to_numpy())


def test_every_inner_point_lies_in_its_own_district(shipped):
    lons, lats = shipped.frame["lon"].to_numpy(), shipped.frame["lat"].to_numpy()
    assert list(shipped.locate_many(lons, lats)) == list(shipped.codes)
    assert np.array_equal(np.round(lons, 5), lons)
    assert shapely.contains_xy(shipped.display.geometry.to_numpy(), lons, lats).all()


def test_two_districts_are_called_shizhong(shipped):
    assert shipped.find("市中区") == ("370103", "370402")
    assert shipped.label("370402") == "枣庄市·市中区"
    assert shipped.label("370402", "en") == "Shizhong District, Zaozhuang"


@pytest.mark.parametrize("code", PLAN_DISTRICTS)
def test_the_districts_of_the_plans_are_there(shipped, code):
    assert shipped.has(code)


@pytest.mark.parametrize(
    ("code", "name_en", "city_en"),
    [
        ("370983", "Feicheng City", "Tai'an"),
        ("371623", "Wudi County", "Binzhou"),
        ("371522", "Shen County", "Liaocheng"),
        ("371722", "Shan County", "Heze"),
        ("371481", "Laoling City", "Dezhou"),
        ("371524", "Dong'e County", "Liaocheng"),
        ("370812", "Yanzhou District", "Jining"),
        ("370404", "Yicheng District", "Zaozhuang"),
    ],
)
def test_english_names_read_as_they_are_spoken(shipped, code, name_en, city_en):
    assert shipped.name(code, "en") == name_en
    assert shipped.city_name(shipped.city_code(code), "en") == city_en


def test_areas_and_neighbours_of_known_districts(shipped):
    # 历下区: about 101 km² by its own description; 微山县: about 1780 km².
    assert shipped.area_km2("370102") == pytest.approx(101, abs=2)
    assert shipped.area_km2("370826") == pytest.approx(1780, rel=0.03)
    assert "370103" in shipped.neighbours("370102")
    for code in ("370102", "370826", "371623"):
        for other in shipped.neighbours(code):
            assert code in shipped.neighbours(other)


def test_display_keeps_every_part_and_nearly_every_square_kilometre(shipped):
    full, display = shipped.frame.geometry.to_numpy(), shipped.display.geometry.to_numpy()
    assert np.array_equal(shapely.get_num_geometries(full), shapely.get_num_geometries(display))
    ratio = shapely.area(display) / shapely.area(full)
    assert 0.99 < ratio.min() <= ratio.max() < 1.01
    shared = shapely.area(shapely.intersection(full, display)) / shapely.area(full)
    # 市南区, thirty square kilometres of coast, keeps least (0.979).
    assert shared.min() > 0.97


def test_sixteen_cities(shipped):
    assert len(shipped.cities) == 16
    assert shipped.cities.geometry.is_valid.all()
    assert sum(len(shipped.codes_in(city)) for city in shipped.cities.index) == 136
