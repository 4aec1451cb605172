"""Tries to sign in: wrong ones slow the next, wherever it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from store import tries
from store.store import Store
from store.tries import FREE_OF_ADDRESS, FREE_OF_NAME, MOST_S, begin_try, note_try, wait_s

START = datetime(2026, 1, 5, 8, tzinfo=UTC)


class Clock:
    """A time of its own, so that no test waits."""

    at = START

    def now(self, zone: object) -> datetime:
        return self.at

    def fromisoformat(self, text: str) -> datetime:
        return datetime.fromisoformat(text)

    def pass_s(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(tries, "datetime", clock)
    yield clock


def _wrong(store: Store, count: int, name: str = "王", address: str = "10.0.0.1") -> None:
    for _ in range(count):
        note_try(store.engine, name=name, address=address, was_right=False)


def test_waiting_doubles_to_a_bound_and_ends(store: Store, clock: Clock) -> None:
    waits = []
    for _ in range(FREE_OF_NAME + 12):
        _wrong(store, 1)
        waits.append(wait_s(store.engine, name="王", address="10.0.0.1"))
    assert waits[: FREE_OF_NAME - 1] == [0.0] * (FREE_OF_NAME - 1)
    assert waits[FREE_OF_NAME - 1 :][:5] == [1, 2, 4, 8, 16]
    assert waits[-1] == MOST_S
    clock.pass_s(MOST_S - 1)
    assert wait_s(store.engine, name="王", address="10.0.0.1") == 1
    clock.pass_s(1)
    assert wait_s(store.engine, name="王", address="10.0.0.1") == 0


def test_another_session_spelling_or_address_is_no_way_round(store: Store, clock: Clock) -> None:
    for number in range(FREE_OF_NAME + 3):
        _wrong(store, 1, name="Wang", address=f"10.0.0.{number}")
    for name in ("wang", " WANG ", "ＷＡＮＧ"):
        assert wait_s(store.engine, name=name, address="10.9.9.9") == 8
    assert wait_s(store.engine, name="li", address="10.9.9.9") == 0


def test_many_names_from_one_address_are_slowed_too(store: Store, clock: Clock) -> None:
    for number in range(FREE_OF_ADDRESS + 2):
        _wrong(store, 1, name=f"user{number}")
    assert wait_s(store.engine, name="new", address="10.0.0.1") == 4
    assert wait_s(store.engine, name="new", address="10.0.0.2") == 0
    note_try(store.engine, name="own", address="10.0.0.1", was_right=True)
    assert wait_s(store.engine, name="new", address="10.0.0.1") == 4  # his own does not help


def test_a_right_try_clears_the_name(store: Store, clock: Clock) -> None:
    _wrong(store, FREE_OF_NAME)
    clock.pass_s(5)
    note_try(store.engine, name="王", address="10.0.0.1", was_right=True)
    clock.pass_s(1)
    _wrong(store, 1)
    assert wait_s(store.engine, name="王", address="10.0.0.1") == 0


def test_a_try_is_counted_before_it_is_looked_at(store: Store, clock: Clock) -> None:
    allowed = [begin_try(store.engine, name="王", address="10.0.0.1") for _ in range(9)]
    assert allowed == [0.0] * FREE_OF_NAME + [1.0] * (9 - FREE_OF_NAME)


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE attempt; --", "a\x00b", "x" * 100_000, "", "\ud800"]
)
def test_any_name_can_be_noted(name: str, store: Store, clock: Clock) -> None:
    _wrong(store, FREE_OF_NAME, name=name)
    assert wait_s(store.engine, name=name, address="") == 1


def test_old_tries_are_forgotten(store: Store, clock: Clock) -> None:
    _wrong(store, 8)
    clock.pass_s(25 * 3600)
    assert wait_s(store.engine, name="王", address="10.0.0.1") == 0
