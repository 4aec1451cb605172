"""A visit with a real browser to a real server; every host but this machine is refused."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    FrameLocator,
    Locator,
    Page,
    Request,
    expect,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parents[2]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    # Every other host is unknown, numbers too. Refusing requests one by one in a route would
    # switch the browser's cache off, and each page would read the whole front end anew.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
OWN = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
MAP = 'iframe[title="streamlit_folium.st_folium"]'
WAIT_MS = 20_000
FIRST_MS = 90_000  # a new server first reads all libraries and plans, beside whatever else runs


def find_browser() -> str:
    """The system's Chromium; its absence fails the tests, since a skip would hide a broken map."""
    chosen = [os.environ.get("FENGTU_BROWSER"), *map(shutil.which, _NAMES), *_PLACES]
    for path in chosen:
        if path and Path(path).is_file():
            return path
    pytest.fail(
        "no Chromium or Chrome was found: install one (Debian: apt-get install chromium) or name "
        "it in FENGTU_BROWSER; the browser tests do not skip, because only they see the map draw"
    )


def rest(page: Page) -> None:
    """Wait until the server has answered: what is drawn anew under the hand takes no key."""
    page.locator('[data-test-script-state="notRunning"]').wait_for(state="attached")


@dataclass
class Visit:
    """One open page with what went wrong on it."""

    page: Page
    base: str
    outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    listeners: list[tuple[Any, Callable[..., Any]]] = field(default_factory=list)

    def listen(self, event: Any, heard: Callable[..., Any]) -> None:
        """Hear of the page's events until the visit ends; the next has the same tab."""
        self.page.on(event, heard)
        self.listeners.append((event, heard))

    @property
    def map(self) -> FrameLocator:
        """The map's frame."""
        return self.page.frame_locator(MAP)

    def open(self, path: str = "/") -> Visit:
        """Open a page of the map and wait until it is painted and all else has followed."""
        self.page.goto(self.base + path)
        self.map.locator("#map_div[data-painted]").wait_for(timeout=FIRST_MS)
        links = self.page.locator('.st-key-head [data-testid="stPageLink"]')
        links.first.wait_for(state="attached")
        rest(self.page)
        return self

    def painted(self) -> str:
        """The token of the message that the map shows now."""
        return self.map.locator("#map_div").get_attribute("data-painted") or ""

    def repainted(self, before: str) -> None:
        """Wait until the map shows another message."""
        self.map.locator(f'#map_div[data-painted]:not([data-painted="{before}"])').wait_for()

    def figure(self, name: str) -> int:
        """A figure of the strip above the map."""
        text = self.page.locator(f'.fg-tile[data-figure="{name}"] b').inner_text()
        return int(text.replace(",", ""))

    def until_rows(self, count: int) -> None:
        """Wait until the strip counts this many rows."""
        expect(self.page.locator('.fg-tile[data-figure="rows"] b')).to_have_text(f"{count:,}")

    def until_link(self, part: str) -> None:
        """Wait until the address holds this part; it follows the page by a message."""
        expect(self.page).to_have_url(re.compile(f"[?&]{re.escape(part)}(&|$)"))

    def until_shown(self, ids: set[str]) -> None:
        """Wait until the map and its tray show exactly these projects: it follows the figures."""
        frame = self.page.locator(MAP).element_handle().content_frame()
        assert frame
        with contextlib.suppress(PlaywrightTimeout):
            frame.wait_for_function(
                "ids => { const all = [...document.querySelectorAll('[data-id]')];"
                " const shown = new Set(all.map(e => e.dataset.id));"
                " return shown.size === ids.length && ids.every(id => shown.has(id)); }",
                arg=sorted(ids),
            )
        assert self.shown_ids() == ids

    def click_ground(self, code: str) -> None:
        """Click a county's ground, wherever symbols stand on it."""
        county = self.map.locator(f'path[data-code="{code}"]')
        box = county.bounding_box()
        assert box
        county.dispatch_event("click", {"clientX": box["x"] + 5, "clientY": box["y"] + 5})

    def zoom_in(self) -> None:
        """One step closer; done when Leaflet has come to rest and every symbol has its place."""
        frame = self.map.locator("#map_div")
        before = float(frame.get_attribute("data-arranged") or "nan")
        self.map.locator(".leaflet-control-zoom-in").click()
        expect(frame).to_have_attribute("data-arranged", f"{before + 0.5:g}")

    def central(self, symbols: Locator) -> Locator:
        """The project's symbol nearest the middle of the map, where a zoom leaves it in sight."""
        identity = symbols.evaluate_all(
            "all => { const far = (e) => { const b = e.getBoundingClientRect();"
            " return Math.hypot(b.x + b.width / 2 - innerWidth / 2,"
            " b.y + b.height / 2 - innerHeight / 2); };"
            " return all.sort((a, b) => far(a) - far(b))[0].closest('[data-id]').dataset.id; }"
        )
        return self.map.locator(f'.fg-mark[data-id="{identity}"] > svg').first

    def shown_ids(self) -> set[str]:
        """The projects drawn on the map or waiting in its tray."""
        found = self.map.locator("[data-id]").evaluate_all("all => all.map(e => e.dataset.id)")
        return set(found)

    def assert_clean(self) -> None:
        """Nothing asked for outside, nothing missing, no script error."""
        assert (self.outside, self.failed, self.errors) == ([], [], [])


_at_rest: dict[Browser, list[Page]] = {}


@contextlib.contextmanager
def _tab(browser: Browser, base: str) -> Iterator[Page]:
    """A tab that no other open visit uses, with nothing kept from the last one.

    Only fetched and compiled files stay, as with a person who comes back: in a new tab for each
    test to open a page would cost twice as much.
    """
    resting = _at_rest.setdefault(browser, [])
    tab = resting.pop() if resting else browser.new_context(locale="zh-CN").new_page()
    tab.context.set_default_timeout(WAIT_MS)
    try:
        yield tab
    finally:
        for page in tab.context.pages:
            if page is not tab:
                page.close()
        if not tab.is_closed():
            _forget(tab, "/".join(base.split("/")[:3]))
            resting.append(tab)


def _forget(tab: Page, origin: str) -> None:
    """Take out what pages may have stored; the files fetched stay."""
    if tab.url.startswith(origin):
        tab.evaluate("() => { sessionStorage.clear(); window.name = ''; }")
    tab.goto("about:blank")
    tab.emulate_media(media="null")
    kept = "cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems"
    messages = tab.context.new_cdp_session(tab)
    messages.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kept})
    messages.detach()
    tab.context.clear_cookies()
    tab.context.clear_permissions()


def open_visit(browser: Browser, base: str, *, width: int, height: int) -> Iterator[Visit]:
    """A page without a past, in a browser that knows no other host; what fails is recorded."""
    with _tab(browser, base) as page:
        page.set_viewport_size({"width": width, "height": height})
        seen = Visit(page, base)

        def asked(request: Request) -> None:
            if not request.url.startswith(OWN):
                seen.outside.append(request.url)

        def failed(request: Request) -> None:
            if "/_stcore/" not in request.url:  # the socket and its probes end with the page
                seen.failed.append(f"{request.url} {request.failure}")

        page.context.on("request", asked)
        seen.listen("requestfailed", failed)
        seen.listen(
            "response", lambda answer: answer.status >= 400 and seen.failed.append(answer.url)
        )
        seen.listen("pageerror", lambda error: seen.errors.append(str(error)))
        seen.listen("console", lambda line: line.type == "error" and seen.errors.append(line.text))
        try:
            yield seen
        finally:
            page.context.remove_listener("request", asked)
            for event, heard in seen.listeners:
                page.remove_listener(event, heard)


APP = ("-m", "streamlit", "run", "app.py")


def serve(home: Path, base_path: str, *, program: Sequence[str] = APP) -> Iterator[str]:
    """Run a Streamlit program at a free port; its output goes to a log in `home`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, *program, "--server.headless=true"]
    command += [f"--server.port={port}", f"--server.baseUrlPath={base_path}"]
    environment = {**os.environ, "FENGTU_HOME": str(home), "PYTHONUTF8": "1"}
    log = home / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            base = f"http://127.0.0.1:{port}" + (f"/{base_path}" if base_path else "")
            _wait_for(f"{base}/_stcore/health", process, log)
            yield base
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail(f"the app ended at start:\n{log.read_text(encoding='utf-8')[-2000:]}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the app did not answer at {address} within 30 s")
