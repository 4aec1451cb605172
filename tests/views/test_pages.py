"""Every page in both languages, without a browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from layers.figures import figures
from registry.registry import Registry
from registry.select import select
from terms.errors import LabelError
from terms.selection import Selection
from views import cache
from views.filters import district_options
from views.words import plain, unique_labels

APP = str(Path(__file__).resolve().parents[2] / "app.py")


def open_app(**query: str) -> AppTest:
    """The app as a link opens it."""
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def shown(app: AppTest) -> str:
    """All our own HTML on the page, sidebar included."""
    return "\n".join(each.proto.body for each in app.get("html"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", ["views/pages/map.py", "views/pages/about.py"])
def test_every_page_opens_in_both_languages(page: str, language: str) -> None:
    app = open_app(lang=language)
    app.switch_page(page).run()
    assert not app.exception
    assert f'class="{"fg-about" if "about" in page else "fg-tiles"}"' in shown(app)
    assert 'class="fg-error"' not in shown(app)


def test_a_link_selects_and_the_figures_follow(registry: Registry) -> None:
    app = open_app(plan="taian", layer="pv,wetland_sink")
    rows = select(registry, Selection(plans=("taian",), layers=("pv", "wetland_sink")))
    assert f'data-figure="rows"><span>项目与盘子</span><b>{len(rows)}</b>' in shown(app)
    (legend,) = [
        json.loads(each.proto.bytes)
        for each in app.get("bidi_component")
        if b'"groups"' in each.proto.bytes
    ]
    on = {key for _, layers in legend["groups"] for key, _, _, is_on in layers if is_on}
    assert on == {"pv", "wetland_sink"}


def test_a_change_of_language_keeps_the_selection() -> None:
    app = open_app(plan="jining", district="370883", layer="wind,pv", land="none")
    before = app.session_state["fengtu"].selection
    app.session_state["lang"] = "en"
    app.run()
    after = app.session_state["fengtu"].selection
    assert after.language == "en"
    for field in ("plans", "districts", "layers", "land_modes"):
        assert getattr(after, field) == getattr(before, field)
    assert app.session_state["district-en"] == ["370883"]
    assert app.query_params["district"] in ("370883", ["370883"])


def test_what_a_link_says_that_is_not_known_is_shown() -> None:
    app = open_app(plan="jining,atlantis", layer="unobtainium", colour="red")
    page = shown(app)
    for part in ("plan=atlantis", "layer=unobtainium", "colour=red"):
        assert part in page
    assert app.session_state["fengtu"].selection.plans == ("jining",)


def test_a_link_with_too_many_words_says_so() -> None:
    app = open_app(q="泰" * 81, plan="taian")
    assert app.session_state["fengtu"].selection.words == "泰" * 80
    assert "只用了前 80 字" in shown(app)
    assert "无法识别" not in shown(app)
    assert "只用了前" not in shown(open_app(q="泰" * 80))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_districts_named_shizhong_can_be_chosen(language: str, registry: Registry) -> None:
    app = open_app(lang=language)
    box = app.multiselect(key=f"district-{language}")
    both = {registry.districts.label(code, language) for code in ("370103", "370402")}
    assert len(both) == 2
    assert both <= set(box.options)
    for code in ("370103", "370402"):
        app.session_state[f"district-{language}"] = [code]
        app.run()
        assert app.session_state["fengtu"].selection.districts == (code,)


def test_the_district_filter_offers_all_of_the_plans_cities(registry: Registry) -> None:
    options = set(district_options(registry))
    for city in ("370100", "370400", "370800", "370900", "371600"):
        assert set(registry.districts.codes_in(city)) <= options
    assert {code for row in registry.projects for code in row.district_codes} <= options


def test_no_layer_switched_on_shows_nothing_and_can_be_undone() -> None:
    app = open_app(layer="none")
    assert app.session_state["fengtu"].selection.layers == ("none",)
    assert "没有符合条件的项目" in shown(app)
    app.button(key="clear").click().run()
    assert app.session_state["fengtu"].selection == Selection()


def test_a_broken_plan_file_lists_all_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (cache.PLANS / "lixia.yaml").read_text(encoding="utf-8")
    broken = whole.replace("layer: coal_power", "layer: coal_powder").replace(
        "layer: heat", "layer: heet"
    )
    assert "coal_powder" in broken and "heet" in broken
    (tmp_path / "lixia.yaml").write_text(broken, encoding="utf-8")
    monkeypatch.setattr(cache, "PLANS", tmp_path)
    app = open_app()
    page = shown(app)
    assert not app.exception
    assert 'class="fg-error"' in page
    assert "coal_powder" in page and "heet" in page and "lixia.yaml" in page
    assert 'class="fg-tiles"' not in page


def test_lixia_figures_carry_the_draft_mark() -> None:
    app = open_app(plan="lixia", focus="lixia-heat-01")
    page = shown(app)
    assert "征求意见稿数字，未正式印发" in page
    pills = [option for each in app.get("button_group") for option in each.options]
    assert any("历下区（征求意见稿）" in str(option) for option in pills)


def test_an_approximate_point_is_called_so_where_it_is_read(registry: Registry) -> None:
    assert "空心图钉" in shown(open_app())
    for row in (row for row in registry.projects if row.lon is not None):
        page = shown(open_app(focus=row.id))
        said = f"{row.lon}, {row.lat} · 来源自注约略或未注精度" in page
        assert said == (row.id in registry.approximate)


def test_each_download_says_what_it_holds() -> None:
    hints = {each.key: each.proto.help for each in open_app().get("download_button")}
    assert "所用筛选" in hints["download-geojson"] and "不含" not in hints["download-geojson"]
    assert "不含所用筛选" in hints["download-csv"]


def test_a_plan_says_how_many_stated_rows_lie_in_one_county(registry: Registry) -> None:
    rows = figures(registry, registry.projects).stated["taian"]
    page = shown(open_app(plan="taian"))
    assert f"载明规模 {rows.stated} 项，{rows.located} 项落到单一县（市、区）" in page


def test_settings_that_cannot_be_are_told_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGTU_MODE", "publik")
    page = shown(open_app())
    assert 'class="fg-error"' in page and "publik" in page


def test_hostile_names_stay_text() -> None:
    hostile = "![i](http://evil.example/x) <b>$x$</b> :red[a] `c` ${1}"
    inert = plain(hostile)
    for sign in "![]()<>$:`{}":
        assert inert.count(sign) == inert.count("\\" + sign)
    assert "http://evil" not in inert


def test_two_options_with_one_label_raise() -> None:
    with pytest.raises(LabelError, match="370103 and 370402"):
        unique_labels(["370103", "370402"], lambda code: "市中区")


def test_the_area_of_the_map_is_said_beside_every_filter_and_can_be_left(
    registry: Registry,
) -> None:
    app = open_app(area="370983")
    assert "泰安市·肥城市" in app.button(key="leave-area").label
    assert app.session_state["fengtu"].selection.area == "370983"
    rows = sum("370983" in row.district_codes for row in registry.projects)
    assert f">{rows}<" in shown(app)
    app.button(key="leave-area").click().run()
    assert app.session_state["fengtu"].selection == Selection()
    assert not [each for each in app.button if each.key == "leave-area"]


def test_a_citys_panel_leads_into_its_counties() -> None:
    app = open_app(area="370900")
    app.button(key="go-370983").click().run()
    chosen = app.session_state["fengtu"].selection
    assert (chosen.area, chosen.focus) == ("370983", "370983")
    assert "另有 50 项方案只写到泰安市" in shown(app)


def test_mw_are_coloured_only_with_a_word_on_how_much_is_located() -> None:
    app = open_app(shade="pv", plan="binzhou")
    assert "滨州市 215 万千瓦／700 万千瓦（31%）" in shown(app)
    app = open_app(shade="pv", plan="lixia")
    assert "不着色" in shown(app)
