"""One browser and two servers for all browser tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.visit import ARGUMENTS, WAIT_MS, Visit, find_browser, open_visit, serve

expect.set_options(timeout=WAIT_MS)  # the usual 5 s are too few beside other work


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app at the root of a free port."""
    yield from serve(tmp_path_factory.mktemp("home"), "")


@pytest.fixture(scope="session")
def server_below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app under a base path, as behind a bureau's proxy."""
    yield from serve(tmp_path_factory.mktemp("home-below"), "fengtu")


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    """A page of desktop size."""
    yield from open_visit(browser, server, width=1440, height=900)
