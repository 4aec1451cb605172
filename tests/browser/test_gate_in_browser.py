"""The app behind its gate in a real browser: it draws, takes a file, and refuses a flood."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.browser.visit import open_visit, serve

PROGRAM = ("-m", "streamlit", "run", "serve.py")


def test_a_file_passes_the_gate_and_one_too_many_does_not(
    browser: Browser, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home-gate")
    for base in serve(home, "fengtu", program=PROGRAM):
        for visit in open_visit(browser, base, width=1440, height=900):
            sent: list[Request] = []
            visit.listen("request", lambda each, sent=sent: sent.append(each))
            visit.open("/?plan=jining")
            visit.page.get_by_role("link", name="目标", exact=True).click()
            visit.page.get_by_text("CSV 批量录入", exact=True).first.click()
            file = tmp_path / "figures.csv"
            file.write_text("plan,metric\n", encoding="utf-8")
            visit.page.locator("input[type=file]").first.set_input_files(file)
            expect(visit.page.locator(".fg-faults")).to_be_visible()
            visit.assert_clean()
            put = next(each for each in sent if each.method == "PUT")
            own = (":", "content-")
            headers = {k: v for k, v in put.all_headers().items() if not k.startswith(own)}
            part = {"name": file.name, "mimeType": "text/csv", "buffer": file.read_bytes()}
            made = [
                visit.page.request.fetch(
                    f"{put.url}-{number}",
                    method="PUT",
                    headers=headers,
                    multipart={"file": part},
                ).status
                for number in range(45)
            ]
            assert made[:30] == [204] * 30 and made[-1] == 413
