"""The link: what goes in comes out, and what is not known comes back by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.kinds import LandMode, Layer, Status
from terms.selection import Selection
from terms.units import PowerUnit
from views.link import Unread, from_query, to_query
from views.parameters import MAX_WORDS, PARAMETERS

PLANS = ("jining", "taian", "lixia")
DISTRICTS = ("370103", "370402", "370883")
DEPARTMENTS = ("市能源局", "各县市区政府、管委会")
FOCUS = ("jining-pv-01", "jining:storage:2030", "370402")
VOCABULARY = {
    "plans": PLANS,
    "layers": (*(layer.value for layer in Layer), "none"),
    "technologies": ("pv", "wind"),
    "area": ("370800", *DISTRICTS),
    "districts": DISTRICTS,
    "land_modes": (*(mode.value for mode in LandMode), "none"),
    "statuses": tuple(status.value for status in Status),
    "precisions": ("site", "district"),
    "departments": DEPARTMENTS,
    "years": ("2025", "2030"),
    "focus": FOCUS,
    "beside": DISTRICTS,
    "technology": ("pv", "wind"),
    "sort": ("pv", "rows"),
    "shade": ("pv", "rows"),
    "base": ("osm",),
    "raster": ("height", "depth-0a1b2c3d"),
    "columns": ("name", "owner"),
    "order": ("name", "-name"),
    "shortlist": FOCUS,
    "compared": FOCUS,
}


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


selections = st.builds(
    Selection,
    plans=some(PLANS),
    layers=some(tuple(layer.value for layer in Layer)),
    districts=some(DISTRICTS),
    land_modes=some(tuple(mode.value for mode in LandMode)),
    statuses=some(tuple(status.value for status in Status)),
    owner=st.sampled_from(["any", "named", "unnamed"]),
    words=st.sampled_from(["", "泰安", "Tai'an 500", "a,b&c=d"]),
    unit=st.sampled_from(list(PowerUnit)),
    language=st.sampled_from(["zh", "en"]),
    departments=some(DEPARTMENTS),
    years=some(("2025", "2030")),
    rule=st.sampled_from(["none", "equal", "area", "custom"]),
    inferred=st.booleans(),
    external=st.booleans(),
    pumped=st.booleans(),
    as_of=st.sampled_from(["", "2024-06-30"]),
    technology=st.sampled_from(["", "wind"]),
    shared=st.booleans(),
    per_km2=st.booleans(),
    sort=st.sampled_from(["", "rows"]),
    by=st.sampled_from(["layer", "zone"]),
    focus=st.sampled_from(["", *FOCUS]),
    beside=st.sampled_from(["", *DISTRICTS]),
    technologies=some(("pv", "wind")),
    area=st.sampled_from(["", "370800", "370883"]),
    precisions=some(("site", "district")),
    min_mw=st.sampled_from([0, 100, 250]),
    shade=st.sampled_from(["", "pv", "rows"]),
    symbols=st.sampled_from(["fixed", "mw"]),
    base=st.sampled_from(["", "osm"]),
    raster=st.sampled_from(["", "height", "depth-0a1b2c3d"]),
    at=st.sampled_from(["", "117.25,36.1,9.5"]),
    view=st.sampled_from(["all", "open"]),
    columns=some(("name", "owner")),
    order=st.sampled_from(["", "name", "-name"]),
    part=st.integers(1, 40),
    shortlist=some(FOCUS),
    compared=some(FOCUS),
)


def test_every_field_of_the_selection_is_in_the_link() -> None:
    assert sorted(each.field for each in PARAMETERS) == sorted(vars(Selection()))
    assert len({each.key for each in PARAMETERS}) == len(PARAMETERS)


@pytest.mark.parametrize(
    "spot", ["", "117,36", "200,36,9", "nan,36,9", "117,36,9,1", "a,b,c", "1,1,1"]
)
def test_a_view_that_is_none_is_not_taken(spot: str) -> None:
    selection, unread = from_query({"at": [spot]}, VOCABULARY)
    assert selection.at == "" and unread == (Unread("at", spot),)


@pytest.mark.parametrize("number", ["-1", "1e3", "１００", "9999999999", "²"])
def test_a_capacity_that_is_none_is_not_taken(number: str) -> None:
    selection, unread = from_query({"mw": [number]}, VOCABULARY)
    assert selection.min_mw == 0 and unread == (Unread("mw", number),)


@given(selections)
def test_a_link_reproduces_its_selection(selection: Selection) -> None:
    query = {key: [value] for key, value in to_query(selection).items()}
    assert from_query(query, VOCABULARY) == (selection, ())


def test_the_default_selection_needs_no_link() -> None:
    assert to_query(Selection()) == {}


def test_unknown_parts_come_back_and_known_parts_stay() -> None:
    query = {
        "plan": ["jining,atlantis"],
        "unit": ["stone"],
        "focus": ["nowhere"],
        "asof": ["2024-02-30"],
        "x": ["1"],
    }
    selection, unread = from_query(query, VOCABULARY)
    assert selection == Selection(plans=("jining",))
    assert set(unread) == {
        Unread("plan", "atlantis"),
        Unread("unit", "stone"),
        Unread("focus", "nowhere"),
        Unread("asof", "2024-02-30"),
        Unread("x", "1"),
    }


def test_repeated_keys_and_streamlits_own_are_read() -> None:
    query = {"plan": ["jining", "taian"], "embed": ["true"]}
    assert from_query(query, VOCABULARY) == (Selection(plans=("jining", "taian")), ())


def test_words_beyond_the_limit_are_cut_and_reported() -> None:
    words = "泰" * MAX_WORDS
    assert from_query({"q": [words + " "]}, VOCABULARY) == (Selection(words=words), ())
    selection, unread = from_query({"q": [words + "安光伏"]}, VOCABULARY)
    assert selection.words == words
    assert unread == (Unread("q", "安光伏", "too_long"),)


def test_no_layer_beside_a_layer_says_nothing() -> None:
    assert from_query({"layer": ["none,pv"]}, VOCABULARY)[0].layers == ("pv",)
    assert from_query({"layer": ["pv", "none"]}, VOCABULARY)[0].layers == ("pv",)
    assert from_query({"layer": ["none"]}, VOCABULARY)[0].layers == ("none",)
    assert from_query({"land": ["none,sea"]}, VOCABULARY)[0].land_modes == ("none", "sea")
