"""Putting a project where it is, without a browser: both languages, refusals, conflict, undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from registry.putting import allowed_codes
from registry.registry import Registry
from store.drafts import Edit
from store.store import open_store
from terms.own_records import Position
from tests.keeping import book, entry, keep, person
from tests.registry.own_builders import AT_FEICHENG, FEICHENG, position
from tests.views.test_pages import shown
from views import editing
from views.words import esc

HOSTILE = "<script>x</script>${x}`![i](http://evil.example/x.png)$y$:material/home:"
ELSEWHERE = "119.46, 35.42"  # Rizhao


def page() -> None:
    """A page that holds the part of one project alone."""
    from views import cache, selection
    from views.detail.project import draw_project
    from views.place.map import over_place
    from views.place.section import draw_place

    chosen = selection.begin(cache.vocabulary())
    registry = cache.registry()
    over_place(registry, {}, cache.browser_files())
    draw_project(registry, registry.by_id[chosen.focus])
    draw_place(registry, registry.by_id[chosen.focus])


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A visitor who sits at this machine."""
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")
    yield


@pytest.fixture(scope="module")
def row(registry: Registry) -> str:
    """A project of Feicheng that stands for its county only."""
    return next(
        each.id
        for each in registry.projects
        if each.district_codes == (FEICHENG,)
        and each.geometry_role != "site"
        and allowed_codes(registry, each) == (FEICHENG,)
    )


def opened(row: str, language: str = "zh") -> AppTest:
    """The part, unfolded."""
    app = AppTest.from_function(page, default_timeout=60)
    app.query_params["focus"] = row
    app.query_params["lang"] = language
    app.session_state["place"] = True
    app.run()
    assert not app.exception
    return app


def fill(app: AppTest, **texts: str) -> AppTest:
    """Type into the fields by their names."""
    for name, text in texts.items():
        field(app, name).set_value(text)
    app.run()
    assert not app.exception
    return app


def field(app: AppTest, name: str) -> object:
    """A field by its name."""
    boxes = [*app.text_input, *app.selectbox]
    (found,) = (each for each in boxes if str(each.key).startswith(f"place-{name}-"))
    return found


def press(app: AppTest, name: str) -> str:
    """Press a button; what the page says then."""
    app.button(key=f"place-{name}").click().run()
    assert not app.exception
    return shown(app)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_typed_coordinates_are_said_saved_and_undone(
    language: str, local: None, row: str, registry: Registry
) -> None:
    app = fill(opened(row, language), text="36°10'57\"N 116°46'6\"E", source="核准文件")
    said = shown(app)
    assert "116.768333, 36.182500" in said
    assert esc(registry.districts.label(FEICHENG, language)) in said  # type: ignore[arg-type]
    assert {"zh": "纬度（北向）在前", "en": "came first"}[language] in said
    assert {"zh": "示意点", "en": "stood for its county"}[language] in said
    said = press(app, "save")
    (kept,) = book().positions
    assert (kept.project, kept.lon, kept.lat) == (row, 116.7683333, 36.1825)
    assert (kept.source, kept.entered[:5], kept.outside_reason) == ("核准文件", "36°10", "")
    assert {"zh": "位置已保存", "en": "position is saved"}[language] in said
    assert {"zh": "本机 于", "en": "by 本机 at"}[language] in said
    said = press(app, "undo")
    assert book().positions == ()
    assert {"zh": "已撤销", "en": "undone"}[language] in said


def test_a_system_moves_it(local: None, row: str) -> None:
    app = fill(opened(row), text="116.7683, 36.1825", source="图")
    app.selectbox(key=str(field(app, "system").key)).set_value("gcj02").run()  # type: ignore[attr-defined]
    assert "116.7683, 36.1825" not in shown(app)
    press(app, "save")
    (kept,) = book().positions
    assert kept.crs == "gcj02" and kept.entered == "116.7683, 36.1825"
    assert 300 < 111_000 * (116.7683 - kept.lon) * 0.81 < 700


def test_outside_its_county_it_asks_why(local: None, row: str) -> None:
    app = opened(row)
    assert not [each for each in app.text_input if str(each.key).startswith("place-reason")]
    fill(app, text=ELSEWHERE, source="图")
    assert "日照市" in shown(app) and "肥城市" in shown(app)
    assert "请写明原因" in press(app, "save")
    assert book().positions == ()
    fill(app, reason="迁址")
    press(app, "save")
    assert [each.outside_reason for each in book().positions] == ["迁址"]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"text": "", "source": "图"}, "还没有坐标"),
        ({"text": "116.7683, 36.1825", "source": "  "}, "请写明位置的来源"),
        ({"text": "nan, nan", "source": "图"}, "应为十进制度数"),
        ({"text": "1e308, 1e308", "source": "图"}, "应为十进制度数"),
        ({"text": "9" * 200, "source": "图"}, "应为十进制度数"),
        ({"text": HOSTILE, "source": "图"}, "应为十进制度数"),
        ({"text": "479300, 4005900", "source": "图"}, "先选 3 度带"),
        ({"text": "116.7683, 36.1825", "source": "图", "accuracy": "很准"}, "应为整数米"),
        ({"text": "116.7683, 36.1825", "source": "图", "accuracy": "9" * 20}, "应为整数米"),
        ({"text": "116.7683, 36.1825", "source": "图\x00"}, "没有保存"),
    ],
)
def test_what_cannot_be_taken_is_one_sentence(
    texts: dict[str, str], words: str, local: None, row: str
) -> None:
    app = fill(opened(row), **texts)
    said = press(app, "save")
    assert words in said and "<script>" not in said
    assert book().positions == ()
    assert field(app, "source").value == texts["source"]  # type: ignore[attr-defined]


def test_who_comes_second_is_told_and_may_go_on(local: None, row: str) -> None:
    first = position(row)
    keep(first)
    app = fill(opened(row), text="116.8, 36.2", source="踏勘")
    found = entry("position", first)
    other = replace(first, lon=116.75, source="李的图")
    open_store().apply(person("李"), [Edit(found.id, found.revision, other)], why="")
    said = press(app, "save")
    assert "李 已于" in said and "李的图" in said and "116.8" in said
    assert book().positions == (other,)
    press(app, "save")
    assert [each.lon for each in book().positions] == [116.8]


def test_one_added_meanwhile_is_told_too(local: None, row: str) -> None:
    app = fill(opened(row), text="116.8, 36.2", source="踏勘")
    keep(position(row))
    assert "王 已于" in press(app, "save")
    assert [each.lon for each in book().positions] == [AT_FEICHENG[0]]


def test_a_change_keeps_what_was_typed_and_says_why(local: None, row: str) -> None:
    keep(position(row))
    app = fill(opened(row), source="更正", why="核准后更名")
    press(app, "save")
    (kept,) = book().positions
    assert (kept.source, kept.entered) == ("更正", "116.7683,36.1825")
    assert open_store().history("position")[0].why == "核准后更名"
    press(app, "withdraw")
    assert book().positions == ()


def test_the_next_of_the_county_leads_on(local: None, row: str, registry: Registry) -> None:
    app = opened(row)
    seen = {row}
    for _ in range(3):
        app.button(key="place-next").click().run()
        assert not app.exception
        focus = app.session_state["fengtu"].selection.focus
        assert focus not in seen and registry.by_id[focus].district_codes == (FEICHENG,)
        seen.add(focus)


def test_hostile_words_stay_text(local: None, row: str) -> None:
    keep(position(row, source=HOSTILE, entered=HOSTILE))
    said = shown(opened(row))
    assert "<script>x" not in said and "&lt;script&gt;x" in said


def test_a_viewer_and_public_mode_get_nothing(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(position(row))
    app = opened(row)
    assert not app.text_input
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")
    monkeypatch.setenv("FENGTU_MODE", "public")
    assert not opened(row).text_input


def test_a_right_that_ends_writes_nothing(
    local: None, row: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = fill(opened(row), text="116.8, 36.2", source="踏勘")
    monkeypatch.setattr(editing, "_why_not_here", lambda: "proxy")
    found = [each for each in app.button if each.key == "place-save"]
    found[0].click().run()
    assert not app.exception and book().positions == ()


def test_a_position_is_one_record(local: None, row: str) -> None:
    app = fill(opened(row), text="116.8, 36.2", source="踏勘", accuracy="30")
    press(app, "save")
    (kept,) = book().positions
    assert isinstance(kept, Position) and kept.accuracy_m == 30
