"""What runs and what is left, on trees small enough to add up by hand; leaves come first."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from capacity.running import Recorded, Rests, rests

BASE = {"a": "base", "b": "base"}


def _rests(
    amounts: Mapping[str, int | None],
    running: Mapping[str, int],
    *,
    complete: Collection[str] = (),
    first: Collection[str] = (),
    parents: Mapping[str, str] = BASE,
) -> Rests:
    inside = {row: parent for row, parent in parents.items() if row in amounts}
    return rests(amounts, inside, Recorded(running, complete), first=first)


def test_what_runs_of_a_member_leaves_the_member() -> None:
    assert _rests({"a": 40, "base": 100}, {"a": 30}).left == {"base": 60, "a": 10}


def test_what_runs_of_the_parent_leaves_its_remainder() -> None:
    found = _rests({"a": 40, "base": 100}, {"base": 50})
    assert found.left == {"base": 10, "a": 40} and not found.in_doubt


def test_what_runs_of_both_leaves_once() -> None:
    found = _rests({"a": 40, "base": 100}, {"a": 30, "base": 50})
    assert found.left == {"base": 10, "a": 10}
    assert found.running == {"base": 50, "a": 30}


def test_what_runs_beyond_the_remainder_runs_in_the_members() -> None:
    """250 of 300 run, no one recorded where: 50 are left, not the members' 200."""
    found = _rests({"a": 100, "b": 100, "base": 300}, {"base": 250})
    assert found.left == {"base": 0, "a": 0, "b": 50}
    assert found.running == {"base": 100, "a": 100, "b": 50}
    assert found.in_doubt == {"a", "b"}


def test_what_stands_first_gives_way_first() -> None:
    """80 of a base run, its own remainder is 40: the other 40 run in one of the members."""
    amounts = {"a": 30, "b": 30, "base": 100}
    found = _rests(amounts, {"base": 80}, first={"b"})
    assert found.left == {"base": 0, "a": 20, "b": 0}
    assert found.in_doubt == {"a", "b"}


def test_a_base_that_runs_wholly_runs_with_its_members() -> None:
    amounts: Mapping[str, int | None] = {"a": 40, "b": 20, "base": None}
    assert _rests(amounts, {"base": 0}, complete={"base"}).left == {"base": 0, "a": 0, "b": 0}


def test_a_member_built_larger_than_planned_uses_up_its_parent() -> None:
    assert _rests({"a": 40, "base": 100}, {"a": 70}).left == {"base": 30, "a": 0}


def test_a_member_that_lies_deeper_gives_way_too() -> None:
    parents = {"middle": "top", "leaf": "middle"}
    amounts = {"leaf": 100, "middle": 100, "top": 100}
    found = _rests(amounts, {"top": 70}, parents=parents)
    assert found.left == {"top": 0, "middle": 0, "leaf": 30}


def test_more_than_everything_leaves_nothing() -> None:
    found = _rests({"a": 40, "b": 20, "base": 100}, {"base": 1000})
    assert found.left == {"base": 0, "a": 0, "b": 0}
