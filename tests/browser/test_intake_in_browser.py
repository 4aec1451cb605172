"""The import in a real browser: a file brought in by the mouse, seen on the map, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import Visit, rest

ROWS = """编号,工程,县区,技术类型,装机（MW）,状态,经度,纬度
1,<img src=x onerror=alert(1)>甲光伏,肥城市,光伏,100,在建,116.77,36.18
2,国能博兴电厂,博兴县,煤电,700,运行,,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "清单.csv"
    path.write_text(ROWS, encoding="gb18030")
    return path


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by its label, typing what is looked for."""
    box = page.locator('.st-key-intake [data-testid="stSelectbox"]').filter(has_text=label).first
    box.locator("input").click()
    box.locator("input").press_sequentially(option[:3])
    page.get_by_role("option", name=option, exact=True).click()
    rest(page)


def figure(page: Page, name: str) -> Locator:
    return page.locator(f'.fg-intake-tiles .fg-tile[data-figure="{name}"] b')


def test_a_file_comes_in_is_seen_and_goes_again(visit: Visit, file: Path) -> None:
    page = visit.open("/").page
    page.locator(".st-key-head").get_by_role("link", name="数据").click()
    page.locator("#intake").wait_for()
    page.locator('[class*="st-key-intake-file"] input[type="file"]').set_input_files(file)
    expect(figure(page, "faulty")).to_have_text("2")
    choose(page, "项目名称", "工程")
    choose(page, "文件里坐标的坐标系", "WGS-84 经纬度")
    expect(figure(page, "proposed")).to_have_text("2")
    expect(page.locator("img.fg-intake-map")).to_be_visible()
    twin = page.locator(".st-key-intake-twin-3")
    expect(twin).to_contain_text("binzhou-coal-02")
    twin.get_by_text("属于已有项目").click()
    rest(page)
    page.get_by_role("button", name="写入 2 条").click()
    stored = page.locator(".st-key-intake-stored")
    expect(stored).to_contain_text("已写入 2 条")
    stored.get_by_role("link", name="在地图上看").click()
    visit.until_rows(2)
    expect(visit.map.locator('.fg-mark[data-id^="user-"]')).to_have_count(2)
    page.locator(".st-key-head").get_by_role("link", name="数据").click()
    page.locator(".st-key-intake-stored").get_by_role("button", name="撤销这一批").click()
    expect(page.locator(".st-key-intake-stored")).to_have_count(0)
    expect(page.locator(".st-key-intake")).to_contain_text("其后已有改动或撤销")
    assert visit.outside == [] and visit.errors == []
