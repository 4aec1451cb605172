"""Recording in a real browser: a status on the board, seen by the filter, undone in the log."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.visit import open_visit, rest, serve

ROW = "taian-pv-04"
FORM = ".st-key-progress-one"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with an empty store of its own."""
    home: Path = tmp_path_factory.mktemp("home-records")
    yield from serve(home, "")


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    """A page of somebody who sits at this machine."""
    for visit in open_visit(browser, base, width=1280, height=900):
        yield visit.page


def record(page: Page, base: str, *, day: str, source: str) -> None:
    """Open a row from the board by its name and fill in its form."""
    page.goto(f"{base}/projects?view=progress&plan=taian&tech=pv")
    page.locator(f'.fg-grid tr[data-id="{ROW}"] button.fg-open-row').click()
    form = page.locator(FORM)
    form.get_by_role("combobox", name="进度").click()
    page.get_by_role("option", name="取消", exact=True).click()
    form.get_by_label("日期（必填，年-月-日）").fill(day)
    form.get_by_label("来源").fill(source)
    rest(page)
    form.get_by_role("button", name="保存").click()


def choose_batch(page: Page, name: str) -> None:
    """Choose from the list of batches; it closes when the page is drawn under it, then again."""
    option = page.get_by_role("option", name=name)
    for _ in range(5):
        page.get_by_role("combobox", name="选择要撤销的一批").click()
        with contextlib.suppress(PlaywrightTimeout):
            option.click(timeout=4000)
            return
    raise AssertionError(f"{name} was never offered")


def test_a_status_goes_to_filter_and_check_and_is_undone(page: Page, base: str) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    page.goto(f"{base}/projects?focus={ROW}")
    expect(page.locator(".st-key-sheet")).to_contain_text("具名项目，计入")
    record(page, base, day="2026-03-31", source=hostile)
    saved = page.locator(f".st-key-saved-progress-{ROW}")
    expect(saved).to_contain_text("进度已保存")
    expect(page.locator(f'.fg-grid tr[data-id="{ROW}"]')).to_contain_text("取消")
    expect(page.locator(f"{FORM} .fg-history")).to_contain_text(hostile)
    assert page.locator('img[src="x"]').count() == 0
    page.goto(f"{base}/?plan=taian&status=cancelled")
    expect(page.locator('.fg-tile[data-figure="rows"] b')).to_have_text("1")
    page.goto(f"{base}/projects?focus={ROW}")
    expect(page.locator(".st-key-sheet")).to_contain_text("取消")
    sheet = page.locator(".st-key-sheet")
    expect(sheet).not_to_contain_text("具名项目，计入")  # as the check has it
    page.goto(f"{base}/data")
    page.get_by_text("变更记录", exact=True).click()
    expect(page.locator(".fg-changes")).to_contain_text("取消")
    page.get_by_label("撤销原因（必填）").fill("录错了")  # in sight: a list closes when it scrolls
    rest(page)
    choose_batch(page, "第 1 批")
    rest(page)
    page.get_by_role("button", name="撤销这一批").click()
    expect(page.locator(".st-key-saved-changes")).to_contain_text("已撤销第 1 批")
    page.goto(f"{base}/projects?view=progress&plan=taian&status=cancelled")
    expect(page.locator(".fg-empty")).to_be_visible()


def test_the_second_of_two_sessions_is_told_who_was_first(
    browser: Browser, page: Page, base: str
) -> None:
    address = f"{base}/projects?view=progress&focus={ROW}"
    page.goto(address)
    page.locator(FORM).get_by_label("来源").wait_for()
    rest(page)
    for other in open_visit(browser, base, width=1280, height=900):
        record(other.page, base, day="2026-04-15", source="先到的")
        expect(other.page.locator(f".st-key-saved-progress-{ROW}")).to_be_visible()
    form = page.locator(FORM)
    form.get_by_label("日期（必填，年-月-日）").fill("2026-04-30")
    form.get_by_label("累计已投产 MW").fill("10")
    form.get_by_label("来源").fill("后到的")
    form.get_by_role("button", name="保存").click()
    told = page.locator(f'{FORM} [role="alert"]')
    expect(told).to_contain_text("没有写入")
    expect(told).to_contain_text("本机 已于")
    expect(form.get_by_label("来源")).to_have_value("后到的")


def test_what_is_typed_outlives_a_change_of_language(page: Page, base: str) -> None:
    page.goto(f"{base}/projects?view=progress&focus={ROW}")
    form = page.locator(FORM)
    form.get_by_label("日期（必填，年-月-日）").fill("2026-04-30")
    form.get_by_label("来源").fill("半途")
    rest(page)
    page.locator(".st-key-head").get_by_text("English", exact=True).click()
    expect(form.get_by_label("Source")).to_have_value("半途")
    expect(form.get_by_label("Date (required, year-month-day)")).to_have_value("2026-04-30")


def test_what_opens_far_down_a_phone_comes_into_sight(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for address, opened in (("?view=progress&plan=taian", FORM), ("?plan=taian", ".st-key-sheet")):
        page.goto(f"{base}/projects{address}")
        row = page.locator(".fg-grid tbody tr").nth(25)
        row.scroll_into_view_if_needed()
        rest(page)
        row.locator("button.fg-open-row").click()
        expect(page.locator(opened)).to_be_in_viewport()
        expect(page).to_have_url(re.compile("[?&]focus="))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def choose(page: Page, name: str, option: str) -> None:
    """Choose from a list; one that opened while the page was drawn anew has closed with that."""
    found = page.get_by_role("option", name=option).first
    for _ in range(5):
        page.get_by_role("combobox", name=name).click()
        with contextlib.suppress(PlaywrightTimeout):
            found.click(timeout=2000)
            return
    raise AssertionError(f"the list {name} does not stay open")


def test_figures_half_entered_outlive_a_change_of_language(page: Page, base: str) -> None:
    """The lists stand before the form: the server knows them, the browser what is typed."""
    page.goto(f"{base}/targets?plan=jining")
    page.get_by_text("逐条录入").click()
    for name, option in (("指标", "光伏"), ("地点", "兖州区")):
        choose(page, name, option)
    rest(page)
    form = page.locator(".st-key-installed")
    form.get_by_label("数值").fill("12.5")
    form.get_by_label("来源").fill("半途")
    rest(page)
    page.locator(".st-key-head").get_by_text("English", exact=True).click()
    expect(form.get_by_label("Source")).to_have_value("半途")
    expect(form.get_by_label("Value")).to_have_value("12.5")
    expect(form.get_by_role("combobox", name="Place")).to_have_value("Yanzhou District")
