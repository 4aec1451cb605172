"""What a raster says at a project: never more exactly than the place is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio

from geo.rasters.distribution import Spread
from geo.rasters.library import find, rasters
from geo.rasters.zonal import zonal
from layers.raster_values import number, place_known, spread_at, spread_words, zonal_rows
from registry.registry import Registry
from terms.kinds import GeometryRole, Precision, RasterKind
from tests.geo.rasters.builders import record

HEIGHT = find(rasters(), "height")


def test_every_row_of_the_plans_is_placed_as_it_is_known(registry: Registry) -> None:
    expected = {
        Precision.CITY: {"unplaced"},
        Precision.CORRIDOR: {"unplaced"},
        Precision.OFFSHORE: {"offshore"},
        Precision.MULTI: {"districts"},
        Precision.DISTRICT: {"district"},
        Precision.TOWNSHIP: {"district"},
        Precision.SITE: {"cell", "approximate"},
    }
    for row in registry.projects:
        known = place_known(registry, row)
        assert known.where in expected[row.precision], row.id
        assert bool(known.codes) == (known.where in ("district", "districts", "approximate"))
        spread = spread_at(registry, HEIGHT, known)
        assert (spread is None) == (known.where in ("unplaced", "offshore")), row.id


def test_a_site_takes_its_cell_or_what_its_accuracy_reaches(registry: Registry) -> None:
    row = next(
        each
        for each in registry.projects
        if each.geometry_role is GeometryRole.SITE and each.id not in registry.approximate
    )
    known = place_known(registry, row)
    assert known.where == "cell"
    with rasterio.open(HEIGHT.path) as source:
        (by_hand,) = source.sample([(float(row.lon or 0), float(row.lat or 0))])
    assert spread_at(registry, HEIGHT, known) == Spread(None, float(by_hand[0]), None, 1.0)
    vague = place_known(registry, replace(row, accuracy_m=20_000))
    around = spread_at(registry, HEIGHT, vague)
    assert vague.where == "near" and around is not None and around.low is not None
    near = next(each for each in registry.projects if each.id in registry.approximate)
    assert place_known(registry, near).where == "approximate"


def test_a_district_gives_its_distribution_and_never_a_cell(registry: Registry) -> None:
    row = next(each for each in registry.projects if each.precision is Precision.DISTRICT)
    code = row.district_codes[0]
    spread = spread_at(registry, HEIGHT, place_known(registry, row))
    by_hand = zonal(
        HEIGHT, registry.districts.frame.loc[[code], ["geometry"]], ("p10", "median", "p90")
    )
    assert spread is not None
    assert [spread.low, spread.middle, spread.high] == by_hand.loc[code].tolist()[:3]


def test_words() -> None:
    spread = Spread(1640.2, 1652.4, 1671.0, 1.0)
    irradiation = find(rasters(), "irradiation")
    said = spread_words(irradiation, spread, "zh")
    assert said == "中位 1,652，P10–P90 为 1,640–1,671 kWh/(m²·a)"
    assert spread_words(irradiation, spread, "en").startswith("median 1,652, P10–P90 1,640–1,671")
    assert spread_words(HEIGHT, Spread(None, 26.0, None, 1.0), "zh") == "26 m"
    assert spread_words(HEIGHT, Spread(26.0, 26.0, 26.0, 1.0), "zh") == "26 m"
    cover = record(Path("x.tif"), kind=RasterKind.LAND_COVER, unit="")
    assert spread_words(cover, Spread(None, 50.0, None, 1.0), "en") == "commonest class: 50"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1652.4, "1,652"),
        (27.36, "27.36"),
        (-450.0, "-450"),
        (0.03125, "0.03125"),
        (2e-5, "0.00002"),
        (0.0, "0"),
    ],
)
def test_numbers_have_four_figures_and_no_exponent(value: float, shown: str) -> None:
    assert number(value) == shown


def test_rows_have_names_and_nothing_for_nothing(registry: Registry, tmp_path: Path) -> None:
    from tests.geo.rasters.builders import geotiff

    small = record(geotiff(tmp_path / "a.tif", np.full((9, 9), 3, np.float32)))
    first, second = zonal_rows(registry, small, ("370983", "371082"), ("mean", "count"))
    assert list(first) == ["district_code", "district", "city", "mean", "count", "coverage"]
    assert second == {
        **{"district_code": "371082", "district": "荣成市", "city": "威海市"},
        **{"mean": None, "count": 0.0, "coverage": 0.0},
    }
