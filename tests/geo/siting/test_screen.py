"""Screening worked by hand on a field of ten by ten cells, then by what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Point, box
from siting_field import columns, criterion, exclusion, in_metres, recipe

from geo.siting.drivers import Drivers
from geo.siting.explain import best_spots, open_all, open_county, open_point
from geo.siting.ground import Ground
from geo.siting.ranking import rank_counties
from geo.siting.screen import NO_DATA, screen
from terms.errors import SitingError
from terms.kinds import Technology

KM2 = 1_000_000
EAST = {"east": columns(lambda n: n)}


def test_one_exclusion_leaves_what_it_should(field: Ground) -> None:
    plan = recipe(exclusions=[exclusion("low", "raster", "east", min=3)])
    result = screen(plan, field, Drivers(rasters=EAST))
    assert result.eligible_m2.reshape(10, 10)[:, :3].sum() == 0
    assert result.eligible_m2.sum() == 70 * KM2
    grid = result.score_on_grid()
    assert grid.mask[:, :3].all() and not grid.mask[:, 3:].any()
    assert grid[0].compressed() == pytest.approx([3 / 9, 4 / 9, 5 / 9, 6 / 9, 7 / 9, 8 / 9, 1.0])


def test_the_waterfall_adds_up_and_says_what_each_takes_alone(field: Ground) -> None:
    drivers = Drivers(
        rasters=EAST,
        shapes={"pond": in_metres(box(0, 0, 4000, 10_000)), "line": in_metres(Point(500, 500))},
        counties={"named": {"900002": 2.0}},
    )
    terms = [
        exclusion("low", "raster", "east", min=3),
        exclusion("water", "polygons", "pond", drop="inside"),
        exclusion("county", "district", "named", drop="named"),
        exclusion("off", "district", "named", drop="others") | {"enabled": False},
    ]
    result = screen(recipe(exclusions=terms), field, drivers)
    found = [(step.id, step.alone_m2 // KM2, step.taken_m2 // KM2) for step in result.steps]
    assert found == [(NO_DATA, 0, 0), ("low", 30, 30), ("water", 40, 10), ("county", 50, 50)]
    assert field.area_m2 - sum(step.taken_m2 for step in result.steps) == 10 * KM2
    assert result.steps[-1].left_m2 == result.eligible_m2.sum() == 10 * KM2


def test_counties_and_polygons_can_be_kept_instead(field: Ground) -> None:
    drivers = Drivers(
        rasters=EAST,
        shapes={"pond": in_metres(box(0, 0, 4000, 10_000))},
        counties={"named": {"900002": 1.0}},
    )
    only_east = [exclusion("county", "district", "named", drop="others")]
    result = screen(recipe(exclusions=only_east), field, drivers)
    assert result.eligible_m2.reshape(10, 10).sum(axis=0).tolist() == [0] * 5 + [10 * KM2] * 5
    in_pond = [exclusion("water", "polygons", "pond", drop="outside")]
    result = screen(recipe(exclusions=in_pond), field, drivers)
    assert result.eligible_m2.sum() == 40 * KM2


def test_distances_exclude_near_and_far(field: Ground) -> None:
    drivers = Drivers(rasters=EAST, shapes={"well": in_metres(Point(500, 500))})
    near = [exclusion("near", "distance", "well", within_m=1500, beyond_m=3000)]
    result = screen(recipe(exclusions=near), field, drivers)
    rows, cols = np.divmod(np.flatnonzero(result.eligible_m2), 10)
    expected = {
        (r, c) for r in range(10) for c in range(10) if 1500 <= 1000 * np.hypot(r, c) <= 3000
    }
    assert set(zip(rows.tolist(), cols.tolist(), strict=True)) == expected


def test_within_includes_its_limit_and_what_lies_inside(field: Ground) -> None:
    """以内 includes the number, 以外 does not: so 0 m leaves out the inside of a polygon."""
    drivers = Drivers(rasters=EAST, shapes={"pond": in_metres(box(0, 0, 2500, 10_000))})
    for limits, columns_left in (({"within_m": 0}, 7), ({"within_m": 1000}, 6)):
        off = [exclusion("off", "distance", "pond", **limits)]
        assert screen(recipe(exclusions=off), field, drivers).eligible_m2.sum() == (
            columns_left * 10 * KM2
        )
    off = [exclusion("off", "distance", "pond", beyond_m=1000)]
    assert screen(recipe(exclusions=off), field, drivers).eligible_m2.sum() == 40 * KM2


def test_where_a_raster_has_no_value_is_set_aside_and_said(field: Ground) -> None:
    holed = columns(lambda n: n)
    holed[:, 7:] = np.ma.masked
    drivers = Drivers(rasters={"east": columns(lambda n: n), "holed": holed})
    terms = [exclusion("low", "raster", "holed", max=4)]
    result = screen(recipe(exclusions=terms), field, drivers)
    assert [(s.id, s.taken_m2 // KM2) for s in result.steps] == [(NO_DATA, 30), ("low", 20)]
    result = screen(recipe(criteria=[criterion("c", "holed")]), field, drivers)
    assert result.steps == (result.steps[0],) and result.steps[0].taken_m2 == 30 * KM2
    assert np.isfinite(result.score).all()


def test_weights_sum_to_one_and_contributions_to_the_score(field: Ground) -> None:
    drivers = Drivers(
        rasters=EAST,
        shapes={"well": in_metres(Point(500, 500))},
        counties={"rows": {"900001": 4.0}},
    )
    plan = recipe(
        criteria=[
            criterion("east", "east", weight=3, curve=[[0, 0], [9, 1]]),
            criterion("well", "well", kind="distance", weight=2, curve=[[0, 1], [5000, 0]]),
            criterion("rows", "rows", kind="county", weight=5, curve=[[0, 0], [8, 1]]),
            criterion("idle", "nowhere", weight=0),
        ]
    )
    result = screen(plan, field, drivers)
    assert result.weights.tolist() == [0.3, 0.2, 0.5]
    x, y = field.centres
    spot = open_point(result, x[12], y[12])
    by_hand = (2 / 9, 1 - np.hypot(1000, 2000) / 5000, 0.5)
    assert [term.score for term in spot.terms] == pytest.approx(by_hand)
    assert [term.value for term in spot.terms] == pytest.approx([2, np.hypot(1000, 2000), 4])
    assert spot.code == "900001" and spot.is_eligible
    for terms, score in (
        (spot.terms, spot.score),
        (open_county(result, "900001"), rank_counties(result)[0].mean_score),
        (open_all(result), float(result.score.mean())),
    ):
        assert sum(term.contribution for term in terms) == pytest.approx(score)


def test_counties_are_ranked_with_land_and_mw(field: Ground) -> None:
    density = {
        "technology": "pv",
        "mw_per_km2": 50,
        "land_share": 0.2,
        "approximate": True,
        "source": "试验",
        "source_en": "trial",
    }
    plan = recipe(
        exclusions=[exclusion("low", "raster", "east", min=3, max=8)], densities=[density]
    )
    first, second = rank_counties(screen(plan, field, Drivers(rasters=EAST)))
    assert (first.code, first.rank, first.eligible_km2) == ("900002", 1, 40)
    assert (second.code, second.rank, second.eligible_km2) == ("900001", 2, 20)
    assert first.mean_score == pytest.approx((5 + 6 + 7 + 8) / 4 / 9)
    assert first.best_score == pytest.approx(8 / 9)  # the best tenth are 4 of the 10 cells with 8
    assert first.capacity_mw == {Technology.PV: 40 * 50 * 0.2}


def test_ties_go_by_code_and_counties_without_land_come_last(field: Ground) -> None:
    level = recipe(criteria=[criterion("level", "level")])
    rows = rank_counties(screen(level, field, Drivers(rasters={"level": columns(lambda _: 1)})))
    assert [(row.code, row.rank) for row in rows] == [("900001", 1), ("900002", 2)]
    none = recipe(exclusions=[exclusion("low", "raster", "east", max=4)])
    rows = rank_counties(screen(none, field, Drivers(rasters=EAST)))
    assert [(row.code, row.rank) for row in rows] == [("900001", 1), ("900002", None)]
    assert rows[1].mean_score is None and rows[1].best_score is None


def test_share_of_a_cell_is_exact_and_overlaps_count_once(field: Ground) -> None:
    shapes = in_metres(box(0, 0, 250, 1000), box(0, 0, 500, 500))
    plan = recipe(criteria=[criterion("share", "ponds", kind="share", curve=[[0, 0], [1, 1]])])
    result = screen(plan, field, Drivers(shapes={"ponds": shapes}))
    assert result.values[0, 0] == pytest.approx(0.25 + 0.125)
    assert not result.values[0, 1:].any()


def test_best_spots_are_the_highest_and_of_the_county_asked(field: Ground) -> None:
    result = screen(recipe(), field, Drivers(rasters=EAST))
    spots = best_spots(result, count=3)
    assert [spot.score for spot in spots] == pytest.approx([1, 1, 1])
    assert [spot.lat for spot in spots] == sorted((spot.lat for spot in spots), reverse=True)
    west = best_spots(result, count=1, code="900001")
    assert (west[0].code, west[0].score) == ("900001", pytest.approx(4 / 9))


def test_a_missing_source_is_named_with_its_term(field: Ground) -> None:
    plan = recipe(exclusions=[exclusion("red_line", "polygons", "own:red", drop="inside")])
    with pytest.raises(SitingError, match=r"no data behind the source of: red_line \(own:red\)"):
        screen(plan, field, Drivers(rasters=EAST))
    small = Drivers(rasters={"east": np.ma.zeros((3, 3))})
    with pytest.raises(SitingError, match="bring it onto the grid"):
        screen(recipe(), field, small)


def test_a_point_or_county_elsewhere_is_refused(field: Ground) -> None:
    result = screen(recipe(), field, Drivers(rasters=EAST))
    with pytest.raises(SitingError, match="outside the area"):
        open_point(result, 118.9, 36.0)
    with pytest.raises(SitingError, match="not in the area"):
        open_county(result, "370983")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    values=st.lists(st.floats(-50, 50), min_size=100, max_size=100),
    limits=st.tuples(st.floats(-40, 0), st.floats(0.5, 40)),
    weights=st.tuples(st.floats(0.1, 100), st.floats(0.1, 100)),
)
def test_whatever_the_values_the_parts_add_up(
    field: Ground,
    values: list[float],
    limits: tuple[float, float],
    weights: tuple[float, float],
) -> None:
    drivers = Drivers(rasters={**EAST, "any": np.ma.array(values).reshape(10, 10)})
    plan = recipe(
        exclusions=[
            exclusion("band", "raster", "any", min=limits[0], max=limits[1]),
            exclusion("low", "raster", "east", min=2),
        ],
        criteria=[
            criterion("east", "east", weight=weights[0], curve=[[0, 0], [9, 1]]),
            criterion("any", "any", weight=weights[1], curve=[[-9, 1], [0, 0.2], [9, 0.6]]),
        ],
    )
    result = screen(plan, field, drivers)
    left = field.area_m2 - sum(step.taken_m2 for step in result.steps)
    assert left == result.eligible_m2.sum()
    assert all(step.taken_m2 <= step.alone_m2 for step in result.steps)
    assert ((result.score >= 0) & (result.score <= 1)).all()
    rows = rank_counties(result)
    assert sum(row.eligible_m2 for row in rows) == left
    for row in rows:
        opened = open_county(result, row.code)
        assert sum(each.contribution for each in opened) == pytest.approx(row.mean_score or 0.0)
        assert row.best_score is None or row.best_score >= (row.mean_score or 0) - 1e-9


def test_order_of_exclusions_does_not_change_what_is_left(field: Ground) -> None:
    terms = [
        exclusion("low", "raster", "east", min=3),
        exclusion("high", "raster", "east", max=7),
    ]
    runs = [
        screen(recipe(exclusions=order), field, Drivers(rasters=EAST))
        for order in (terms, terms[::-1])
    ]
    assert (runs[0].is_eligible == runs[1].is_eligible).all()
