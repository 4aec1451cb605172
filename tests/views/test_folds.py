"""A change of language in the middle of a form: it stays open, and what is typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
