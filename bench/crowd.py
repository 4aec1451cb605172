"""Fifty people at once in one real browser: filters, details and pages for two minutes.

Each has a browser context of his own (cookies, socket, session) on the app behind its gate. A
change of a filter counts from the click until the strip of figures says what the filter leaves,
by the page's own clock; the server's memory is read every second.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, BrowserContext, Error, Page, async_playwright

from bench.page import NO_NETWORK
from tests.browser.visit import ARGUMENTS, MAP, find_browser, serve

PROGRAM = ("-m", "streamlit", "run", "serve.py")
PLANS = ("泰安市", "济宁市", "枣庄市", "滨州市")
PAGES = {
    "目标": "targets",
    "县区": "districts",
    "项目": "projects",
    "数据": "data",
    "关于": "about",
}
WAIT_MS = 60_000
PAUSE_S = (1.0, 3.0)  # what a person looks at a page between two clicks
_PAINTED = "#map_div[data-painted]"
_REST = '[data-test-script-state="notRunning"]'
_CHANGE = """([name, patience]) => new Promise((done, fail) => {
  const said = () => document.querySelector('.fg-tile[data-figure="rows"] b')?.textContent;
  const all = [...document.querySelectorAll('button')];
  const button = all.find(each => each.textContent.trim() === name);
  if (!button || !said()) { fail(new Error('no filter ' + name)); return; }
  const before = said(), start = performance.now();
  const watch = new MutationObserver(() => {
    if (!said() || said() === before) return;
    watch.disconnect();
    done(performance.now() - start);
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  button.click();
  setTimeout(() => { watch.disconnect(); fail(new Error('no answer to ' + name)); }, patience);
})"""


@dataclass
class Seen:
    """What all sessions met: milliseconds of each filter change, and what went wrong."""

    change_ms: list[float] = field(default_factory=list)
    acts: int = 0
    errors: list[str] = field(default_factory=list)
    rss_mb: list[tuple[float, float]] = field(default_factory=list)
    server_s: float = 0.0  # of a core


def measure(*, sessions: int = 50, seconds: float = 120) -> dict[str, float | int]:
    """Errors, times of a filter change and the server's memory under `sessions` at once."""
    with TemporaryDirectory(prefix="fengtu-bench-") as home:
        for base in serve(Path(home), "", program=PROGRAM):
            seen = asyncio.run(_crowd(base, sessions, seconds))
    for error in dict.fromkeys(seen.errors):
        sys.stdout.write(f"error: {error}\n")  # a count alone would not say what to mend
    return {
        "sessions": sessions,
        "seconds": round(seconds),
        "errors": len(seen.errors),
        "acts": seen.acts,
        "changes": len(seen.change_ms),
        "median_ms": round(median(seen.change_ms)),
        "p95_ms": round(percentile(seen.change_ms, 95)),
        "max_ms": round(max(seen.change_ms)),
        "server_cores": round(seen.server_s / seconds, 2),  # the browsers take the rest of two
        "rss_mb_start": round(median(mb for _, mb in seen.rss_mb[:5])),
        "rss_mb_end": round(median(mb for _, mb in seen.rss_mb[-5:])),
        "rss_mb_per_minute": round(slope_per_minute(seen.rss_mb), 1),
    }


def percentile(values: Sequence[float], share: int) -> float:
    """The least of the values that `share` percent of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * share // 100), 1) - 1]


def slope_per_minute(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the line through (seconds, MB) by least squares, in MB a minute."""
    mean_s = sum(at for at, _ in points) / len(points)
    mean_mb = sum(mb for _, mb in points) / len(points)
    across = sum((at - mean_s) ** 2 for at, _ in points)
    return 60 * sum((at - mean_s) * (mb - mean_mb) for at, mb in points) / across


def memory_mb(port: str) -> float:
    """Resident memory of the process that serves this port, as Linux tells it."""
    (line,) = (x for x in _read(_process(port) / "status").splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def cpu_seconds(port: str) -> float:
    """Seconds of a core that the process that serves this port has used so far."""
    user, system = _read(_process(port) / "stat").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _process(port: str) -> Path:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and f"--server.port={port}" in _read(folder / "cmdline"):
            return folder
    raise ValueError(f"no process serves port {port}; it is read from /proc, on Linux only")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it ended meanwhile
        return ""


async def _crowd(base: str, sessions: int, seconds: float) -> Seen:
    seen = Seen()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_browser(), args=[*ARGUMENTS, NO_NETWORK]
        )
        pages = [await _enter(browser, base, seen) for _ in range(sessions)]
        for page in pages:
            await _ready(page)
        end = time.monotonic() + seconds
        watched = asyncio.create_task(_watch(base.rsplit(":", 1)[1], end, seen))
        people = (_person(page, Random(number), end, seen) for number, page in enumerate(pages))
        await asyncio.gather(*people)
        await watched
        await browser.close()
    return seen


async def _enter(browser: Browser, base: str, seen: Seen) -> Page:
    context: BrowserContext = await browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="zh-CN"
    )
    context.set_default_timeout(WAIT_MS)
    page = await context.new_page()
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("console", lambda line: line.type == "error" and seen.errors.append(line.text))
    await page.goto(base + "/")
    return page


async def _ready(page: Page) -> None:
    await page.frame_locator(MAP).locator(_PAINTED).wait_for()
    await page.locator(_REST).wait_for(state="attached")


async def _watch(port: str, end: float, seen: Seen) -> None:
    before_s = cpu_seconds(port)
    while time.monotonic() < end:
        seen.rss_mb.append((time.monotonic(), memory_mb(port)))
        await asyncio.sleep(1)
    seen.server_s = cpu_seconds(port) - before_s


async def _person(page: Page, random: Random, end: float, seen: Seen) -> None:
    """Filters most of the time, now and then a project's details or another page and back."""
    await asyncio.sleep(random.uniform(0, PAUSE_S[1]))
    while time.monotonic() < end:
        try:
            what = random.choices(("filter", "details", "page"), (6, 2, 1))[0]
            if what == "filter":
                seen.change_ms.append(await _change(page, random.choice(PLANS)))
            elif what == "details":
                await _details(page, random)
            else:
                await _another_page(page, random)
            seen.acts += 1
            if await page.get_by_test_id("stException").count():
                seen.errors.append("an exception stands on the page")
        except Error as error:
            seen.errors.append(str(error).splitlines()[0])
        await asyncio.sleep(random.uniform(*PAUSE_S))


async def _change(page: Page, name: str) -> float:
    taken_ms: float = await page.evaluate(_CHANGE, [name, WAIT_MS])
    return taken_ms


async def _details(page: Page, random: Random) -> None:
    marks = page.frame_locator(MAP).locator(".fg-mark[data-id] > svg")
    count = await marks.count()
    if count:
        await marks.nth(random.randrange(count)).dispatch_event("click")
        await page.locator(".st-key-detail h2").first.wait_for()


async def _another_page(page: Page, random: Random) -> None:
    name = random.choice(list(PAGES))
    await page.get_by_role("link", name=name, exact=True).first.click()
    await page.wait_for_url(f"**/{PAGES[name]}*")
    await page.locator(_REST).wait_for(state="attached")
    await page.get_by_role("link", name="地图", exact=True).first.click()
    await _ready(page)
