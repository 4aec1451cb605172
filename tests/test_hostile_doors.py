"""Hostile signs and figures at every door: refused with a sentence, or removed and reported."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.rasters.record import read_record
from geo.siting.own_shapes import read_typed
from geo.siting.recipe_file import read_recipe
from store.basemaps import read_basemaps
from store.book import read_book
from store.upload import parse_installed_csv, read_entry
from terms.errors import FengtuError, RasterError, SitingError
from terms.signs import unfit_sign, without_unfit
from tests.hostile import VISIBLE
from views.link import from_query
from views.parameters import BY_KEY

ROOT = Path(__file__).parents[1]
# As YAML and JSON write them, and as they are.
SIGNS = {
    "\\u0000": "\x00",
    "\\u0007": "\x07",
    "\\u001b": "\x1b",
    "\\u0085": "\x85",
    "\\u2028": "\u2028",
    "\\u2029": "\u2029",
    "\\uD800": "\ud800",
    "\\uFFFE": "\ufffe",
}
ENTRY = {
    "plan": "jining", "district_code": "", "zone": "", "metric": "pv", "date": "2024-12-31",
    "value": "1", "unit": "MW", "source": "月报",
}  # fmt: skip


def _basemap(field: str, sign: str) -> object:
    address = "http://10.0.0.5/{z}/{x}/{y}.png?t={token}"
    row = {"id": "a", "kind": "xyz", "crs": "wgs84", "name": "n", "token": "t", "url": address}
    row |= {"attribution": "b", field: f"{row.get(field, 'x')}{sign}x"}
    return read_basemaps(
        "basemaps:\n- " + "\n  ".join(f'{key}: "{value}"' for key, value in row.items()), "b.yaml"
    )


def _recipe(sign: str) -> object:
    text = (ROOT / "data" / "siting" / "subsidence_pv.yaml").read_text(encoding="utf-8")
    return read_recipe(text.replace("title: 采煤沉陷区光伏", f'title: "x{sign}x"', 1), "r.yaml")


def _records(sign: str) -> object:
    row = {**ENTRY, "source": f"x{sign}x"}
    del row["district_code"]
    lines = "\n  ".join(f'{key}: "{value}"' for key, value in row.items())
    return read_book(f"installed:\n- {lines}", "records.yaml")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "door",
    [
        lambda sign: _basemap("name", sign),
        lambda sign: _basemap("token", sign),
        lambda sign: _basemap("url", sign),
        lambda sign: _basemap("attribution", sign),
        _recipe,
        _records,
    ],
)
def test_files_of_the_user(door: Callable[[str], object], sign: str) -> None:
    door("")
    with pytest.raises(FengtuError, match=f"U\\+{ord(SIGNS[sign]):04X}"):
        door(sign)


@pytest.mark.parametrize("sign", SIGNS.values())
@pytest.mark.parametrize("field", ["source", "zone"])
def test_the_form_and_the_csv_of_installed_capacity(field: str, sign: str) -> None:
    assert not read_entry(ENTRY, file="表单", row="-").faults
    typed = {**ENTRY, field: f"x{sign}x"}
    faults = read_entry(typed, file="表单", row="-").faults
    assert len(faults) == 1 and f"U+{ord(sign):04X}" in faults[0].expected
    text = ",".join(typed) + "\n" + ",".join(f'"{each}"' for each in typed.values()) + "\n"
    if sign != "\ud800":  # which UTF-8 cannot write
        assert parse_installed_csv(text.encode()).faults


@pytest.mark.parametrize("sign", SIGNS)
def test_the_record_beside_a_raster(tmp_path: Path, sign: str) -> None:
    raw = json.loads((ROOT / "data" / "rasters" / "height.json").read_text(encoding="utf-8"))
    (tmp_path / raw["file"]).write_bytes(b"")
    file = tmp_path / "own.json"
    file.write_text(json.dumps(raw), encoding="utf-8")
    assert read_record(file, is_own=True).title
    file.write_text(json.dumps(raw | {"caveat": "@"}).replace("@", sign), encoding="utf-8")
    with pytest.raises(RasterError, match="caveat"):
        read_record(file, is_own=True)


def test_a_link_loses_such_signs_and_says_so() -> None:
    selection, unread = from_query({"q": ["泰\x00安\x07\u2028"]}, {})
    assert selection.words == "泰 安"
    assert [(each.key, each.value) for each in unread] == [
        ("q", "U+0000"),
        ("q", "U+0007"),
        ("q", "U+2028"),
    ]


@pytest.mark.parametrize("words", VISIBLE)
def test_what_is_only_text_comes_in_as_it_is(words: str) -> None:
    (figure,) = read_entry({**ENTRY, "source": words[:500]}, file="表单", row="-").book.installed
    assert figure.source == words[:500].strip()
    assert from_query({"q": [words]}, {})[0].words == words[:80].strip()


@given(st.text())
def test_what_is_removed_is_told(words: str) -> None:
    kept, found = without_unfit(words)
    assert len(kept) == len(words) and not unfit_sign(kept)
    assert bool(found) == bool(unfit_sign(words)) and (found or kept == words)


@pytest.mark.parametrize(
    "spot",
    [
        "1e308,1e308,9",
        "nan,nan,nan",
        "117,36,nan",
        "117,inf,9",
        "9" * 5000 + ",36,9",
        ",,",
        "117,36",
    ],
)
def test_wild_views_of_a_link_are_told_and_not_taken(spot: str) -> None:
    selection, unread = from_query({"at": [spot]}, {})
    assert selection.at == "" and [each.key for each in unread] == ["at"]


@pytest.mark.parametrize("key", ["mw", "part"])
@pytest.mark.parametrize("digits", ["0" * 5000, "1" + "0" * 5000, "00000001" + "9" * 50, "-1", "²"])
def test_wild_numbers_of_a_link_are_told_and_not_taken(key: str, digits: str) -> None:
    value, unknown = BY_KEY[key].read([digits], ())
    assert value is None and unknown == (digits,)


_FAR = "[[[1e300,1],[1e301,2],[3,4],[1e300,1]]]"


@pytest.mark.parametrize(
    "typed",
    [
        "1e308,1,nan,2",
        "-1e308,0,1e308,1",
        "nan,nan,nan,nan",
        "9" * 5000 + ",1,2,3",
        '{"type":"Point","coordinates":[1e308,1e308]}',
        '{"type":"Point","coordinates":[NaN,1]}',
        '{"type":"Point","coordinates":[1e999,1]}',
        '{"type":"Point","coordinates":["a",1]}',
        '{"type":"Polygon","coordinates":' + _FAR + "}",
        '{"type":"Polygon","coordinates":[[[500,1],[500,2],[3,4],[500,1]]]}',
        '{"features":{"a":1}}',
        "[" * 100_000,
    ],
)
def test_wild_shapes_are_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(SitingError, match=" · "):
        read_typed(typed)
