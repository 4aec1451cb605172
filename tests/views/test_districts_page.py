"""The page of counties without a browser: both languages, rules, links, uploads."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from layers.capacity_tables import district_rows
from layers.county_lines import Counting
from layers.county_table import plan_tables
from layers.table import to_csv
from registry.registry import Registry
from terms.columns import DISTRICT_COLUMNS
from terms.messages import label
from views import cache

APP = str(Path(__file__).resolve().parents[2] / "app.py")
PAGE = "views/pages/districts.py"
HOSTILE = "![i](http://evil.example/x)<img src=http://evil.example/y onerror=alert(1)>${1}"


def open_page(**query: str) -> AppTest:
    """The page as a link opens it."""
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    return app.switch_page(PAGE).run()


def shown(app: AppTest) -> str:
    """All our own HTML on the page."""
    return "\n".join(each.proto.body for each in app.get("html"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_opens_in_both_languages(language: str, registry: Registry) -> None:
    app = open_page(lang=language)
    page = shown(app)
    assert not app.exception and 'class="fg-error"' not in page
    for plan in registry.plans:
        assert f'data-plan="{plan.id}"' in page
    codes = [line.code for table in plan_tables(registry, Counting()) for line in table.counties]
    assert all(f'data-code="{code}"' in page for code in codes)


def test_located_is_said_before_the_map_and_the_tables() -> None:
    page = shown(open_page(plan="taian"))
    assert page.index("先看有多少落到了县") < page.index("fg-county-legend")
    assert "载明规模 15 项，落到单一县（市、区）12 项" in page
    assert page.index("fg-county-legend") < page.index("fg-plan-table")


def test_a_rule_moves_figures_and_says_what_changed() -> None:
    app = open_page(plan="binzhou")
    assert "与不分摊相比" not in shown(app)
    app.session_state["rule-zh"] = "equal"
    app.run()
    page = shown(app)
    assert "滨州市 风电：2 个县（市、区）共增 100 万千瓦（示意）；合计 100 万千瓦不变" in page
    assert "示意" in page and app.query_params["rule"] in ("equal", ["equal"])
    app.session_state["rule-zh"] = "none"
    app.run()
    assert "与不分摊相比" not in shown(app)


def test_a_link_reproduces_the_page() -> None:
    query = {
        "plan": "binzhou",
        "rule": "area",
        "inferred": "off",
        "technology": "pv",
        "shared": "on",
        "km2": "on",
        "sort": "pv",
        "focus": "371623",
        "beside": "371603",
    }
    first, second = open_page(**query), open_page(**query)
    page = shown(first)
    assert page == shown(second)
    assert "滨州市·无棣县" in page and "滨州市·沾化区" in page and "MW/km²" in page
    assert page.index('data-code="371603"') < page.index('data-code="371622"')
    assert {key: first.query_params[key] for key in query} == {
        key: second.query_params[key] for key in query
    }


def test_inferred_memberships_change_the_counting() -> None:
    tables = [shown(open_page(plan="binzhou", inferred=state)) for state in ("on", "off")]
    counted = [page[page.index("fg-plan-table") :] for page in tables]
    assert counted[0] != counted[1]


def test_a_change_of_language_keeps_the_county() -> None:
    app = open_page(plan="binzhou", focus="371623", technology="pv", rule="equal")
    app.session_state["lang"] = "en"
    app.run()
    page = shown(app)
    assert "Wudi County, Binzhou" in page and "gain" in page
    assert app.session_state["technology-en"] == "pv"


def test_the_list_of_counties_opens_a_sheet() -> None:
    app = open_page(plan="zaozhuang")
    assert "县区详表" in shown(app)
    app.selectbox(key="county-zh").set_value("370404").run()
    page = shown(app)
    assert "枣庄市·峄城区" in page and "出处：" in page
    assert app.session_state["fengtu"].selection.focus == "370404"


def test_a_sheet_of_a_county_that_no_plan_governs_opens() -> None:
    app = open_page(focus="370116")
    assert not app.exception and "不在所收方案的范围内" in shown(app)


def test_a_technology_or_county_of_another_plan_stays_choosable() -> None:
    app = open_page(plan="lixia", technology="wind", sort="wind", beside="370811", focus="371623")
    assert not app.exception and 'class="fg-error"' not in shown(app)
    assert app.session_state["fengtu"].selection.technology == "wind"


def test_the_download_is_what_the_command_line_writes(registry: Registry) -> None:
    rows = {row.id for row in registry.projects if row.plan == "binzhou"}
    wanted = to_csv(
        district_rows(registry, rule="area", rows=rows), DISTRICT_COLUMNS, bom=True
    ).encode()
    assert cache.district_csv(Counting("area"), ("binzhou",)) == wanted


def test_custom_without_a_file_says_what_to_do() -> None:
    page = shown(open_page(plan="jining", rule="custom"))
    assert "尚未选择文件" in page and "jining-pvd-01" in page and "与不分摊相比" not in page


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    """Keep a breakdown as the uploader's callback does."""
    app.session_state["fengtu"].split = (name, data)
    return app.run()


def test_a_breakdown_moves_what_it_says() -> None:
    out = io.BytesIO("district_code,item,mw,share\n370811,jining-pvd-01,500,\n".encode("gb18030"))
    page = shown(upload(open_page(plan="jining", rule="custom"), "分解.csv", out.getvalue()))
    assert "已按 分解.csv 分解（1 行）" in page
    assert "济宁市 分布式光伏：1 个县（市、区）共增 50 万千瓦（示意）" in page


def test_a_hostile_upload_is_text_and_every_fault_is_told() -> None:
    lines = f"district_code,item,mw,share\n370811,{HOSTILE},5,\n370812,pv,abc,\n370811,pv,9e9,\n"
    app = upload(open_page(plan="jining", rule="custom"), f"{HOSTILE}.csv", lines.encode())
    page = shown(app)
    assert not app.exception
    assert "没有采用" in page and "第2行" in page and "第3行" in page and "超过可分解的" in page
    assert "<img src=http" not in page and "&lt;img" in page
    for each in (*app.markdown, *app.caption):
        assert "evil.example" not in each.value
    app.session_state["lang"] = "en"
    page = shown(app.run())
    assert "line 3" in page and "was not used" in page


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", b"PK\x03\x04" * 50])
def test_a_file_that_is_no_csv_is_refused(data: bytes) -> None:
    app = upload(open_page(plan="jining", rule="custom"), "x.csv", data)
    assert not app.exception and "没有采用" in shown(app)


def test_filters_of_the_map_do_not_narrow_the_tables() -> None:
    page = shown(open_page(plan="taian", layer="wetland_sink", q="湿地"))
    assert "本页按整份方案计" in page
    assert "载明规模 15 项" in page


def located_table(page: str) -> str:
    """The first table of the page: what is located at all."""
    start = page.index("fg-located")
    return page[start : page.index("</table>", start)]


def test_technologies_do_not_depend_on_the_other_plans(registry: Registry) -> None:
    page = located_table(shown(open_page(plan="lixia")))
    assert "只有退出机组" in page and "载明规模 1 项" not in page
    (table,) = plan_tables(registry, Counting(), plans=["lixia"])
    for technology in table.technologies:
        assert f"<th>{label('technology', technology, 'zh')}</th>" in page


def test_shares_are_rounded_alike_in_the_change_and_the_table() -> None:
    page = shown(open_page(plan="binzhou", rule="area"))
    change = page[page.index("fg-change") : page.index("fg-county-legend")]
    for found in re.findall(r"共增 ([0-9,.]+) 万千瓦（示意）", change):
        assert len(found.partition(".")[2]) <= 2
    assert "共增" in change and "＋已分 " in page


def test_at_most_twenty_faults_are_shown_and_the_rest_counted() -> None:
    lines = "".join(f"370811,nothing-{n},1,\n" for n in range(33))
    data = f"district_code,item,mw,share\n{lines}".encode()
    page = shown(upload(open_page(plan="jining", rule="custom"), "x.csv", data))
    assert "有 33 处问题" in page and "另有 13 处" in page
    assert "nothing-19 " in page and "nothing-20 " not in page


def test_a_breakdown_in_force_is_named_and_can_be_removed() -> None:
    data = b"district_code,item,mw\n370811,jining-pvd-01,500\n"
    app = upload(open_page(plan="jining", rule="custom"), "分解.csv", data)
    app.session_state["lang"] = "en"
    app.run()
    app.switch_page("views/pages/map.py").run()
    app.switch_page(PAGE).run()
    assert '<span class="fg-split-name">分解.csv</span>' in shown(app)
    assert "Split by 分解.csv (lines: 1)" in shown(app)
    app.button(key="split-remove").click().run()
    page = shown(app)
    assert "No file yet" in page and "分解.csv" not in page
    assert not [each for each in app.button if each.key == "split-remove"]


def test_a_technology_without_mw_is_said_and_offers_no_shares() -> None:
    app = open_page(plan="lixia", technology="wind", rule="equal")
    assert "地图按项目数着色：所选方案没有风电的计入规模" in shown(app)
    assert "shared-zh" not in {each.key for each in app.toggle}
    app = open_page(plan="binzhou", technology="wind", rule="equal")
    assert "地图按项目数着色" not in shown(app)
    assert "shared-zh" in {each.key for each in app.toggle}
    app = open_page(plan="binzhou", rule="equal")
    assert "shared-zh" not in {each.key for each in app.toggle}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"focus": "371623", "beside": "371623"}, "对比的就是本县"),
        ({"beside": "371623"}, "无棣县作对比，还没有选看哪个县"),
        ({"focus": "370811"}, "任城区不在所选方案内"),
        ({"focus": "371623", "beside": "370811"}, "任城区不在所选方案内"),
    ],
)
def test_contradictory_counties_are_said(query: dict[str, str], words: str) -> None:
    app = open_page(plan="binzhou", **query)
    page = shown(app)
    assert not app.exception and words in page and page.count('class="fg-contrary"') == 1


def test_counties_that_fit_need_no_word() -> None:
    page = shown(open_page(plan="binzhou", focus="371623", beside="371603"))
    assert 'class="fg-contrary"' not in page


def test_english_counts_read_as_counts() -> None:
    data = b"district_code,item,mw\n370811,jining-pvd-01,500\n"
    page = shown(upload(open_page(plan="jining", rule="custom", lang="en"), "x.csv", data))
    assert "gaining counties: 1;" in page and "Split by own breakdown, compared" in page
    assert "counties gain " not in page and "500 kV lines: " in page
