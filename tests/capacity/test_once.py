"""Leaves first, on trees small enough to add up by hand."""

from __future__ import annotations

from capacity.once import ancestors, inside_amounts, leaves_first, parents_among
from geo.districts import Districts
from tests.capacity.builders import registry_of, row

CHAIN = {"leaf": "middle", "middle": "top"}


def test_three_levels_account_once() -> None:
    inside = inside_amounts({"top": 100, "middle": 60, "leaf": 25}, CHAIN)
    assert inside == {"leaf": 0, "middle": 25, "top": 60}


def test_a_level_without_a_figure_hands_its_members_up() -> None:
    inside = inside_amounts({"top": 100, "middle": None, "leaf": 25}, CHAIN)
    assert inside == {"leaf": 0, "middle": 25, "top": 25}


def test_members_that_exceed_a_level_count_in_full_above() -> None:
    inside = inside_amounts({"top": 100, "middle": 20, "leaf": 25}, CHAIN)
    assert inside["top"] == 25


def test_leaves_come_before_what_contains_them() -> None:
    order = list(leaves_first(["top", "other", "middle", "leaf"], CHAIN))
    assert sorted(order) == ["leaf", "middle", "other", "top"]
    assert order.index("leaf") < order.index("middle") < order.index("top")


def test_a_row_that_does_not_stand_is_skipped(districts: Districts) -> None:
    rows = row("top"), row("middle", part_of="top"), row("leaf", part_of="middle")
    registry = registry_of(districts, *rows)
    assert parents_among(registry, {"top", "leaf"}, inferred=True) == {"leaf": "top"}


def test_an_inferred_step_cuts_all_that_lies_above(districts: Districts) -> None:
    rows = row("top"), row("middle", part_of="top", inferred=True), row("leaf", part_of="middle")
    registry = registry_of(districts, *rows)
    assert list(ancestors(registry, "leaf", inferred=True)) == ["middle", "top"]
    assert list(ancestors(registry, "leaf", inferred=False)) == ["middle"]
    assert parents_among(registry, registry.by_id, inferred=False) == {"leaf": "middle"}
