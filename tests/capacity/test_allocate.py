"""Who carries what: located, shared, unallocated, outside, under every rule."""

from __future__ import annotations

from typing import Any

import pytest

from capacity.allocate import Piece, Place, allocate, is_located, place_of
from capacity.ledger import ledger
from capacity.splits import read_splits
from geo.districts import Districts
from registry.registry import Registry
from terms.kinds import Action, PlaceBasis
from terms.records import Project
from tests.capacity.builders import COUNTIES, W, programme, registry_of, row

A, B, C, _ = COUNTIES
OUTSIDE = {"place_basis": PlaceBasis.OUTSIDE}
Where = dict[tuple[Place, str], int | None]


def _pieces(districts: Districts, *rows: Project, **options: Any) -> Where:
    pieces = allocate(registry_of(districts, *rows), **options)
    where = {(piece.place, piece.code): piece.watts for piece in pieces}
    assert len(where) == len(pieces)
    return where


@pytest.mark.parametrize(
    ("at", "changes", "place"),
    [
        ((A,), {}, Place.LOCATED),
        ((A,), {"list_open": True}, Place.SHARED),
        ((A, B), {}, Place.SHARED),
        ((), {}, Place.UNALLOCATED),
        (("370102",), OUTSIDE, Place.OUTSIDE),
        ((), OUTSIDE, Place.OUTSIDE),
    ],
)
def test_where_a_row_stands(at: tuple[str, ...], changes: dict[str, Any], place: Place) -> None:
    each = row("a", 1, at=at, **changes)
    assert place_of(each) is place
    assert is_located(each) is (place is Place.LOCATED)


def test_one_county_carries_it_under_every_rule(districts: Districts) -> None:
    for rule in ("none", "equal", "area"):
        pieces = _pieces(districts, row("a", 10, at=[A]), rule=rule)
        assert pieces == {(Place.LOCATED, A): 10 * W}


def test_several_counties_stay_one_number_until_asked(districts: Districts) -> None:
    shared = row("a", "0.00001", at=[C, A, B])  # ten watts
    assert _pieces(districts, shared) == {(Place.SHARED, ""): 10}
    assert _pieces(districts, shared, rule="equal") == {
        (Place.SHARED, A): 4,
        (Place.SHARED, B): 3,
        (Place.SHARED, C): 3,
    }


def test_by_area_each_county_takes_its_part_of_the_ground(districts: Districts) -> None:
    pieces = _pieces(districts, row("a", 1000, at=[A, B]), rule="area")
    ground = {code: districts.area_km2(code) for code in (A, B)}
    for code in (A, B):
        exact = 1000 * W * ground[code] / sum(ground.values())
        watts = pieces[Place.SHARED, code]
        # Ground enters in whole square metres, some 900 km2 a county: a watt in a billion.
        assert watts is not None and abs(watts - exact) < 2
    assert sum(watts or 0 for watts in pieces.values()) == 1000 * W


def test_what_only_the_city_knows_is_never_split(districts: Districts) -> None:
    for rule in ("none", "equal", "area"):
        assert _pieces(districts, row("a", 10), rule=rule) == {(Place.UNALLOCATED, ""): 10 * W}


def test_outside_stands_under_the_foreign_code_if_there_is_one(districts: Districts) -> None:
    there = row("there", 10, at=["370102"], **OUTSIDE)
    assert _pieces(districts, there) == {(Place.OUTSIDE, "370102"): 10 * W}
    assert _pieces(districts, row("a", 10, **OUTSIDE)) == {(Place.OUTSIDE, ""): 10 * W}
    several = row("several", 10, at=["370102", "370103"], **OUTSIDE)
    assert _pieces(districts, several, rule="equal") == {(Place.OUTSIDE, ""): 10 * W}


def test_a_parent_s_remainder_stands_at_the_parent_s_own_place(districts: Districts) -> None:
    rows = programme("base", 100, at=[A, B]), row("member", 30, "base", at=[A])
    pieces = allocate(registry_of(districts, *rows))
    assert [(piece.row, piece.place, piece.code, piece.watts) for piece in pieces] == [
        ("base", Place.SHARED, "", 70 * W),
        ("member", Place.LOCATED, A, 30 * W),
    ]


def test_an_unstated_figure_stays_unsplit_and_is_never_zero(districts: Districts) -> None:
    silent = row("a", None, at=[A, B])
    for rule in ("none", "equal", "area"):
        assert _pieces(districts, silent, rule=rule) == {(Place.SHARED, ""): None}


def test_what_adds_nothing_is_not_spread(districts: Districts) -> None:
    retired = row("a", 30, at=[A, B], action=Action.RETIRE)
    assert _pieces(districts, retired, rule="equal") == {(Place.SHARED, ""): 0}


def test_an_open_list_says_so(districts: Districts) -> None:
    pieces = allocate(registry_of(districts, row("a", 10, at=[A, B], list_open=True)), rule="equal")
    assert [piece.is_open for piece in pieces] == [True, True]


def test_the_bureau_s_own_breakdown_leaves_the_rest_where_it_was(districts: Districts) -> None:
    splits = read_splits(f"district_code,item,mw\n{B},city,3\n{A},city,4\n")
    pieces = _pieces(districts, row("city", 10), rule="custom", splits=splits)
    assert pieces == {
        (Place.SHARED, A): 4 * W,
        (Place.SHARED, B): 3 * W,
        (Place.UNALLOCATED, ""): 3 * W,
    }


def test_without_inferred_members_the_parent_keeps_its_own(districts: Districts) -> None:
    rows = programme("base", 100), row("member", 30, "base", inferred=True, at=[A])
    assert _pieces(districts, *rows, inferred=False) == {
        (Place.UNALLOCATED, ""): 100 * W,
        (Place.LOCATED, A): 30 * W,
    }


@pytest.mark.parametrize("rule", ["none", "equal", "area"])
def test_the_five_plans_lose_no_watt(registry: Registry, rule: Any) -> None:
    entries = ledger(registry)
    sums: dict[str, int] = dict.fromkeys(entries, 0)
    pieces: tuple[Piece, ...] = allocate(registry, rule=rule)
    for piece in pieces:
        sums[piece.row] += piece.watts or 0
    assert sums == {id: entry.counted_w for id, entry in entries.items()}
