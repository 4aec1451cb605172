"""The section on installed capacity without a browser: list, form, upload, withdrawal, refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from registry.registry import Registry
from store.book import Book
from store.home import records_path
from store.store import Store, open_store
from store.upload import COLUMNS, MAX_BYTES, MAX_MB
from terms.records import InstalledFigure
from tests.keeping import book, keep, withdraw
from views import editing
from views.installed import entry as installed_entry
from views.installed.words import mapped_metrics, place_keys, record_key

PV = InstalledFigure("jining", "", "", "pv", "2024-12-31", Decimal(500), "万千瓦", "月报")
HOSTILE = "![i](http://evil.example/x) <b>x</b> ${1}"


def kept() -> tuple[InstalledFigure, ...]:
    """The figures of the database itself, whatever a test makes of reading a book."""
    return tuple(each.record for each in open_store().entries("installed"))


def page() -> None:
    """A page that holds the section alone."""
    from views import cache, selection
    from views.installed.section import draw_installed

    chosen = selection.begin(cache.vocabulary())
    draw_installed(cache.registry(), chosen.plans)


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A visitor who sits at this machine."""
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")
    yield


def opened(**query: str) -> AppTest:
    """The section as a link opens it."""
    app = AppTest.from_function(page, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """All our own HTML."""
    return "\n".join(each.proto.body for each in app.get("html"))


def _fill(app: AppTest, **texts: str) -> None:
    app.selectbox(key="installed-metric-jining-zh-0").set_value("pv").run()
    for name, text in texts.items():
        app.text_input(key=f"installed-{name}-0").set_value(text)
    app.button(key="FormSubmitter:installed-form-jining-pv-0-保存").click().run()
    assert not app.exception


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_book_says_what_it_is_for(language: str, local: None) -> None:
    said = shown(opened(lang=language))
    assert ("不替任何人估算" if language == "zh" else "nothing is invented") in said
    assert "fg-figures" not in said and "fg-faults" not in said
    assert book() == Book()


def test_a_visitor_from_elsewhere_reads_and_cannot_write() -> None:
    keep(PV)
    app = opened()  # no headers at all: nobody knows where this comes from
    said = shown(app)
    assert "500 万千瓦" in said and "只能查看" in said and "localhost" in said
    assert not app.text_input and not app.selectbox and not app.get("file_uploader")


def test_one_figure_by_the_form(local: None) -> None:
    app = opened(plan="jining")
    _fill(app, date="2024-12-31", value="512.3", source=HOSTILE)
    (figure,) = book().installed
    assert (figure.value, figure.metric, figure.source) == (Decimal("512.3"), "pv", HOSTILE)
    said = shown(app)
    assert "512.3 万千瓦" in said and "光伏发电装机" in said
    assert "&lt;b&gt;" in said and "<b>x</b>" not in said
    assert app.selectbox(key="installed-metric-jining-zh-1").value is None  # the form is empty


def test_faults_stand_under_the_form_and_what_was_typed_stays(local: None) -> None:
    app = opened(plan="jining")
    _fill(app, date="2999-01-01", value="12x", source="")
    said = shown(app)
    assert "没有保存" in said and "<td>截止日期</td>" in said
    assert "&#x27;12x&#x27;" in said and "<td>来源</td>" in said
    assert app.text_input(key="installed-value-0").value == "12x"
    assert book() == Book()


def test_a_second_figure_for_one_day_is_refused(local: None) -> None:
    keep(PV)
    before = open_store().revision()
    app = opened(plan="jining")
    _fill(app, date=PV.date, value="1", source="另一份")
    assert "installed-1" in shown(app)
    assert open_store().revision() == before


@pytest.fixture
def toasts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is told in passing; the run that tells it ends at once with the page drawn anew."""
    told: list[str] = []
    monkeypatch.setattr(installed_entry.st, "toast", told.append)
    return told


def test_another_tab_saves_first_and_the_form_is_blamed(
    local: None, monkeypatch: pytest.MonkeyPatch, toasts: list[str]
) -> None:
    app = opened(plan="jining")
    keep(PV)  # the other tab, after this one has looked
    monkeypatch.setattr(Store, "book", lambda _: Book())
    _fill(app, date=PV.date, value="1", source="另一份")
    said = shown(app)
    assert "<tr><td>截止日期</td>" in said
    assert "<td>fengtu.sqlite</td>" not in said and len(toasts) == 1 and "没有保存" in toasts[0]
    assert kept() == (PV,)


def test_another_tab_saves_first_and_the_files_line_is_blamed(
    local: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(plan="jining")
    lines = ["plan,metric,As of,value,unit,source", f"jining,wind,{PV.date},1,MW,a"]
    lines.append(f"jining,pv,{PV.date},80,万千瓦,月报")
    monkeypatch.setattr(Store, "book", lambda _: Book())
    app.file_uploader[0].set_value(("up.csv", "\n".join(lines).encode(), "text/csv")).run()
    keep(PV)
    app.button(key="installed-commit-0").click().run()
    assert "<td>up.csv</td><td>3</td><td>As of</td>" in shown(app)
    assert kept() == (PV,)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_verdict_that_moves_is_told(language: str, local: None, toasts: list[str]) -> None:
    app = opened(plan="jining", lang=language, asof="2026-01-01")
    app.selectbox(key=f"installed-metric-jining-{language}-0").set_value("pv").run()
    for name, words in {"date": "2024-12-31", "value": "900", "source": "a"}.items():
        app.text_input(key=f"installed-{name}-0").set_value(words)
    save = "保存" if language == "zh" else "Save"
    form = f"FormSubmitter:installed-form-jining-pv-0-{save}"
    app.button(key=form).click().run()
    (figure,) = book().installed
    app.selectbox(key=f"installed-gone-{language}-1").set_value(record_key(figure)).run()
    app.button(key="installed-withdraw").click().run()
    assert not app.exception
    told, back = toasts
    if language == "zh":
        assert "光伏发电装机（2030 年）：尚不能判定 → 已达到" in told.replace("\\", "")
        assert "已达到 → 尚不能判定" in back
    else:
        assert "PV capacity (2030): undetermined → reached" in told.replace("\\", "")
        assert "reached → undetermined" in back


def test_a_countys_figure_moves_no_verdict(local: None, toasts: list[str]) -> None:
    app = opened(plan="jining")
    app.selectbox(key="installed-metric-jining-zh-0").set_value("pv").run()
    assert any("只有“全域”" in each.value for each in app.caption)
    for name, words in {"date": "2024-12-31", "value": "900", "source": "a"}.items():
        app.text_input(key=f"installed-{name}-0").set_value(words)
    app.selectbox(key="installed-place-jining-zh-0").set_value("370812/")
    app.button(key="FormSubmitter:installed-form-jining-pv-0-保存").click().run()
    assert book().installed[0].district_code == "370812"
    assert len(toasts) == 1 and "→" not in toasts[0]


def test_a_right_that_ends_before_the_write_ends_the_write(
    local: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["", "login"])  # while the section is drawn, and right before the write
    monkeypatch.setattr(installed_entry.editing, "refusal", lambda: next(answers, "login"))
    app = AppTest.from_function(page, default_timeout=60)
    app.query_params["plan"] = "jining"
    app.run()
    answers = iter([""])
    app.selectbox(key="installed-metric-jining-zh-0").set_value("pv").run()
    answers = iter(["", "login"])
    for name, text in {"date": "2024-12-31", "value": "1", "source": "x"}.items():
        app.text_input(key=f"installed-{name}-0").set_value(text)
    app.button(key="FormSubmitter:installed-form-jining-pv-0-保存").click().run()
    assert "登录后才能录入" in shown(app)
    assert book() == Book()


def test_a_file_is_previewed_then_written(local: None) -> None:
    app = opened(plan="jining")
    lines = [",".join(COLUMNS), "jining,370812,,pv,2024/12/31,80,万千瓦,月报"]
    app.file_uploader[0].set_value(("up.csv", "\n".join(lines).encode("gb18030"), "text/csv")).run()
    assert "兖州区" in shown(app) and book() == Book()
    app.button(key="installed-commit-0").click().run()
    assert not app.exception
    (figure,) = book().installed
    assert (figure.district_code, figure.date) == ("370812", "2024-12-31")
    (change,) = open_store().history()
    assert (change.who, change.action, change.why) == ("本机", "add", "up.csv")


def test_a_file_with_faults_writes_nothing(local: None) -> None:
    app = opened(plan="jining")
    lines = [
        ",".join(COLUMNS),
        "jining,370812,,pv,2024-12-31,80,万千瓦,月报",
        "jining,370911,,pv,2024-12-31,80,万千瓦,月报",
        "jining,,,pv,2024-02-31,80,万千瓦,<i>月报</i>",
    ]
    name = "<b>up</b>.csv"
    app.file_uploader[0].set_value((name, "\n".join(lines).encode(), "text/csv")).run()
    said = shown(app)
    assert "2 处问题" in said and "370911" in said and "2024-02-31" in said
    assert "<b>up" not in said
    assert all(button.key != "installed-commit-0" for button in app.button)
    assert book() == Book()


def test_a_figure_is_withdrawn_and_kept(local: None) -> None:
    keep(PV)
    app = opened(plan="jining")
    app.button(key="installed-withdraw").click().run()
    assert "尚未选择" in shown(app) and book().withdrawn == 0
    app.selectbox(key="installed-gone-zh-0").set_value(record_key(PV)).run()
    app.button(key="installed-withdraw").click().run()
    assert not app.exception
    assert (book().installed, book().withdrawn) == ((), 1)
    hidden = open_store().history()[0]
    assert hidden.action == "hide" and hidden.before and hidden.before["source"] == "月报"
    assert "fg-figures" not in shown(app)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_many_faults_are_cut_and_told_in_one_language(language: str, local: None) -> None:
    app = opened(plan="jining", lang=language)
    header = "方案,地点,指标,截止日期,数值,单位,来源"
    lines = [f"jining,,pv,2024-{month:02}-40,1,ML," for month in range(1, 12)]
    file = ("up.csv", "\n".join([header, *lines]).encode(), "text/csv")
    app.file_uploader[0].set_value(file).run()
    assert not app.exception
    said = shown(app)
    table = said[said.index("<table") : said.index("</table>")]
    assert table.count("<tr>") == 21
    assert ("另有 13 处" if language == "zh" else "13 more faults") in said
    assert "<td>截止日期</td>" in table  # the file's own header, on either page
    if language == "zh":
        assert "<td>空</td><td>须填</td>" in table and "one of" not in table
    else:
        assert "<td>nothing</td><td>a value</td>" in table and "其中之一" not in table


def test_the_file_chooser_states_the_true_limit(local: None) -> None:
    (chooser,) = opened(plan="jining").get("file_uploader")
    assert chooser.proto.max_upload_size_mb == MAX_MB
    assert MAX_BYTES == MAX_MB * 1024 * 1024


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_another_tab_withdraws_first_and_nothing_else_goes(gone: int, local: None) -> None:
    figures = [replace(PV, date=f"202{year}-12-31") for year in (2, 3, 4)]
    keep(*figures)
    app = opened(plan="jining")
    app.selectbox(key="installed-gone-zh-0").set_value(record_key(figures[1])).run()
    withdraw("installed", figures[gone])  # the other tab
    app.button(key="installed-withdraw").click().run()
    assert not app.exception
    left = book().installed
    assert left == tuple(each for at, each in enumerate(figures) if at not in {gone, 1})
    assert ("这一条已被撤回" in shown(app)) == (gone == 1)


def test_another_tab_enters_the_same_anew_with_another_source(local: None) -> None:
    keep(PV)
    app = opened(plan="jining")
    app.selectbox(key="installed-gone-zh-0").set_value(record_key(PV)).run()
    withdraw("installed", PV)  # the other tab
    again = replace(PV, source="年报")
    keep(again)
    app.button(key="installed-withdraw").click().run()
    assert not app.exception
    assert book().installed == (again,)
    assert "已被撤回" in shown(app)


def test_a_record_withdrawn_while_the_page_is_drawn_is_refused(
    local: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(PV, replace(PV, date="2023-12-31"))
    app = opened(plan="jining", lang="en")
    app.selectbox(key="installed-gone-en-0").set_value(record_key(PV)).run()
    with monkeypatch.context() as patch:
        apply = Store.apply

        def late(store: Store, *args: Any, **more: Any) -> str:
            patch.setattr(Store, "apply", apply)
            withdraw("installed", PV)  # the other tab, between our look and our write
            return apply(store, *args, **more)

        patch.setattr(Store, "apply", late)
        app.button(key="installed-withdraw").click().run()
    said = shown(app)
    assert "王 withdrew this record (installed-1)" in said and "撤回了这一条" not in said
    assert [each.date for each in book().installed] == ["2023-12-31"]


def test_a_file_of_an_earlier_version_is_taken_in_at_the_next_run(local: None) -> None:
    app = opened(plan="jining")
    records_path().write_text(
        "installed:\n- {plan: jining, metric: pv, date: 2024-12-31, value: 501, unit: 万千瓦,"
        " source: 月报}\n",
        encoding="utf-8",
    )
    assert "501 万千瓦" in shown(app.run())
    assert not records_path().exists()


def test_every_plan_offers_its_metrics_and_places_by_unique_names(registry: Registry) -> None:
    for plan in registry.plans:
        for names in ("name", "name_en"):
            labels = [getattr(each, names) for each in mapped_metrics(registry, plan.id)]
            assert labels and len(set(labels)) == len(labels)
        places = place_keys(registry, plan.id)
        assert places[0] == ("", "") and len(set(places)) == len(places)
    codes = [code for code, zone in place_keys(registry, "jining") if code and not zone]
    assert tuple(codes) == registry.districts.codes_in("370800")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("plan", ["jining", "zaozhuang", "lixia", "taian", "binzhou"])
def test_the_form_opens_for_every_plan(plan: str, language: str, local: None) -> None:
    app = opened(plan=plan, lang=language)
    box = app.selectbox(key=f"installed-metric-{plan}-{language}-0")
    box.set_value({"binzhou": "base_wind", "taian": "renewable"}.get(plan, "pv")).run()
    assert not app.exception
    assert app.text_input(key="installed-source-0")


def test_broken_records_are_told_on_the_page(own_home: Path) -> None:
    own_home.mkdir(exist_ok=True)
    records_path().write_text("installed:\n- plan: nowhere\n", encoding="utf-8")
    app = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert "records.yaml" in shown(app) and "installed 1" in shown(app)


def test_an_entry_can_be_undone_at_once(local: None) -> None:
    app = opened(plan="jining")
    _fill(app, date="2024-12-31", value="512.3", source="月报")
    assert "已保存 1 条" in shown(app)
    (undo,) = (each for each in app.button if str(each.key).startswith("undo-installed-"))
    undo.click().run()
    assert not app.exception
    assert kept() == () and "已撤销" in shown(app)
    assert not [each for each in app.button if str(each.key).startswith("undo-")]
