"""PostgreSQL stopped and started under the running app: viewing goes on, editing comes back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from store.store import forget_stores
from terms.records import InstalledFigure
from tests.keeping import book, keep
from tests.registry.own_builders import FEICHENG
from tests.store.postgres import Server, find_programs, why_not
from tests.views.test_intake_on_page import ready
from tests.views.test_own_edit import opened
from tests.views.test_pages import APP, shown
from tests.views.test_progress_board import press
from views import cache_store, editing

PV = InstalledFigure("jining", "", "", "pv", "2024-12-31", Decimal(777), "万千瓦", "月报")
COPY = "的副本，暂时不能录入"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    programs = find_programs()
    if why_not() or programs is None:
        pytest.skip(f"PostgreSQL is left out: {why_not()}")
    started = Server(programs)
    yield started
    started.stop()


@pytest.fixture
def running(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The app of an editor on this server, which asks again at each click."""
    monkeypatch.setenv("FENGTU_DATABASE_URL", server.new_database())
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")
    monkeypatch.setattr("store.last_good._AGAIN_S", 0.0)
    yield server
    forget_stores()
    cache_store._reader.cache_clear()


def test_viewing_goes_on_and_editing_comes_back(running: Server) -> None:
    keep(PV)
    app = opened("projects", "own-new", plan="jining")
    app.text_input(key="own-new-name-0").set_value("断线时填的")
    app.selectbox(key="own-new-layer-zh-0").set_value("pv")
    app.selectbox(key="own-new-technology-zh-0").set_value("pv")
    app.multiselect(key="own-new-districts-zh-0").set_value([FEICHENG])
    app.text_input(key="own-new-source-0").set_value("台账")
    running.halt()
    try:
        press(app, "FormSubmitter:own-new-form")
        assert not app.exception and COPY in shown(app) and "连接不上" in shown(app)
        for page in ("targets", "map", "districts", "data", "projects"):
            app.switch_page(f"views/pages/{page}.py").run()
            assert not app.exception and COPY in shown(app), page
            assert page != "targets" or "777" in shown(app)
    finally:
        running.resume()
    app.run()
    assert not app.exception and COPY not in shown(app) and "连接不上" not in shown(app)
    again = opened("projects", "own-new", plan="jining")
    again.text_input(key="own-new-name-0").set_value("恢复后填的")
    again.selectbox(key="own-new-layer-zh-0").set_value("pv")
    again.selectbox(key="own-new-technology-zh-0").set_value("pv")
    again.multiselect(key="own-new-districts-zh-0").set_value([FEICHENG])
    again.text_input(key="own-new-source-0").set_value("台账")
    press(again, "FormSubmitter:own-new-form")
    assert not again.exception
    assert [each.name for each in book().projects] == ["恢复后填的"]
    assert book().installed == (PV,)


def test_an_import_that_loses_its_database_is_told_and_can_be_sent_again(running: Server) -> None:
    app = AppTest.from_file(APP, default_timeout=60)
    app.switch_page("views/pages/data.py").run()
    ready(app)
    running.halt()
    try:
        press(app, "FormSubmitter:intake-form")
        assert not app.exception and "连接不上" in shown(app)
    finally:
        running.resume()
    assert book().projects == ()
    app.run()
    assert COPY not in shown(app)
    ready(app)
    press(app, "FormSubmitter:intake-form")
    assert not app.exception and len(book().projects) == 3
