"""What every test shares: the shipped registry, built once, and a home of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from geo.districts import Districts, load_districts
from registry.registry import Registry, build_registry
from store.store import forget_stores

# How long an example takes tells of the machine, not of the code: benchmarks measure time.
settings.register_profile("fengtu", deadline=None)
settings.load_profile("fengtu")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary FENGTU_HOME, so that no test touches the user's own files."""
    home = tmp_path / "home"
    monkeypatch.setenv("FENGTU_HOME", str(home))
    for variable in (
        "FENGTU_MODE",
        "FENGTU_BOUNDARIES",
        "FENGTU_BOUNDARIES_CRS",
        "FENGTU_DATABASE_URL",
    ):
        monkeypatch.delenv(variable, raising=False)
    yield home
    forget_stores()


@pytest.fixture(scope="session")
def districts() -> Districts:
    """The shipped boundaries."""
    return load_districts()


@pytest.fixture(scope="session")
def registry(districts: Districts) -> Registry:
    """The five plans as shipped."""
    return build_registry(districts)
