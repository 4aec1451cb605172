"""Three errands from the front page: a clerk prints, an investor sends a link, a planner exports.

Nothing but this machine is reached; every step is one that a person sees and takes.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import Browser, Page, expect
from pyproj import Geod

from registry.registry import Registry
from registry.select import select
from terms.selection import Selection
from tests.browser.visit import Visit, open_visit, rest
from tests.layers.pdf.printed import bare, pages_of

FEICHENG, XINTAI = "370983", "370982"
COUNTS = "17项：落在本县12项、与他县共列5项"
PICKS = ["taian-pv-04", "taian-pv-01"]  # 80 and 20万千瓦, one in each county
GEOD = Geod(ellps="WGS84")
LAYERS = ("subsidence_pv", "pumped_storage", "substation_500kv")


def go_to(page: Page, name: str) -> None:
    link = page.get_by_role("link", name=name, exact=True)
    link.wait_for()
    rest(page)
    link.click()
    marks = {
        "县区": ".fg-sheet-heads",
        "项目": ".st-key-projects .fg-grid tbody tr",
        "数据": ".fg-data",
    }
    page.locator(marks[name]).first.wait_for()


def printed(page: Page, path: Path) -> str:
    """What the browser prints once all has been drawn, all pages, without spaces."""
    rest(page)
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    return bare("".join(pages_of(path.read_bytes())))


def brief_of(page: Page) -> str:
    with page.expect_download() as waiting:
        page.locator(".st-key-take-brief button").click()
    assert waiting.value.suggested_filename.startswith(f"fengtu-brief-{FEICHENG}")
    return bare("".join(pages_of(waiting.value.path().read_bytes())))


def test_a_clerk_finds_what_a_county_carries_and_prints_it(
    visit: Visit, registry: Registry, tmp_path: Path
) -> None:
    names = {bare(row.name) for row in select(registry, Selection(area=FEICHENG))}
    assert len(names) == 17
    visit.open()
    visit.page.get_by_placeholder("名称、县区、主体、条款…").fill("肥城")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_role("button", name="进入泰安市·肥城市").click()
    visit.until_rows(17)
    visit.until_link(f"area={FEICHENG}")
    expect(visit.page.locator(".st-key-detail .fg-lead")).to_contain_text("落在本县 12 项")
    visit.until_shown({row.id for row in select(registry, Selection(area=FEICHENG))})
    from_map = printed(visit.page, tmp_path / "map.pdf")
    assert COUNTS in from_map and all(name in from_map for name in names)
    assert COUNTS in brief_of(visit.page)

    go_to(visit.page, "县区")
    expect(visit.page.locator(".fg-sheet-heads")).to_contain_text("落在本县 12 项")
    from_sheet = printed(visit.page, tmp_path / "sheet.pdf")
    assert COUNTS in from_sheet and all(name in from_sheet for name in names)
    assert "薛城区" not in from_sheet  # the open county alone

    go_to(visit.page, "数据")
    expect(visit.page.locator('.fg-data [data-item="rows"]')).to_contain_text("项目 17 行")
    assert COUNTS in brief_of(visit.page)
    visit.page.get_by_role("button", name="地图范围：泰安市·肥城市").click()
    expect(visit.page.locator('.fg-data [data-item="rows"]')).to_contain_text(
        f"项目 {len(registry.projects)} 行"
    )
    visit.assert_clean()


def choose(page: Page, key: str, option: str) -> None:
    """Choose from a list beside the page and wait until the choice has been taken."""
    rest(page)
    field = page.locator(f'[class*="st-key-{key}-"] input').first
    field.fill(option)
    expect(page.get_by_role("option", name=option).first).to_be_visible()
    field.press("Enter")
    field.press("Escape")
    field.blur()  # the list gives its second line back, which moves what stands below it


def test_an_investor_shortlists_pv_in_two_counties_and_sends_a_link(
    visit: Visit, browser: Browser, server: str
) -> None:
    page = visit.open("/?tech=pv&mw=100").page  # the folded filters have tests of their own
    go_to(page, "项目")
    choose(page, "district", "泰安市·肥城市")
    visit.until_link(f"district={FEICHENG}")
    choose(page, "district", "泰安市·新泰市")
    visit.until_link(f"district={FEICHENG}%2C{XINTAI}")
    rows = page.locator(".st-key-projects .fg-grid tbody tr")
    expect(rows).to_have_count(5)
    for count, id in enumerate(PICKS, start=1):
        page.locator(f'.st-key-projects tr[data-id="{id}"] input').check()
        expect(page.get_by_role("radio", name=f"备选清单（{count}）")).to_be_visible()
    page.get_by_role("radio", name="备选清单（2）").click()
    listed = ".st-key-shortlist .fg-grid tbody tr"
    expect(page.locator(listed)).to_have_count(2)
    link = page.locator(".fg-copy input").input_value()
    visit.assert_clean()

    for other in open_visit(browser, server, width=1440, height=900):
        other.page.goto(link)
        expect(other.page.locator(listed)).to_have_count(2)
        assert ids(other.page, listed) == PICKS
        other.page.get_by_role("radio", name="English").click()
        expect(other.page.get_by_role("radio", name="Shortlist (2)")).to_be_checked()
        expect(other.page.locator(".st-key-shortlist")).to_contain_text("Feicheng Shiheng")
        assert ids(other.page, listed) == PICKS
        assert not other.outside


def ids(page: Page, rows: str) -> list[str]:
    found: list[str] = page.locator(rows).evaluate_all("all => all.map(e => e.dataset.id)")
    return found


@pytest.mark.parametrize("crs", ["", "CGCS2000 3 度带（按数据选带）"])
def test_a_planner_takes_three_layers_into_qgis(
    visit: Visit, registry: Registry, tmp_path: Path, crs: str
) -> None:
    rows = {row.id: row for row in select(registry, Selection(layers=LAYERS))}
    visit.open()
    page = visit.page
    go_to(page, "数据")
    page.get_by_role("button", name="清空").click()
    visit.until_link("layer=none")
    for count, key in enumerate(LAYERS, start=1):
        page.locator(f'.fg-layer[data-layer="{key}"] label').click()
        visit.until_link("layer=" + "%2C".join(LAYERS[:count]))
    expect(page.locator('.fg-data [data-item="rows"]')).to_contain_text(f"项目 {len(rows)} 行")
    if crs:
        page.locator('[class*="st-key-data-crs"] input').press("ArrowDown")
        page.get_by_role("option", name=crs).click()
        expect(page.get_by_text("EPSG:45").first).to_be_visible()
    rest(page)
    with page.expect_download() as waiting:
        page.locator(".st-key-take-gpkg button").click()
    path = tmp_path / "three.gpkg"
    waiting.value.save_as(path)

    frame = gpd.read_file(path, layer="projects")
    assert set(frame["id"]) == set(rows) and set(frame["layer"]) == set(LAYERS)
    assert 4534 <= frame.crs.to_epsg() <= 4554 if crs else frame.crs.to_epsg() == 4326
    assert_titles(path)
    assert_placed(registry, frame.to_crs(4326))
    visit.assert_clean()


def assert_titles(path: Path) -> None:
    """The fields' alternative names, which QGIS shows, are Chinese."""
    with closing(sqlite3.connect(path)) as file:
        titles = dict(
            file.execute(
                "SELECT column_name, title FROM gpkg_data_columns WHERE table_name = 'projects'"
            )
        )
    assert len(titles) > 20
    assert [key for key, title in titles.items() if not re.search("[一-鿿]", title)] == []


def assert_placed(registry: Registry, frame: gpd.GeoDataFrame) -> None:
    """Every point stands in a county that its row names, within 1 cm of where we put it."""
    counties = registry.districts.frame.set_index("code")
    rows = {row.id: row for row in registry.projects}
    placed = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
    assert set(placed["id"]) == {each for each in frame["id"] if rows[each].district_codes}
    for found in placed.itertuples():
        row = rows[found.id]
        here = counties.loc[list(row.district_codes)]
        own = [(row.lon, row.lat)] if row.lon else list(zip(here.lon, here.lat, strict=True))
        points = list(getattr(found.geometry, "geoms", [found.geometry]))
        assert len(points) == len(own)
        for point, (lon, lat) in zip(points, own, strict=True):
            assert here.covers(point).any(), row.id
            assert GEOD.inv(point.x, point.y, float(lon), float(lat))[2] < 0.01
