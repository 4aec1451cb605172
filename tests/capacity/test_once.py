"""Leaves first, on trees small enough to add up by hand."""

from __future__ import annotations

import pytest

from capacity.once import ancestors, inside_amounts, leaves_first, parents_among
from geo.districts import Districts
from registry.registry import Registry
from tests.capacity.builders import registry_of, row

CHAIN = {"leaf": "middle", "middle": "top"}


def _chain(districts: Districts) -> Registry:
    return registry_of(districts, row("top"), row("middle", None, "top"), row("leaf", 1, "middle"))


@pytest.mark.parametrize(
    ("amounts", "inside"),
    [
        ((100, 60, 25), {"leaf": 0, "middle": 25, "top": 60}),
        ((100, None, 25), {"leaf": 0, "middle": 25, "top": 25}),  # hands its members up
        ((100, 20, 25), {"leaf": 0, "middle": 25, "top": 25}),  # members exceed the middle
        ((None, None, None), {"leaf": 0, "middle": 0, "top": 0}),
    ],
)
def test_three_levels_account_once(
    districts: Districts, amounts: tuple[int | None, ...], inside: dict[str, int]
) -> None:
    given = dict(zip(("top", "middle", "leaf"), amounts, strict=True))
    assert inside_amounts(_chain(districts), given, CHAIN) == inside


def test_leaves_come_before_what_contains_them(districts: Districts) -> None:
    registry = _chain(districts)
    assert leaves_first(registry, ["top", "leaf", "middle"]) == ["leaf", "middle", "top"]
    assert leaves_first(registry, ["top", "leaf"]) == ["leaf", "top"]


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
