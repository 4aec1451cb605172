"""Rasters in a real browser: the picture lies where its box says, under the counties' borders."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visit import MAP, Visit


def choose(visit: Visit, name: str) -> None:
    """Choose a raster with the keyboard, and wait until the map has it."""
    before = visit.painted()
    box = visit.page.locator(".st-key-raster-zh input")
    box.scroll_into_view_if_needed()
    visit.page.evaluate("() => new Promise(r => setTimeout(() => requestAnimationFrame(r), 0))")
    box.press("ArrowDown")
    visit.page.get_by_role("option", name=name).click()
    visit.repainted(before)


def test_a_raster_is_laid_on_the_map_and_taken_off(visit: Visit) -> None:
    visit.open("/?plan=taian")
    expect(visit.map.locator("img.fg-raster")).to_have_count(0)
    choose(visit, "地形高度")
    visit.until_link("raster=height")
    expect(visit.map.locator("#map_div[data-raster]")).to_be_attached()
    expect(visit.map.locator("body.fg-rastered")).to_be_attached()
    expect(visit.map.locator(".fg-raster-classes li")).to_have_count(5)
    expect(visit.map.locator(".fg-legend")).to_contain_text("地形高度")
    choose(visit, "无（默认）")
    expect(visit.map.locator("img.fg-raster")).to_have_count(0)
    expect(visit.map.locator("body.fg-rastered")).to_have_count(0)
    visit.assert_clean()


def test_the_picture_lies_on_its_box_below_the_counties(visit: Visit) -> None:
    visit.open("/?area=370900&raster=irradiation")
    expect(visit.map.locator("#map_div[data-raster]")).to_be_attached()
    frame = visit.page.locator(MAP).element_handle().content_frame()
    assert frame
    off = frame.evaluate(
        "() => { const { view } = window.fengtuView; const { map, raster } = view;"
        " const [w, s, e, n] = view.state.raster.bounds;"
        " const box = map.getContainer().getBoundingClientRect();"
        " const seen = raster.getElement().getBoundingClientRect();"
        " const a = map.latLngToContainerPoint([n, w]), b = map.latLngToContainerPoint([s, e]);"
        " return [seen.left - box.left - a.x, seen.top - box.top - a.y,"
        "  seen.right - box.left - b.x, seen.bottom - box.top - b.y]; }"
    )
    assert off == pytest.approx([0, 0, 0, 0], abs=1.5)
    levels = frame.evaluate(
        "() => ['raster', 'districts'].map(name => Number("
        "getComputedStyle(window.fengtuView.view.map.getPane(name)).zIndex))"
    )
    assert levels[0] < levels[1]
    clear = visit.map.locator('path[data-code="370983"]')
    assert clear.evaluate("e => getComputedStyle(e).fillOpacity") == "0"
    visit.map.locator(".fg-strength input").fill("30")
    visit.page.emulate_media(media="print")
    expect(visit.map.locator(".fg-strength")).to_be_hidden()
    visit.page.emulate_media(media="screen")
    assert visit.map.locator("img.fg-raster").evaluate("e => e.style.opacity") == "0.3"
    visit.click_ground("370983")
    expect(visit.page.locator(".st-key-detail")).to_contain_text("肥城市")
    expect(visit.page.locator(".st-key-detail .fg-rasters")).to_contain_text("P10–P90")
    visit.assert_clean()
