"""Rasters on the pages: the records, the choice on the map, values in the panel, own ones added."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from geo.rasters.library import rasters
from registry.own_rasters import Told, add_raster, choose_raster, remove_raster
from registry.registry import Registry
from store.home import rasters_path
from terms.kinds import Precision, RasterKind
from tests.geo.rasters.builders import bumpy, geotiff
from tests.keeping import person
from tests.views.test_pages import open_app, shown
from views import editing

HEIGHT = Told("本单位高程", RasterKind.HEIGHT, "m", source="测绘院")


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")


def open_data(**query: str) -> AppTest:
    return open_app(**query).switch_page("views/pages/data.py").run()


def field(app: AppTest, label: str) -> object:
    return next(each for each in app.text_input if each.label == label)


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_data_tells_every_record(language: str) -> None:
    app = open_data(lang=language)
    page = shown(app)
    assert not app.exception
    for each in rasters():
        assert f'data-raster="{each.id}"' in page
        assert each.title_in(language) in page  # type: ignore[arg-type]
        assert each.source in page and each.unit in page
    assert {"zh": "取值用它", "en": "values are taken from it"}[language] in page


def test_who_may_not_edit_sees_why_and_no_form() -> None:
    app = open_data()
    assert not [each for each in app.button if each.label == "检查并添加"]
    assert "这里现在只能查看" in shown(app).split('id="rasters"')[1]


def test_adding_choosing_and_removing(editor: None, tmp_path: Path) -> None:
    path = geotiff(tmp_path / "dem.tif", bumpy())
    app = open_data()
    kind = next(each for each in app.selectbox if each.label == "类别")
    kind.set_value("height").run()
    assert field(app, "单位").value == "m"  # type: ignore[attr-defined]
    field(app, "名称").input("本单位<b>高程</b>")  # type: ignore[attr-defined]
    field(app, "或者写地址、本机路径").input(str(path))  # type: ignore[attr-defined]
    press(app, "检查并添加")
    assert not app.exception
    (own,) = [each for each in rasters(rasters_path()) if each.is_own]
    assert f'data-raster="{own.id}"' in shown(app)
    assert "本单位&lt;b&gt;高程" in shown(app) and "<b>高程" not in shown(app)
    assert field(app, "名称").value == ""  # type: ignore[attr-defined]
    press(app, "用它取值")
    assert next(each for each in rasters(rasters_path()) if each.is_own).is_chosen
    press(app, "不再用它取值")
    press(app, "确认移除")
    assert len(rasters(rasters_path())) == 2 and own.id not in shown(app)


@pytest.mark.parametrize(
    ("place", "says"),
    [("", "二者取一"), ("{bad}", "不是完好的 GeoTIFF"), ("/none.tif", "没有文件")],
)
def test_a_refusal_is_a_sentence_and_the_page_goes_on(
    editor: None, tmp_path: Path, place: str, says: str
) -> None:
    bad = tmp_path / "bad.tif"
    bad.write_text("no", encoding="utf-8")
    app = open_data()
    field(app, "名称").input("高程")  # type: ignore[attr-defined]
    field(app, "或者写地址、本机路径").input(place.format(bad=bad))  # type: ignore[attr-defined]
    press(app, "检查并添加")
    assert not app.exception and says in shown(app)
    assert len(rasters(rasters_path())) == 2
    assert field(app, "名称").value == "高程"  # type: ignore[attr-defined]


def test_the_right_to_edit_is_asked_again_before_writing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = geotiff(tmp_path / "dem.tif", bumpy())
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")
    app = open_data()
    field(app, "名称").input("高程")  # type: ignore[attr-defined]
    field(app, "或者写地址、本机路径").input(str(path))  # type: ignore[attr-defined]
    answers = iter(("", ""))  # the section is drawn, then the right is gone
    monkeypatch.setattr(editing, "refusal", lambda: next(answers, "proxy"))
    next(answers)
    press(app, "检查并添加")
    assert len(rasters(rasters_path())) == 2 and "经由代理" in shown(app)


def test_the_choice_on_the_map_is_in_the_link() -> None:
    app = open_app(raster="height")
    box = next(each for each in app.selectbox if each.label == "栅格")
    assert box.value == "height" and "低于 0" in shown(app) and "28 米一级" in shown(app)
    box.set_value("irradiation").run()
    assert app.session_state["fengtu"].selection.raster == "irradiation" and not app.exception
    assert "超过 500 万千焦" in shown(app)
    unknown = open_app(raster="gone")
    assert unknown.session_state["fengtu"].selection.raster == "" and "gone" in shown(unknown)


def test_a_picture_that_cannot_be_drawn_is_told(tmp_path: Path) -> None:
    data = geotiff(tmp_path / "a.tif", bumpy()).read_bytes()
    own = add_raster(person(), rasters_path(), HEIGHT, data)
    Path(own.path).write_bytes(b"broken since")
    app = open_app(raster=own.id)
    assert not app.exception and "不是完好的 GeoTIFF" in shown(app)


def test_a_raster_removed_meanwhile_is_told_beside_the_choice(tmp_path: Path) -> None:
    own = add_raster(
        person(), rasters_path(), HEIGHT, geotiff(tmp_path / "a.tif", bumpy()).read_bytes()
    )
    app = open_app(raster=own.id)
    assert "已不在" not in shown(app)
    remove_raster(person(), rasters_path(), own.id)
    assert f"所选栅格 {own.id} 已不在" in shown(app.run())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_panel_says_how_exactly_a_value_stands(registry: Registry, language: str) -> None:
    said = {
        Precision.CITY: {"zh": "不取值", "en": "nothing is read off"},
        Precision.DISTRICT: {"zh": "全县的分布，不是项目所在处的值", "en": "over the whole county"},
        Precision.MULTI: {"zh": "这些县合在一起的分布", "en": "all of them together"},
        Precision.OFFSHORE: {"zh": "只知在近海", "en": "only the coast is known"},
    }
    for precision, words in said.items():
        row = next(each for each in registry.projects if each.precision is precision)
        page = shown(open_app(focus=row.id, lang=language))
        section = page.split('class="fg-rasters"')[1].split("</section>")[0]
        assert words[language] in section, precision
        assert ("P10–P90" in section) == (precision in (Precision.DISTRICT, Precision.MULTI))


def test_a_county_and_the_sheet_have_their_values(registry: Registry) -> None:
    assert "全县各像元的分布" in shown(open_app(focus="370983"))
    row = next(each for each in registry.projects if each.precision is Precision.DISTRICT)
    app = open_app(focus=row.id).switch_page("views/pages/projects.py").run()
    assert "栅格取值" in shown(app) and "P10–P90" in shown(app)


def test_an_own_raster_in_the_place_changes_the_values(tmp_path: Path) -> None:
    cells = np.full((440, 850), 77.25, np.float32)
    from affine import Affine

    path = geotiff(tmp_path / "a.tif", cells, transform=Affine(0.01, 0, 114.5, 0, -0.01, 38.6))
    own = add_raster(person(), rasters_path(), HEIGHT, path.read_bytes())
    assert "77.25 m" not in shown(open_app(focus="370983"))
    choose_raster(person(), rasters_path(), own.id)
    assert "77.25 m" in shown(open_app(focus="370983"))
    Path(own.path).write_bytes(b"broken since")
    choose_raster(person(), rasters_path(), own.id, chosen=False)
    app = open_app(focus="370982")
    assert not app.exception and "P10–P90" in shown(app)


def test_a_broken_record_is_told_and_the_rest_stays(own_home: Path) -> None:
    folder = own_home / "rasters"
    folder.mkdir(parents=True)
    (folder / "odd.json").write_text("{", encoding="utf-8")
    app = open_data()
    assert "odd.json" in shown(app) and 'data-raster="height"' in shown(app)
    assert not open_app().exception


def test_in_public_nothing_of_the_house_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = add_raster(
        person(), rasters_path(), HEIGHT, geotiff(tmp_path / "a.tif", bumpy()).read_bytes()
    )
    monkeypatch.setenv("FENGTU_MODE", "public")
    app = open_data()
    assert own.id not in shown(app) and 'data-raster="height"' in shown(app)
    assert open_app(raster=own.id).session_state["fengtu"].selection.raster == ""


def test_an_address_is_listed_under_network_without_its_secret(own_home: Path) -> None:
    from geo.rasters.record import record_json
    from tests.geo.rasters.builders import record

    folder = own_home / "rasters"
    folder.mkdir(parents=True)
    far = record("https://data.example.cn:8443/ghi.tif?key=secret", id="other-00000001", title="远")
    (folder / "far.json").write_text(record_json(far), encoding="utf-8")
    app = open_app().switch_page("views/pages/about.py").run()
    page = shown(app)
    assert 'data-address="https://data.example.cn:8443"' in page and "secret" not in page
    assert "栅格“远”的像元" in page and "服务器自己不访问任何外部地址" not in page
