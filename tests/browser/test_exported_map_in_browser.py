"""The map in one file, opened from a folder with every request refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from layers.exports.extract import extract_of
from layers.exports.formats import write
from registry.registry import Registry
from terms.selection import Selection


@pytest.fixture
def page(browser: Browser, registry: Registry, tmp_path: Path) -> Iterator[Page]:
    path = tmp_path / "图.html"
    path.write_bytes(write(extract_of(registry, Selection(), day=date(2026, 1, 2)), "html"))
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    asked: list[str] = []

    def only_this_file(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_() if route.request.url == path.as_uri() else route.abort()

    context.route("**/*", only_this_file)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(path.as_uri())
    opened.wait_for_selector("#map_div[data-painted]")
    yield opened
    context.close()
    assert asked == [path.as_uri()] and not faults


def test_it_opens_alone_and_tells_of_every_project(page: Page, registry: Registry) -> None:
    located = [row.id for row in registry.projects if registry.labels[row.id]]
    drawn = page.eval_on_selector_all(".fg-mark", "all => all.map(each => each.dataset.id)")
    assert set(drawn) == set(located)
    waiting = page.locator(".fg-tray button").count()
    assert waiting == len(registry.projects) - len(located)
    row = registry.by_id["taian-caes-01"]
    page.locator(f'td button[data-id="{row.id}"]').click()
    told = page.locator("#panel").inner_text()
    for words in (row.name, row.capacity_printed, row.source_title, row.source_section):
        assert words in told
    assert page.locator("tr.fg-chosen").get_attribute("data-id") == row.id
    assert page.locator(f'.fg-mark[data-id="{row.id}"].fg-focus').count() == 1


def test_a_county_and_a_badge_answer(page: Page, registry: Registry) -> None:
    page.locator('path[data-code="370983"]').dispatch_event("click")
    assert page.locator("#panel h2").inner_text() == "肥城市"
    touching = [row for row in registry.projects if "370983" in row.district_codes]
    assert page.locator("#panel li").count() == len(touching)
    page.locator(".fg-badge span").first.dispatch_event("click")
    assert "未落点" in page.locator("#panel h2").inner_text()
