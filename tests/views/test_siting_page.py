"""The page of siting without a browser: both languages, changes, links, files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from geo.siting.edit import with_term
from geo.siting.recipe_file import write_recipe
from layers.siting.run import BLANK, shipped_recipes
from terms.selection import SitingRecipe

APP = str(Path(__file__).resolve().parents[2] / "app.py")
PAGE = "views/pages/siting.py"
FEICHENG = "370983"


def open_page(**query: str) -> AppTest:
    """The page of one county as a link opens it."""
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in ({"district": FEICHENG} | query).items():
        app.query_params[key] = value
    app.run()
    return app.switch_page(PAGE).run()


def shown(app: AppTest) -> str:
    """All our own HTML on the page, without style sheets."""
    parts = (each.proto.body for each in app.get("html"))
    return "\n".join(part for part in parts if not part.startswith("<style"))


def key_of(app: AppTest, kind: str, part: str) -> str:
    """The key of the widget of a kind whose key holds a part."""
    (key,) = (each.key for each in app.get(kind) if part in str(each.key))
    return str(key)


def open_box(app: AppTest, *names: str) -> None:
    """Unfold parts of the page for the next run: AppTest forgets that they are open."""
    for name in names:
        app.session_state[f"siting-{name}-zh"] = True


def downloads(app: AppTest) -> Iterator[str]:
    """The keys of the downloads."""
    return (each.key for each in app.get("download_button"))


@pytest.mark.parametrize(
    ("recipe", "language"),
    [*((each, "zh") for each in get_args(SitingRecipe)), ("saline_wind_solar", "en")],
)
def test_every_recipe_opens(recipe: str, language: str) -> None:
    app = open_page(recipe=recipe, lang=language)
    page = shown(app)
    assert not app.exception and "fg-error" not in page and "fg-bad" not in page
    assert 'class="fg-siting-picture"' in page and "fg-fall" in page
    assert ("示意性筛查" if language == "zh" else "A sketch for comparing") in page
    assert ("需自备数据" in page) == (recipe != BLANK and language == "zh")
    assert {"siting-yaml", "siting-tif", "siting-gpkg", "siting-csv"} <= set(downloads(app))


def test_the_recipe_is_in_the_link_and_shown_anew_by_it() -> None:
    app = open_page(recipe="pumped_storage")
    assert "抽水蓄能" in shown(app)
    app.selectbox(key="recipe-zh").set_value("substation_500kv").run()
    assert app.query_params["recipe"] in ("substation_500kv", ["substation_500kv"])
    assert "500 千伏变电站" in shown(app)


def test_a_term_switched_off_changes_the_figures_and_can_be_restored() -> None:
    app = open_page(recipe="subsidence_pv", district="370983,370923")
    before = shown(app)
    assert "−1,3" in before  # Dongping, which no plan names
    app.toggle(key=key_of(app, "toggle", "named_counties-on")).set_value(False).run()
    page = shown(app)
    assert "方案未点名的县" not in page.partition("fg-fall")[2]
    assert "占范围 100.0%" in page and "占范围 100.0%" not in before
    app.button(key="siting-restore").click().run()
    assert shown(app).count("方案未点名的县") == before.count("方案未点名的县")
    assert "占范围 100.0%" not in shown(app)


def test_a_change_stays_in_the_other_language_and_on_other_pages() -> None:
    app = open_page(recipe="pumped_storage")
    app.toggle(key=key_of(app, "toggle", "-flat-on")).set_value(False).run()
    app.session_state["lang"] = "en"
    app.run()
    assert not app.toggle(key=key_of(app, "toggle", "-flat-on")).value
    app.switch_page("views/pages/about.py").run()
    app.switch_page(PAGE).run()
    assert not app.toggle(key=key_of(app, "toggle", "-flat-on")).value
    assert "100.0% of the area" in shown(app)


def test_the_last_criterion_stays_and_the_page_says_so_in_a_sentence() -> None:
    app = open_page(recipe="subsidence_pv")
    for part in ("irradiation-on", "near_500kv-on", "named_rows-on"):
        app.toggle(key=key_of(app, "toggle", part)).set_value(False).run()
    page = shown(app)
    assert "这处改动没有采用，仍按原来的算：权重合计为 0" in page and "<td>criteria" not in page
    assert "网址不带改动" in page and "网址不带改动" not in shown(open_page(recipe="subsidence_pv"))


def open_term(app: AppTest, term: str) -> None:
    """Unfold what can be adjusted of a term."""
    key = key_of(app, "toggle", f"-{term}-on").replace("-on-", "-box-")
    app.session_state[key] = True


def test_a_weight_that_was_set_is_said_at_once_beside_its_term() -> None:
    app = open_page(recipe="subsidence_pv")
    open_term(app, "named_rows")
    app.run()
    open_term(app, "named_rows")
    app.slider(key=key_of(app, "slider", "-named_rows-w")).set_value(7.5).run()
    assert "权重 7.5" in shown(app) and "权重 2<" not in shown(app)


def test_a_curve_that_cannot_be_read_changes_nothing() -> None:
    app = open_page(recipe="subsidence_pv")
    before = shown(app).partition("本次运行指纹")[2]
    open_term(app, "irradiation")
    app.run()
    open_term(app, "irradiation")
    app.text_input(key=key_of(app, "text_input", "-irradiation-curve")).set_value("很多").run()
    page = shown(app)
    assert "曲线没有看懂" in page and "Input should" not in page
    assert page.partition("本次运行指纹")[2] == before


def test_what_a_term_is_measured_on_is_said_in_words() -> None:
    app = open_page(recipe="subsidence_pv")
    open_term(app, "irradiation")
    page = shown(app.run())
    assert "<small>年总辐照</small>" in page and "raster:irradiation" not in page


def test_a_term_that_takes_nothing_says_a_plain_zero() -> None:
    page = shown(open_page(recipe="subsidence_pv"))  # a county that the plan names
    assert "−0<" not in page and '<td class="fg-number">0</td>' in page
    assert "（MERRA-2，粗）：晴空" in page


def test_density_follows_what_is_typed_and_the_unit() -> None:
    app = open_page(recipe="subsidence_pv", unit="mw")
    assert "1,277 MW" in shown(app)
    app.number_input(key=key_of(app, "number_input", "-pv-share")).set_value(20.0).run()
    assert "12,769 MW" in shown(app)
    app.session_state["unit"] = "wan"
    app.run()
    assert "1,276.9 万千瓦" in shown(app)


def test_a_point_is_opened_or_refused_in_words() -> None:
    app = open_page(recipe="subsidence_pv")
    app.text_input(key="siting-point-zh").set_value("116.77 36.18").run()
    assert "所在方格未被剔除" in shown(app)
    app.text_input(key="siting-point-zh").set_value("118.9，37.1").run()
    assert "不在本次范围内" in shown(app)
    app.text_input(key="siting-point-zh").set_value("here").run()
    assert "请输入 经度,纬度" in shown(app)


def test_the_county_in_focus_is_opened() -> None:
    page = shown(open_page(recipe="subsidence_pv", district="370983,370982", focus="370982"))
    assert "泰安市·新泰市的得分由来" in page and "泰安市·新泰市：光伏发电量估算" in page


def test_draft_figures_are_marked(registry: object) -> None:
    page = shown(open_page(recipe="blank", district="370102"))
    assert "征求意见稿" in page


def open_own_form() -> AppTest:
    """The page with the form for own shapes open; it stands there from the second run on."""
    app = open_page(recipe="subsidence_pv")
    open_box(app, "own")
    app.run()
    open_box(app, "own")
    return app


def test_own_shapes_are_typed_and_take_part() -> None:
    app = open_own_form()
    app.text_input(key="own-name-0-zh").set_value("红线 <b>")
    app.text_area(key="own-typed-0-zh").set_value("116,35,118,37")
    open_box(app, "own", "add")
    app.button(key="own-take").click().run()
    assert "红线 &lt;b&gt;：1 个图形" in shown(app)
    open_box(app, "add")
    app.run()
    open_box(app, "add")
    app.selectbox(key="add-what-zh").set_value("exclusions_polygons").run()
    open_box(app, "add")
    app.button(key="add-take").click().run()
    page = shown(app)
    assert "剔除范围之内" in page and "占范围 0.0%" in page
    assert "这个县没有可用面积" in page


def test_a_wrong_area_is_told_beside_the_form() -> None:
    app = open_own_form()
    app.text_input(key="own-name-0-zh").set_value("x")
    app.text_area(key="own-typed-0-zh").set_value("肥城")
    app.button(key="own-take").click().run()
    assert "不是范围" in shown(app) and "is no area" not in shown(app)


def test_a_form_of_own_shapes_says_what_it_lacks() -> None:
    app = open_own_form()
    app.text_input(key="own-name-0-zh").set_value("红线")
    assert not app.button(key="own-take").disabled
    app.button(key="own-take").click().run()
    assert "还差一步" in shown(app) and "个图形" not in shown(app)


def test_choosers_of_files_are_named_in_the_language_of_the_page() -> None:
    app = open_page(recipe="subsidence_pv")
    open_box(app, "own", "bring")
    app.run()
    sheets = [each.proto.body for each in app.get("html") if "{content:" in each.proto.body]
    for key in ("own-file", "siting-file"):
        assert any(
            f'st-key-{key}"] button p::after{{content:"选择文件"' in sheet for sheet in sheets
        )


def test_an_uploaded_recipe_runs_as_ones_own() -> None:
    recipe = with_term(shipped_recipes()["subsidence_pv"], "named_rows", weight=9.0)
    app = open_page(recipe="pumped_storage")
    open_box(app, "bring")
    app.run()
    open_box(app, "bring")
    app.file_uploader(key="siting-file-0-zh").set_value(
        ("mine.yaml", write_recipe(recipe).encode(), "application/yaml")
    ).run()
    open_box(app, "bring")
    app.button(key="siting-take").click().run()
    assert app.session_state["fengtu"].selection.recipe == BLANK
    assert "权重 9" in shown(app) and "采煤沉陷区光伏" in shown(app)


def test_a_faulty_recipe_is_refused_with_its_faults() -> None:
    app = open_page(recipe="pumped_storage")
    open_box(app, "bring")
    app.run()
    open_box(app, "bring")
    app.file_uploader(key="siting-file-0-zh").set_value(
        ("mine.yaml", b"version: 1\nid: a\ncriteria: []\n", "application/yaml")
    ).run()
    open_box(app, "bring")
    app.button(key="siting-take").click().run()
    page = shown(app)
    assert "fg-bad" in page and "<td>criteria</td>" in page and "<td>title</td>" in page
    assert app.session_state["fengtu"].selection.recipe == "pumped_storage"


def test_hostile_titles_of_a_recipe_stay_text() -> None:
    hostile = "![i](http://evil.example/x)<img src=x onerror=alert(1)>"
    recipe = with_term(shipped_recipes()["subsidence_pv"], "slope", title=hostile, why=hostile)
    app = open_page(recipe="pumped_storage")
    open_box(app, "bring")
    app.run()
    open_box(app, "bring")
    app.file_uploader(key="siting-file-0-zh").set_value(
        ("mine.yaml", write_recipe(recipe).encode(), "application/yaml")
    ).run()
    app.button(key="siting-take").click().run()
    label = app.toggle(key=key_of(app, "toggle", "-slope-on")).label
    assert "evil" in label and "![i](" not in label and "<img" not in label.replace("\\<", "")
    assert "<img src=x" not in shown(app)


def test_public_mode_opens_without_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGTU_MODE", "public")
    page = shown(open_page(recipe="pumped_storage"))
    assert 'class="fg-siting-picture"' in page and "fg-error" not in page
