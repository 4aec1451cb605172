"""A user's own row speaks for the user: nowhere does it say that a plan prints or lists it."""

from __future__ import annotations

import pytest

from layers.browser_files import projects_table
from layers.map_words import map_words
from layers.pdf.facts import facts_of
from layers.pdf.words import Words
from layers.project_list import Manner
from registry.additions import with_additions
from registry.registry import Registry
from store.book import Book
from store.last_good import Held
from terms.units import PowerUnit
from tests.registry.own_builders import FEICHENG, added, inside, own
from tests.views.test_pages import open_app, shown
from views import cache

BOOK = Book(
    projects=(
        own("1", 20, district_codes=(FEICHENG,)),
        added("2", "taian", None, district_codes=(FEICHENG,)),
        inside("3", "binzhou-coal-02", 10),
    )
)
OF_PLANS = ("方案原载", "方案载明", "方案未载", "已列入方案", "方案期末，未载")


@pytest.fixture
def _book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "held", lambda: Held("own-words", BOOK, ""))


@pytest.fixture
def with_own(registry: Registry) -> Registry:
    return with_additions(registry, BOOK)


@pytest.mark.usefixtures("_book")
@pytest.mark.parametrize("row", ["user-1", "user-2"])
def test_the_panel_and_the_sheet_do_not_speak_of_a_plan(row: str) -> None:
    app = open_app(focus=row)
    app.switch_page("views/pages/projects.py").run()
    said = shown(app)
    assert not app.exception
    assert [word for word in OF_PLANS if word in said] == []
    assert "进度未录入" in said and "未注明" in said


@pytest.mark.parametrize("row", ["user-1", "user-2", "user-3"])
def test_lists_and_files_do_not_either(with_own: Registry, row: str) -> None:
    project = with_own.by_id[row]
    manner = Manner(with_own, "zh", PowerUnit.MW)
    columns = ("status", "capacity_basis", "by_year_basis", "part_of_basis")
    said = "".join(manner.cell(project, column) for column in columns)
    said += str(facts_of(Words(with_own, "zh", PowerUnit.MW), project, None))
    mapped = next(each for each in projects_table(with_own)["projects"] if each["id"] == row)
    said += map_words(with_own, "zh")["statuses"][mapped["status"]]
    assert [word for word in OF_PLANS if word in said] == []
    assert "进度未录入" in said
