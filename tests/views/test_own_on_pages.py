"""Users' rows and layers on the pages: marked, as text, and only where there are any."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
import shapely

from store.book import Book
from store.last_good import Held
from terms.own_records import Note, OwnArea, OwnTable
from tests.registry.own_builders import FEICHENG, added, own, position
from tests.store.samples import PROJECT
from tests.views.test_pages import open_app, shown
from views import cache

HOSTILE = "<script>x</script>${x}`![i](http://evil.example/x.png)$y$:material/home:\u202e"
SQUARE = shapely.to_wkb(shapely.box(117, 36, 118, 37))
BOOK = Book(
    projects=(
        own("1", 20, name=HOSTILE, note=HOSTILE, source=HOSTILE, owner=HOSTILE,
            district_codes=(FEICHENG,)),
        added("2", "taian", 5, district_codes=(FEICHENG,)),
    ),
    positions=(position("user-1", source=HOSTILE),),
    notes=(Note("user-1", HOSTILE), Note(FEICHENG, HOSTILE)),
    tables=(OwnTable("table-a", HOSTILE, HOSTILE, "", HOSTILE, ((FEICHENG, Decimal(1)),)),),
    areas=(OwnArea("area-a", HOSTILE, HOSTILE, ((HOSTILE, SQUARE),)),),
)  # fmt: skip


@pytest.fixture
def _book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "held", lambda: Held("own-on-pages", BOOK, ""))


@pytest.mark.usefixtures("_book")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("focus", ["user-1", FEICHENG])
def test_the_map_page_says_them_as_text(language: str, focus: str) -> None:
    app = open_app(lang=language, focus=focus, shade="table-a", areas="area-a")
    said = shown(app)
    assert not app.exception and 'class="fg-error"' not in said
    assert "<script>x" not in said and "&lt;script&gt;x" in said
    for kind in ("markdown", "caption", "error", "warning", "info", "title"):
        assert not any("![i]" in str(each.value) for each in app.get(kind))
    for button in app.button:
        assert "![i]" not in button.label
    if focus == "user-1":
        assert {"zh": "用户录入", "en": "user's row"}[language] in said.replace("&#x27;", "'")


@pytest.mark.usefixtures("_book")
def test_other_pages_open_with_them() -> None:
    for page, query in (
        ("districts", {"plan": "user"}),
        ("projects", {"focus": "user-1"}),
        ("data", {}),
    ):
        app = open_app(**query)
        app.switch_page(f"views/pages/{page}.py").run()
        assert not app.exception, page
        assert 'class="fg-error"' not in shown(app)


def test_without_any_nothing_is_offered() -> None:
    app = open_app()
    assert "user" not in next(each for each in app.get("button_group")).options
    assert not [each for each in app.multiselect if each.key and each.key.startswith("areas")]


def test_the_sheet_of_a_project_that_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(PROJECT, zone="园区", township="镇", district_codes=("370812",))
    monkeypatch.setattr(cache, "held", lambda: Held("own-in-full", Book(projects=(row,)), ""))
    app = open_app(plan="user", focus=row.id)
    app.switch_page("views/pages/projects.py").run()
    assert not app.exception
    assert "fg-sheet-card" in shown(app) and 'class="fg-gaps"' not in shown(app)
    assert 'class="fg-error"' not in shown(app)
