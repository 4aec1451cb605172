"""Make the pictures of docs/screenshots/ anew: python -m tests.browser.screenshots"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.visit import ARGUMENTS, ROOT, find_browser, open_visit, serve

FOLDER = ROOT / "docs" / "screenshots"
_MAP, _TARGETS, _COUNTIES = ".st-key-download-geojson", ".fg-summary", ".st-key-breakdown"
_PROJECTS, _DATA, _SITING = ".fg-grid", ".st-key-briefs", ".st-key-siting-files"
_PICKED = "taian-pv-04,taian-pv-base-03,taian-pv-01,binzhou-pv-01"
# Address, width and height, and what has to stand on the page.
PICTURES = {
    "map-zh": ("/", 1440, 900, _MAP),
    "map-en": ("/?lang=en&plan=taian", 1440, 900, _MAP),
    "browse-zh": ("/?area=370983", 1440, 900, _MAP),
    "sizes-zh": ("/?area=371600&symbols=mw&shade=pv", 1440, 900, _MAP),
    "browse-en": ("/?lang=en&area=370900&symbols=mw", 1440, 900, _MAP),
    "browse-phone-zh": ("/?area=370983", 390, 844, _MAP),
    "raster-zh": ("/?plan=taian&raster=height&focus=taian-pv-01", 1440, 1000, _MAP),
    "base-zh": ("/?plan=binzhou&focus=binzhou-base-02", 1440, 900, _MAP),
    "phone-zh": ("/?plan=zaozhuang", 390, 844, _MAP),
    "targets-zh": ("/targets?plan=jining&focus=jining:pv:2030", 1440, 1000, _TARGETS),
    "targets-en": ("/targets?lang=en&plan=binzhou&year=2030", 1440, 1000, _TARGETS),
    "targets-phone-zh": ("/targets?plan=taian", 390, 844, _TARGETS),
    "districts-zh": ("/districts?plan=binzhou&technology=pv&focus=371603", 1440, 1100, _COUNTIES),
    "projects-zh": (
        "/projects?tech=pv,pv_distributed&mw=100&order=-capacity_mw&pick=taian-pv-04",
        1440,
        900,
        _PROJECTS,
    ),
    "projects-en": (
        f"/projects?lang=en&view=shortlist&unit=mw&pick={_PICKED}&compare={_PICKED}",
        1440,
        1200,
        _PROJECTS,
    ),
    "projects-open-zh": ("/projects?view=open", 1440, 1000, _PROJECTS),
    "progress-zh": ("/projects?view=progress&focus=taian-pv-04", 1440, 1200, _PROJECTS),
    "project-zh": ("/projects?focus=taian-pv-04", 1440, 1000, _PROJECTS),
    "projects-phone-zh": ("/projects?q=feicheng&order=-capacity_mw", 390, 844, _PROJECTS),
    "data-zh": ("/data?plan=taian", 1440, 1200, _DATA),
    "data-en": ("/data?lang=en&plan=binzhou", 1440, 1200, _DATA),
    "data-phone-zh": ("/data?plan=taian", 390, 844, _DATA),
    "siting-zh": ("/siting?recipe=subsidence_pv&plan=jining,taian", 1440, 1200, _SITING),
    "siting-en": ("/siting?lang=en&recipe=saline_wind_solar&plan=binzhou", 1440, 1200, _SITING),
    "siting-phone-zh": ("/siting?recipe=subsidence_pv&plan=taian", 390, 844, _SITING),
    "districts-en": ("/districts?lang=en&plan=taian&rule=area", 1440, 1100, _COUNTIES),
}


def main() -> None:
    """Take every picture with a fresh server and the system's browser."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for base in serve(Path(home), ""):
            for name, (path, width, height, sign) in PICTURES.items():
                for visit in open_visit(browser, base, width=width, height=height):
                    visit.page.goto(base + path)
                    visit.page.locator(sign).first.wait_for()
                    if sign not in (_TARGETS, _PROJECTS, _DATA, _SITING):
                        visit.map.locator("#map_div[data-painted]").wait_for()
                    visit.page.wait_for_load_state("networkidle")
                    visit.page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
