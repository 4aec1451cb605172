"""What browsing adds to the map's message: the area, its note, a small message."""

from __future__ import annotations

import json

import pytest

from layers.browse import area_note, map_state
from layers.browser_files import districts_collection, projects_table
from layers.filter_words import area_label, filter_words
from layers.map_words import LANGUAGES
from layers.script_json import script_json
from registry.registry import Registry
from registry.select import select
from terms.kinds import Kind
from terms.selection import Selection


def state_of(registry: Registry, **changes: object) -> dict[str, object]:
    chosen = Selection(**changes)  # type: ignore[arg-type]
    return map_state(registry, select(registry, chosen), chosen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_stays_below_ten_kilobytes(registry: Registry, language: str) -> None:
    state = state_of(registry, language=language, shade="rows", symbols="mw")
    assert len(script_json(state).encode()) < 10_000


def test_the_frame_is_the_area_and_changes_with_it(registry: Registry) -> None:
    whole, city, county = (state_of(registry, area=area) for area in ("", "370900", "370983"))
    keys = [state["frame"]["key"] for state in (whole, city, county)]  # type: ignore[index]
    assert len(set(keys)) == 3

    def wide(state: dict[str, object]) -> float:
        west, _, east, _ = state["frame"]["bounds"]  # type: ignore[index]
        return float(east - west)

    assert wide(whole) > wide(city) > wide(county)
    west, south, east, north = county["frame"]["bounds"]  # type: ignore[index]
    lon, lat = registry.districts.inner_point("370983")
    assert west < lon < east and south < lat < north


def test_a_kept_view_is_numbers(registry: Registry) -> None:
    assert state_of(registry, at="117.2,36.1,9.5")["at"] == [117.2, 36.1, 9.5]
    assert state_of(registry)["at"] is None


def test_what_the_collection_lacks_is_said(registry: Registry) -> None:
    def note(area: str) -> str:
        chosen = Selection(area=area)
        return area_note(registry, select(registry, chosen), chosen)

    assert note("370200") == "青岛市的方案未收录。"
    assert "历下区（征求意见稿）" in note("370100")
    assert "济南市·历城区的方案未收录" in note("370112")
    assert note("") == note("370900") == note("370983") == note("370102") == ""


def test_the_filter_is_said_in_words(registry: Registry) -> None:
    chosen = Selection(plans=("taian",), layers=("pv", "wind"), owner="unnamed", min_mw=100)
    said = filter_words(registry, chosen)
    assert (
        said == "方案：泰安市；图层：集中式光伏、风电；项目主体：未载明；"
        "单项规模：不小于 10 万千瓦（未载规模的不在内）"
    )
    assert filter_words(registry, Selection(language="en")) == "none, all rows"
    assert area_label(registry, Selection(area="370983")) == "泰安市·肥城市"
    assert area_label(registry, Selection(area="370900", language="en")).startswith("Tai'an")


def test_the_card_has_what_it_says_of_every_row(registry: Registry) -> None:
    table = projects_table(registry)
    rows = {row["id"]: row for row in table["projects"]}
    for row in registry.projects:
        card = rows[row.id]
        assert card["where"] == list(row.district_codes)
        assert card["owner"] == row.owner and row.source_section in card["clause"]
        assert card["envelope"] == (row.kind is Kind.PROGRAMME)
        assert table["words"]["zh"]["statuses"][card["status"]]
    # counted once: the members of a base leave it only its remainder
    solar = [
        rows[row.id]["located"][0]
        for row in registry.projects
        if row.district_codes == ("370983",) and row.technology == "pv" and not row.list_open
    ]
    assert sum(solar) == 1_200_000_000


def test_every_county_leads_to_a_city_with_a_name(registry: Registry) -> None:
    collection = districts_collection(registry)
    cities = collection["cities"]
    for feature in collection["features"]:
        assert feature["properties"]["city"] in cities
    assert cities["370900"] == {"zh": "泰安市", "en": "Tai'an"}
    assert len(cities) == 16
    json.dumps(collection)
