"""A page in a real browser with a clock and a scale: when it came to rest, what was sent to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, WebSocket

QUIET_MS = 700  # nothing moves for so long: at rest (a map that is built anew pauses for less)
LIMIT_S = 60
_SIZE = {"width": 1440, "height": 900}
# The page's own observer looks into the map's frame, too: both are of one origin.
_CLOCK = """
(() => {
  if (window !== top) return;
  const now = () => performance.timeOrigin + performance.now();
  const seen = (window.benchSeen = { moved: now(), map: 0, click: 0 });
  const isDrawn = (frame) => frame.contentDocument && frame.contentDocument.querySelector("%s");
  const look = () => {
    seen.moved = now();
    if (!seen.map && [...document.querySelectorAll("iframe")].some(isDrawn)) seen.map = now();
  };
  const what = { subtree: true, childList: true, attributes: true, characterData: true };
  const watch = (page) => new MutationObserver(look).observe(page, what);
  watch(document);
  const enter = (event) => {
    if (event.target.tagName !== "IFRAME") return;
    look();
    watch(event.target.contentDocument);
  };
  document.addEventListener("load", enter, true);
  addEventListener("click", () => (seen.click = now()), true);
})();
"""


@dataclass(frozen=True)
class Change:
    """One change of a filter: milliseconds from the click to the last movement, bytes received."""

    ms: float
    bytes: int


@dataclass
class Watched:
    """An open page; `drawn` is what stands in its map's frame once the map is on screen."""

    context: BrowserContext
    page: Page
    requests: list[Request] = field(default_factory=list)
    socket_bytes: int = 0

    def change(self, act: Callable[[Page], None]) -> Change:
        """Do something and wait until the page is at rest again."""
        self.requests.clear()
        self.socket_bytes = 0
        act(self.page)
        self.rest()
        click, moved = self._seen("click"), self._seen("moved")
        return Change(moved - click, self.socket_bytes + sum(map(_body_bytes, self.requests)))

    def rest(self) -> None:
        """Wait until the script has run and nothing has moved in any frame for a while."""
        end = time.monotonic() + LIMIT_S
        while time.monotonic() < end:
            self.page.wait_for_timeout(100)
            now = self.page.evaluate("performance.timeOrigin + performance.now()")
            if now - self._seen("moved") > QUIET_MS and self._has_run():
                return
        raise TimeoutError(f"{self.page.url} did not come to rest within {LIMIT_S} s")

    def first_map_ms(self) -> float:
        """Milliseconds from the start of the navigation to the map on screen."""
        end = time.monotonic() + LIMIT_S
        while time.monotonic() < end:
            self.page.wait_for_timeout(50)
            if drawn := self._seen("map"):
                started: float = self.page.evaluate("performance.timeOrigin")
                return drawn - started
        raise TimeoutError(f"{self.page.url} drew no map within {LIMIT_S} s")

    def _has_run(self) -> bool:
        return self.page.locator('[data-test-script-state="notRunning"]').count() > 0

    def _seen(self, what: str) -> float:
        time: float = self.page.evaluate(f"(window.benchSeen || {{}}).{what} || 0")
        return time


def watch(browser: Browser, address: str, *, drawn: str) -> Watched:
    """Open an address in a fresh context whose cache is empty."""
    context = browser.new_context(viewport=_SIZE, locale="zh-CN")  # type: ignore[arg-type]
    context.set_default_timeout(LIMIT_S * 1000)
    context.add_init_script(_CLOCK % drawn)
    seen = Watched(context, context.new_page())

    def weigh(payload: bytes | str) -> None:
        seen.socket_bytes += len(payload.encode() if isinstance(payload, str) else payload)

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", weigh)

    seen.page.on("websocket", listen)
    seen.page.on("requestfinished", lambda request: seen.requests.append(request))
    seen.page.goto(address, wait_until="commit")
    return seen


def _body_bytes(request: Request) -> int:
    with suppress(Error):
        return max(0, request.sizes()["responseBodySize"])
    return 0
