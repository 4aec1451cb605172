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
def test_a_remark_half_written_outlives_a_change_of_language() -> None:
    app = open_app(focus=ROW)
    app.session_state[f"notes-{ROW}-zh"] = True
    app.run()
    app.text_area(key=f"note-{ROW}-text-0").set_value("半途").run()
    (switch,) = (each for each in app.get("button_group") if "English" in each.options)
    switch.set_value("en").run()
    assert not app.exception
    assert app.text_area(key=f"note-{ROW}-text-0").value == "半途"
