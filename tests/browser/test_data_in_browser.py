"""What a planner does on the page of data: choose coordinates, take files away, read them back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyogrio
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from registry.registry import Registry
from tests.browser.visit import Visit, open_visit


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Visit]:
    yield from open_visit(browser, server, width=390, height=850)


def open_data(visit: Visit, query: str) -> None:
    """Go to the page as a person does: the map first, then its link in the head."""
    visit.open(f"/?{query}")
    visit.page.get_by_role("link", name="数据", exact=True).click()
    visit.page.locator(".fg-data").wait_for()
    visit.until_link(query.split("&", maxsplit=1)[0])


def take(visit: Visit, kind: str, folder: Path) -> Path:
    """Click a download and keep its file under its own name."""
    with visit.page.expect_download() as waiting:
        visit.page.locator(f".st-key-take-{kind} button").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_a_planner_takes_everything_of_a_city(
    visit: Visit, registry: Registry, tmp_path: Path
) -> None:
    open_data(visit, "plan=taian")
    rows = {row.id for row in registry.projects if row.plan == "taian"}
    expect(visit.page.locator('.fg-data [data-item="rows"]')).to_contain_text(
        f"项目 {len(rows)} 行"
    )

    visit.page.locator('[class*="st-key-data-crs"] input').press("ArrowDown")
    visit.page.get_by_role("option", name="CGCS2000 3 度带（按数据选带）").click()
    expect(visit.page.get_by_text("EPSG:4548").first).to_be_visible()
    path = take(visit, "gpkg", tmp_path)
    frame = pyogrio.read_dataframe(path, layer="projects")
    assert set(frame["id"]) == rows and frame.crs.to_epsg() == 4548

    book = load_workbook(take(visit, "xlsx", tmp_path), read_only=True)
    assert sum(1 for _ in book.worksheets[0].iter_rows()) == len(rows) + 1
    brief = take(visit, "brief", tmp_path)
    assert brief.name.startswith("fengtu-brief-370900") and brief.read_bytes()[:5] == b"%PDF-"
    visit.assert_clean()


def test_the_table_of_the_map_leads_to_every_format(visit: Visit, tmp_path: Path) -> None:
    visit.open("/?plan=lixia")
    visit.page.locator(".st-key-more-formats button").click()
    with visit.page.expect_download() as waiting:
        visit.page.locator(".st-key-more-kml button").first.click()
    waiting.value.save_as(tmp_path / "map.kml")
    assert "历下" in (tmp_path / "map.kml").read_text(encoding="utf-8")
    visit.page.get_by_role("link", name="更多内容与坐标系").click()
    visit.page.locator(".fg-data").wait_for()
    visit.until_link("plan=lixia")
    visit.assert_clean()


def test_charts_open_and_draw_without_a_menu(visit: Visit) -> None:
    visit.open("/?plan=taian")
    visit.page.locator(".st-key-charts summary").click()
    expect(
        visit.page.locator(".st-key-charts .vega-embed svg, .st-key-charts canvas")
    ).to_have_count(3)
    assert visit.page.locator(".st-key-charts .vega-actions").count() == 0
    visit.page.locator(".fg-chart-table summary").click()
    expect(visit.page.locator(".fg-chart-table table").first).to_contain_text("万千瓦")
    visit.assert_clean()


def test_the_phone_has_no_sideways_scroll(phone: Visit) -> None:
    open_data(phone, "plan=binzhou")
    for selector in ("html", '[data-testid="stMain"]'):
        wide = phone.page.locator(selector).evaluate("e => e.scrollWidth - e.clientWidth")
        assert wide <= 0
    phone.assert_clean()
