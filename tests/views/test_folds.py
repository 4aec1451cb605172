"""A change of language in the middle of a form: it stays open, and what is typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.views.test_pages import open_app
from views import editing

ROW = "taian-pv-04"


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FENGTU_HOME", str(tmp_path))
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")
    yield


@pytest.mark.usefixtures("local")
def test_the_field_of_a_remark_is_the_same_in_another_language() -> None:
    app = open_app(focus=ROW)
    app.session_state[f"notes-{ROW}-zh"] = True
    app.run()
    before = app.text_area(key=f"note-{ROW}-text-0").id
    (switch,) = (each for each in app.get("button_group") if "English" in each.options)
    switch.set_value("en").run()
    assert not app.exception
    assert app.text_area(key=f"note-{ROW}-text-0").id == before  # to the browser the same field


def to_english(app: AppTest) -> AppTest:
    (switch,) = (each for each in app.get("button_group") if "English" in each.options)
    switch.set_value("en").run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("local")
def test_what_is_chosen_for_an_own_project_outlives_a_change_of_language() -> None:
    app = open_app().switch_page("views/pages/projects.py").run()
    app.session_state["own-new-zh"] = True
    app.run()
    app.selectbox(key="own-new-layer-zh-0").set_value("wind").run()
    app.selectbox(key="own-new-status-zh-0").set_value("construction")
    app.multiselect(key="own-new-districts-zh-0").set_value(["370983", "370923"])
    app.selectbox(key="own-new-relation-zh-0").set_value("new")
    app.selectbox(key="own-new-counts_in-zh-0").set_value("taian").run()
    name = app.text_input(key="own-new-name-0").id
    to_english(app)
    assert app.text_input(key="own-new-name-0").id == name  # what is typed stands in it
    assert app.selectbox(key="own-new-layer-en-0").value == "wind"
    assert app.selectbox(key="own-new-status-en-0").value == "construction"
    assert app.multiselect(key="own-new-districts-en-0").value == ["370983", "370923"]
    assert app.selectbox(key="own-new-relation-en-0").value == "new"
    assert app.selectbox(key="own-new-counts_in-en-0").value == "taian"
    assert app.selectbox(key="own-new-technology-en-0").value == ""


@pytest.mark.usefixtures("local")
def test_what_is_chosen_for_an_installed_figure_outlives_a_change_of_language() -> None:
    app = open_app(plan="jining").switch_page("views/pages/targets.py").run()
    app.selectbox(key="installed-metric-jining-zh-0").set_value("pv").run()
    app.selectbox(key="installed-place-jining-zh-0").set_value("370812/").run()
    source = app.text_input(key="installed-source-0").id
    to_english(app)
    assert app.selectbox(key="installed-plan--en-0").value == "jining"
    assert app.selectbox(key="installed-metric-jining-en-0").value == "pv"
    assert app.selectbox(key="installed-place-jining-en-0").value == "370812/"
    assert app.text_input(key="installed-source-0").id == source


@pytest.mark.usefixtures("local")
def test_a_status_half_entered_outlives_a_change_of_language() -> None:
    app = open_app(view="progress", focus="taian-pv-04")
    app.switch_page("views/pages/projects.py").run()
    form = "progress-taian-pv-04"
    app.selectbox(key=f"{form}-status-zh-0").set_value("construction").run()
    source = app.text_input(key=f"{form}-source-0").id
    to_english(app)
    assert app.selectbox(key=f"{form}-status-en-0").value == "construction"
    assert app.text_input(key=f"{form}-source-0").id == source


@pytest.mark.usefixtures("local")
def test_a_raster_half_told_outlives_a_change_of_language() -> None:
    app = open_app().switch_page("views/pages/data.py").run()
    app.selectbox(key="raster-kind-zh-0").set_value("height").run()
    title = app.text_input(key="raster-title-0").id
    to_english(app)
    assert app.selectbox(key="raster-kind-en-0").value == "height"
    assert app.text_input(key="raster-title-0").id == title


@pytest.mark.usefixtures("local")
def test_the_system_of_a_typed_point_outlives_a_change_of_language() -> None:
    app = open_app(focus="taian-pv-04")
    app.session_state["place"] = True
    names = {str(each.key): each for each in app.run().selectbox}
    system = next(name for name in names if name.startswith("place-system-zh"))
    names[system].set_value("bd09").run()
    to_english(app)
    assert app.selectbox(key=system.replace("-zh-", "-en-")).value == "bd09"
