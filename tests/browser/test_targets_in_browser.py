"""What a person does with the targets, in a real browser with every outside host refused."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.visit import Visit, open_visit, rest, serve


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Visit]:
    yield from open_visit(browser, server, width=390, height=844)


def _go_to_targets(visit: Visit, query: str = "") -> None:
    visit.open(f"/?asof=2026-11-21{query}")
    visit.page.get_by_role("link", name="目标", exact=True).click()
    visit.page.locator(".fg-summary").wait_for()
    rest(visit.page)


def test_why_is_jinings_solar_pipeline_what_it_is(visit: Visit) -> None:
    _go_to_targets(visit)
    card = visit.page.locator('[data-target="jining:pv:2030"]')
    expect(card).to_contain_text("低值 523 万千瓦")
    expect(card.locator(".fg-verdict")).to_have_attribute("data-verdict", "undetermined")
    visit.page.locator(".st-key-ledger-jining-pv-2030 button").click()
    ledger = visit.page.locator(".fg-ledger")
    expect(ledger.locator("tbody tr")).to_have_count(7)
    expect(ledger.locator(".fg-sum")).to_contain_text("523 万千瓦")
    visit.until_link("focus=jining:pv:2030".replace(":", "%3A"))
    visit.assert_clean()
    ledger.get_by_role("link", name=re.compile("时代永福")).click()
    visit.map.locator("#map_div[data-painted]").wait_for()
    expect(visit.page.locator(".st-key-detail")).to_contain_text("时代永福")


def test_a_switched_rule_moves_figures_and_says_what_moved(visit: Visit) -> None:
    _go_to_targets(visit, "&plan=binzhou")
    card = visit.page.locator('[data-target="binzhou:pv:2030"]')
    expect(card).to_contain_text("低值 700 万千瓦")
    visit.page.locator(".st-key-inferred-zh label").click()
    expect(card).to_contain_text("低值 1,020 万千瓦")
    notice = visit.page.locator(".fg-notice")
    expect(notice).to_contain_text("低值 700 万千瓦 → 1,020 万千瓦")
    visit.until_link("inferred=off")
    visit.page.get_by_role("button", name="恢复默认口径").click()
    expect(card).to_contain_text("低值 700 万千瓦")
    expect(notice).to_have_count(0)
    visit.assert_clean()


def test_unit_and_language_reach_the_bars(visit: Visit) -> None:
    _go_to_targets(visit, "&plan=taian&lang=zh")
    visit.page.get_by_role("radio", name="MW").click()
    card = visit.page.locator('[data-target="taian:new_storage:2030"]')
    expect(card).to_contain_text("低值 1,550 MW")
    visit.page.get_by_role("radio", name="English").click()
    expect(card).to_contain_text("low 1,550 MW")
    visit.assert_clean()


def test_the_targets_fit_a_phone(phone: Visit) -> None:
    _go_to_targets(phone, "&plan=jining&focus=jining:pv:2030")
    expect(phone.page.locator(".fg-ledger")).to_be_visible()
    wide = phone.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    phone.assert_clean()


@pytest.fixture
def desk(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """A visit to a server of its own, since what is entered there stays."""
    for base in serve(tmp_path, ""):
        yield from open_visit(browser, base, width=1400, height=1200)


def _choose(section: Locator, label: str, option: str) -> None:
    """Choose from a box found by its label; a fold that is still opening closes its list again."""
    field = section.page.get_by_role("combobox", name=re.compile(label))
    box = section.locator('[data-testid="stSelectbox"]').filter(has=field)
    wanted = section.page.get_by_role("option", name=re.compile(re.escape(option))).first
    for _ in range(5):
        box.click()
        with contextlib.suppress(PlaywrightTimeout):
            wanted.click(timeout=2_000)
            return
    expect(wanted).to_be_visible()


def test_an_entered_figure_moves_the_verdict_and_can_be_withdrawn(desk: Visit) -> None:
    _go_to_targets(desk, "&plan=jining")
    card = desk.page.locator('[data-target="jining:biomass:2030"]')
    expect(card.locator(".fg-verdict")).to_have_attribute("data-verdict", "undetermined")
    section = desk.page.locator(".st-key-installed")
    section.get_by_text("逐条录入").click()
    _choose(section, "指标", "生物质发电装机")
    section.get_by_label(re.compile("截止日期")).fill("2025-12-31")
    section.get_by_label("数值").fill("20")
    section.get_by_label("来源").fill("统计月报 <b>12</b> 月")
    section.get_by_role("button", name="保存").click()
    expect(card.locator(".fg-verdict")).to_have_attribute("data-verdict", "short")
    expect(card).to_contain_text("差 4.4 万千瓦")
    expect(section.locator("table")).to_contain_text("统计月报 <b>12</b> 月")
    section.get_by_text("撤回", exact=True).first.click()
    _choose(section, "选择要撤回", "生物质")
    section.get_by_role("button", name="撤回").last.click()
    expect(card.locator(".fg-verdict")).to_have_attribute("data-verdict", "undetermined")
    desk.assert_clean()


def test_a_link_right_after_a_switch_takes_nothing_back(visit: Visit) -> None:
    """The link was drawn before the switch, and the switch's own run has not ended."""
    _go_to_targets(visit, "&plan=taian")
    head, page = visit.page.locator(".st-key-head"), visit.page
    toggle = page.get_by_role("switch", name="高值计入外部来源的规模")
    for turn in range(1, 5):
        rest(page)
        page.locator(".st-key-external-zh label").click()
        page.wait_for_timeout(60)  # the pace of a quick hand, which is what is tried here
        head.get_by_role("link", name="县区").click()
        page.locator(".st-key-breakdown").wait_for()
        head.get_by_role("link", name="目标").click()
        page.locator(".fg-summary").wait_for()
        visit.until_link("plan=taian")
        expect(toggle).to_be_checked(checked=turn % 2 == 1)
    assert not visit.outside  # a page that is left at once ends its own requests
