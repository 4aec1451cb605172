"""What a person does on the page of siting, in a real browser with every outside host refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rasterio
from playwright.sync_api import Browser, expect

from geo.siting.recipe_file import read_recipe
from tests.browser.visit import Visit, open_visit


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Visit]:
    yield from open_visit(browser, server, width=390, height=850)


def open_siting(visit: Visit, query: str, name: str = "选址") -> None:
    """Go to the page as a person does, the map first, and wait for the score."""
    visit.open(f"/?{query}")
    visit.page.get_by_role("link", name=name).click()
    visit.page.locator("img.fg-siting-picture").wait_for()


def test_a_screening_is_changed_opened_and_taken_away(visit: Visit, tmp_path: Path) -> None:
    open_siting(visit, "recipe=subsidence_pv&plan=taian")
    tiles = visit.page.locator(".fg-siting-tiles").first
    expect(tiles).not_to_contain_text("占范围 100.0%")
    picture = visit.page.locator("img.fg-siting-picture")
    before = picture.get_attribute("src")
    visit.page.get_by_text("方案未点名的县", exact=True).first.click()
    expect(tiles).to_contain_text("占范围 100.0%")
    expect(picture).not_to_have_attribute("src", before)  # it follows the figures by a message

    visit.page.locator('[data-id="370923"] button').first.click()
    opened = visit.page.locator(".fg-opened").first
    expect(opened).to_contain_text("泰安市·东平县")
    visit.until_link("focus=370923")
    parts = opened.locator("tbody tr td:last-child").all_inner_texts()
    assert sum(map(float, parts[:-1])) == pytest.approx(float(parts[-1]), abs=0.002)

    with visit.page.expect_download() as given:
        visit.page.get_by_role("button", name="得分 GeoTIFF").click()
    with rasterio.open(given.value.path()) as file:
        assert file.crs.to_epsg() == 4548 and file.read(1, masked=True).count() > 1000
    with visit.page.expect_download() as given:
        visit.page.get_by_role("button", name="选址方案 YAML").click()
    recipe = read_recipe(Path(given.value.path()).read_bytes(), "recipe.yaml")
    assert recipe.area == ("370900",) and not recipe.exclusions[0].enabled


def test_nothing_stands_beyond_the_side_of_a_phone(phone: Visit) -> None:
    open_siting(phone, "recipe=saline_wind_solar&lang=en", "Siting")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    box = phone.page.locator("img.fg-siting-picture").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    terms = phone.page.locator(".st-key-siting-exclusions").bounding_box()
    assert terms and box["y"] + box["height"] <= terms["y"]  # the answer first


def test_an_area_is_drawn_on_the_picture_and_left_out(visit: Visit) -> None:
    open_siting(visit, "recipe=subsidence_pv&plan=taian")
    page, tiles = visit.page, visit.page.locator(".fg-siting-tiles").first
    before = tiles.inner_text()
    page.get_by_role("button", name="在图上画范围").click()
    sheet = page.locator(".fg-siting-sheet")
    box = sheet.bounding_box()
    assert box
    leave_out = page.get_by_role("button", name="剔除其内")
    for count, (across, down) in enumerate(((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7)), 1):
        sheet.click(position={"x": box["width"] * across, "y": box["height"] * down})
        expect(page.locator(".fg-siting-drawing")).to_contain_text(f"已点 {count} 个")
        assert leave_out.is_enabled() == (count > 2)
    leave_out.click()
    expect(page.get_by_text("手绘1", exact=True).first).to_be_visible()
    expect(tiles).not_to_have_text(before)
    expect(sheet).to_have_count(0)
    page.get_by_role("button", name="在图上画范围").click()
    page.keyboard.press("Escape")
    expect(page.locator(".fg-siting-sheet")).to_have_count(0)
    visit.assert_clean()


def test_the_answer_stays_in_sight_beside_the_last_of_the_terms(visit: Visit) -> None:
    open_siting(visit, "recipe=subsidence_pv&plan=taian")
    visit.page.get_by_text("用选址方案文件", exact=True).scroll_into_view_if_needed()
    expect(visit.page.locator("img.fg-siting-picture")).to_be_in_viewport(ratio=0.8)


def test_a_file_that_is_too_large_is_refused_in_chinese(visit: Visit, tmp_path: Path) -> None:
    large = tmp_path / "large.geojson"
    large.write_bytes(b" " * 21_000_000)
    open_siting(visit, "recipe=subsidence_pv&plan=taian")
    visit.page.get_by_text("自备范围（上传或输入）").click()
    chooser = visit.page.locator('[class*="st-key-own-file"]')
    chooser.locator("input").set_input_files(large)
    chooser.locator('[aria-invalid="true"]').wait_for()
    said = chooser.evaluate("chooser => getComputedStyle(chooser, '::after').content")
    assert "超过 20 MB" in said
