"""The page of data: what goes out is said, every format stands with its use or its reason."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from layers.exports.formats import FORMATS
from registry.registry import Registry
from registry.select import select
from terms.records import InstalledFigure
from terms.selection import Selection
from tests.keeping import keep
from tests.views.test_pages import open_app, shown


def open_data(**query: str) -> AppTest:
    return open_app(**query).switch_page("views/pages/data.py").run()


def buttons(app: AppTest) -> set[str]:
    return {each.key for each in app.get("download_button")}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_what_goes_out(registry: Registry, language: str) -> None:
    app = open_data(lang=language, plan="jining,lixia", owner="named")
    assert not app.exception
    chosen = Selection(plans=("jining", "lixia"), owner="named")
    rows = select(registry, chosen)
    page = shown(app)
    tray = sum(not registry.labels[row.id] for row in rows)
    said = {
        "zh": f"项目 {len(rows)} 行：已落图 {len(rows) - tray}，未落图 {tray}",
        "en": f"{len(rows)} rows: {len(rows) - tray} located, {tray} not located",
    }[language]
    assert said in page
    assert {"zh": "征求意见稿数字", "en": "consultation draft"}[language] in page
    assert buttons(app) >= {f"take-{kind}" for kind in (*FORMATS, "brief")}
    assert all(f'data-format="{kind}"' in page for kind in FORMATS)


def test_a_wish_bars_what_cannot_hold_it_and_says_why() -> None:
    app = open_data(plan="taian")
    app.session_state["data-what"] = ["projects", "ledger"]
    app.run()
    assert not app.exception
    assert {"take-xlsx", "take-gpkg", "take-zip"} <= buttons(app)
    assert not {"take-csv", "take-geojson", "take-kml"} & buttons(app)
    assert "请只选一种内容" in shown(app)
    barred = [each for each in app.button if each.key == "barred-csv"]
    assert barred and barred[0].disabled


def test_other_coordinates_only_where_the_format_has_them() -> None:
    app = open_data(plan="taian")
    box = next(each for each in app.selectbox if each.key.startswith("data-crs"))
    box.set_value("cgcs2000-3deg").run()
    page = shown(app)
    assert "中央经线 117" in page
    assert "坐标仍为 WGS-84" in page
    assert {f"take-{kind}" for kind in FORMATS} <= buttons(app)


def test_an_empty_selection_still_opens() -> None:
    app = open_data(layer="none")
    assert not app.exception
    assert "项目 0 行" in shown(app)


def test_records_are_offered_once_there_are_some(own_home: Path) -> None:
    assert "take-records" not in buttons(open_data())
    own_home.mkdir(exist_ok=True)
    (own_home / "records.yaml").write_text(
        "installed:\n- {plan: jining, metric: pv, date: 2024-12-31, value: 80,"
        " unit: 万千瓦, source: 月报}\n",
        encoding="utf-8",
    )
    app = open_data()
    assert "take-records" in buttons(app)
    assert "有效的存量 1 条、项目进度 0 条" in shown(app)


def test_records_stay_in_the_house_in_public(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(InstalledFigure("jining", "", "", "pv", "2024-12-31", Decimal(5), "MW", "月报"))
    monkeypatch.setenv("FENGTU_MODE", "public")
    assert "take-records" not in buttons(open_data())


def test_without_a_chinese_font_the_page_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FENGTU_FONT", str(tmp_path / "none.ttf"))
    app = open_data()
    assert not app.exception
    assert not {"take-brief", "take-pdf"} & buttons(app)
    assert "none.ttf" in shown(app)
    beside = open_app()
    beside.session_state["more-formats"] = True
    beside.run()
    assert "more-xlsx" in buttons(beside) and "more-pdf" not in buttons(beside)


def test_the_table_of_the_map_offers_every_other_format() -> None:
    app = open_app(plan="taian")
    assert "more-xlsx" not in buttons(app)
    app.session_state["more-formats"] = True
    app.run()
    assert not app.exception
    others = set(FORMATS) - {"geojson", "csv"}
    assert {f"more-{kind}" for kind in others} <= buttons(app)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("mode", ["internal", "public"])
def test_the_links_at_the_head_lead_to_all_sections_in_their_order(
    mode: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGTU_MODE", mode)
    page = shown(open_data(lang=language))
    links = re.findall(r'<a href="#(\w+)">[^<]+</a>', page.split("</nav>")[0])
    sections = [each for each in re.findall(r'id="(\w+)"', page) if each in links]
    assert links == sections and {"export", "briefs", "rasters"} <= set(links)
    assert ("intake" in links) == (mode == "internal")
