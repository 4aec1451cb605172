"""The page of projects without a browser: views, order, parts, shortlist, link."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from registry.registry import Registry
from tests.views.test_pages import APP, shown

PICKED = "taian-pv-04,taian-pv-01,binzhou-base-01,binzhou-base-02"


def _open(**query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page("views/pages/projects.py").run()
    assert not app.exception
    assert 'class="fg-error"' not in shown(app)
    return app


def _query(app: AppTest) -> dict[str, str]:
    return {
        key: value if isinstance(value, str) else ",".join(value)
        for key, value in app.query_params.items()
    }


def _grids(app: AppTest) -> list[dict[str, Any]]:
    found = [each.proto for each in app.get("bidi_component")]
    return [json.loads(each.bytes) for each in found if each.component_name == "fengtu-grid"]


def _ids(app: AppTest) -> list[str]:
    return [row["id"] for row in _grids(app)[-1]["rows"]]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"view": "open"},
        {"view": "open", "tech": "gas"},
        {"view": "shortlist"},
        {"view": "shortlist", "pick": PICKED, "compare": "taian-pv-04,taian-pv-01"},
        {"focus": "binzhou-base-01"},
        {"focus": "jining-pvd-01"},
        {"focus": "jining-battery-01", "inferred": "off"},
        {"q": "zzzz", "mw": "100", "owner": "named", "district": "370983"},
    ],
)
def test_every_view_opens(language: str, query: dict[str, str]) -> None:
    _open(lang=language, **query)


def test_the_list_is_sorted_and_cut_on_the_server(registry: Registry) -> None:
    app = _open(order="-capacity_mw")
    assert _ids(app)[:2] == ["binzhou-base-01", "binzhou-base-02"]
    (grid,) = _grids(app)
    assert len(grid["rows"]) == 50
    assert [c["sort"] for c in grid["head"] if c["key"] == "capacity_mw"] == ["descending"]
    last = _open(part="6")
    assert _ids(last) == [row.id for row in registry.projects[250:]]
    last.button(key="part-before").click().run()
    assert _ids(last) == [row.id for row in registry.projects[200:250]]
    assert last.session_state["fengtu"].selection.part == 5


def test_another_filter_begins_at_the_first_part() -> None:
    app = _open(part="3")
    app.selectbox(key="order-zh").select("name").run()
    assert app.session_state["fengtu"].selection.part == 1
    assert _query(app) == {"order": "name"}


def test_columns_are_chosen() -> None:
    app = _open(col="owner,note", lang="en")
    assert [column["title"] for column in _grids(app)[0]["head"]] == [
        "Project",
        "Owner",
        "Our reading",
    ]


def test_count_and_what_was_left_out(registry: Registry) -> None:
    app = _open(tech="pv,pv_distributed", mw="100")
    assert f"共 {len(registry.projects)} 项" in shown(app)
    assert len(_ids(app)) == 14
    assert "方案未载规模" in shown(app)


def test_an_empty_list_offers_the_ways_out() -> None:
    app = _open(q="zzzz", mw="100")
    assert not _grids(app)
    app.button(key="clear-words").click().run()
    assert app.session_state["fengtu"].selection.words == ""
    assert app.session_state["fengtu"].selection.min_mw == 100
    assert _grids(app)


def test_the_shortlist_survives_the_link() -> None:
    app = _open(view="shortlist", pick=PICKED, compare="taian-pv-04,binzhou-base-01", unit="mw")
    assert _ids(app) == PICKED.split(",")
    assert "13,180 MW" in shown(app) and "都在清单中" in shown(app)
    again = _open(**_query(app))
    assert again.session_state["fengtu"].selection == app.session_state["fengtu"].selection
    again.button(key="clear-list").click().run()
    assert "pick" not in again.query_params and "compare" not in again.query_params


def test_a_fifth_is_refused_in_words() -> None:
    ids = f"{PICKED},jining-pvd-01"
    app = _open(view="shortlist", pick=ids, compare=ids)
    assert "最多并排四项，未列入：兖州区" in shown(app)


def test_the_sheet_says_what_counts_and_what_is_missing() -> None:
    app = _open(focus="binzhou-base-01", unit="mw")
    page = shown(app)
    for words in ("21,180 MW", "13,180 MW", "8,000 MW", "方案未载的内容", "项目主体"):
        assert words in page
    app.button(key="sheet-pick").click().run()
    assert app.session_state["fengtu"].selection.shortlist == ("binzhou-base-01",)
    app.button(key="back").click().run()
    assert app.session_state["fengtu"].selection.focus == ""


def test_sums_of_the_open_view_lead_to_rows() -> None:
    app = _open(view="open", tech="pv", plan="taian")
    programmes, projects, rows = _grids(app)
    assert projects["rows"][0]["cells"][2:] == ["78 万千瓦", "7"]
    assert len(rows["rows"]) == sum(
        int(line["cells"][3]) for grid in (programmes, projects) for line in grid["rows"]
    )
    assert "方案没有写谁来做，不等于无人在做" in shown(app)


def test_a_part_beyond_the_last_is_said() -> None:
    said = "链接指向第 999 页，此表没有这一页，已显示第 6 页"
    assert any(said in each.value or said in str(each) for each in _open(part="999").get("html"))
    assert not any("此表没有这一页" in str(each) for each in _open(part="2").get("html"))
