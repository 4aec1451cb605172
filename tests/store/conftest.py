"""The store on both databases: every test with `store` or `url` runs on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.engine import database_url
from store.store import Store
from tests.store.postgres import Server, find_programs, why_not


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A private PostgreSQL, one for the session; skips with its reason where there can be none."""
    reason = why_not()
    programs = find_programs()
    if reason or programs is None:
        pytest.skip(f"PostgreSQL is left out: {reason}")
    started = Server(programs)
    yield started
    started.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, own_home: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        own_home.mkdir(exist_ok=True)
        yield f"sqlite:///{own_home / 'fengtu.sqlite'}"
        return
    running: Server = request.getfixturevalue("server")
    address = running.new_database()
    yield address
    running.drop(address)


@pytest.fixture
def store(url: str, own_home: Path) -> Iterator[Store]:
    """A new store."""
    opened = Store(database_url(url, own_home))
    yield opened
    opened.close()
