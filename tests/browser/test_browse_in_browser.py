"""Going from the province into a city and a county and back, by pointer, keyboard and link."""

from __future__ import annotations

import math
import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect

from registry.registry import Registry
from registry.select import select
from terms.selection import Selection
from tests.browser.visit import MAP, Visit, open_visit, rest


def here(visit: Visit) -> Locator:
    """The step of the path that the map has reached."""
    return visit.map.locator(".fg-path [aria-current]")


def ids_in(registry: Registry, area: str) -> set[str]:
    return {row.id for row in select(registry, Selection(area=area))}


def test_clicks_lead_into_a_city_and_a_county_and_back_leads_out(
    visit: Visit, registry: Registry
) -> None:
    visit.open()
    expect(here(visit)).to_have_text("山东省")
    visit.click_ground("370983")
    expect(here(visit)).to_have_text("泰安市")
    visit.until_link("area=370900")
    visit.until_rows(len(ids_in(registry, "370900")))
    visit.until_shown(ids_in(registry, "370900"))
    visit.click_ground("370983")
    expect(here(visit)).to_have_text("肥城市")
    visit.until_shown(ids_in(registry, "370983"))
    expect(visit.page.locator(".st-key-detail h2").first).to_have_text("泰安市·肥城市")
    box = visit.map.locator('path[data-code="370983"]').bounding_box()
    frame = visit.map.locator("#map_div").bounding_box()
    assert box and frame and box["height"] > frame["height"] * 0.6
    visit.page.go_back()
    expect(here(visit)).to_have_text("泰安市")
    visit.page.go_back()
    expect(here(visit)).to_have_text("山东省")
    visit.until_rows(len(registry.projects))
    visit.assert_clean()


def test_the_path_and_escape_lead_up_by_keyboard(visit: Visit, registry: Registry) -> None:
    visit.open("/?area=370983")
    up = visit.map.locator(".fg-path .fg-up")
    expect(up).to_have_attribute("aria-label", "返回泰安市")
    up.focus()
    visit.page.keyboard.press("Enter")
    expect(here(visit)).to_have_text("泰安市")
    expect(here(visit)).to_be_focused()  # the keyboard stays where it was
    visit.page.keyboard.press("Escape")
    expect(here(visit)).to_have_text("山东省")
    visit.until_rows(len(registry.projects))
    visit.assert_clean()


def test_a_symbol_opens_its_project_at_every_level(visit: Visit, registry: Registry) -> None:
    row = registry.by_id["taian-caes-02"]
    for area in ("", "370900", "370983"):
        visit.open(f"/?area={area}&plan=taian" if area else "/?plan=taian")
        visit.map.locator(f'.fg-mark[data-id="{row.id}"] > svg').first.dispatch_event("click")
        expect(visit.page.locator(".st-key-detail h2").first).to_have_text(row.name)
        expect(here(visit)).to_have_text({"": "山东省", "370900": "泰安市"}.get(area, "肥城市"))


def test_a_city_without_a_plan_says_so_and_lets_one_out(visit: Visit) -> None:
    visit.open()
    visit.click_ground("370202")
    note = visit.map.locator(".fg-crumb p")
    expect(note).to_contain_text("青岛市的方案未收录")
    visit.until_rows(0)
    visit.map.locator('.fg-path [data-area=""]').first.click()
    expect(here(visit)).to_have_text("山东省")
    visit.click_ground("370102")
    expect(here(visit)).to_have_text("济南市")
    expect(note).to_contain_text("济南市只收录了历下区（征求意见稿）方案")
    visit.click_ground("370102")
    expect(here(visit)).to_have_text("历下区")
    visit.assert_clean()


def test_a_click_while_the_page_works_undoes_nothing(visit: Visit, registry: Registry) -> None:
    visit.open("/?plan=taian&q=PV")
    unit = visit.page.get_by_role("radio", name="MW", exact=True).bounding_box()
    clear = visit.page.locator(".st-key-clear button")
    clear.scroll_into_view_if_needed()
    rest(visit.page)
    assert unit
    clear.click()
    visit.page.mouse.click(unit["x"] + 5, unit["y"] + 5)
    visit.until_link("unit=mw")
    visit.until_rows(len(registry.projects))
    assert "plan=" not in visit.page.url and "q=" not in visit.page.url


def test_arrows_move_between_symbols_and_enter_opens(visit: Visit, registry: Registry) -> None:
    visit.open("/?area=370983")
    stops = visit.map.locator('.fg-mark[tabindex="0"]')
    expect(stops).to_have_count(1)
    stops.focus()
    first = stops.get_attribute("data-id")
    visit.page.keyboard.press("ArrowDown")
    focused = visit.map.locator(".fg-mark:focus")
    expect(focused).not_to_have_attribute("data-id", str(first))
    expect(stops).to_have_count(1)
    row = registry.by_id[str(focused.get_attribute("data-id"))]
    expect(focused).to_have_attribute("aria-label", re.compile(re.escape(row.name)))
    expect(visit.map.locator(".fg-tip .fg-title")).to_have_text(row.name)
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".st-key-detail h2").first).to_have_text(row.name)
    county = visit.map.locator('path[tabindex="0"]')
    expect(county).to_have_attribute("data-code", "370983")
    county.focus()
    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("Enter")
    expect(here(visit)).not_to_have_text("肥城市")
    visit.assert_clean()


def test_the_card_tells_what_a_county_carries(visit: Visit, registry: Registry) -> None:
    visit.open("/?area=370900")
    county = visit.map.locator('path[data-code="370983"]')
    county.dispatch_event("mouseover", {"clientX": 300, "clientY": 300, "bubbles": True})
    card = visit.map.locator(".fg-tip")
    rows = [row for row in registry.projects if "370983" in row.district_codes]
    shared = sum(len(row.district_codes) > 1 for row in rows)
    expect(card).to_contain_text(f"图上 {len(rows)} 项，其中跨县共列 {shared} 项")
    expect(card).to_contain_text("集中式光伏 120 万千瓦")
    expect(card).to_contain_text("点击进入肥城市")


def test_a_kept_view_comes_back_with_the_link(visit: Visit, browser: Browser, server: str) -> None:
    visit.open("/?area=370900")
    visit.zoom_in()
    keep = visit.map.locator(".fg-tools button").nth(1)
    keep.click()
    expect(keep).to_have_attribute("aria-pressed", "true")
    expect(visit.page).to_have_url(re.compile(r"[?&]at=[\d.]+%2C[\d.]+%2C[\d.]+"))
    link = visit.page.url.removeprefix(server)
    place = visit.map.locator('path[data-code="370983"]').bounding_box()
    for other in open_visit(browser, server, width=1440, height=900):
        other.open(link)
        again = other.map.locator('path[data-code="370983"]').bounding_box()
        assert place and again
        assert math.dist((place["x"], place["y"]), (again["x"], again["y"])) < 3
        other.map.locator(".fg-tools button").nth(0).click()
        expect(other.page).not_to_have_url(re.compile("[?&]at="))


def test_the_area_of_a_symbol_follows_its_printed_mw(visit: Visit, registry: Registry) -> None:
    visit.open("/?area=370900&symbols=mw")
    sized = visit.map.locator(".fg-sized")
    found = sized.evaluate_all(
        "all => all.map(e => [e.dataset.id, parseFloat(getComputedStyle(e, '::after').width)])"
    )
    assert len(found) > 5
    per_mw = {
        width**2 / float(registry.by_id[row].capacity_mw or 0)
        for row, width in found
        if width > 5.1
    }
    assert max(per_mw) / min(per_mw) < 1.03
    programmes = {row.id for row in registry.projects if row.kind == "programme"}
    assert programmes.isdisjoint(row for row, _ in found)
    visit.open("/?area=371600&symbols=mw")
    rings = visit.map.locator("[data-ring]").evaluate_all("all => all.map(e => e.dataset.ring)")
    assert len(rings) == len(set(rings)) and "binzhou-base-01" in rings


def test_colour_comes_on_request_and_says_how_much_is_located(visit: Visit) -> None:
    visit.open("/?plan=binzhou")
    county = visit.map.locator('path[data-code="371603"]')
    plain = county.get_attribute("fill")
    expect(visit.page.locator(".fg-map-note")).to_have_text("")
    before = visit.painted()
    visit.page.locator('[class*="st-key-shade"] input').click()
    visit.page.get_by_role("option", name="按集中式光伏规模着色").click()
    visit.repainted(before)
    expect(visit.page.locator(".fg-map-note")).to_contain_text("滨州市 215 万千瓦／700 万千瓦")
    assert county.get_attribute("fill") != plain
    fill = visit.map.locator('path[data-code="371623"]').get_attribute("fill")
    assert fill == "url(#fg-hatch)"  # its rows state no MW
    expect(visit.map.locator(".fg-legend")).to_contain_text("单位：万千瓦")
    visit.until_link("shade=pv")


def test_the_print_holds_map_figures_and_the_countys_list(visit: Visit, registry: Registry) -> None:
    visit.open("/?area=370983")
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    head = visit.page.locator(".fg-print-head")
    expect(head).to_contain_text("泰安市·肥城市碳达峰方案项目图")
    expect(head).to_contain_text("内部工作示意图")
    visit.page.emulate_media(media="print")
    lines = visit.page.locator(".fg-print-sheet > table tbody tr")
    assert lines.count() == len(ids_in(registry, "370983"))
    expect(visit.page.locator('[data-testid="stSidebar"]')).to_be_hidden()
    expect(visit.map.locator(".fg-legend")).to_contain_text("采煤沉陷区光伏")
    expect(visit.map.locator(".fg-tools")).to_be_hidden()
    box = visit.page.locator(MAP).bounding_box()
    assert box and abs(box["width"] - 277 / 25.4 * 96) < 4
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(visit.page.locator(".fg-print-sheet")).to_have_count(0)
    visit.assert_clean()


def test_the_sheet_is_a_pdf_of_a_few_pages_across(visit: Visit, tmp_path: Path) -> None:
    visit.open("/?area=370983")
    file = tmp_path / "county.pdf"
    visit.page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    content = file.read_bytes()
    pages = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert 2 <= len(pages) <= 4
    assert all(float(width) > float(height) for width, height in pages)


def test_one_finger_scrolls_past_the_map_and_a_tap_opens(
    browser: Browser, server: str, registry: Registry
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="zh-CN"
    )
    visit = Visit(context.new_page(), server).open("/?area=370900")
    frame = visit.map.locator("#map_div")
    assert frame.evaluate("e => getComputedStyle(e).touchAction") == "pan-x pan-y"
    row = registry.by_id["taian-ps-01"]
    visit.map.locator(f'.fg-mark[data-id="{row.id}"] > svg').tap()
    expect(visit.page.locator(".st-key-detail h2").first).to_have_text(row.name)
    expect(visit.map.locator(".fg-tip .fg-hint")).to_have_text("详情见地图下方")
    context.close()


def test_full_screen_shows_the_whole_area_larger(visit: Visit) -> None:
    visit.open("/?area=370900")
    frame = visit.map.locator("#map_div")
    before = frame.bounding_box()
    button = visit.map.locator(".fg-tools button").nth(2)
    button.click()
    expect(button).to_have_attribute("aria-label", "退出全屏")
    after = frame.bounding_box()
    assert before and after and after["width"] > before["width"]
    button.click()
    expect(button).to_have_attribute("aria-label", "全屏")


def test_an_unknown_page_is_said_in_our_words_with_the_way_back(visit: Visit) -> None:
    visit.page.goto(f"{visit.base}/nosuch?plan=taian")
    expect(visit.page.locator(".fg-error")).to_contain_text("没有这一页")
    expect(visit.page.get_by_role("dialog")).to_have_count(0)
    visit.page.get_by_role("link", name="回到地图").click()
    visit.map.locator("#map_div[data-painted]").wait_for()
    expect(visit.page).to_have_url(re.compile(r"/\?plan=taian$"))
    visit.page.goto(f"{visit.base}/Siting?plan=taian")  # only the case of a letter differs
    expect(visit.page).to_have_url(re.compile(r"/siting\?plan=taian$"))
    visit.open("/map?plan=jining")  # the root by its name
    expect(visit.page).to_have_url(re.compile(r"/\?plan=jining$"))
    expect(visit.page.get_by_role("dialog")).to_have_count(0)
    assert not visit.outside
