"""What a person does on the page of counties, in a real browser with every outside host refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from layers.capacity_tables import district_rows
from layers.county_map import NOT_STATED
from layers.table import to_csv
from registry.registry import Registry
from terms.columns import DISTRICT_COLUMNS
from tests.browser.visit import Visit, open_visit


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Visit]:
    yield from open_visit(browser, server, width=400, height=850)


def open_counties(visit: Visit, query: str) -> None:
    """Go to the page as a person does: the map first, then its link in the head."""
    visit.open(f"/?{query}")
    visit.page.get_by_role("link", name="县区").click()
    visit.page.locator(".fg-county-legend").wait_for()
    visit.until_link(query.split("&", maxsplit=1)[0])  # the page of counties keeps the plans
    visit.map.locator('#map_div[data-painted] path[data-code="371603"]').wait_for(state="attached")


def fill(visit: Visit, code: str) -> str:
    """The fill of a county on the map."""
    county = visit.map.locator(f'path.fg-county[data-code="{code}"]')
    return county.get_attribute("fill") or ""


def test_technology_county_and_rule(visit: Visit, registry: Registry) -> None:
    open_counties(visit, "plan=binzhou")
    assert visit.map.locator(".fg-mark").count() == 0
    before = visit.painted()
    visit.page.locator(".st-key-technology-zh input").click()
    visit.page.get_by_role("option", name="集中式光伏").click()
    visit.repainted(before)
    assert fill(visit, "371623") == NOT_STATED != fill(visit, "371603")
    visit.until_link("technology=pv")

    county = visit.map.locator('path.fg-county[data-code="371603"]')
    box = county.bounding_box()
    assert box
    middle = {"clientX": box["x"] + box["width"] / 2, "clientY": box["y"] + box["height"] / 2}
    county.dispatch_event("click", middle)
    sheet = visit.page.locator(".st-key-county-sheet")
    expect(sheet.locator("h2").first).to_have_text("滨州市·沾化区")
    expect(sheet).to_contain_text("215")
    visit.until_link("focus=371603")

    row = visit.page.locator('[data-plan="binzhou"] tr[data-code="371603"]')
    expect(row).not_to_contain_text("示意")
    visit.page.get_by_role("radio", name="均分").or_(
        visit.page.get_by_role("button", name="均分")
    ).first.click()
    expect(row).to_contain_text("190")
    expect(row).to_contain_text("示意")
    expect(visit.page.locator(".fg-change")).to_contain_text("合计 700 万千瓦不变")
    expect(sheet.locator("h2").first).to_have_text("滨州市·沾化区")
    visit.until_link("rule=equal")

    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="下载 CSV").click()
    rows = {each.id for each in registry.projects if each.plan == "binzhou"}
    wanted = district_rows(registry, rule="equal", rows=rows)
    taken = Path(waiting.value.path()).read_bytes().decode("utf-8")
    assert taken == to_csv(wanted, DISTRICT_COLUMNS, bom=True)
    visit.assert_clean()


def test_a_row_leads_to_its_details_on_the_map(visit: Visit, registry: Registry) -> None:
    open_counties(visit, "plan=binzhou&focus=371603")
    sheet = visit.page.locator(".st-key-county-sheet")
    row = next(
        each for each in registry.projects if each.district_codes == ("371603",) and each.technology
    )
    sheet.get_by_role("link", name=row.name).click()
    expect(visit.page.locator(".st-key-detail h2").first).to_have_text(row.name)
    visit.assert_clean()


def test_a_breakdown_is_uploaded_refused_and_taken(visit: Visit, tmp_path: Path) -> None:
    open_counties(visit, "plan=jining&rule=custom")
    chooser = visit.page.locator(".st-key-split input[type=file]")
    file = tmp_path / "分解.csv"
    hostile = "![i](http://evil.example/x)<img src=http://evil.example/y>"
    file.write_text(f"district_code,item,mw,share\n370811,{hostile},5,\n", encoding="gb18030")
    chooser.set_input_files(file)
    expect(visit.page.locator(".fg-bad")).to_contain_text("第2行")
    file = tmp_path / "改好.csv"  # the field reports no second choice of the very same path
    file.write_text("district_code,item,mw\n370811,jining-pvd-01,500\n", encoding="utf-8")
    chooser.set_input_files(file)
    expect(visit.page.locator(".fg-good")).to_contain_text("1 行")
    expect(visit.page.locator(".fg-change")).to_contain_text("50 万千瓦")
    visit.assert_clean()


def test_the_phone_has_no_sideways_scroll(phone: Visit) -> None:
    open_counties(phone, "plan=binzhou&rule=area&focus=371623&beside=371603")
    for selector in ("html", '[data-testid="stMain"]'):
        wide = phone.page.locator(selector).evaluate("e => e.scrollWidth - e.clientWidth")
        assert wide <= 0
    phone.assert_clean()
