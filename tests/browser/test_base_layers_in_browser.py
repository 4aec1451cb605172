"""Base layers in a real browser, from tiles on this machine: asked once chosen, and no other."""

from __future__ import annotations

import re
import struct
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from geo.crs import wgs84_to_gcj02
from tests.browser.visit import MAP, Visit, open_visit, serve

TOKEN = "0123456789abcdef"


def _png() -> bytes:
    """A grey tile of 256 × 256 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 256, 256, 8, 0, 0, 0, 0)
    data = zlib.compress((b"\x00" + b"\xc8" * 256) * 256)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@dataclass
class Tiles:
    """A tile server and what it was asked."""

    base: str
    asked: list[str] = field(default_factory=list)
    referers: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def tiles() -> Iterator[Tiles]:
    """Tiles at /xyz and /wms, nothing but 404 at /bad."""
    image = _png()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.asked.append(self.path)
            seen.referers.add(self.headers.get("Referer") or "")
            if self.path.startswith("/bad"):
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Cache-Control", "no-store")  # each test sees its own requests
            self.end_headers()
            self.wfile.write(image)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    seen = Tiles(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield seen
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the one server of these tests."""
    return tmp_path_factory.mktemp("home-based")


@pytest.fixture(scope="module")
def based(tiles: Tiles, home: Path) -> Iterator[str]:
    """The app with base layers that all come from this machine."""
    common = "attribution: 本单位"
    slots = "{z}/{x}/{y}"
    (home / "basemaps.yaml").write_text(
        "basemaps:\n"
        f"- {{id: plain, name: 内网图, kind: xyz, crs: wgs84, {common}, token: {TOKEN},"
        f' url: "{tiles.base}/xyz/{slots}?tk={{token}}"}}\n'
        f"- {{id: moved, name: 移位图, kind: xyz, crs: gcj02, {common},"
        f' url: "{tiles.base}/gcj/{slots}"}}\n'
        f"- {{id: service, name: 服务图, kind: wms, crs: cgcs2000, {common}, layer: 'a,b',"
        f' url: "{tiles.base}/wms"}}\n'
        f"- {{id: bad, name: 坏图, kind: xyz, crs: wgs84, {common},"
        f' url: "{tiles.base}/bad/{slots}"}}\n',
        encoding="utf-8",
    )
    yield from serve(home, "")


@pytest.fixture
def visit(browser: Browser, based: str, tiles: Tiles) -> Iterator[Visit]:
    tiles.asked.clear()
    yield from open_visit(browser, based, width=1440, height=900)


def choose(visit: Visit, name: str) -> None:
    """Choose a base layer with the keyboard, and wait until the map has it."""
    before = visit.painted()
    box = visit.page.locator(".st-key-base-zh input")
    box.scroll_into_view_if_needed()
    # The list closes when the page scrolls, so let it come to rest first.
    visit.page.evaluate("() => new Promise(r => setTimeout(() => requestAnimationFrame(r), 0))")
    box.press("ArrowDown")
    visit.page.get_by_role("option", name=name).click()
    visit.repainted(before)


def test_a_layer_is_asked_only_while_it_is_chosen(visit: Visit, tiles: Tiles) -> None:
    visit.open("/?plan=taian")
    assert tiles.asked == []
    choose(visit, "内网图")
    visit.until_link("base=plain")
    expect(visit.map.locator("img.leaflet-tile-loaded").first).to_be_attached()
    expect(visit.map.locator(".fg-edition")).to_contain_text("本单位")
    assert TOKEN not in visit.page.url
    assert all(path.startswith("/xyz/") and path.endswith(f"?tk={TOKEN}") for path in tiles.asked)
    assert all(urlsplit(each).query == "" for each in tiles.referers), "a link went out"
    choose(visit, "无（默认）")
    expect(visit.map.locator("img.leaflet-tile")).to_have_count(0)
    expect(visit.map.locator("body.fg-based")).to_have_count(0)
    visit.assert_clean()


def test_a_map_service_is_asked_in_web_mercator(visit: Visit, tiles: Tiles) -> None:
    visit.open("/?plan=taian&base=service")
    expect(visit.map.locator("img.leaflet-tile-loaded").first).to_be_attached()
    query = {key.lower(): value for key, value in parse_qs(urlsplit(tiles.asked[0]).query).items()}
    assert (query["service"], query["layers"], query["crs"]) == (["WMS"], ["a,b"], ["EPSG:3857"])
    visit.assert_clean()


def test_a_layer_that_does_not_come_is_told_and_the_map_works(visit: Visit) -> None:
    visit.open("/?plan=taian&base=bad")
    expect(visit.map.locator(".fg-base-note")).to_contain_text("坏图")
    expect(visit.map.locator("body.fg-based")).to_have_count(0)
    visit.zoom_in()
    assert visit.shown_ids()
    assert visit.outside == []
    choose(visit, "内网图")
    expect(visit.map.locator(".fg-base-note")).to_be_hidden()


def test_shifted_tiles_are_moved_back(visit: Visit) -> None:
    visit.open("/?plan=taian&base=moved")
    expect(visit.map.locator("img.leaflet-tile-loaded").first).to_be_attached()
    frame = visit.page.locator(MAP).element_handle().content_frame()
    assert frame
    rng = np.random.default_rng(1)
    points = np.column_stack([rng.uniform(114.5, 122.8, 50), rng.uniform(34.3, 38.5, 50)])
    found = frame.evaluate(
        "points => points.map(([lng, lat]) => {"
        " const at = window.fengtuBase.shifted({ lng, lat }); return [at.lng, at.lat]; })",
        points.tolist(),
    )
    wanted = np.column_stack(wgs84_to_gcj02(points[:, 0], points[:, 1]))
    assert np.abs(np.array(found) - wanted).max() < 1e-9
    # Each tile on the screen against the place of its own middle, in pixels.
    missed = frame.evaluate(
        "() => { const { view } = window.fengtuView; const map = view.map;"
        " const [layer] = view.baseLayers; const box = map.getContainer().getBoundingClientRect();"
        " return Object.values(layer._tiles).map(({ el, coords }) => {"
        "  const middle = map.unproject([coords.x * 256 + 128, coords.y * 256 + 128], coords.z);"
        "  const seen = el.getBoundingClientRect(); const scale = seen.width / 257;"
        "  const at = map.containerPointToLatLng(["
        "   seen.x - box.x + 128 * scale, seen.y - box.y + 128 * scale]);"
        "  const wanted = map.latLngToContainerPoint(middle);"
        "  const got = map.latLngToContainerPoint(window.fengtuBase.shifted(at));"
        "  return Math.hypot(got.x - wanted.x, got.y - wanted.y); }); }"
    )
    assert missed and max(missed) < 1.5
    visit.assert_clean()


def test_the_page_lists_exactly_the_addresses_that_are_asked(visit: Visit, tiles: Tiles) -> None:
    asked: set[str] = set()
    visit.listen("request", lambda request: asked.add(request.url))
    visit.open("/?plan=taian")
    for name in ("内网图", "移位图", "服务图"):
        choose(visit, name)
        expect(visit.map.locator("img.leaflet-tile-loaded").first).to_be_attached()
    visit.page.get_by_role("link", name="关于").click()
    listed = visit.page.locator("#network [data-address]")
    listed.first.wait_for()
    addresses = set(listed.evaluate_all("all => all.map(e => e.dataset.address)"))
    other = {
        re.match(r"\w+://[^/]+", url)[0]  # type: ignore[index]
        for url in asked
        if not url.startswith((visit.base, visit.base.replace("http", "ws", 1), "data:", "blob:"))
    }
    assert other == addresses == {tiles.base}
    assert TOKEN not in visit.page.content()
    visit.assert_clean()


def test_without_base_layers_no_other_address_is_asked(browser: Browser, server: str) -> None:
    for visit in open_visit(browser, server, width=1440, height=900):
        asked: set[str] = set()
        visit.listen("request", lambda request, asked=asked: asked.add(request.url))
        visit.open("/?base=plain")
        expect(visit.page.locator(".fg-notice")).to_contain_text("base=plain")
        visit.page.get_by_role("link", name="关于").click()
        visit.page.locator('#network[data-asked="0"]').wait_for()
        own = (visit.base, visit.base.replace("http", "ws", 1), "data:", "blob:")
        assert {url for url in asked if not url.startswith(own)} == set()
        visit.assert_clean()


def test_a_bad_file_is_told_below_the_map(visit: Visit, home: Path) -> None:
    file = home / "basemaps.yaml"
    good = file.read_bytes()
    file.write_text(
        "basemaps:\n- {id: a, name: 甲, kind: xyz, crs: wgs84, attribution: 乙,"
        " url: 'https://webrd01.is.autonavi.com/?x={x}&y={y}&z={z}'}\n",
        encoding="utf-8",
    )
    try:
        visit.open("/?plan=taian")
        expect(visit.page.locator(".fg-faults")).to_contain_text("gcj02")
        expect(visit.page.locator(".st-key-base-choice")).to_have_count(0)
        visit.assert_clean()
    finally:
        file.write_bytes(good)
