"""Roll-up: every dimension, and parts that add up to the whole."""

from __future__ import annotations

import pytest

from capacity.allocate import allocate
from capacity.ledger import ledger
from capacity.rollup import Dimension, Key, Total, roll_up
from capacity.splits import NO_SPLITS, Splits, read_splits
from geo.districts import Districts
from registry.registry import Registry
from terms.kinds import Action, LandMode, PlaceBasis, Status, Technology
from terms.selection import AllocationRule
from tests.capacity.builders import COUNTIES, W, programme, registry_of, row

A, B, _, _ = COUNTIES


@pytest.fixture(scope="module")
def small(districts: Districts) -> Registry:
    """One row for each place, one without MW, one retired, one wind row."""
    return registry_of(
        districts,
        row("one", 10, at=[A], zone="济宁经开区", land_mode=LandMode.ROOFTOP),
        row("two", 20, at=[A, B], list_open=True, status=Status.CONSTRUCTION),
        row("city", 30),
        row("abroad", 40, at=["370102"], place_basis=PlaceBasis.OUTSIDE),
        row("silent", None, at=[A]),
        row("old", 50, at=[A, B], action=Action.RETIRE),
        row("wind", 60, at=[A], technology=Technology.WIND),
        programme("base", 5),
        row("member", 5, "base", at=[B]),
    )


def _totals(
    registry: Registry,
    *by: Dimension,
    rule: AllocationRule = "none",
    rows: set[str] | None = None,
    splits: Splits = NO_SPLITS,
) -> dict[Key, Total]:
    pieces = allocate(registry, rule=rule, splits=splits)
    return dict(roll_up(registry, pieces, ledger(registry), by=by, rows=rows))


def test_each_place_has_its_column(small: Registry) -> None:
    total = _totals(small, Dimension.TECHNOLOGY)[("pv",)]
    assert total.located_w == (10 + 5) * W
    assert (total.shared_w, total.unsplit_w) == (0, 20 * W)
    assert total.unallocated_w == 30 * W
    assert total.outside_w == 40 * W
    assert total.retired_w == 50 * W
    assert total.counted_w == 105 * W
    assert (len(total.rows), total.not_stated) == (8, 1)
    assert total.open_rows == {"two"}


def test_by_county_under_a_rule(small: Registry) -> None:
    totals = _totals(small, Dimension.DISTRICT, Dimension.TECHNOLOGY, rule="equal")
    assert list(totals) == sorted(totals)
    assert (totals[A, "pv"].located_w, totals[A, "pv"].shared_w) == (10 * W, 10 * W)
    assert (totals[B, "pv"].located_w, totals[B, "pv"].shared_w) == (5 * W, 10 * W)
    assert totals[A, "wind"].located_w == 60 * W
    assert totals["370102", "pv"].outside_w == 40 * W
    assert totals["", "pv"].unallocated_w == 30 * W
    assert totals[A, "pv"].rows == {"one", "two", "silent"}


@pytest.mark.parametrize(
    ("dimension", "key", "mw"),
    [
        (Dimension.ZONE, "济宁经开区", 10),
        (Dimension.PLAN, "jining", 165),
        (Dimension.LAYER, "pv", 165),
        (Dimension.LAND_MODE, "rooftop", 10),
        (Dimension.LAND_MODE, "", 155),
        (Dimension.STATUS, "construction", 20),
        (Dimension.ASSET, "plant", 165),
        (Dimension.ACTION, "retire", 0),
    ],
)
def test_every_dimension(small: Registry, dimension: Dimension, key: str, mw: int) -> None:
    assert _totals(small, dimension)[(key,)].counted_w == mw * W


def test_only_the_rows_asked_for(small: Registry) -> None:
    totals = _totals(small, Dimension.PLAN, rows={"one", "city"})
    assert totals[("jining",)].counted_w == 40 * W


def test_zones_are_part_of_their_county(small: Registry) -> None:
    totals = _totals(small, Dimension.DISTRICT, Dimension.ZONE)
    assert totals[A, "济宁经开区"].counted_w == 10 * W
    assert totals[A, ""].counted_w == 60 * W  # the rest of the county


@pytest.mark.parametrize("rule", ["none", "equal", "area"])
def test_retirements_come_once(small: Registry, rule: AllocationRule) -> None:
    totals = _totals(small, Dimension.DISTRICT, rule=rule)
    assert sum(total.retired_w for total in totals.values()) == 50 * W


def test_a_breakdown_moves_watts_and_makes_none(small: Registry) -> None:
    splits = read_splits(f"district_code,item,mw\n{B},city,12\n")
    totals = _totals(small, Dimension.DISTRICT, rule="custom", splits=splits)
    assert totals[(B,)].shared_w == 12 * W
    assert totals[("",)].unallocated_w == 18 * W
    assert sum(total.counted_w for total in totals.values()) == 165 * W


def test_nothing_gives_nothing(districts: Districts) -> None:
    assert _totals(registry_of(districts), Dimension.PLAN) == {}
