"""Imports go one way (DESIGN section 1), and Streamlit stays in app.py and views/."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# A package may import itself and what stands in its set.
MAY_IMPORT = {
    "terms": set(),
    "seeds": {"terms"},
    "geo": {"seeds", "terms"},
    "store": {"seeds", "terms"},
    "registry": {"geo", "store", "seeds", "terms"},
    "capacity": {"registry", "geo", "store", "seeds", "terms"},
    "layers": {"capacity", "registry", "geo", "store", "seeds", "terms"},
    "commands": {"layers", "capacity", "registry", "geo", "store", "seeds", "terms"},
    "views": {"layers", "capacity", "registry", "geo", "store", "seeds", "terms"},
}
PACKAGES = set(MAY_IMPORT)
# Programs that Streamlit itself runs, to be measured beside the app from outside.
BENCH_PAGES = {"naive_page.py", "empty_page.py", "large_page.py", "offline.py"}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_imports_go_one_way(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}
    files = sorted((ROOT / package).rglob("*.py"))
    assert files, package
    for path in files:
        wrong = set(_imported(path)) & PACKAGES - allowed
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_benchmarks_measure_from_outside() -> None:
    """The stated exception: bench may import anything but the pages, and nothing imports bench.

    The pages that it measures are programs of their own; what measures imports none of them.
    """
    for path in (ROOT / "bench").rglob("*.py"):
        if path.name not in BENCH_PAGES:
            assert not {"views", "streamlit"} & set(_imported(path)), path.name
            text = path.read_text(encoding="utf-8")
            modules = {f"bench.{name.removesuffix('.py')}" for name in BENCH_PAGES}
            assert not any(f"from {module}" in text for module in modules), path.name
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            assert not {"bench", "tests"} & set(_imported(path)), path.name


def test_the_command_line_needs_no_page() -> None:
    path = ROOT / "cli.py"
    assert not {"views", "streamlit"} & set(_imported(path))
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_streamlit_stays_in_the_pages() -> None:
    for package in PACKAGES - {"views"}:
        for path in (ROOT / package).rglob("*.py"):
            pages = {name for name in _imported(path) if name.startswith("streamlit")}
            assert not pages, f"{path.relative_to(ROOT)} imports {pages}"


def test_session_and_link_have_one_reader() -> None:
    for path in [ROOT / "app.py", *(ROOT / "views").rglob("*.py")]:
        if path.name != "selection.py":
            text = path.read_text(encoding="utf-8")
            assert "session_state" not in text and "st.query_params" not in text, path.name


def test_modules_stay_short() -> None:
    for package in {*PACKAGES, "bench"}:
        for path in (ROOT / package).rglob("*.py"):
            length = len(path.read_text(encoding="utf-8").splitlines())
            assert length <= 300, f"{path.relative_to(ROOT)} has {length} lines; split it"


def test_app_composes_only() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 60
