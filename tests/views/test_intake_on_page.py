"""The section 导入 without a browser: a file through every step, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from store.drafts import Edit
from store.store import open_store
from terms.actor import Actor, Role, Way
from terms.kinds import Relation
from tests.views.test_pages import open_app, shown
from views import editing

HEADERS = "编号,工程,县区,技术类型,装机（MW）,进展情况,经度,纬度"
ROWS = (
    "1,甲光伏,肥城市,光伏,100,在建,116.77,36.18",
    "2,乙风电,东平县,风电,5万千瓦,备案,,",
    "3,国能博兴电厂,博兴县,煤电,700,运行,,",
)


@pytest.fixture(autouse=True)
def editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")


def csv(*rows: str, headers: str = HEADERS) -> bytes:
    return "\n".join((headers, *rows)).encode("gb18030")


def opened(**query: str) -> AppTest:
    return open_app(**query).switch_page("views/pages/data.py").run()


def upload(app: AppTest, data: bytes, name: str = "清单.csv") -> AppTest:
    chooser = next(each for each in app.file_uploader if "intake" in str(each.key))
    return chooser.set_value((name, data, "text/csv")).run()


def pick(app: AppTest, label: str, value: str) -> AppTest:
    box = next(each for each in app.selectbox if each.label.startswith(label))
    return box.set_value(value).run()


def press(app: AppTest, start: str) -> AppTest:
    button = next(each for each in app.button if each.label.startswith(start))
    return button.click().run()


def ready(app: AppTest, rows: Sequence[str] = ROWS) -> AppTest:
    """The file with its name column and its reference system said."""
    upload(app, csv(*rows))
    pick(app, "项目名称", "工程")
    has_points = any(each.label.startswith("文件里坐标") for each in app.selectbox)
    return pick(app, "文件里坐标", "wgs84") if has_points else app


def figure(app: AppTest, name: str) -> int:
    part = shown(app).split(f'data-figure="{name}"')[-1]
    return int(part.split("<b>")[1].split("</b>")[0].replace(",", ""))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_is_read_and_accounted_for(language: str) -> None:
    app = opened(lang=language)
    upload(app, csv(*ROWS))
    assert not app.exception
    page = shown(app)
    assert {"zh": "读到 3 行", "en": "3 rows"}[language] in page
    assert figure(app, "read") == 3 == figure(app, "proposed") + figure(app, "faulty")
    assert {"zh": "请先改正", "en": "Mend the faults"}[language] in page
    assert not open_store().history()


def test_the_whole_errand_and_its_undo() -> None:
    app = ready(opened())
    assert not app.exception
    assert (figure(app, "proposed"), figure(app, "faulty")) == (3, 0)
    assert "fg-intake-map" in shown(app) and "binzhou-coal-02" in shown(app)
    twin = next(each for each in app.radio if each.label == "第 4 行怎么办")
    twin.set_value("part_of").run()
    rest = next(each for each in app.radio if "一并决定" in each.label)
    rest.set_value("new").run()
    press(app, "写入 3 条")
    assert not app.exception
    own = {each.name: each for each in open_store().book().projects}
    assert own["国能博兴电厂"].part_of == "binzhou-coal-02"
    assert own["甲光伏"].relation is Relation.NEW and own["甲光伏"].counts_in == "taian"
    assert "已写入" in shown(app)
    (batch,) = {each.batch for each in open_store().history()}
    press(app, "撤销这一批")
    assert not app.exception and not open_store().book().projects
    assert len({each.batch for each in open_store().history()}) == 2 and batch
    again = ready(app)
    assert figure(again, "skipped") == 3 and "曾导入、后撤回" in shown(again)
    next(each for each in again.checkbox if each.label.startswith("恢复曾撤回")).check().run()
    press(again, "写入 3 条")
    assert len(open_store().book().projects) == 3


def test_the_mapping_is_remembered_and_can_be_left() -> None:
    app = press(ready(opened()), "写入")
    assert open_store().entries("mapping")
    upload(app, csv("4,丁光伏,宁阳县,光伏,20,在建,,"), "下月.csv")
    box = next(each for each in app.checkbox if "上次" in each.label)
    assert box.value
    name = next(each for each in app.selectbox if each.label == "项目名称")
    assert name.value == "工程"
    box.uncheck().run()
    name = next(each for each in app.selectbox if each.label == "项目名称")
    assert not app.exception and name.value != "工程"


def test_what_was_said_of_a_file_holds_when_it_comes_again_mended() -> None:
    rows = ["1,甲光伏,肥城市,光伏,{},封存,116.77,36.18"]
    app = ready(opened(), [rows[0].format("abc")])
    pick(app, "项目状态“封存”", "shelved")
    assert figure(app, "faulty") == 1 and "沿用您先前的选择" not in shown(app)
    upload(app, csv(rows[0].format("100")))
    assert (figure(app, "faulty"), figure(app, "proposed")) == (0, 1)
    assert "沿用您先前的选择" in shown(app)
    upload(app, csv(rows[0].format("100")), "别的.csv")
    assert figure(app, "proposed") == 0 and "沿用您先前的选择" not in shown(app)


def test_unknown_words_are_settled_on_the_page() -> None:
    app = ready(opened(), ["1,甲光伏,肥城市,光伏,100,封存,,", "2,乙光伏,市中区,光伏,10,在建,,"])
    assert figure(app, "faulty") == 2
    pick(app, "项目状态“封存”", "shelved")
    pick(app, "县名“市中区”", "370402")
    assert (figure(app, "faulty"), figure(app, "proposed")) == (0, 2)
    press(app, "写入 2 条")
    first, second = open_store().book().projects
    assert first.status == "shelved" and second.district_codes == ("370402",)


def test_a_table_is_shown_and_withdrawn() -> None:
    app = opened()
    upload(app, csv("370983,5,1", "370923,6,2", headers="区划代码,最大负荷（MW）,备注"), "负荷.csv")
    assert "没有说明" in shown(app)
    next(each for each in app.text_input if each.label == "数据日期").input("2025-12-31").run()
    assert not app.exception and "fg-intake-keys" in shown(app)
    press(app, "写入 1 条")
    (table,) = open_store().book().tables
    next(each for each in app.selectbox if each.label == "撤回哪个图层").set_value(table.id)
    next(each for each in app.text_input if each.label == "理由").input("口径有误")
    press(app, "撤回这个图层")
    assert not app.exception and not open_store().book().tables
    assert "其后已有改动或撤销" in shown(app)


def test_a_viewer_sees_a_sentence_and_the_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "_why_not_here", lambda: "proxy")
    app = opened()
    part = shown(app).split('id="intake"')[1].split('id="rasters"')[0]
    assert part.count("这里现在只能查看") == 1 and "intake.css" not in part
    assert not [each for each in app.file_uploader if "intake" in str(each.key)]
    names = {str(each.proto.id) for each in app.get("download_button")}
    assert sum("intake-template" in name for name in names) == 3


def test_public_mode_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGTU_MODE", "public")
    app = opened()
    assert not app.exception and 'id="intake"' not in shown(app)


def test_the_right_is_asked_again_before_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    app = ready(opened())
    answers = iter(("",))  # the section is drawn, then the right is gone
    monkeypatch.setattr(editing, "refusal", lambda: next(answers, "stale"))
    press(app, "写入 3 条")
    assert not open_store().history() and "请重新登录" in shown(app)


def test_hostile_names_stay_text() -> None:
    bad = "<img src=x onerror=alert(1)>![i](http://evil.test/x)"
    app = opened()
    upload(app, csv(f"1,{bad},肥城市,光伏,100,{bad},,"), f"{bad.replace('/', '')}.csv")
    assert not app.exception
    assert "<img src=x" not in shown(app) and "&lt;img src=x" in shown(app)
    assert all("![i](http" not in each.label for each in app.selectbox)


def test_a_refused_file_is_one_sentence() -> None:
    app = opened()
    upload(app, b"%PDF-1.7 nothing", "a.csv")
    assert not app.exception and "不支持这种文件" in shown(app)


def test_somebody_else_was_faster() -> None:
    app = press(ready(opened()), "写入")
    store = open_store()
    rows = [row.replace("100", "120") for row in ROWS]
    ready(app, rows)
    assert figure(app, "proposed") == 1
    entry = next(each for each in store.entries("project") if each.record.name == "甲光伏")
    other = Actor("王", Role.EDITOR, Way.OIDC, datetime.now(UTC))
    store.apply(other, [Edit(entry.id, entry.revision, replace(entry.record, note="x"))], why="y")
    press(app, "写入 1 条")
    assert "再看一遍" in shown(app)
    assert len(store.history("project", entry.id)) == 2
    press(app, "写入 1 条")
    assert len(store.history("project", entry.id)) == 3


def test_the_same_file_from_two_sessions_comes_once_and_the_second_is_told() -> None:
    first, second = ready(opened()), ready(opened())
    press(first, "写入 3 条")
    press(second, "写入 3 条")
    assert not second.exception and len(open_store().history("project")) == 3
    who = open_store().history("project")[0].who
    assert f"没有写入：{who} 在" in shown(second) and "没有新的内容" in shown(second)


def test_what_is_undone_leaves_the_selection_too() -> None:
    press(ready(opened()), "写入 3 条")
    app = open_app(plan="user").switch_page("views/pages/data.py").run()
    assert "user" in app.query_params["plan"]
    store = open_store()
    other = Actor("王", Role.EDITOR, Way.OIDC, datetime.now(UTC))
    store.undo(other, store.history()[0].batch, why="x")
    app.run()
    assert not app.exception and 'class="fg-error"' not in shown(app)
    assert "plan" not in app.query_params
