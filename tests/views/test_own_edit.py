"""A user's own project and remarks on pages: added, settled, changed, withdrawn, in conflict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from store.drafts import Edit
from store.store import open_store
from terms.kinds import Layer, Precision, Relation, Technology
from terms.own_records import Note
from tests.keeping import book, entry, keep, person
from tests.registry.own_builders import FEICHENG, own
from tests.views.test_pages import APP
from tests.views.test_progress_board import press, shown
from views import editing

HOSTILE = "<script>x</script>${x}`![i](http://evil.example/x.png)$y$"
SETTLED = {"zh": "保存修改", "en": "Save the change"}
TAIAN_PV = "taian-pv-01"


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A visitor who sits at this machine."""
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")
    yield


def opened(page: str, fold: str, **query: str) -> AppTest:
    """A page with one of its folds open."""
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page(f"views/pages/{page}.py").run()
    app.session_state[f"{fold}-{query.get('lang', 'zh')}"] = True
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_is_added_by_hand(language: str, local: None) -> None:
    app = opened("projects", "own-new", lang=language)
    box = f"-{language}-0"
    app.text_input(key="own-new-name-0").set_value(HOSTILE)
    app.selectbox(key=f"own-new-layer{box}").set_value("pv")
    app.selectbox(key=f"own-new-technology{box}").set_value("pv")
    app.text_input(key="own-new-capacity-0").set_value("2×5万千瓦")
    app.multiselect(key=f"own-new-districts{box}").set_value([FEICHENG])
    app.text_input(key="own-new-source-0").set_value("台账")
    press(app, "FormSubmitter:own-new-form")
    (made,) = book().projects
    assert (made.name, made.layer, made.technology) == (HOSTILE, Layer.PV, Technology.PV)
    assert (made.capacity_mw, made.capacity_printed) == (Decimal(100), "2×5万千瓦")
    assert made.district_codes == (FEICHENG,) and made.city_code == "370900"
    assert made.precision is Precision.DISTRICT and made.relation is Relation.OPEN
    assert "<script>x" not in shown(app)
    press(app, "undo-own-new")
    assert book().projects == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_larger_than_what_holds_it_is_told_when_saved_and_where_it_is_shown(
    language: str, local: None
) -> None:
    """It is no fault, but the total grows: whoever saves it, and whoever reads it, must know."""
    whole, whole_mw = "taian-caes-04", 300
    told = {"zh": f"大于它所属的 {whole}（{whole_mw} MW）", "en": f"more than the {whole_mw} MW of"}
    keep(own("1", 20, name="甲", district_codes=(FEICHENG,)))
    app = opened("projects", "own-edit-user-1", focus="user-1", lang=language, unit="mw")
    assert told[language] not in shown(app)
    box = f"-{language}-user-1-0"
    app.text_input(key="own-user-1-capacity-user-1-0").set_value("500 MW")
    app.selectbox(key=f"own-user-1-relation{box}").set_value("part_of")
    app.selectbox(key=f"own-user-1-part_of{box}").set_value(whole)
    press(app, f"FormSubmitter:own-user-1-edit-user-1-0-{SETTLED[language]}")
    assert book().projects[0].part_of == whole
    assert shown(app).count(told[language]) == 2  # what was saved says it, and the row does


def test_a_new_one_larger_than_what_holds_it_is_told(local: None) -> None:
    app = opened("projects", "own-new")
    app.text_input(key="own-new-name-0").set_value("甲")
    app.selectbox(key="own-new-layer-zh-0").set_value("new_storage")
    app.selectbox(key="own-new-technology-zh-0").set_value("compressed_air_storage")
    app.text_input(key="own-new-capacity-0").set_value("500 MW")
    app.multiselect(key="own-new-districts-zh-0").set_value([FEICHENG])
    app.text_input(key="own-new-source-0").set_value("台账")
    app.selectbox(key="own-new-relation-zh-0").set_value("part_of")
    app.selectbox(key="own-new-part_of-zh-0").set_value("taian-caes-04")
    press(app, "FormSubmitter:own-new-form")
    assert "50 万千瓦 大于它所属的 taian-caes-04（30 万千瓦）" in shown(app)


def test_faults_of_a_new_one_are_told_and_the_form_stays(local: None) -> None:
    app = opened("projects", "own-new")
    app.text_input(key="own-new-capacity-0").set_value("很大")
    app.text_input(key="own-new-by_year-0").set_value("明年")
    press(app, "FormSubmitter:own-new-form")
    said = shown(app)
    assert "<td>规模原文</td>" in said and "<td>名称</td>" in said and "<td>计入年份</td>" in said
    assert app.text_input(key="own-new-capacity-0").value == "很大"
    assert book().projects == ()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", ["map", "projects"])
def test_the_relation_is_settled(page: str, language: str, local: None) -> None:
    kept = own("1", 20, name=HOSTILE, district_codes=(FEICHENG,))
    keep(kept)
    app = opened(page, "own-edit-user-1", focus="user-1", lang=language)
    box = f"-{language}-user-1-0"
    app.selectbox(key=f"own-user-1-relation{box}").set_value("new")
    app.selectbox(key=f"own-user-1-counts_in{box}").set_value("taian")
    app.selectbox(key=f"own-user-1-part_of{box}").set_value(TAIAN_PV)  # has no effect
    press(app, f"FormSubmitter:own-user-1-edit-user-1-0-{SETTLED[language]}")
    (settled,) = book().projects
    expected = replace(
        kept, relation=Relation.NEW, counts_in="taian", city_code="370900",
        precision=settled.precision,
    )  # fmt: skip
    assert settled == expected
    assert ("修改已保存" if language == "zh" else "The change is saved") in shown(app)


def test_a_relation_that_cannot_be_is_refused(local: None) -> None:
    keep(own("1", 20, district_codes=(FEICHENG,)))
    app = opened("projects", "own-edit-user-1", focus="user-1")
    box = "-zh-user-1-0"
    app.selectbox(key=f"own-user-1-relation{box}").set_value("new")
    app.selectbox(key=f"own-user-1-counts_in{box}").set_value("jining")
    press(app, "FormSubmitter:own-user-1-edit-user-1-0-保存修改")
    assert "济宁市方案范围内的县区" in shown(app)
    assert book().projects[0].relation is Relation.OPEN


def test_two_change_one_and_the_second_is_told(local: None) -> None:
    kept = own("1", 20, district_codes=(FEICHENG,))
    keep(kept)
    first = entry("project", kept)
    app = opened("projects", "own-edit-user-1", focus="user-1")
    other = replace(kept, owner="对方能源")
    open_store().apply(person("李"), [Edit("user-1", first.revision, other)], why="")
    app.text_input(key="own-user-1-owner-user-1-0").set_value("我方能源")
    press(app, "FormSubmitter:own-user-1-edit-user-1-0-保存修改")
    said = shown(app)
    assert "李 已于" in said and "对方能源" in said and "我方能源" in said
    assert book().projects == (other,)
    press(app, "FormSubmitter:own-user-1-edit-user-1-0-保存修改")
    assert book().projects[0].owner == "我方能源"


def test_one_is_withdrawn_with_a_reason(local: None) -> None:
    keep(own("1", 20, district_codes=(FEICHENG,)))
    app = opened("projects", "own-edit-user-1", focus="user-1")
    app.text_input(key="own-user-1-why-user-1-0").set_value("重复")
    press(app, "FormSubmitter:own-user-1-edit-user-1-0-撤回")
    assert book().projects == () and open_store().history()[0].why == "重复"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("subject", [TAIAN_PV, "jining:pv:2030", FEICHENG])
def test_a_remark_is_written_and_mended(subject: str, language: str, local: None) -> None:
    app = opened("map", f"notes-{subject}", focus=subject, lang=language)
    form = f"note-{subject}"
    app.text_area(key=f"{form}-text-0").set_value(HOSTILE)
    press(app, f"FormSubmitter:{form}-form")
    assert book().notes == (Note(subject, HOSTILE),)
    said = shown(app)
    assert "&lt;script&gt;x" in said and "<script>x" not in said
    first = entry("note", Note(subject, HOSTILE)).id
    app.selectbox(key=f"{form}-which-{language}-1").set_value(first).run()
    app.text_area(key=f"{form}-text-{first}-1").set_value("两行\n备注")
    press(app, f"FormSubmitter:{form}-edit-{first}-1-{SETTLED[language]}")
    assert book().notes == (Note(subject, "两行\n备注"),)


def test_a_remark_of_nothing_is_refused(local: None) -> None:
    app = opened("map", f"notes-{FEICHENG}", focus=FEICHENG)
    press(app, f"FormSubmitter:note-{FEICHENG}-form")
    assert "fg-faults" in shown(app) and book().notes == ()


def test_a_viewer_is_offered_nothing() -> None:
    keep(own("1", 20, district_codes=(FEICHENG,)))
    app = opened("map", "nothing", focus="user-1")
    labels = {each.label for each in app.expander}
    assert not labels & {"写备注", "修改这个自有项目"}
    assert "新增自有项目" not in {each.label for each in opened("projects", "nothing").expander}


def test_a_layer_is_chosen_by_a_person_and_asked_for_in_words(local: None) -> None:
    app = opened("projects", "own-new")
    app.text_input(key="own-new-name-0").set_value("甲")
    app.text_input(key="own-new-source-0").set_value("台账")
    press(app, "FormSubmitter:own-new-form")
    said = shown(app)
    assert (
        "<td>图层</td>" in said
        and "从列表中选一项" in said
        and "'subsidence_pv'" not in unescape(said)
    )
    assert book().projects == ()


def test_what_was_added_is_one_press_away(local: None) -> None:
    app = opened("projects", "own-new", plan="jining")  # a selection that leaves it out
    app.text_input(key="own-new-name-0").set_value("甲")
    app.selectbox(key="own-new-layer-zh-0").set_value("pv")
    app.text_input(key="own-new-source-0").set_value("台账")
    press(app, "FormSubmitter:own-new-form")
    (made,) = book().projects
    app.button(key="own-added").click().run()
    assert app.query_params["focus"] == made.id
    said = shown(app)
    assert "未认定：不计入任何方案" in said and "（用户录入，" not in said


@pytest.mark.parametrize("page", ["map", "projects"])
def test_one_that_is_withdrawn_leaves_no_riddle_and_a_way_back(page: str, local: None) -> None:
    keep(own("1", 20, district_codes=(FEICHENG,)))
    app = opened(page, "own-edit-user-1", focus="user-1")
    press(app, "FormSubmitter:own-user-1-edit-user-1-0-撤回")
    assert book().projects == () and "focus" not in app.query_params
    said = shown(app)
    assert "无法识别" not in said and "已撤回" in said
    press(app, "undo-own-user-1")
    assert [each.id for each in book().projects] == ["user-1"]
