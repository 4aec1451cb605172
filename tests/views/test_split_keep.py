"""A breakdown kept among the records from the page of counties, replaced, withdrawn, refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from layers.split_file import divisible_rows
from registry.registry import Registry
from store.store import open_store
from terms.own_records import SplitFile
from tests.keeping import book, keep
from tests.views.test_pages import APP
from tests.views.test_progress_board import press, shown
from views import editing

NAME = "<b>分解</b>.csv"


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A visitor who sits at this machine."""
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")
    yield


@pytest.fixture(scope="module")
def text(registry: Registry) -> str:
    """A sound breakdown of one row."""
    row = divisible_rows(registry, plans=["taian"])[0]
    return f"district_code,item,mw,share\n{row.codes[0]},{row.row.id},1,\n"


def opened(data: str = "", language: str = "zh") -> AppTest:
    """The page of counties under a breakdown of one's own, perhaps with a file of this session."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["rule"], app.query_params["lang"] = "custom", language
    app.switch_page("views/pages/districts.py").run()
    if data:
        app.session_state["fengtu"].split = (NAME, data.encode())
        app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_kept_used_and_taken_back(language: str, local: None, text: str) -> None:
    app = opened(text, language)
    app.text_input(key="split-keep-source-0").set_value("文号")
    press(app, "FormSubmitter:split-keep-form")
    assert book().splits == (SplitFile(NAME, text.strip(), "文号"),)
    assert app.session_state["fengtu"].split is None  # the kept one is used from now on
    said = shown(app)
    assert "&lt;b&gt;分解" in said and "<b>分解" not in said
    press(app, "undo-split-keep")
    assert book().splits == ()


def test_it_replaces_the_one_in_use(local: None, text: str) -> None:
    keep(SplitFile("旧.csv", text, ""))
    app = opened(text)
    press(app, "FormSubmitter:split-keep-form")
    (kept,) = book().splits
    assert kept.name == NAME and open_store().history()[0].action == "edit"


def test_another_session_keeps_one_first(local: None, text: str) -> None:
    app = opened(text)
    keep(SplitFile("别人.csv", text, ""))
    press(app, "FormSubmitter:split-keep-form")
    assert "刚由 王 于" in shown(app) and book().splits[0].name == "别人.csv"
    press(app, "FormSubmitter:split-keep-form")
    assert book().splits[0].name == NAME


def test_it_is_withdrawn(local: None, text: str) -> None:
    keep(SplitFile("旧.csv", text, ""))
    app = opened()
    app.session_state["split-mend-zh"] = True
    app.run()
    press(app, "FormSubmitter:split-kept-edit-split-1-0-撤回")
    assert book().splits == ()


def test_a_faulty_file_and_a_viewer_are_not_offered_it(
    local: None, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("district_code,item,mw,share\n999999,nothing,1,\n")
    assert not [each for each in app.text_input if str(each.key).startswith("split-keep")]
    monkeypatch.setattr(editing, "_why_not_here", lambda: "address")
    app = opened(text)
    assert not [each for each in app.text_input if str(each.key).startswith("split-keep")]
