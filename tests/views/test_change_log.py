"""The change log on the page of data: lines, filters, parts, undoing a batch, the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from layers.change_file import changes_csv
from layers.change_words import Teller
from registry.registry import Registry
from store.drafts import Add, Edit
from store.store import open_store
from terms.kinds import Status
from terms.own_records import Note
from terms.records import InstalledFigure, Progress
from tests.keeping import book, entry, keep, person
from tests.registry.own_builders import FEICHENG, own
from tests.views.test_pages import APP
from tests.views.test_progress_board import press, shown
from views import editing

TABLE = "fg-figures fg-changes"
HOSTILE = "=1+1 <script>x</script>![i](http://evil.example/x)"
ROW = Progress("taian-pv-04", "2026-01-15", Status.APPROVED, None, HOSTILE)


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A visitor who sits at this machine."""
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")
    yield


def opened(language: str = "zh") -> AppTest:
    """The page of data with the log open."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = language
    app.switch_page("views/pages/data.py").run()
    app.session_state[f"changes-{language}"] = True
    app.run()
    assert not app.exception
    return app


def log_of(app: AppTest) -> str:
    """The table of the log."""
    said = shown(app)
    return said[said.index(TABLE) :] if TABLE in said else ""


def edited() -> None:
    """A record added, then changed by somebody else."""
    keep(ROW)
    now = entry("progress", ROW)
    after = replace(ROW, status=Status.CONSTRUCTION)
    open_store().apply(person("李"), [Edit(now.id, now.revision, after)], why="开工令")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_change_tells_only_what_changed_in_words(language: str, local: None) -> None:
    edited()
    table = log_of(opened(language))
    first = table[table.index("<tbody>") : table.index("</tr>", table.index("<tbody>"))]
    words = {"zh": ("核准／备案", "在建", "进度"), "en": ("approved", "construction", "Status")}
    before, after, field = words[language]
    assert f"<del>{before}" in first and after in first and field in first
    assert "李" in first and "开工令" in first and "2026-01-15" not in first.split("<ul>")[1]
    assert "<script>x" not in table and "&lt;script&gt;x" in table


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_batch_is_undone_for_a_reason(language: str, local: None) -> None:
    edited()
    app = opened(language)
    app.selectbox(key=f"changes-batch-{language}-0").set_value("2")
    press(app, "FormSubmitter:changes-form")
    assert len(open_store().history()) == 2  # without a reason nothing is undone
    app.text_input(key="changes-why-0").set_value("录错了")
    press(app, "FormSubmitter:changes-form")
    assert book().progress == (ROW,)
    last = open_store().history()[0]
    assert (last.action, last.why, last.who) == ("undo", "录错了", "本机")
    assert ("已撤销第 2 批" if language == "zh" else "Batch 2 is undone") in shown(app)


def test_a_batch_that_was_changed_since_is_refused_by_name(local: None) -> None:
    edited()
    app = opened()
    app.selectbox(key="changes-batch-zh-0").set_value("1")
    app.text_input(key="changes-why-0").set_value("录错了")
    press(app, "FormSubmitter:changes-form")
    assert "李 已于" in shown(app)
    assert app.text_input(key="changes-why-0").value == "录错了"
    assert book().progress[0].status is Status.CONSTRUCTION


def test_filters_and_parts(local: None) -> None:
    edited()
    keep(*(Note(FEICHENG, f"备注{number}") for number in range(60)))
    app = opened()
    assert log_of(app).count("<tr>") == 51
    app.number_input(key="changes-part-None-None-zh").set_value(2).run()
    assert log_of(app).count("<tr>") == 1 + 12
    app.selectbox(key="changes-kind-zh").set_value("progress").run()
    assert log_of(app).count("<tr>") == 1 + 2
    app.selectbox(key="changes-who-zh").set_value("0").run()  # 李
    assert log_of(app).count("<tr>") == 1 + 1
    app.selectbox(key="changes-kind-zh").set_value("area").run()
    assert "没有符合的变更" in shown(app)


def test_the_file_holds_every_line_and_no_formula(registry: Registry) -> None:
    edited()
    open_store().apply(person("=王"), [Add(Note(FEICHENG, HOSTILE))], why="+1")
    text = changes_csv(open_store().history(), Teller(registry, "zh")).decode("utf-8-sig")
    lines = text.split("\r\n")
    assert lines[0].startswith("batch,at,who") and len([each for each in lines if each]) == 4
    assert ",=王" not in text and ",+1" not in text
    assert "核准／备案 → 在建" in text


def test_every_kind_is_told(registry: Registry, local: None) -> None:
    keep(own("1", 20, district_codes=(FEICHENG,), part_of="", note=HOSTILE))
    keep(Note("jining:pv:2030", "x"))
    table = log_of(opened())
    assert "自有项目" in table and "肥城市" in table and "光伏发电装机 2030" in table
    assert "个字段" in table  # many fields are folded


def test_a_viewer_reads_it_and_public_mode_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    edited()
    app = opened()
    assert TABLE in shown(app)
    assert not [each for each in app.text_input if str(each.key).startswith("changes")]
    monkeypatch.setenv("FENGTU_MODE", "public")
    assert TABLE not in shown(opened())


def test_own_statuses_are_no_records_of_progress(local: None) -> None:
    keep(ROW, own("1", 20, district_codes=(FEICHENG,), status=Status.APPROVED))
    said = shown(opened())
    assert "项目进度 1 条；自有项目 1 项，其中自带进度 1 项" in said


def test_a_metric_has_its_name_in_the_records_plan(registry: Registry, local: None) -> None:
    figure = InstalledFigure(
        "taian", "", "", "renewable", "2024-12-31", Decimal(400), "万千瓦", "月报"
    )
    names = {each.plan: each.name for each in registry.targets if each.metric == "renewable"}
    assert len(set(names.values())) > 1  # the plans call it by different names
    keep(figure)
    table = log_of(opened())
    assert table.count(names["taian"]) == 2
    others = set(names.values()) - {names["taian"]}
    assert not any(each in table for each in others)
