"""What runs and what is left, on trees small enough to add up by hand."""

from __future__ import annotations

from capacity.running import rests

BASE = {"a": "base", "b": "base"}
BASE_A = {"a": "base"}


def _left(amounts: dict[str, int | None], running: dict[str, int]) -> dict[str, int]:
    parents = {row: parent for row, parent in BASE.items() if row in amounts}
    found = rests(amounts, parents, running, first=amounts)
    return {row: rest.left for row, rest in found.items()}


def test_what_runs_of_a_member_leaves_the_member() -> None:
    assert _left({"base": 100, "a": 40}, {"a": 30}) == {"base": 60, "a": 10}


def test_what_runs_of_the_parent_itself_leaves_its_remainder() -> None:
    assert _left({"base": 100, "a": 40}, {"base": 50}) == {"base": 10, "a": 40}


def test_what_runs_beyond_the_remainder_runs_in_the_members() -> None:
    """250 of 300 run, no one recorded where: 50 are left, not the members' 200."""
    amounts = {"base": 300, "a": 100, "b": 100}
    found = rests(amounts, BASE, {"base": 250}, first=amounts)
    assert sum(rest.left for rest in found.values()) == 50
    assert found["a"].left == 0 and found["b"].in_doubt
    assert sum(rest.running for rest in found.values()) == 250


def test_what_stands_first_gives_way_first() -> None:
    """50 of a base run, nobody recorded where: it may be the member or the remainder."""
    amounts = {"base": 100, "a": 40}
    low = rests(amounts, BASE_A, {"base": 50}, first={"a"})
    assert (low["base"].left, low["a"].left) == (50, 0)
    high = rests(amounts, BASE_A, {"base": 50}, first={"base"})
    assert (high["base"].left, high["a"].left) == (10, 40)
    assert low["a"].in_doubt and not high["a"].in_doubt


def test_a_member_built_larger_than_planned_uses_up_its_parent() -> None:
    assert _left({"base": 100, "a": 40}, {"a": 70}) == {"base": 30, "a": 0}


def test_a_member_that_lies_deeper_gives_way_too() -> None:
    parents = {"middle": "top", "leaf": "middle"}
    amounts = {"top": 100, "middle": 100, "leaf": 100}
    found = rests(amounts, parents, {"top": 70}, first=amounts)
    assert {row: rest.left for row, rest in found.items()} == {"top": 0, "middle": 0, "leaf": 30}


def test_more_than_everything_leaves_nothing() -> None:
    assert _left({"base": 100, "a": 40, "b": 20}, {"base": 1000}) == {"base": 0, "a": 0, "b": 0}
