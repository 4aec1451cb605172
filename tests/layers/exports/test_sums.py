"""Sums under a filter: whole where they can be, marked where they are not, none dropped."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from capacity.ledger import ledger
from capacity.splits import read_splits
from layers.county_lines import Counting
from layers.exports.extract import Extract, extract_of
from layers.exports.formats import write
from layers.exports.notes import notes
from layers.exports.tables import Table, table_of
from registry.registry import Registry
from terms.columns import Row
from terms.selection import Selection
from terms.units import WATTS_PER_MW
from tests.layers.exports.conftest import DAY


def _extract(registry: Registry, **narrowing: object) -> Extract:
    return extract_of(registry, Selection(**narrowing), day=DAY)  # type: ignore[arg-type]


def _row(table: Table, **wanted: object) -> Row:
    (found,) = [row for row in table.rows if wanted.items() <= dict(row).items()]
    return found


def test_nothing_is_partial_without_a_filter(registry: Registry) -> None:
    extract = _extract(registry)
    for content in ("areas", "districts"):
        assert not any(table_of(extract, content).by_column["is_partial"])  # type: ignore[arg-type]
    assert not any("只含所选" in words for _, words in notes(extract))


def test_a_county_by_itself_is_whole_and_its_plan_is_not(registry: Registry) -> None:
    whole, county = _extract(registry), _extract(registry, districts=("370983",))
    place = {"plan": "taian", "district_code": "370983"}
    assert _row(table_of(county, "districts"), **place) == _row(
        table_of(whole, "districts"), **place
    )
    area = _row(table_of(county, "areas"), plan="taian")
    assert area["is_partial"] is True
    assert (area["pv_mw"] or 0) < (_row(table_of(whole, "areas"), plan="taian")["pv_mw"] or 0)  # type: ignore[operator]


@pytest.mark.parametrize(
    "narrowing",
    [
        {"layers": ("pv",)},
        {"technologies": ("pv",)},
        {"min_mw": 100},
        {"words": "光伏"},
        {"owner": "named"},
        {"precisions": ("township",)},
    ],
)
def test_a_filter_of_rows_marks_plans_and_counties(
    registry: Registry, narrowing: dict[str, object]
) -> None:
    extract = _extract(registry, **narrowing)
    areas, districts = table_of(extract, "areas"), table_of(extract, "districts")
    assert _row(areas, plan="taian")["is_partial"] is True
    assert _row(districts, plan="taian", district_code="370983")["is_partial"] is True
    assert any(f"只含所选 {len(extract.rows)} 行" in words for _, words in notes(extract))
    read = json.loads(write(extract, "geojson", contents=("areas",)))
    assert {each["properties"]["is_partial"] for each in read["features"]} <= {True, False}
    assert any("只含所选" in each["content"] for each in read["notes"])


def test_a_chosen_plan_is_whole(registry: Registry) -> None:
    extract = _extract(registry, plans=("taian",))
    assert table_of(extract, "areas").by_column["is_partial"] == (False,)
    assert not any(table_of(extract, "districts").by_column["is_partial"])


def test_a_city_keeps_what_stands_in_no_single_county(registry: Registry) -> None:
    """Going into a city drops no watt of its plan from the long table."""
    extract = _extract(registry, area="370800")
    entries = ledger(registry)
    counted = sum(each.counted_w for id, each in entries.items() if id.startswith("jining-"))
    lines = [row for row in table_of(extract, "capacity").rows if row["plan"] == "jining"]
    mw = sum((row["located_mw"] or 0) + (row["shared_mw"] or 0) for row in lines)  # type: ignore[operator, misc]
    assert mw == counted / WATTS_PER_MW > 0
    assert {row["plan"] for row in table_of(extract, "capacity").rows} == {"jining"}


def test_what_is_not_split_is_empty_by_county_never_zero(registry: Registry) -> None:
    plain = table_of(_extract(registry), "districts")
    shared = [column for column in plain.columns if column.endswith("_shared_mw")]
    assert shared
    for column in shared:
        assert set(plain.by_column[column]) == {None}, column
    split = table_of(_extract(registry, rule="equal"), "districts")
    assert any(value for column in shared for value in split.by_column[column])


def test_a_breakdown_of_city_rows_reaches_the_chosen_county(registry: Registry) -> None:
    """The row names no county: a filter of counties must not take its part away."""
    splits = read_splits("district_code,item,mw,share\n370811,jining-pv-01,60,\n")
    counting = Counting(rule="custom", splits=splits)
    chosen = Selection(districts=("370811",), rule="custom")
    extract = extract_of(registry, chosen, day=DAY, counting=counting)
    assert "jining-pv-01" not in {row.id for row in extract.rows}
    line = _row(table_of(extract, "capacity"), district_code="370811", technology="pv")
    assert line["shared_mw"] == 60
    county = _row(table_of(extract, "districts"), plan="jining", district_code="370811")
    assert county["pv_shared_mw"] == 60 and county["is_partial"] is False
    narrowed = replace(extract, selection=replace(chosen, layers=("grid",)), rows=())
    assert table_of(narrowed, "districts").by_column["is_partial"] == (True,)


def test_the_draft_is_marked_in_codes_areas_and_map(registry: Registry) -> None:
    extract = _extract(registry, plans=("lixia", "taian"))
    mark = "征求意见稿"
    codes = _row(table_of(extract, "codes"), column="plan", code="lixia")
    assert mark in str(codes["zh"]) and "draft" in str(codes["en"])
    assert mark in str(_row(table_of(extract, "areas"), plan="lixia")["name"])
    assert mark not in str(_row(table_of(extract, "areas"), plan="taian")["name"])
    for line in write(extract, "html").decode("utf-8").split("<tr data-id=")[1:]:
        row = line.split("</tr>")[0]
        assert (mark in row) == row.startswith('"lixia-'), row[:80]
