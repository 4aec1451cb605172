"""The map page in a real browser beside a naive page and an empty one, in alternating runs.

Nothing but this machine is asked. A change of a filter counts from the click to the last movement
in the page or the map's frame, and weighs what came over the socket and as HTTP bodies till rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from bench.watch import Change, Watched, watch
from terms.messages import label
from tests.browser.visit import APP, ARGUMENTS, MAP, find_browser, serve

Act = Callable[[Page], None]
NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
PAINTED, BARE = "#map_div[data-painted]", "#map_div .leaflet-control-zoom"
DRAWN = "#map_div[data-drawn]"  # the counties stand; the symbols follow in the next picture
_PROGRAMS = {
    "app": APP,
    "naive": ("-m", "streamlit", "run", "bench/naive_page.py"),
    "empty": ("-m", "streamlit", "run", "bench/empty_page.py"),
    "large": ("-m", "bench.large_page"),
}


def _press(name: str) -> Act:
    return lambda page: page.get_by_role("button", name=name, exact=True).first.click()


def _owner(name: str) -> Act:
    return lambda page: page.get_by_role("radio", name=name, exact=True).first.click()


def _layer(key: str) -> Act:
    name = label("layer", key, "zh")
    return lambda page: page.get_by_role("checkbox", name=name, exact=True).click(force=True)


# From everything to one plan, two plans, one owner filter, single layers, and back to everything.
CHANGES: tuple[Act, ...] = (
    _press("泰安市"),
    _press("济宁市"),
    _owner("已载明"),
    _owner("不限"),
    _layer("wetland_sink"),
    _layer("wetland_sink"),
    _press("泰安市"),
    _press("济宁市"),
    _layer("grid"),
    _layer("grid"),
)


def measure(*, rounds: int = 2, first_maps: int = 9) -> dict[str, float | int | bool]:
    """Medians over all changes of all rounds and over all first maps; ratios of these medians."""
    with ExitStack() as stack:
        bases = {name: stack.enter_context(_served(program)) for name, program in _PROGRAMS.items()}
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=[*ARGUMENTS, NO_NETWORK]
        )
        ours, naive = _changes(browser, (bases["app"], bases["naive"]), rounds)
        large = _large_changes(browser, bases["large"], rounds)
        ours_first, empty_first = _first_maps(browser, (bases["app"], bases["empty"]), first_maps)
        browser.close()
    return {
        "change_ratio_vs_naive": round(_ms(ours) / _ms(naive), 3),
        "bytes_per_change": _bytes(ours),
        "first_map_ratio": round(median(ours_first) / median(empty_first), 3),
        "change_ms": round(_ms(ours)),
        "naive_change_ms": round(_ms(naive)),
        "first_map_ms": round(median(ours_first)),
        "empty_map_ms": round(median(empty_first)),
        "naive_bytes_per_change": _bytes(naive),
        "most_bytes_per_change": max(each.bytes for each in ours),
        "change_ms_10000": round(_ms(large)),
        "slowest_change_ms_10000": round(max(each.ms for each in large)),
        "bytes_per_change_10000": _bytes(large),
        "identical": True,  # else _changes has raised
    }


@contextmanager
def _served(program: Sequence[str]) -> Iterator[str]:
    with TemporaryDirectory(prefix="fengtu-bench-") as home:
        yield from serve(Path(home), "", program=program)


def _changes(
    browser: Browser, bases: tuple[str, str], rounds: int
) -> tuple[list[Change], list[Change]]:
    """The same changes on both pages in turn; raises where they do not show the same."""
    ours, naive = _open(browser, bases[0], PAINTED), _open(browser, bases[1], BARE)
    found: tuple[list[Change], list[Change]] = ([], [])
    for number, act in enumerate((*CHANGES[:2], *CHANGES[:2], *CHANGES * rounds)):
        changes = ours.change(act), naive.change(act)
        _hold(number, _shown(ours), _naively_shown(naive))
        if number >= 4:  # the first ones warm up
            for kept, change in zip(found, changes, strict=True):
                kept.append(change)
    ours.context.close()
    naive.context.close()
    return found


def _large_changes(browser: Browser, base: str, rounds: int) -> list[Change]:
    page = _open(browser, base, PAINTED)
    found = [page.change(act) for act in (*CHANGES[:2], *CHANGES[:2], *CHANGES * rounds)][4:]
    page.context.close()
    return found


def _open(browser: Browser, base: str, drawn: str) -> Watched:
    page = watch(browser, base, drawn=drawn)
    page.first_map_ms()
    page.rest()
    return page


def _hold(number: int, ours: tuple[int, int], naive: tuple[int, int]) -> None:
    if ours != naive:
        raise ValueError(
            f"change {number}: the map page shows {ours} rows and marks, the naive page {naive}"
        )


def _shown(seen: Watched) -> tuple[int, int]:
    """Rows by the strip of figures, marks on the map."""
    rows = seen.page.locator('.fg-tile[data-figure="rows"] b').inner_text()
    return int(rows.replace(",", "")), seen.page.frame_locator(MAP).locator(".fg-mark").count()


def _naively_shown(seen: Watched) -> tuple[int, int]:
    rows = seen.page.get_by_test_id("stMetricValue").first.inner_text()
    return int(rows), seen.page.frame_locator(MAP).locator("path.bench-mark").count()


def _first_maps(
    browser: Browser, bases: tuple[str, str], times: int
) -> tuple[list[float], list[float]]:
    """First maps of both pages in turn, each in a fresh context; the first of each warms up."""
    found: tuple[list[float], list[float]] = ([], [])
    for number in range(times + 1):
        for base, drawn, kept in zip(bases, (DRAWN, BARE), found, strict=True):
            page = watch(browser, base, drawn=drawn)
            taken = page.first_map_ms()
            if number:
                kept.append(taken)
            page.context.close()
    return found


def _ms(changes: Sequence[Change]) -> float:
    return median(each.ms for each in changes)


def _bytes(changes: Sequence[Change]) -> int:
    return round(median(each.bytes for each in changes))
