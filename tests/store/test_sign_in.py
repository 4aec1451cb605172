"""Wrong tries: noted in the store, slowed by name and address, whatever the session."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.engine import Engine

from store import sign_in as way_in
from store.passphrase import Cost, hash_of
from store.people import Person
from store.sign_in import proof_of, sign_in
from store.store import Store, forget_stores, open_store
from store.tables import attempt
from store.tries import note_try, wait_s
from terms.actor import Role
from terms.errors import AccessError, StoreError

PASSPHRASE = "the heron waits by the weir"
WANG = Person(
    name="王敏",
    role=Role.EDITOR,
    passphrase=hash_of(PASSPHRASE, cost=Cost(memory_kib=1024, rounds=1)),
)
LI = Person(name="Li", role=Role.ADMIN, email="li@example.org")
PEOPLE = (WANG, LI)
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def engine(store: Store) -> Engine:
    """An empty table of tries."""
    return store.engine


def wrong(engine: Engine, count: int, *, name: str = "a", address: str = "1") -> None:
    """Note wrong tries at NOW."""
    for _ in range(count):
        note_try(engine, name=name, address=address, was_right=False, now=NOW)


def wait(engine: Engine, *, name: str = "a", address: str = "1", later_s: float = 0) -> float:
    """The wait some seconds after NOW."""
    return wait_s(engine, name=name, address=address, now=NOW + timedelta(seconds=later_s))


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (2, 0), (3, 1), (4, 2), (8, 32), (12, 300), (40, 300)]
)
def test_the_wait_doubles_up_to_five_minutes(engine: Engine, count: int, expected: float) -> None:
    wrong(engine, count)
    assert wait(engine) == expected
    assert wait(engine, later_s=expected) == 0


def test_another_address_waits_less_so_that_nobody_is_locked_out(engine: Engine) -> None:
    wrong(engine, 9)
    assert wait(engine, address="2") == 0
    wrong(engine, 30)
    assert wait(engine, address="2") == 30


def test_many_names_from_one_address_are_slowed(engine: Engine) -> None:
    for number in range(23):
        wrong(engine, 1, name=f"n{number}")
    assert wait(engine, name="another") == 4
    assert wait(engine, name="another", address="2") == 0


def test_a_right_try_clears_its_own_pair_alone(engine: Engine) -> None:
    wrong(engine, 6)
    wrong(engine, 6, address="2")
    later = NOW + timedelta(seconds=1)
    note_try(engine, name="A ", address="1", was_right=True, now=later)
    assert wait(engine, later_s=2) <= 2 < wait(engine, address="2", later_s=2)


def test_a_night_forgives_and_old_tries_go(engine: Engine) -> None:
    wrong(engine, 12)
    assert wait(engine, later_s=3601) == 0
    note_try(engine, name="a", address="1", was_right=True, now=NOW + timedelta(days=91))
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(attempt)).scalar() == 1


def test_right_and_wrong(engine: Engine) -> None:
    def tried(name: str, passphrase: str, address: str = "1") -> Person:
        return sign_in(engine, PEOPLE, name=name, passphrase=passphrase, address=address)

    assert tried("王敏 ", PASSPHRASE) is WANG
    for name, passphrase in (("王敏", "x"), ("nobody", PASSPHRASE), ("li", PASSPHRASE), ("li", "")):
        with pytest.raises(AccessError, match="姓名或口令不对"):
            tried(name, passphrase)
    with engine.connect() as connection:
        rows = connection.execute(select(attempt.c.name, attempt.c.was_right)).all()
    assert rows == [
        ("王敏", True),
        ("王敏", False),
        ("nobody", False),
        ("li", False),
        ("li", False),
    ]
    assert proof_of(WANG) != proof_of(LI) and WANG.passphrase not in proof_of(WANG)


def test_while_the_wait_lasts_nothing_is_looked_at(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        with pytest.raises(AccessError):
            sign_in(engine, PEOPLE, name="王敏", passphrase="x", address="1")

    def looked(*_: object) -> bool:
        raise AssertionError("the hash was worked out")

    monkeypatch.setattr(way_in, "is_right", looked)
    with pytest.raises(AccessError, match="秒后再试"):
        sign_in(engine, PEOPLE, name="王敏", passphrase=PASSPHRASE, address="1")


def test_forty_tries_at_once_are_slowed_like_forty_in_a_row(engine: Engine) -> None:
    def guess(number: int) -> str:
        try:
            sign_in(engine, PEOPLE, name="王敏", passphrase=str(number), address="1")
        except AccessError as error:
            return str(error)
        return "in"

    with ThreadPoolExecutor(20) as pool:
        said = list(pool.map(guess, range(40)))
    assert sum("姓名或口令" in each for each in said) <= 4 and "in" not in said


def test_an_unknown_name_takes_as_long_as_a_known_one(engine: Engine) -> None:
    def took(name: str, address: str) -> float:
        start = process_time()
        with pytest.raises(AccessError, match="姓名或口令不对"):
            sign_in(engine, costly, name=name, passphrase="x", address=address)
        return process_time() - start

    dear = hash_of(PASSPHRASE, cost=Cost(memory_kib=16 * 1024, rounds=2))
    costly = (WANG.model_copy(update={"passphrase": dear}), LI)
    took("warm", "w")
    times = {name: [took(name, f"{name}{n}") for n in range(5)] for name in ("王敏", "li", "no")}
    known, listed, unknown = (median(each) for each in times.values())
    assert 0.5 < listed / known < 2 and 0.5 < unknown / known < 2


def test_who_cannot_be_noted_cannot_sign_in() -> None:
    bare = create_engine("sqlite://")
    with pytest.raises(StoreError, match="没有改动"):
        sign_in(bare, PEOPLE, name="王敏", passphrase=PASSPHRASE, address="1")


def test_tries_outlive_the_process() -> None:
    for _ in range(2):
        engine = open_store().engine
        note_try(engine, name="a", address="1", was_right=False)
        note_try(engine, name="a", address="1", was_right=False)
        forget_stores()
    assert wait_s(open_store().engine, name="a", address="1") > 0


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE attempt; --", "a\x00b", "x" * 100_000, "", "\ud800"]
)
def test_any_name_can_be_noted(engine: Engine, name: str) -> None:
    wrong(engine, 3, name=name)
    assert wait(engine, name=name) == 1


def test_another_spelling_is_no_way_round(engine: Engine) -> None:
    wrong(engine, 3, name="Wang")
    for name in ("wang", " WANG ", "ＷＡＮＧ"):
        assert wait(engine, name=name) == 1
