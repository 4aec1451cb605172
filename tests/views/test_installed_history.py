"""Installed figures over time on the page: table, chart, correction, conflict, reasons."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from layers.installed_series import key_of, points, promised
from registry.registry import Registry
from store.drafts import Edit
from store.store import open_store
from terms.records import InstalledFigure
from tests.keeping import book, entry, keep, person, withdraw
from tests.views.test_installed import HOSTILE, PV, opened
from tests.views.test_progress_board import press, shown
from views import editing

EARLIER = replace(PV, date="2023-12-31", value=Decimal(4200), unit="MW", source=HOSTILE)
COUNTY = replace(PV, district_code="370812", value=Decimal(80))
FORM = "installed-mend"
CHANGE = {"zh": "保存修改", "en": "Save the change"}


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A visitor who sits at this machine."""
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")
    yield


def history(language: str = "zh") -> AppTest:
    """The section with the fold of the history open."""
    app = opened(plan="jining", lang=language)
    app.session_state[f"installed-history-{language}"] = True
    app.run()
    assert not app.exception
    return app


def choose(app: AppTest, record: InstalledFigure, language: str = "zh") -> str:
    """Choose a record to be mended; the end of its fields' keys."""
    first = entry("installed", record).id
    app.selectbox(key=f"{FORM}-which-{language}-0").set_value(first).run()
    return f"{first}-0"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_series_is_shown_with_its_people_and_its_target(language: str, local: None) -> None:
    keep(PV, EARLIER, COUNTY)
    app = history(language)
    said = shown(app)
    table = said[said.rindex("fg-history") :]
    assert table.index("2024-12-31") < table.index("2023-12-31")
    assert "王" in table and "&lt;b&gt;" in table and "370812" not in table
    (chart,) = [each.proto for each in app.get("vega_lite_chart")]
    drawn = json.dumps(json.loads(chart.spec), ensure_ascii=False)
    assert "420.0" in drawn and "500.0" in drawn  # in one unit, that of the target
    assert ("2030 年目标" if language == "zh" else "target of 2030") in drawn


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_figure_is_corrected_for_a_reason(language: str, local: None) -> None:
    keep(PV)
    app = history(language)
    end = choose(app, PV, language)
    app.text_input(key=f"{FORM}-value-{end}").set_value("512.3")
    app.text_input(key=f"{FORM}-why-{end}").set_value("月报更正")
    press(app, f"FormSubmitter:{FORM}-edit-{end}-{CHANGE[language]}")
    assert book().installed == (replace(PV, value=Decimal("512.3")),)
    assert open_store().history()[0].why == "月报更正"
    press(app, f"undo-{FORM}")
    assert book().installed == (PV,)


def test_faults_of_a_correction_are_told(local: None) -> None:
    keep(PV, COUNTY)
    app = history()
    end = choose(app, PV)
    app.text_input(key=f"{FORM}-value-{end}").set_value("70")  # less than a county of it
    press(app, f"FormSubmitter:{FORM}-edit-{end}-保存修改")
    assert "不小于其中一部分" in shown(app) or "不大于其所在县区或全域" in shown(app)
    assert PV in book().installed
    assert app.text_input(key=f"{FORM}-value-{end}").value == "70"


@pytest.mark.parametrize("way", ["edit", "hide"])
def test_the_second_of_two_is_told(way: str, local: None) -> None:
    keep(PV)
    app = history()
    end, first = choose(app, PV), entry("installed", PV)
    app.text_input(key=f"{FORM}-value-{end}").set_value("501")
    if way == "edit":
        other = replace(PV, value=Decimal(502))
        open_store().apply(person("李"), [Edit(first.id, first.revision, other)], why="")
    else:
        withdraw("installed", PV)
    press(app, f"FormSubmitter:{FORM}-edit-{end}-保存修改")
    said = shown(app)
    assert ("李 已于" if way == "edit" else "王 已于") in said and "没有写入" in said
    assert app.text_input(key=f"{FORM}-value-{end}").value == "501"
    assert [each.value for each in book().installed] == ([502] if way == "edit" else [])


def test_the_forms_ask_for_reasons(local: None) -> None:
    keep(PV)
    app = opened(plan="jining")
    app.selectbox(key="installed-metric-jining-zh-0").set_value("pv").run()
    typed = {"date": "2025-12-31", "value": "600", "source": "年报", "why": "补录"}
    for name, words in typed.items():
        app.text_input(key=f"installed-{name}-0").set_value(words)
    press(app, "FormSubmitter:installed-form-jining-pv")
    assert open_store().history()[0].why == "补录"


def test_viewers_see_the_history_and_no_form() -> None:
    keep(PV)
    app = history()
    assert "fg-history" in shown(app)
    assert not [each for each in app.selectbox if str(each.key).startswith(FORM)]


def test_only_the_whole_area_has_a_target(registry: Registry) -> None:
    assert [each.year for each in promised(registry, key_of(PV))] == [2030]
    assert promised(registry, key_of(COUNTY)) == ()
    assert [each.value for each in points([PV, EARLIER], "万千瓦")] == [420, 500]
