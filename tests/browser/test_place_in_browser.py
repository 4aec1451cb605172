"""A clerk puts a project where it is, in a real browser: a click on the map, saved, undone."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from registry.registry import Registry
from registry.typed_point import click_accuracy_m
from store.store import open_store
from terms.own_records import Position
from tests.browser.visit import MAP, Visit, open_visit, rest, serve

FEICHENG = "370983"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the one server of these tests, with a base layer in GCJ-02."""
    folder = tmp_path_factory.mktemp("home-place")
    (folder / "basemaps.yaml").write_text(
        "basemaps:\n- {id: shifted, name: 图, kind: xyz, crs: gcj02, attribution: 本单位,"
        " url: 'http://127.0.0.1:9/{z}/{x}/{y}.png'}\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def placing(home: Path) -> Iterator[str]:
    """The app on this machine, where who sits here may edit."""
    yield from serve(home, "")


@pytest.fixture
def clerk(browser: Browser, placing: str) -> Iterator[Visit]:
    yield from open_visit(browser, placing, width=1440, height=900)


@pytest.fixture
def phone(browser: Browser, placing: str) -> Iterator[Visit]:
    yield from open_visit(browser, placing, width=390, height=844)


@pytest.fixture(scope="module")
def row(registry: Registry) -> str:
    """A project of Feicheng that stands for its county only."""
    return next(
        each.id
        for each in registry.projects
        if each.district_codes == (FEICHENG,) and each.geometry_role != "site"
    )


def unfold(visit: Visit) -> None:
    """Open the part 位置."""
    visit.page.locator(".st-key-place summary").click()
    visit.page.locator(".st-key-place-pick button").wait_for()
    rest(visit.page)


def start_picking(visit: Visit) -> None:
    """Press 在图上点选 and wait until the map waits for a click."""
    visit.page.locator(".st-key-place-pick button").click()
    expect(visit.map.locator(".fg-pick-note")).to_contain_text("Esc")
    rest(visit.page)


def typed(visit: Visit) -> str:
    """What stands in the field of coordinates."""
    rest(visit.page)
    return visit.page.locator('[class*="st-key-place-text"] input').input_value()


def click(visit: Visit, x: int, y: int) -> tuple[float, float, float]:
    """Click a pixel of the page; its longitude and latitude worked by hand, and the zoom.

    Leaflet tells only which pixel of its world is the map's corner, and the zoom.
    """
    frame = visit.page.locator(MAP).element_handle().content_frame()
    assert frame
    corner_x, corner_y, zoom = frame.evaluate(
        "() => { const { map } = window.fengtuView.view, box = map.getContainer();"
        " const { x, y } = box.getBoundingClientRect(), { min } = map.getPixelBounds();"
        " addEventListener('click', (e) => (window.hit = [e.clientX, e.clientY]), true);"
        " return [min.x - x - box.clientLeft, min.y - y - box.clientTop, map.getZoom()]; }"
    )
    visit.page.mouse.click(x, y)
    hit = frame.evaluate("() => window.hit")
    outer = visit.page.locator(MAP).bounding_box()
    assert outer and abs(hit[0] + outer["x"] - x) <= 2 and abs(hit[1] + outer["y"] - y) <= 2
    size = 256 * 2**zoom
    across, down = (corner_x + hit[0]) / size, (corner_y + hit[1]) / size
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * down))))
    return across * 360 - 180, lat, zoom


def middle(visit: Visit) -> tuple[int, int]:
    """A pixel inside the county, off its middle."""
    box = visit.map.locator(f'path[data-code="{FEICHENG}"]').bounding_box()
    assert box
    return round(box["x"] + box["width"] * 0.55), round(box["y"] + box["height"] * 0.45)


def kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Position, ...]:
    """The positions in the server's database."""
    monkeypatch.setenv("FENGTU_HOME", str(home))
    return open_store().book().positions


def test_a_click_becomes_the_pin(
    clerk: Visit, row: str, home: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.open(f"/?focus={row}&at=116.7,36.15,10")
    unfold(clerk)
    start_picking(clerk)
    clerk.map.locator(".fg-pick-note").press("Escape")
    expect(clerk.map.locator(".fg-pick-note")).to_be_empty()
    rest(clerk.page)
    start_picking(clerk)
    x, y = middle(clerk)
    lon, lat, zoom = click(clerk, x, y)
    expect(clerk.map.locator(".fg-spot")).to_have_count(1)
    said = [float(each) for each in typed(clerk).split(", ")]
    assert said == pytest.approx([lon, lat], abs=2e-5)
    assert registry.districts.locate(*said) == FEICHENG
    part = clerk.page.locator(".st-key-place")
    expect(part).to_contain_text("肥城市")
    assert "focus=" + row in clerk.page.url and "area=" not in clerk.page.url
    source = clerk.page.locator('[class*="st-key-place-source"] input')
    source.fill("现场踏勘")
    clerk.page.locator(".st-key-place-save button").click()
    expect(part).to_contain_text("位置已保存")
    (saved,) = kept(home, monkeypatch)
    assert (saved.project, saved.source, saved.crs) == (row, "现场踏勘", "wgs84")
    assert [saved.lon, saved.lat] == said and saved.accuracy_m == click_accuracy_m(lat, zoom)
    pin = clerk.map.locator(f'.fg-pin[data-id="{row}"]')
    expect(pin).to_have_count(1)  # without a reload
    box = pin.locator("svg").first.bounding_box()
    assert box
    assert abs(box["x"] + box["width"] / 2 - x) < 3 and -3 < y - box["y"] < box["height"] + 3
    expect(clerk.page.locator(".st-key-detail")).to_contain_text("现场踏勘")
    with clerk.page.expect_download() as waiting:
        clerk.page.get_by_role("button", name="GeoJSON").first.click()
    told = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    (feature,) = (each for each in told["features"] if each["id"] == row)
    assert feature["geometry"] == {"type": "Point", "coordinates": said}
    assert "现场踏勘" in feature["properties"]["note"]
    clerk.page.locator(".st-key-place-undo button").click()
    expect(part).to_contain_text("已撤销")
    expect(clerk.map.locator(f'.fg-pin[data-id="{row}"]')).to_have_count(0)
    assert kept(home, monkeypatch) == ()
    clerk.assert_clean()


def test_a_click_over_a_shifted_base_layer_is_wgs84(clerk: Visit, row: str) -> None:
    clerk.open(f"/?focus={row}&at=116.7,36.15,10&base=shifted")
    unfold(clerk)
    start_picking(clerk)
    x, y = middle(clerk)
    lon, lat, _ = click(clerk, x, y)
    expect(clerk.map.locator(".fg-spot")).to_have_count(1)
    said = [float(each) for each in typed(clerk).split(", ")]
    assert said == pytest.approx([lon, lat], abs=2e-5)  # the shift would be 0.005°


def test_on_a_phone_a_tap_is_enough(phone: Visit, row: str) -> None:
    phone.open(f"/?focus={row}&at=116.7,36.15,9")
    unfold(phone)
    start_picking(phone)
    box = phone.page.locator(MAP).bounding_box()
    assert box and 0 <= box["y"] + 40 < 844  # the map came into sight
    x, y = middle(phone)
    phone.page.mouse.click(x, y)
    expect(phone.map.locator(".fg-spot")).to_have_count(1)
    assert typed(phone)
    wide = phone.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
