"""The bureau's own breakdown: what it may split, and every way in which it may not fit."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.ledger import ledger
from capacity.splits import read_splits
from geo.districts import Districts
from registry.registry import Registry
from terms.errors import SplitError
from terms.kinds import Action, PlaceBasis, Technology
from terms.records import Project
from tests.capacity.builders import COUNTIES, W, plan, programme, registry_of, row

A, B, C, D = COUNTIES
HEAD = "district_code,item,mw,share\n"


def _given(
    districts: Districts, lines: str, *rows: Project
) -> Mapping[str, Mapping[str, int | float]]:
    plans = plan(), plan("taian", "370900")
    registry = registry_of(districts, *rows, plans=plans)
    given = read_splits(HEAD + lines).by_row(registry, ledger(registry))
    return {id: {code: watts / W for code, watts in parts.items()} for id, parts in given.items()}


def test_mw_and_shares_of_a_row(districts: Districts) -> None:
    lines = f"{A},city,2.5,\n{B},city,,0.25\n"
    assert _given(districts, lines, row("city", 10)) == {"city": {A: 2.5, B: 2.5}}


def test_shares_that_add_to_one_leave_nothing(districts: Districts) -> None:
    lines = f"{A},city,,0.333333\n{B},city,,0.333333\n{C},city,,0.333334\n"
    given = read_splits(HEAD + lines)
    registry = registry_of(districts, row("city", "0.000100"))  # a hundred watts
    parts = given.by_row(registry, ledger(registry))["city"]
    assert parts == {A: 33, B: 33, C: 34}


def test_shares_below_one_leave_the_rest(districts: Districts) -> None:
    lines = f"{A},city,,0.33\n{B},city,,0.33\n{C},city,,0.33\n"
    assert _given(districts, lines, row("city", 100)) == {"city": {A: 33, B: 33, C: 33}}


def test_a_technology_means_what_the_plan_has_without_a_county(districts: Districts) -> None:
    rows = (
        row("b-free", 10),
        row("a-free", 5),
        row("open", 4, at=[A, B], list_open=True),
        row("placed", 100, at=[A]),
        row("several", 100, at=[A, B]),
        row("wind", 100, technology=Technology.WIND),
        row("abroad", 100, place_basis=PlaceBasis.OUTSIDE),
        row("elsewhere", 100, plan="taian"),
    )
    lines = f"{B},pv,8,\n{A},pv,7,\n"
    # The three free rows hold 5 + 10 + 4 = 19 MW: each gives in proportion to what it has left.
    found = _given(districts, lines, *rows)
    assert set(found) == {"a-free", "b-free", "open"}
    for id, mw in (("a-free", 5), ("b-free", 10), ("open", 4)):
        assert found[id][A] == pytest.approx(7 * mw / 19, abs=1e-5)
        assert found[id][B] == pytest.approx(8 * mw / 19, abs=1e-5)


@given(
    st.lists(st.integers(1, 50), min_size=1, max_size=5),
    st.lists(st.integers(0, 40), min_size=1, max_size=4),
)
def test_counties_and_rows_both_hold_to_the_watt(
    districts: Districts, rows: list[int], wanted: list[int]
) -> None:
    whole = sum(rows)
    demand: dict[str, int] = {}
    for code, watts in zip(COUNTIES, wanted, strict=False):
        demand[code] = min(watts, whole - sum(demand.values()))
    free = [row(f"r{n}", f"{watts / W:.6f}") for n, watts in enumerate(rows)]
    lines = "".join(f"{code},pv,{watts / W:.6f},\n" for code, watts in demand.items())
    registry = registry_of(districts, *free)
    parts = read_splits(HEAD + lines).by_row(registry, ledger(registry))
    for code, watts in demand.items():
        assert sum(part.get(code, 0) for part in parts.values()) == watts
    for n, watts in enumerate(rows):
        assert 0 <= sum(parts.get(f"r{n}", {}).values()) <= watts


def test_a_breakdown_tells_which_rows_it_names() -> None:
    splits = read_splits(f"{HEAD}{A},city,,0.5\n{A},pv,,0.5\n")
    assert splits.names("city") and not splits.names("a-free")


def test_a_row_named_itself_is_not_poured_again(districts: Districts) -> None:
    lines = f"{A},city,4,\n{B},pv,5,\n"
    given = _given(districts, lines, row("city", 10), row("other", 5))
    assert given == {"city": {A: 4}, "other": {B: 5}}


def test_only_the_remainder_can_be_split(districts: Districts) -> None:
    rows = programme("base", 100), row("member", 70, "base", at=[A])
    assert _given(districts, f"{A},base,,1\n", *rows) == {"base": {A: 30}}
    with pytest.raises(SplitError, match="30 MW"):
        _given(districts, f"{A},base,31,\n", *rows)


def test_an_open_list_may_reach_other_counties_of_the_plan(districts: Districts) -> None:
    rows = row("open", 10, at=[A, B], list_open=True)
    assert _given(districts, f"{D},open,10,\n", rows) == {"open": {D: 10}}


@pytest.mark.parametrize("basis", [PlaceBasis.FEATURE, PlaceBasis.ZONE, PlaceBasis.EXTERNAL])
def test_counties_that_were_inferred_bind_nobody(districts: Districts, basis: PlaceBasis) -> None:
    base = row("base", 10, at=[A, B], place_basis=basis)
    assert _given(districts, f"{A},base,4,\n{D},base,6,\n", base) == {"base": {A: 4, D: 6}}
    with pytest.raises(SplitError, match="base may not lie in 370902"):
        _given(districts, "370902,base,1,\n", base)


@pytest.mark.parametrize(
    "basis", [PlaceBasis.PRINTED, PlaceBasis.LIST_GROUP, PlaceBasis.NAME, PlaceBasis.OWN]
)
def test_counties_that_the_plan_prints_bind(districts: Districts, basis: PlaceBasis) -> None:
    several = row("several", 10, at=[A, B], place_basis=basis)
    with pytest.raises(SplitError, match=f"several may not lie in {D}"):
        _given(districts, f"{D},several,1,\n", several)


def test_a_zone_is_read_as_its_host_district(districts: Districts) -> None:
    for item in ("city", "pv"):
        lines = f"太白湖新区,{item},2,\n北海新区,{item},1,\n"
        with pytest.raises(SplitError, match="北海新区 既非县区代码"):  # Binzhou's
            _given(districts, lines, row("city", 10))
        lines = f"太白湖新区,{item},2,\n{A},{item},3,\n{B},{item},,0.25\n济宁经开区,{item},,0.25\n"
        given = _given(districts, lines, row("city", 10))
        assert given == {"city": {A: 5, B: 2.5, "370829": 2.5}}


def test_a_county_s_share_and_its_zone_s_add_up(districts: Districts) -> None:
    lines = f"{A},city,,0.5\n太白湖新区,city,,0.1\n主城港区,city,1,\n"
    assert _given(districts, lines, row("city", 10)) == {"city": {A: 7}}
    with pytest.raises(SplitError, match="11 MW of 10 MW"):
        _given(districts, f"{A},city,9,\n太白湖新区,city,2,\n", row("city", 10))
    with pytest.raises(SplitError, match="stands twice"):
        _given(districts, "北湖新区,city,1,\n太白湖新区,city,2,\n", row("city", 10))


def test_zones_of_the_shipped_plans_that_cannot_be_read(registry: Registry) -> None:
    def fault(place: str, item: str) -> str:
        with pytest.raises(SplitError) as caught:
            read_splits(f"{HEAD}{place},{item},,0.1\n").by_row(registry, ledger(registry))
        (said,) = caught.value.faults
        assert len(said) < 300  # the page cuts what is longer
        return said

    said = fault("高新区", "jining-pv-01")
    assert "请改写代码 370811 任城区、370812 兖州区 /" in said
    assert "is not known to lie in one district; write a code instead, of 370811, 370812" in said
    assert "370403 薛城区" in fault("高新区", "pv") and "几份方案都有" in fault("高新区", "pv")
    unknown = fault("新能源汽车及零部件动力系统产业园", "jining-pv-01")
    assert all(code in unknown for code in registry.districts.codes_in("370800"))
    assert "任城区 is no district code" in fault("任城区", "jining-pv-01")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (f"{A},nobody,1,", "nobody 既非行号也非技术"),
        (f"{A},placed,1,", "placed 已落到县"),
        (f"{A},abroad,1,", "abroad 已落到县"),
        (f"{A},silent,1,", "silent 没有可分解的规模"),
        (f"{A},retired,,0.5", "retired 没有可分解的规模"),
        (f"{C},several,1,", f"several may not lie in {C}"),
        ("370902,city,1,", "city may not lie in 370902"),
        ("999999,city,1,", "city may not lie in 999999"),
        ("370102,pv,1,", "370102 不属于所收方案"),
        (f"{A},city,1,\n{A},city,2,", "stands twice"),
        (f"{A},city,6,\n{B},city,4.000001,", "10.000001 MW of 10 MW"),
        (f"{A},city,,0.6\n{B},city,,0.5", "11 MW of 10 MW"),
        (f"{A},city,6,\n{B},city,,0.5", "11 MW of 10 MW"),
        (f"{A},wind,1,", "1 MW of 0 MW"),
        (f"{A},pv,10.1,", "10.1 MW of 10 MW"),
        (f"{A},pv,10.1,", "；县名已列全的项目按行号分（如 several） /"),
        (f"{A},pv,10.1,", "county list is complete are split by their id (such as several)"),
        (f"{A},wind,,0.6\n{B},wind,,0.6", "份额合计 1.2，超过 1"),
    ],
)
def test_what_does_not_fit_is_refused(districts: Districts, lines: str, words: str) -> None:
    rows = (
        row("city", 10),
        row("placed", 10, at=[A]),
        row("several", 10, at=[A, B]),
        row("silent", None),
        row("retired", 10, action=Action.RETIRE),
        row("abroad", 10, place_basis=PlaceBasis.OUTSIDE),
    )
    with pytest.raises(SplitError) as caught:
        _given(districts, lines, *rows)
    assert len(caught.value.faults) == 1 and words in caught.value.faults[0]


def test_a_technology_line_that_reaches_nothing_names_the_remedy(registry: Registry) -> None:
    lines = f"{HEAD}371603,wind_solar_storage,1000,\n"
    with pytest.raises(SplitError) as caught:
        read_splits(lines).by_row(registry, ledger(registry))
    (said,) = caught.value.faults
    assert "超过可分解的 0 MW；县名已列全的项目按行号分（如 binzhou-" in said
    assert len(said) < 300  # the page cuts what is longer


def test_all_faults_are_told_at_once(districts: Districts) -> None:
    with pytest.raises(SplitError) as caught:
        _given(districts, f"{A},nobody,1,\n{A},city,11,\n{A},wood,1,", row("city", 10))
    assert len(caught.value.faults) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "空"),
        ("code,item,mw\n", "code,item,mw"),
        ("district_code,item\n", "district_code,item"),
        (f"{HEAD}{A},city,,\n", "须且只须填一个"),
        (f"{HEAD}{A},city,1,0.5\n", "须且只须填一个"),
        (f"{HEAD}{A},city,,1.1\n", "share=1.1"),
        (f"{HEAD}{A},city,-1,\n", "-1"),
        (f"{HEAD}{A},city,NaN,\n", "NaN"),
        (f"{HEAD}{A},city,Infinity,\n", "Infinity"),
        (f"{HEAD}{A},city,ten,\n", "'ten'"),
        (f"{HEAD}{A},city,0.0000001,\n", "六位小数"),
        (f"{HEAD},city,1,\n", "district_code 与 item"),
        (f"{HEAD}{A},,1,\n", "district_code 与 item"),
        (f'{HEAD}"{"x" * 140_000}', "不是 CSV 文件"),
        (f"{HEAD}\n\n{A},,1,\n", "第4行"),
        (HEAD, "没有一行填了"),
        (f"{HEAD}{A},\0,1,\n", "空字节"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, words: str) -> None:
    with pytest.raises(SplitError) as caught:
        read_splits(text)
    assert len(caught.value.faults) == 1 and words in caught.value.faults[0]


def test_a_file_as_excel_writes_it() -> None:
    text = f"\ufeffdistrict_code , item,mw\r\n {A} , city , 1.50 \r\n,,\r\n"
    (line,) = read_splits(text).lines
    assert (line.code, line.item, str(line.mw), line.share) == (A, "city", "1.50", None)
