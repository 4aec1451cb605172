"""What makes a page usable for everyone: contrast, names, keyboard; one language at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.visit import FIRST_MS, Visit, open_visit, rest

PAGES = ("", "targets", "districts", "projects", "siting", "data", "about")
STATES = (
    "?focus=taian-caes-02",
    "?area=370983&shade=pv&symbols=mw",
    "?q=nowhere",
    "targets?focus=jining:pv:2030",
    "districts?focus=370983",
    "projects?view=open",
    "projects?view=shortlist&pick=taian-pv-04,binzhou-base-01&compare=taian-pv-04,binzhou-base-01",
    "projects?focus=binzhou-base-01",
    "projects?q=nowhere",
    "siting?recipe=subsidence_pv&plan=jining,taian&focus=370923",
    "?plan=taian&raster=height&focus=taian-pv-01",
)
_WAIT = '[data-test-script-state="notRunning"]'
# Signs, units, formats and names that Chinese offices write in Latin letters.
_LATIN = set(
    """
    Fengtu English MW kW GW MWh GWh kWh kV km Mt CSV XLSX PDF KML GeoJSON GeoPackage Shapefile QGIS
    HTML UTF GB WGS CGCS GCJ BD GPKG YAML URL API FENGTU HOME BOUNDARIES LOGIN MODE WPS Excel ID
    Global Energy Monitor CC BY CCUS LNG IGCC AC DC UHV ETS GDP BIPV CO cnmaps data MIT Leaflet
    records yaml
    """.split()
)
_VISIBLE_WORDS = """() => {
  const found = [];
  const hidden = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "CODE"]);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (!parent || hidden.has(parent.tagName) || !walk.currentNode.data.trim()) continue;
    if (parent.closest("code, [lang=en], .fg-latin, [data-testid=stIconMaterial]")) continue;
    if (parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
      found.push(walk.currentNode.data);
    }
  }
  for (const each of document.querySelectorAll("[placeholder], [title], [alt]")) {
    if (!each.checkVisibility()) continue;
    found.push(...["placeholder", "title", "alt"].map((name) => each.getAttribute(name) || ""));
  }
  return found;
}"""


def _stray(texts: list[str]) -> Iterator[str]:
    """Latin words that are neither a usual abbreviation nor part of a key or a file name."""
    for text in texts:
        for word in re.findall(r"(?<![\w.:/-])[A-Za-z]{2,}(?![\w.:/-])", text):
            if word not in _LATIN:
                yield f"{word} in {text.strip()[:60]!r}"


def opened(visit: Visit, path: str) -> None:
    """Open a page and wait until nothing runs any more."""
    visit.page.goto(f"{visit.base}/{path}")
    visit.page.locator(_WAIT).wait_for(state="attached", timeout=FIRST_MS)
    visit.page.wait_for_load_state("networkidle")


@pytest.fixture(scope="module")
def chinese(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A page as it opens, for all that is asked of it; the last asks for it in English."""
    for visit in open_visit(browser, server, width=1440, height=900):
        opened(visit, request.param)
        yield visit


def _assert_accessible(visit: Visit) -> None:
    standards = ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]
    rules = {"runOnly": standards, "resultTypes": ["violations"]}
    violations = Axe().run(visit.page, options=rules).response["violations"]
    found = [f"{each['id']}: {node['html'][:200]}" for each in violations for node in each["nodes"]]
    # The library's own place to drop files: a presentation with a label, which no option changes.
    known = re.compile("presentation-role-conflict: .*stFileUploaderDropzone")
    assert not [each for each in found if not known.match(each)]


@pytest.mark.parametrize("chinese", [*PAGES, *STATES], indirect=True)
def test_the_chinese_page_has_no_english_words(chinese: Visit) -> None:
    assert not list(_stray(chinese.page.evaluate(_VISIBLE_WORDS)))


@pytest.mark.parametrize("chinese", PAGES, indirect=True)
def test_contrast_names_and_order_are_right(chinese: Visit) -> None:
    _assert_accessible(chinese)


@pytest.mark.parametrize("chinese", PAGES, indirect=True)
def test_contrast_names_and_order_are_right_in_english(chinese: Visit) -> None:
    chinese.page.locator(".st-key-head").get_by_text("English", exact=True).click()
    expect(chinese.page).to_have_url(re.compile("[?&]lang=en"))
    rest(chinese.page)
    chinese.page.wait_for_load_state("networkidle")
    _assert_accessible(chinese)
