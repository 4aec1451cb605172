"""Hostile texts in all that users enter and import, in a real browser: shown as text, never run."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from registry.registry import Registry
from store.drafts import Add, Draft
from store.engine import database_url
from store.store import Store
from terms.kinds import Relation, Status
from terms.own_records import Note, OwnArea, OwnTable, Position, SplitFile
from terms.records import Progress
from tests.browser.test_hostile_in_browser import MADE, SHORT
from tests.browser.visit import FIRST_MS, MAP, Visit, open_visit, rest, serve
from tests.hostile import FLAG, REQUEST
from tests.keeping import person
from tests.store.samples import PROJECT, SAMPLES, SQUARE

COUNTY = "370812"
WORDS = tuple(words for words in SHORT if words not in ("=1+1", "＝1+1"))[:24]
WHO = "<img src=x onerror=window.fengtuHarmed=1>![i](//h.invalid)"


def _drafts(registry: Registry) -> Iterator[Draft]:
    """Each text in every free field of every kind of record."""
    rows = [row.id for row in registry.projects if row.technology and not row.part_of]
    for number, words in enumerate(WORDS):
        yield Add(
            replace(
                PROJECT,
                **dict.fromkeys(("name", "owner", "township", "zone", "note"), words),
                **dict.fromkeys(("source", "place_source", "source_row"), words),
                id=f"user-{number:02x}ff",
                capacity_printed=words[:100],
                district_codes=(COUNTY,),
                relation=Relation.NEW if number % 2 else Relation.OPEN,
                counts_in="jining" if number % 2 else "",
                capacity_mw=Decimal(1),
            )
        )
        status = Status.CONSTRUCTION
        yield Add(Progress(f"user-{number:02x}ff", "2025-06-30", status, None, words))
        yield Add(Progress(rows[number], "2025-06-30", status, None, words))
        yield Add(Note(f"user-{number:02x}ff", words))
        yield Add(Note(COUNTY, words))
        site = replace(SAMPLES["position"], project=rows[number], source=words, entered=words)
        assert isinstance(site, Position)
        yield Add(replace(site, outside_reason=words))
    values = ((COUNTY, Decimal(1)), ("370811", Decimal(2)))
    for number, words in enumerate(WORDS[:12]):
        yield Add(OwnTable(f"table-{number:02x}", words, words[:20], "2025-12-31", words, values))
        yield Add(OwnArea(f"area-{number:02x}", words, words, ((words, SQUARE.wkb),)))
    split = "district_code,item,mw,share\n370812,user-00ff,1,\n"
    yield Add(SplitFile(WORDS[1], split, WORDS[11]))


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Path:
    home = tmp_path_factory.mktemp("home-hostile-records")
    store = Store(database_url("", home))
    who = replace(person(), name=WHO)
    whys = cycle(WORDS)
    for draft in _drafts(registry):
        store.apply(who, [draft], why=next(whys), imported=isinstance(draft.record, OwnTable))
    store.close()
    return home


@pytest.fixture(scope="module")
def base(hostile_home: Path) -> Iterator[str]:
    yield from serve(hostile_home, "")


@pytest.fixture
def guest(browser: Browser, base: str) -> Iterator[Visit]:
    for visit in open_visit(browser, base, width=1440, height=900):
        asked: list[str] = []
        visit.listen("dialog", lambda dialog, asked=asked: asked.append(dialog.message))
        visit.listen("request", lambda request, asked=asked: asked.append(request.url))
        yield visit
        # A page's address asks below itself once.
        assert [each for each in visit.errors if "404 (Not Found)" not in each] == []
        assert visit.outside == []
        own = f"{visit.base}/", f"ws{visit.base[4:]}/", "data:", "blob:"
        assert [each for each in asked if not each.startswith(own)] == []
        assert [each for each in asked if REQUEST in each.partition("?")[0].partition(",")[0]] == []


def _assert_harmless(visit: Visit) -> None:
    for frame in visit.page.frames:
        assert frame.evaluate(f"window.{FLAG}") is None, frame.url
        assert frame.locator(MADE).evaluate_all("all => all.map(e => e.outerHTML)") == []


def _open(visit: Visit, address: str, until: str) -> None:
    visit.page.goto(visit.base + address)
    visit.page.locator(until).first.wait_for(timeout=FIRST_MS)
    rest(visit.page)
    assert visit.page.locator('[data-testid="stException"]').count() == 0
    for fold in visit.page.locator('[data-testid="stExpander"] summary').all():
        if fold.is_visible() and fold.evaluate("e => !e.parentElement.open"):
            fold.click()
            rest(visit.page)
    _assert_harmless(visit)


def test_what_users_entered_is_text_everywhere(guest: Visit) -> None:
    areas = ",".join(f"area-{number:02x}" for number in range(12))
    guest.open(f"/?plan=user&focus=user-01ff&shade=table-01&areas={areas}&lang=en")
    for fold in guest.page.locator('.st-key-detail [data-testid="stExpander"] summary').all():
        fold.click()
        rest(guest.page)
    _assert_harmless(guest)
    expect(guest.page.locator(".st-key-detail h2").first).to_contain_text(WORDS[1])
    assert guest.page.locator(MAP).count() == 1
    mark = guest.map.locator('.fg-mark[data-id^="user-"] > svg').first
    mark.dispatch_event("mouseover")
    mark.dispatch_event("mouseenter")
    guest.map.locator("path.leaflet-interactive").first.dispatch_event("mouseover")
    _assert_harmless(guest)
    view = "/projects?view=progress&plan=user&focus=user-01ff"
    _open(guest, view, ".st-key-progress-one h3")
    _open(guest, "/projects?plan=user&focus=user-06ff", ".st-key-sheet h2")
    _open(guest, f"/districts?focus={COUNTY}", ".st-key-county-sheet h2")
    _open(guest, "/targets?plan=jining", ".fg-plan, .fg-target")
    _open(guest, "/data", "#intake")
    expect(guest.page.locator(".fg-changes td").first).to_be_visible()


def test_a_hostile_file_is_text_at_every_step(guest: Visit, tmp_path: Path) -> None:
    file = tmp_path / "<img src=x onerror=alert(1)>${{alert(2)}} ![i](http:) :red[x].csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["项目名称", "县区", "技术类型", "装机（MW）", "状态", "备注", *WORDS[:8]])
        for number, words in enumerate(WORDS):
            county = "兖州区" if number % 4 else words
            kind = "光伏" if number % 3 else words
            rest_of = islice(cycle(WORDS), 8)
            writer.writerow([words, county, kind, "1", words, words, *rest_of])
    _open(guest, "/data", "#intake")
    guest.page.locator('[class*="st-key-intake-file"] input[type="file"]').set_input_files(file)
    guest.page.locator(".fg-intake-tiles").wait_for()
    rest(guest.page)
    for summary in guest.page.locator(".st-key-intake details > summary").all():
        summary.evaluate("e => { e.parentElement.open = true; }")
    _assert_harmless(guest)
    expect(guest.page.locator(".st-key-intake")).to_contain_text(WORDS[1])
