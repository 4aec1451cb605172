"""Make the pictures of docs/screenshots/ anew: python -m tests.browser.screenshots"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.visit import ARGUMENTS, ROOT, find_browser, open_visit, serve

FOLDER = ROOT / "docs" / "screenshots"
PICTURES = {
    "map-zh": ("/", 1440, 900),
    "map-en": ("/?lang=en&plan=taian", 1440, 900),
    "base-zh": ("/?plan=binzhou&focus=binzhou-base-02", 1440, 900),
    "phone-zh": ("/?plan=zaozhuang", 390, 844),
}


def main() -> None:
    """Take every picture with a fresh server and the system's browser."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for base in serve(Path(home), ""):
            for name, (path, width, height) in PICTURES.items():
                for visit in open_visit(browser, base, width=width, height=height):
                    visit.open(path)
                    visit.page.locator(".st-key-download-geojson").wait_for()
                    visit.page.wait_for_load_state("networkidle")
                    visit.page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
