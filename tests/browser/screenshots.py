"""Make the pictures of docs/screenshots/ anew: python -m tests.browser.screenshots [NAME ...]"""

from __future__ import annotations

import os
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from terms.kinds import Status
from terms.records import Progress
from tests.browser.visit import ARGUMENTS, ROOT, find_browser, open_visit, rest, serve
from tests.keeping import keep

FOLDER = ROOT / "docs" / "screenshots"
_MAP, _TARGETS, _COUNTIES = ".st-key-download-geojson", ".fg-summary", ".st-key-breakdown"
_PROJECTS, _DATA, _SITING = ".fg-grid", ".st-key-briefs", ".st-key-siting-files"
_UNDRAWN = "[data-testid=stSkeleton]"
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


# Pictures of pages that show what users recorded, with a store of their own.
RECORDED = {
    "progress-zh": (
        "/projects?view=progress&plan=taian&focus=taian-pv-04",
        1440,
        1200,
        _PROJECTS,
    ),
}
_APPROVED = Progress("taian-pv-04", "2025-06-30", Status.APPROVED, None, "示例：核准文件")
_RECORDS = (
    _APPROVED,
    Progress("taian-pv-04", "2026-03-31", Status.PARTLY_OPERATING, Decimal(200), "示例：月报"),
    Progress("taian-pv-01", "2026-02-28", Status.CONSTRUCTION, None, "示例：开工报告"),
    Progress("taian-caes-01", "2025-12-31", Status.OPERATING, Decimal(10), "示例：并网通知书"),
)


def main() -> None:
    """Take every picture, or those named, with a fresh server and the system's browser."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for pictures, records in ((PICTURES, ()), (RECORDED, _RECORDS)):
            wanted = {name: pictures[name] for name in sys.argv[1:] or pictures if name in pictures}
            if wanted:
                _take(browser, wanted, records)
        browser.close()


def _take(
    browser: Browser,
    pictures: dict[str, tuple[str, int, int, str]],
    records: tuple[Progress, ...],
) -> None:
    """Take pictures of one server, whose store holds these records."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["FENGTU_HOME"] = home
        if records:
            keep(*records)
        for base in serve(Path(home), ""):
            for name, (path, width, height, sign) in pictures.items():
                for visit in open_visit(browser, base, width=width, height=height):
                    visit.page.goto(base + path)
                    visit.page.locator(sign).first.wait_for()
                    if sign not in (_TARGETS, _PROJECTS, _DATA, _SITING):
                        visit.map.locator("#map_div[data-painted]").wait_for()
                    visit.page.wait_for_load_state("networkidle")
                    rest(visit.page)
                    expect(visit.page.locator(_UNDRAWN)).to_have_count(0)
                    visit.page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
