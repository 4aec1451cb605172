"""What every test shares: the shipped registry, built once, and a home of its own."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from geo.districts import Districts, load_districts
from registry.registry import Registry, build_registry
from store.store import forget_stores

# How long an example takes tells of the machine, not of the code: benchmarks measure time.
settings.register_profile("fengtu", deadline=None)
settings.load_profile("fengtu")

# About how many seconds a test takes, by the beginning of its path; the longest beginning counts.
# Only the order follows: where a figure is wrong one worker waits, and nothing less is proved.
SECONDS = {
    "": 0.05,
    "tests/browser/": 6,
    "tests/capacity/test_invariants.py": 4,
    "tests/capacity/test_ledger.py": 0.5,
    "tests/data/test_rasters.py": 2,
    "tests/geo/join/test_cluster.py": 1,
    "tests/geo/rasters/test_zonal.py": 1,
    "tests/layers/exports/": 0.5,
    "tests/layers/pdf/": 0.5,
    "tests/layers/test_offers.py": 1,
    "tests/test_bench": 2,
    "tests/commands/": 0.8,
    "tests/test_same_figures.py": 2,
    "tests/views/": 0.3,
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that both workers end together."""
    files = [item.nodeid.partition("::")[0] for item in items]
    seconds = {file: SECONDS[max(filter(file.startswith, SECONDS), key=len)] for file in set(files)}
    whole = {file: seconds[file] * count for file, count in Counter(files).items()}
    items.sort(key=lambda item: -whole[item.nodeid.partition("::")[0]])


def pytest_collection_finish() -> None:
    """What all tests hold stays for good: to sweep it again and again is a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def installed_components() -> None:
    """Every AppTest reads the metadata of all installed packages: half of what one costs."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


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
