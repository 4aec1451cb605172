"""The status board without a browser: one record, several, mending, a conflict, who may not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from registry.registry import Registry
from store.drafts import Edit
from store.store import Store, open_store
from terms.errors import StoreError
from terms.kinds import Status
from terms.records import Progress
from tests.keeping import book, entry, keep, person, withdraw
from tests.views.test_pages import APP
from tests.views.test_pages import shown as all_shown
from tests.views.test_projects_page import _grids, _open
from views import cache_store, editing
from views.projects.progress_entry import MARKED

ROW = "taian-pv-04"
HOSTILE = "![i](http://evil.example/x) <b>x</b> ${1}"
APPROVED = Progress(ROW, "2026-01-15", Status.APPROVED, None, HOSTILE)


def shown(app: AppTest) -> str:
    """Our own HTML without the style sheets."""
    return "\n".join(each for each in all_shown(app).split("\n") if not each.startswith("<style>"))


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A visitor who sits at this machine."""
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")
    yield


def typed(app: AppTest, form: str, language: str = "zh", **fields: Any) -> None:
    """Fill in a form; the round is the first."""
    for name, value in fields.items():
        if name.startswith("status"):
            app.selectbox(key=f"{form}-{name}-{language}-0").set_value(value)
        else:
            app.text_input(key=f"{form}-{name}-0").set_value(value)


def press(app: AppTest, start: str) -> None:
    """Press the button whose key begins like this."""
    (button,) = (each for each in app.button if str(each.key).startswith(start))
    button.click().run()
    assert not app.exception


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_row_is_recorded_told_and_taken_back(language: str, local: None) -> None:
    app = _open(view="progress", focus=ROW, lang=language)
    form = f"progress-{ROW}"
    typed(
        app, form, language, status="operating", date="2026-03-01", mw="780", source=HOSTILE,
        **{"why-": "月报"},
    )  # fmt: skip
    press(app, f"FormSubmitter:{form}-form")
    assert book().progress == (
        Progress(ROW, "2026-03-01", Status.OPERATING, Decimal(780), HOSTILE),
    )
    (change,) = open_store().history()
    assert (change.who, change.why) == ("本机", "月报")
    said = shown(app)
    assert ("进度已保存" if language == "zh" else "Progress saved") in said
    assert "&lt;b&gt;" in said and "<b>x</b>" not in said and "月报" in said
    press(app, f"undo-{form}")
    assert book().progress == ()
    assert ("已撤销" if language == "zh" else "Undone") in shown(app)


def test_faults_are_told_by_field_and_nothing_typed_is_lost(local: None) -> None:
    app = _open(view="progress", focus=ROW)
    form = f"progress-{ROW}"
    typed(app, form, status="operating", date="2999-01-01", mw="12x", source="")
    press(app, f"FormSubmitter:{form}-form")
    said = shown(app)
    assert "<td>日期</td>" in said and "<td>累计已投产 MW</td>" in said and "<td>来源</td>" in said
    assert app.text_input(key=f"{form}-mw-0").value == "12x"
    typed(app, form, date="2026-03-01", mw="7800", source="月报")  # ten times what is printed
    press(app, f"FormSubmitter:{form}-form")
    assert "单位有误" in shown(app) and book().progress == ()


def test_somebody_else_records_first_and_the_second_is_told(local: None) -> None:
    app = _open(view="progress", focus=ROW)
    form = f"progress-{ROW}"
    keep(APPROVED)  # the other session, after this one has looked
    typed(app, form, status="construction", date="2026-02-01", source="本地")
    press(app, f"FormSubmitter:{form}-form")
    said = shown(app)
    assert "没有写入" in said and "王 已于 20" in said and "核准／备案" in said
    assert book().progress == (APPROVED,)
    assert app.text_input(key=f"{form}-source-0").value == "本地"
    press(app, f"FormSubmitter:{form}-form")  # seen, and still meant
    assert len(book().progress) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_record_is_mended_and_withdrawn(language: str, local: None) -> None:
    keep(APPROVED)
    form, first = f"progress-{ROW}", entry("progress", APPROVED).id
    app = _open(view="progress", focus=ROW, lang=language)
    app.session_state[f"{form}-mend-{language}-0"] = True
    app.run()
    app.selectbox(key=f"{form}-which-{language}-0").set_value(first).run()
    box = f"{form}-date-{first}-0"
    assert app.text_input(key=box).value == APPROVED.date
    app.text_input(key=box).set_value("2026-01-16")
    press(app, f"FormSubmitter:{form}-edit-{first}-0-" + _word(language, 0))
    assert book().progress[0].date == "2026-01-16"
    app.session_state[f"{form}-mend-{language}-1"] = True
    app.run()
    app.selectbox(key=f"{form}-which-{language}-1").set_value(first).run()
    press(app, f"FormSubmitter:{form}-edit-{first}-1-" + _word(language, 1))
    assert book().progress == ()
    assert [each.action for each in open_store().history()] == ["hide", "edit", "add"]


def _word(language: str, place: int) -> str:
    return {"zh": ("保存修改", "撤回"), "en": ("Save the change", "Withdraw")}[language][place]


@pytest.mark.parametrize("way", ["edit", "hide"])
def test_two_mend_one_record_and_the_second_sees_the_others_values(way: str, local: None) -> None:
    keep(APPROVED)
    form, first = f"progress-{ROW}", entry("progress", APPROVED)
    app = _open(view="progress", focus=ROW)
    app.session_state[f"{form}-mend-zh-0"] = True
    app.run()
    app.selectbox(key=f"{form}-which-zh-0").set_value(first.id).run()
    app.text_input(key=f"{form}-source-{first.id}-0").set_value("我的来源")
    if way == "edit":
        other = Progress(ROW, "2026-01-20", Status.APPROVED, None, "对方的来源")
        open_store().apply(person("李"), [Edit(first.id, first.revision, other)], why="")
    else:
        withdraw("progress", APPROVED)
    press(app, f"FormSubmitter:{form}-edit-{first.id}-0-保存修改")
    said = shown(app)
    assert "没有写入" in said and ("李 已于" in said if way == "edit" else "王 已于" in said)
    assert "我的来源" in said and book().progress[:1] == (() if way == "hide" else (other,))
    assert app.text_input(key=f"{form}-source-{first.id}-0").value == "我的来源"
    press(app, f"FormSubmitter:{form}-edit-{first.id}-0-保存修改")
    if way == "edit":
        assert "对方的来源" in said and book().progress[0].source == "我的来源"
    else:
        assert book().progress == ()  # what was withdrawn is not changed in passing


@pytest.mark.parametrize("language", ["zh", "en"])
def test_several_rows_at_once(language: str, local: None) -> None:
    app = _open(view="progress", lang=language)
    marked = ("taian-pv-01", "taian-pv-04")
    app.session_state["fengtu"].kept["progress-marked"] = marked
    app.run()
    typed(app, "progress-many", language, status="construction", date="2026-02-01", source=HOSTILE)
    press(app, "FormSubmitter:progress-many-form")
    assert [each.project for each in book().progress] == list(marked)
    assert len({each.batch for each in open_store().history()}) == 1
    press(app, "undo-progress-many")
    assert book().progress == ()


def test_one_wrong_row_of_several_keeps_all_back(local: None) -> None:
    keep(Progress("taian-pv-01", "2026-02-01", Status.APPROVED, None, "别处"))
    app = _open(view="progress")
    app.session_state["fengtu"].kept["progress-marked"] = ("taian-pv-01", ROW)
    app.run()
    typed(app, "progress-many", status="construction", date="2026-02-01", source="月报")
    press(app, "FormSubmitter:progress-many-form")
    assert "<td>taian-pv-01</td>" in shown(app) and len(book().progress) == 1


def test_the_board_counts_each_plan_for_itself(local: None, registry: Registry) -> None:
    keep(APPROVED)
    app = _open(view="progress", plan="taian")
    (grid,) = _grids(app)
    (line,) = (each for each in grid["rows"] if each["id"] == ROW)
    assert line["cells"][2] == "核准／备案" and line["cells"][-1].startswith("王 · 20")
    assert line["cells"][-2] == HOSTILE  # written as text by the table's script
    said = shown(app)
    count = sum(row.plan == "taian" for row in registry.projects)
    assert f'fg-number">1</td><td class="fg-number">{count - 1}</td>' in said


def test_a_viewer_reads_and_has_no_form() -> None:
    keep(APPROVED)
    app = _open(view="progress", focus=ROW)
    said = shown(app)
    assert "只能查看" in said and "核准／备案" in said and "&lt;b&gt;" in said
    assert not [each for each in app.text_input if str(each.key).startswith("progress")]
    assert _grids(app)[0]["ticks"] == []


def test_public_mode_has_no_board(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(APPROVED)
    monkeypatch.setenv("FENGTU_MODE", "public")
    app = _open(view="progress")
    assert "进度看板" not in shown(app) and "核准" not in shown(app)
    assert "进度" not in next(each for each in app.get("button_group")).options


def test_a_copy_has_no_names_and_takes_nothing(
    local: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_store, "entries", lambda kind, revision: ())
    keep(APPROVED)
    (grid,) = _grids(_open(view="progress", plan="taian", status="approved"))
    assert [line["cells"][-1] for line in grid["rows"]] == [""]


def test_the_panel_leads_here(local: None) -> None:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["focus"] = ROW
    app.switch_page("views/pages/map.py").run()
    links = [each.proto for each in app.get("page_link")]
    (link,) = (each for each in links if each.label == "录入进度")
    assert "view=progress" in link.query_string and f"focus={ROW}" in link.query_string


def test_rows_saved_together_are_ticked_no_more(local: None) -> None:
    app = _open(view="progress")
    app.session_state["fengtu"].kept[MARKED] = (ROW, "taian-pv-01")
    app.run()
    typed(app, "progress-many", status="approved", date="2026-02-01", source="备案清单")
    press(app, "FormSubmitter:progress-many-form")
    assert {each.project for each in book().progress} == {ROW, "taian-pv-01"}
    assert not app.session_state["fengtu"].kept[MARKED]
    assert "录入同一进度" not in shown(app) and "2 项进度已保存" in shown(app)


def test_the_way_to_the_sheet_changes_the_address(local: None) -> None:
    app = _open(view="progress", focus=ROW)
    app.button(key="progress-sheet").click().run()
    assert "view" not in app.query_params and app.query_params["focus"] == ROW
    app.button(key="way-to-progress").click().run()
    assert app.query_params["view"] == "progress"


def test_no_status_is_chosen_before_a_person_does(local: None) -> None:
    app = _open(view="progress", focus=ROW)
    assert app.selectbox(key=f"progress-{ROW}-status-zh-0").value is None
    typed(app, f"progress-{ROW}", date="2026-02-01", source="月报")
    press(app, f"FormSubmitter:progress-{ROW}-form")
    assert "<td>进度</td>" in shown(app) and book().progress == ()


def test_while_the_database_is_away_no_row_is_called_unrecorded(
    local: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(APPROVED)
    _open(view="progress", focus=ROW)  # the copy is made

    def away(_: object) -> str:
        raise StoreError("连不上 · away")

    monkeypatch.setattr(Store, "revision", away)
    cache_store._reader.cache_clear()
    said = shown(_open(view="progress", focus=ROW))
    assert "数据库现在读不到" in said and "还没有进度记录" not in said
    assert said.count("连不上") == 1


def test_a_lost_database_is_not_told_as_somebody_elses_withdrawal(
    local: None, own_home: Path, tmp_path: Path
) -> None:
    keep(Progress(ROW, "2026-03-31", Status.CONSTRUCTION, None, "月报"))
    app = _open(view="progress", focus=ROW)
    typed(app, f"progress-{ROW}", status="operating", date="2026-06-30", source="月报")
    kept = own_home / "fengtu.sqlite"
    parts = [kept.with_name(kept.name + end) for end in ("", "-wal", "-shm")]
    away = [(part, tmp_path / part.name) for part in parts if part.exists()]
    for part, elsewhere in away:
        part.rename(elsewhere)
    press(app, f"FormSubmitter:progress-{ROW}")
    assert "数据库现在读不到，没有写入任何内容" in shown(app) and "撤回。核对后" not in shown(app)
    for part, elsewhere in away:
        elsewhere.rename(part)
    press(app, f"FormSubmitter:progress-{ROW}")
    assert "进度已保存" in shown(app) and len(book().progress) == 2
