"""What a person does with the map, in a real browser with every outside host refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from layers.project_list import PART_SIZE
from registry.registry import Registry
from registry.select import select
from terms.columns import PROJECT_COLUMNS
from terms.kinds import Layer, Precision
from terms.selection import Selection
from tests.browser.visit import Visit, open_visit


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Visit]:
    yield from open_visit(browser, server, width=390, height=844)


def test_the_map_draws_offline_and_shows_every_row(visit: Visit, registry: Registry) -> None:
    visit.open()
    assert visit.map.locator("path.fg-county").count() == 31
    assert visit.shown_ids() == set(registry.by_id)
    assert visit.figure("rows") == len(registry.projects)
    assert visit.figure("located") + visit.figure("tray") == visit.figure("rows")
    expect(visit.map.locator(".fg-stamp")).to_have_text("内部工作示意图")
    sites = {row.id for row in registry.projects if row.precision is Precision.SITE}
    looks = {".fg-pin": sites, ".fg-approximate": registry.approximate}
    looks[".fg-site"] = sites - registry.approximate
    for look, ids in looks.items():
        pins = visit.map.locator(look).evaluate_all("all => all.map(e => e.dataset.id)")
        assert set(pins) == ids != set()
    visit.assert_clean()


def test_symbols_do_not_cover_each_other_nor_a_pin(visit: Visit) -> None:
    visit.open("/?plan=zaozhuang")
    boxes = visit.map.locator(".fg-mark > svg").evaluate_all(
        "all => all.map(e => { const b = e.getBoundingClientRect();"
        " return [b.x, b.y, b.right, b.bottom, e.closest('.fg-pin') !== null]; })"
    )
    assert len(boxes) > 15
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            wide = min(a[2], b[2]) - max(a[0], b[0])
            high = min(a[3], b[3]) - max(a[1], b[1])
            both_are_pins = a[4] and b[4]  # each stands where its source says
            assert wide <= 0.5 or high <= 0.5 or both_are_pins, (a, b)


def test_every_layer_switches_off_and_on(visit: Visit, registry: Registry) -> None:
    visit.open("/?plan=binzhou,jining")
    rows = select(registry, Selection(plans=("binzhou", "jining")))
    left = len(rows)
    for layer in Layer:
        visit.page.locator(f'.fg-layer[data-layer="{layer.value}"] label').click()
        expect(visit.map.locator(f'[data-layer="{layer.value}"]')).to_have_count(0)
        left -= sum(row.layer is layer for row in rows)
        visit.until_rows(left)
    assert left == 0
    visit.until_shown(set())
    visit.page.get_by_role("button", name="六类重点").click()
    six = [row for row in rows if row.layer in tuple(Layer)[:6]]
    visit.until_rows(len(six))
    expect(visit.page.locator('.fg-layer[data-layer="wetland_sink"] input')).to_be_checked()
    expect(visit.page.locator('.fg-layer[data-layer="grid"] input')).not_to_be_checked()
    visit.assert_clean()


def test_a_filter_changes_map_table_and_figures_alike(visit: Visit, registry: Registry) -> None:
    visit.open()
    before = visit.painted()
    visit.page.get_by_role("button", name="泰安市").click()
    visit.repainted(before)
    rows = select(registry, Selection(plans=("taian",)))
    visit.until_rows(len(rows))
    visit.until_shown({row.id for row in rows})
    tray = sum(row.precision is Precision.CITY for row in rows)
    assert visit.figure("tray") == tray
    expect(visit.page.locator(".fg-title h2")).to_contain_text(str(len(rows)))
    for first in range(0, len(rows), PART_SIZE):  # every row is on one of the table's pages
        for row in rows[first : first + PART_SIZE]:
            expect(visit.page.locator(f'.fg-grid tr[data-id="{row.id}"]')).to_contain_text(row.name)
        if first + PART_SIZE < len(rows):
            visit.page.get_by_role("button", name="下一页").click()
    visit.assert_clean()


def test_a_click_on_a_symbol_shows_its_clause(visit: Visit, registry: Registry) -> None:
    visit.open("/?plan=taian")
    row = registry.by_id["taian-ps-01"]
    panel = visit.page.locator(".st-key-detail")
    symbol = visit.map.locator(f'.fg-mark[data-id="{row.id}"] > svg')
    for _ in range(2):  # a second click on the same symbol counts as well
        symbol.click()
        expect(panel.locator("h2").first).to_have_text(row.name)
        expect(panel).to_contain_text(row.source_title)
        expect(panel).to_contain_text(row.source_section)
        visit.until_link(f"focus={row.id}")
        panel.get_by_role("button", name="返回说明").click()
        expect(panel.locator("h2").first).to_have_text("看图说明")
    visit.assert_clean()


def test_a_click_keeps_the_view(visit: Visit) -> None:
    visit.open("/?plan=taian")
    visit.zoom_in()
    symbol = visit.central(visit.map.locator('.fg-mark[data-layer="wetland_sink"] > svg'))
    place = symbol.bounding_box()
    before = visit.painted()
    symbol.click()
    visit.repainted(before)
    assert symbol.bounding_box() == place


def test_an_approximate_point_says_so_under_the_pointer(visit: Visit, registry: Registry) -> None:
    visit.open("/?plan=zaozhuang,taian")
    tip = visit.map.locator(".fg-tip")
    for row in (row for row in registry.projects if row.id in registry.approximate):
        visit.map.locator(f'.fg-approximate[data-id="{row.id}"] > svg').hover()
        expect(tip).to_contain_text(row.name)
        expect(tip).to_contain_text("来源自注约略或未注精度")


def test_tray_county_and_badge_open_their_details(visit: Visit, registry: Registry) -> None:
    visit.open("/?plan=jining")
    panel = visit.page.locator(".st-key-detail")
    waiting = next(
        row for row in registry.projects if row.plan == "jining" and row.precision is Precision.CITY
    )
    visit.map.locator(f'.fg-tray button[data-id="{waiting.id}"]').click()
    expect(panel.locator("h2").first).to_have_text(waiting.name)
    visit.map.locator(".fg-badge > span").click()
    expect(panel).to_contain_text("15座")
    expect(panel).to_contain_text("三（一）3")
    visit.click_ground("370883")
    expect(visit.map.locator(".fg-path [aria-current]")).to_have_text("济宁市")
    visit.click_ground("370883")
    expect(panel.locator("h2").first).to_have_text("济宁市·邹城市")
    visit.until_link("area=370883")
    visit.assert_clean()


def test_a_table_cell_opens_the_details(visit: Visit, registry: Registry) -> None:
    visit.open("/?plan=zaozhuang")
    row = next(each for each in registry.projects if each.plan == "zaozhuang")
    visit.page.locator(f'.fg-grid tr[data-id="{row.id}"]').get_by_role("button").click()
    expect(visit.page.locator(".st-key-detail h2").first).to_have_text(row.name)


def test_the_download_holds_the_rows_of_the_page(visit: Visit, tmp_path: Path) -> None:
    visit.open("/?plan=binzhou&layer=saline_wind_solar,wetland_sink,grid")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="下载 GeoJSON").click()
    target = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    taken = json.loads(target.read_text(encoding="utf-8"))
    assert target.suffix == ".geojson"
    visit.until_shown({each["id"] for each in taken["features"]})
    assert len(taken["features"]) == visit.figure("rows") == taken["counts"]["rows"]
    assert taken["filter"]["plans"] == ["binzhou"]
    assert list(taken["features"][0]["properties"]) == list(PROJECT_COLUMNS)
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="下载 CSV").click()
    sheet = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert sheet.startswith("id,plan,city,")


def test_a_pasted_link_reproduces_the_page(visit: Visit, browser: Browser, server: str) -> None:
    visit.open("/?plan=taian&layer=pv,wetland_sink&land=fishery,none&focus=taian-pv-01&unit=mw")
    visit.until_link("unit=mw")
    link = visit.page.url.removeprefix(server)
    assert "plan=taian" in link
    for other in open_visit(browser, server, width=1440, height=900):
        other.open(link)
        assert other.painted() == visit.painted()
        other.until_shown(visit.shown_ids())
        assert visit.shown_ids() != set()
        heading = visit.page.locator(".st-key-detail h2").first.inner_text()
        expect(other.page.locator(".st-key-detail h2").first).to_have_text(heading)


def test_language_keeps_the_selection(visit: Visit) -> None:
    visit.open("/?plan=zaozhuang&district=370402&layer=new_storage,heat,wetland_sink")
    ids = visit.shown_ids()
    rows = visit.figure("rows")
    assert rows > 0
    before = visit.painted()
    visit.page.get_by_role("radio", name="English").or_(
        visit.page.get_by_role("button", name="English")
    ).first.click()
    visit.repainted(before)
    expect(visit.page.locator(".st-key-district-en")).to_contain_text(
        "Shizhong District, Zaozhuang"
    )
    expect(visit.map.locator(".fg-stamp")).to_have_text("Internal working sketch")
    visit.until_shown(ids)
    visit.until_rows(rows)
    visit.until_link("lang=en")
    visit.until_link("district=370402")
    visit.assert_clean()


def test_pages_keep_the_selection(visit: Visit, registry: Registry) -> None:
    visit.open("/?plan=jining")
    visit.page.get_by_role("link", name="关于").click()
    visit.page.locator(".fg-about").wait_for()
    visit.until_link("plan=jining")
    visit.page.get_by_role("link", name="地图").click()
    visit.map.locator("#map_div[data-painted]").wait_for()
    visit.until_shown({row.id for row in registry.projects if row.plan == "jining"})
    visit.assert_clean()


def test_the_back_button_returns_to_the_selection_before(visit: Visit, registry: Registry) -> None:
    visit.open("/?plan=jining")
    visit.page.get_by_role("button", name="滨州市").click()
    both = select(registry, Selection(plans=("jining", "binzhou")))
    visit.until_rows(len(both))
    visit.page.go_back()
    visit.until_rows(sum(row.plan == "jining" for row in both))


def test_the_map_draws_under_a_base_path(browser: Browser, server_below: str) -> None:
    for visit in open_visit(browser, server_below, width=1440, height=900):
        visit.open("/?plan=lixia")
        assert visit.map.locator(".fg-mark").count() > 0
        visit.page.get_by_role("link", name="关于").click()
        visit.page.locator(".fg-about").wait_for()
        expect(visit.page).to_have_url(re.compile("/fengtu/about"))
        visit.assert_clean()


def test_phone_width_has_no_sideways_scroll(phone: Visit) -> None:
    phone.open("/?plan=jining")
    for selector in ("html", '[data-testid="stMain"]'):
        wide = phone.page.locator(selector).evaluate("e => e.scrollWidth - e.clientWidth")
        assert wide <= 0
    box = phone.page.locator('iframe[title="streamlit_folium.st_folium"]').bounding_box()
    assert box and box["width"] <= 390 and box["height"] <= 844
    phone.assert_clean()


def test_a_hostile_link_is_shown_as_text_and_fetches_nothing(visit: Visit) -> None:
    said: list[str] = []
    visit.listen("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    bad = "%3Cimg src=http://evil.example/a onerror=alert(1)%3E![i](http://evil.example/b)%24{1}"
    visit.open(f"/?plan=jining,{bad}&q={bad}&focus={bad}&{bad}=1")
    notice = visit.page.locator(".fg-notice")
    expect(notice).to_contain_text("<img src=http://evil.example/a")
    assert visit.page.locator('img[src*="evil"]').count() == 0
    assert said == []
    visit.assert_clean()


def test_the_back_button_returns_to_the_very_start(visit: Visit, registry: Registry) -> None:
    visit.open("/")
    visit.page.get_by_role("button", name="滨州市").click()
    visit.until_rows(sum(row.plan == "binzhou" for row in registry.projects))
    visit.page.go_back()
    visit.until_rows(len(registry.projects))
    visit.assert_clean()
