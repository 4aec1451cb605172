"""Hostile texts on every page of a real browser: shown as text, never run, never asked for."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from geo.siting.recipe_file import read_recipe, write_recipe
from registry.registry import Registry
from tests.browser.visit import ROOT, Visit, open_visit, rest, serve
from tests.hostile import FLAG, REQUEST, VISIBLE, hostile_registry

PROGRAM = ("-m", "tests.browser.hostile_app")
SHORT = tuple(words for words in VISIBLE if len(words) <= 200)
NAME = "<img src=x onerror=alert(1)>${{alert(2)}} ![i](http:) :red[x].{}"
# What markdown or HTML in a text would have made of it, wherever on the page.
MADE = (
    f"[href*='//hostile'], [href^=mailto], [href^='javascript:'], [src*={REQUEST}], .katex, del, "
    "mark, [onerror], [onload], [onmouseover]"
)


@pytest.fixture(scope="module")
def hostile(registry: Registry) -> Registry:
    return hostile_registry(registry)


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over hostile plans, with hostile words in every file of the user's own."""
    home = tmp_path_factory.mktemp("home-hostile")
    figures = [
        {
            "plan": "jining",
            "metric": "pv",
            "date": f"20{number:02}-12-31",
            "value": "1",
            "unit": "MW",
            "source": words,
        }
        for number, words in enumerate(SHORT[:24])
    ]
    bases = [
        {"id": f"b{number}", "name": words, "kind": "osm", "crs": "wgs84", "attribution": words}
        for number, words in enumerate(SHORT)
    ]
    for name, content in {
        "records": {"installed": figures},
        "basemaps": {"basemaps": bases},
    }.items():
        text = yaml.safe_dump(content, allow_unicode=True)
        (home / f"{name}.yaml").write_text(text, encoding="utf-8")
    _write_rasters(home / "rasters")
    yield from serve(home, "", program=PROGRAM)


def _write_rasters(folder: Path) -> None:
    folder.mkdir()
    shipped = json.loads((ROOT / "data" / "rasters" / "height.json").read_text(encoding="utf-8"))
    texts = ("title", "title_en", "unit", "unit_en", "year", "source", "licence", "caveat")
    for number, words in enumerate(SHORT[:12]):
        own = {"id": f"height-{number:08x}", "file": f"height-{number:08x}.tif"}
        shutil.copy(ROOT / "data" / "rasters" / "height.tif", folder / own["file"])
        raw = shipped | dict.fromkeys((*texts, "caveat_en"), words) | own
        text = json.dumps(raw, ensure_ascii=False)
        (folder / f"own-{number}.json").write_text(text, encoding="utf-8")


@pytest.fixture
def guest(browser: Browser, hostile_server: str) -> Iterator[Visit]:
    """A visit that fails on any dialog and hears of every request."""
    for visit in open_visit(browser, hostile_server, width=1440, height=900):
        asked: list[str] = []

        def refuse(dialog: Dialog, visit: Visit = visit) -> None:
            visit.errors.append(f"a dialog: {dialog.message}")
            dialog.dismiss()

        visit.listen("dialog", refuse)
        visit.listen("request", lambda request, asked=asked: asked.append(request.url))
        yield visit
        _assert_harmless(visit.page)
        queries = re.compile(r"\?.*")
        assert not [each for each in asked if REQUEST in queries.sub("", each)]
        # A page's address asks below itself once; a chosen base layer asks for its tiles.
        usual = re.compile(
            r"_stcore|404 \(Not Found\)|net::ERR_(FAILED|ABORTED|NAME_NOT_RESOLVED)"
            r"|//tile\.openstreetmap\.org/"
        )
        wrong = (*visit.outside, *visit.failed, *visit.errors)
        assert [each for each in wrong if not usual.search(each)] == []


def _assert_harmless(page: Page) -> None:
    for frame in page.frames:
        assert frame.evaluate(f"window.{FLAG}") is None, frame.url
        assert frame.locator(MADE).evaluate_all("all => all.map(e => e.outerHTML)") == []


def _open(visit: Visit, address: str, *, until: str) -> Page:
    visit.page.goto(visit.base + address)
    visit.page.locator(until).first.wait_for()
    rest(visit.page)
    return visit.page


def _seen(words: str) -> str:
    """Text as it stands on a page: blanks do not count, nor what nobody sees."""
    return re.sub(
        r"[\s\x00-\x1f\x7f\x85\u2060\u00ad\ufeff\ufffd\u202a-\u202e\u2066-\u2069]", "", words
    )


def _assert_shown(page: Page, texts: Iterable[str]) -> None:
    shown = _seen(page.locator("body").inner_text())
    assert [words for words in texts if _seen(words) not in shown] == []


def test_the_map_its_details_and_its_cards(guest: Visit, hostile: Registry) -> None:
    rows = [each for each in hostile.projects if each.district_codes and not each.part_of][:2]
    for row, language in zip(rows, ("zh", "en"), strict=True):
        guest.open(f"/?focus={row.id}&lang={language}&base=b1&raster=own-2")
        fields = (row.owner, row.note, row.capacity_printed, row.source_section)
        expect(guest.page.locator(".st-key-detail h2").first).to_be_visible()
        _assert_shown(guest.page, (row.name if language == "zh" else row.name_en, *fields))
        _assert_harmless(guest.page)
    marks = guest.map.locator(".fg-mark[data-id] > svg")
    for mark in (marks.nth(0), marks.nth(5), marks.nth(9)):
        mark.dispatch_event("mouseover")
        mark.dispatch_event("mouseenter")
    _assert_harmless(guest.page)


def test_what_a_link_and_a_search_say_comes_back_as_text(guest: Visit) -> None:
    for first in range(0, len(SHORT), 10):
        part = SHORT[first : first + 10]
        unknown = "&".join(f"bad{number}={quote(each)}" for number, each in enumerate(part))
        query = f"{unknown}&focus={quote(part[1])}&q={quote(part[0][:80])}&at={quote(part[0])}"
        page = _open(guest, f"/projects?{query}", until=".fg-notice")
        _assert_shown(page, [each[:40] for each in part])
        _assert_harmless(page)


def test_the_lists_of_projects(guest: Visit, hostile: Registry) -> None:
    page = _open(guest, "/projects", until=".st-key-projects .fg-grid tbody tr")
    _assert_shown(page, [row.name for row in hostile.projects[:50]])
    for language in ("zh", "en"):
        ids = ",".join(row.id for row in hostile.projects[60:64])
        query = f"view=shortlist&pick={ids}&compare={ids}&lang={language}"
        page = _open(guest, f"/projects?{query}", until=".fg-matrix")
        _assert_shown(page, [row.owner for row in hostile.projects[60:64]])
        _assert_harmless(page)
    page = _open(guest, "/projects?view=open", until=".fg-title, .fg-aside, table")
    _assert_harmless(page)
    row = hostile.projects[20]
    page = _open(guest, f"/projects?focus={row.id}", until=".st-key-sheet h2, .st-key-sheet h3")
    _assert_shown(page, [row.name, row.note, row.owner])


def test_the_counties_and_their_links(guest: Visit, hostile: Registry) -> None:
    for language, code in (("zh", "370811"), ("en", "370983")):
        query = f"focus={code}&beside=371603&lang={language}"
        page = _open(guest, f"/districts?{query}", until=".st-key-county-sheet h2")
        rows = [each for each in hostile.projects if code in each.district_codes]
        assert rows
        _assert_shown(page, [row.name if language == "zh" else row.name_en for row in rows])
        _assert_harmless(page)


def test_the_targets_with_everything_open(guest: Visit, hostile: Registry) -> None:
    page = _open(guest, "/targets?plan=jining", until=".fg-target, .fg-plan")
    for summary in page.locator("details > summary").all():
        summary.evaluate("e => { e.parentElement.open = true; }")
    named = [each.name for each in hostile.targets if each.plan == "jining" and each.mapped]
    _assert_shown(page, named[:3])
    _assert_harmless(page)


def test_records_rasters_and_base_layers_of_the_user(guest: Visit, tmp_path: Path) -> None:
    page = _open(guest, "/data", until=".fg-data")
    _assert_shown(page, SHORT[:12])  # the titles of rasters
    page = _open(guest, "/about", until="h1, h2")
    _assert_shown(page, [SHORT[0]])  # the base layers among the addresses
    page = _open(guest, "/targets?plan=jining", until=".st-key-installed, .fg-installed, .fg-plan")
    _assert_shown(page, [SHORT[23]])  # the latest record's source
    page.get_by_text("CSV 批量录入", exact=True).first.click()
    file = tmp_path / NAME.format("csv")
    file.write_text(f"plan,<b>\n'{VISIBLE[1]}',{VISIBLE[6]}\n", encoding="utf-8")
    page.locator(
        ".st-key-installed-section input[type=file], input[type=file]"
    ).first.set_input_files(file)
    page.locator(".fg-faults").wait_for()
    _assert_shown(page, [file.name])


def test_a_recipe_with_hostile_titles_under_a_hostile_name(guest: Visit, tmp_path: Path) -> None:
    shipped = ROOT / "data" / "siting" / "subsidence_pv.yaml"
    recipe = read_recipe(shipped.read_bytes(), shipped.name)
    turn = iter(SHORT * 3)
    terms = {
        name: tuple(
            term.model_copy(update={each: next(turn) for each in ("title", "title_en", "why")})
            for term in getattr(recipe, name)
        )
        for name in ("exclusions", "criteria")
    }
    named = recipe.model_copy(update={**terms, "title": SHORT[1], "title_en": SHORT[11]})
    file = tmp_path / NAME.format("yaml")
    file.write_text(write_recipe(named), encoding="utf-8")
    page = _open(guest, "/siting?plan=taian", until="img.fg-siting-picture")
    page.locator("[class*=st-key-siting-bring] summary").click()
    page.locator("[class*=st-key-siting-file] input[type=file]").set_input_files(file)
    page.locator(".st-key-siting-take button").click()
    expect(page.locator("body")).to_contain_text("<img src=x-hostile-request")
    page.locator("img.fg-siting-picture").wait_for()
    rest(page)
    _assert_shown(page, [term.title for term in (*named.exclusions, *named.criteria)])
    _assert_harmless(page)


def test_markdown_finds_nothing_in_any_text_made_plain(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    program = ("-m", "streamlit", "run", "tests/browser/hostile_labels.py")
    for base in serve(tmp_path_factory.mktemp("home-labels"), "", program=program):
        for visit in open_visit(browser, base, width=1440, height=900):
            page = _open(visit, "/", until=f".st-key-text-{len(SHORT) - 1} a")
            for number, words in enumerate(SHORT):
                box = page.locator(f".st-key-text-{number}")
                expect(
                    box.locator("code, em, strong, ul, ol, h1, blockquote, table")
                ).to_have_count(0)
                assert set(map(_seen, _texts(box))) == {_seen(words)}
            _assert_harmless(page)
            visit.assert_clean()


def _texts(box: Locator) -> list[str]:
    return box.locator('[data-testid="stMarkdownContainer"]').all_inner_texts()
