"""Capacities, coordinates, words, dates as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.intake.degrees import DegreeError, read_degree, read_pair
from registry.intake.fields import field_of_header, power_unit
from registry.intake.quantity import read_capacity
from registry.intake.values import WordError, read_accuracy, read_date, read_year
from registry.intake.words import known_words, look_up, synonyms
from terms.errors import QuantityError
from terms.kinds import LandMode, Precision, Status, Technology


@pytest.mark.parametrize(
    ("cell", "unit", "mw"),
    [
        ("20万千瓦", "", "200"),
        ("200 MW", "", "200"),
        ("2×300", "MW", "600"),
        ("2*300MW", "", "600"),
        ("2x30万千瓦", "", "600"),
        ("1.2GW", "", "1200"),
        ("约50", "MW", "50"),
        ("200,000 kW", "", "200"),
        ("２００ＭＷ", "", "200"),
        ("20", "万千瓦", "200"),
        ("5万kW", "", "50"),
        ("100MW/200MWh", "", "100"),
        ("2×300+1×100", "MW", "700"),
        ("2×60万千瓦级", "", "1200"),
        ("33.3333333333333", "MW", "33.333333"),
        ("—", "MW", None),
        ("-", "", None),
        ("空", "", None),
        ("", "MW", None),
        ("百兆瓦级", "", None),
        ("1 200 000 kW", "", "1200"),
        ("50+100MW", "", "150"),
    ],
)
def test_capacities_as_people_write_them(cell: str, unit: str, mw: str | None) -> None:
    found = read_capacity(cell, unit=unit)
    assert found.mw == (None if mw is None else Decimal(mw))
    assert found.printed.startswith(cell if mw else found.printed)


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        *[
            ("20", ""),
            ("50-60MW", ""),
            ("0", "MW"),
            ("0.0000001", "MW"),
            ("-5", "MW"),
            ("100MWh", ""),
            ("一百MW", ""),
        ],
        *[("1e300", "MW"), ("5", "MW x"), ("9" * 15, "GW"), ("MW", ""), ("2×", "MW"), ("5", "座")],
        *[("1 2 3MW", ""), ("100 50", "MW"), ("100MW+50", "万千瓦"), ("100MW+50", "kW")],
    ],
)
def test_what_is_no_capacity_is_told(cell: str, unit: str) -> None:
    with pytest.raises(QuantityError, match=" · "):
        read_capacity(cell, unit=unit)


@given(
    st.decimals(min_value="0.001", max_value=900_000, places=3),
    st.sampled_from(["MW", "GW", "kW", "万千瓦"]),
)
def test_units_are_exact(value: Decimal, unit: str) -> None:
    factor = {"MW": Decimal(1), "GW": Decimal(1000), "kW": Decimal("0.001"), "万千瓦": Decimal(10)}
    assert read_capacity(f"{value}{unit}").mw == value * factor[unit]
    assert read_capacity(f"{value}", unit=unit).mw == value * factor[unit]


@given(st.text(max_size=30))
def test_no_text_breaks_a_reader(words: str) -> None:
    for read, errors in (
        (read_capacity, QuantityError),
        (read_degree, DegreeError),
        (read_pair, DegreeError),
        (read_date, WordError),
        (read_year, WordError),
        (read_accuracy, WordError),
    ):
        try:
            read(words)
        except errors:
            continue
    field_of_header(words)
    power_unit(words)


@pytest.mark.parametrize(
    ("cell", "value", "axis"),
    [
        ("116°23'15\"E", 116.3875, "lon"),
        ("116°23′15″", 116.3875, ""),
        ("北纬36°30′", 36.5, "lat"),
        ("36度30分36秒", 36.51, ""),
        ("116.5", 116.5, ""),
        ("１１６．５", 116.5, ""),
        ("E 116.5", 116.5, "lon"),
        ("39512345.67", 39512345.67, ""),
    ],
)
def test_coordinates(cell: str, value: float, axis: str) -> None:
    found, said = read_degree(cell)
    assert (round(found, 9), said) == (value, axis)


@pytest.mark.parametrize("cell", ["", "nan", "inf", "1e300", "116°75'", "116,5", "x", "9" * 50])
def test_what_is_no_coordinate(cell: str) -> None:
    with pytest.raises(DegreeError):
        read_degree(cell)


@pytest.mark.parametrize(
    ("kind", "word", "key"),
    [
        ("status", "Pre-permit", "proposed"),
        ("status", "核准／备案", "approved"),
        ("status", " 并网 ", "operating"),
        ("status", "Under construction", "construction"),
        ("technology", "农光互补", "pv"),
        ("technology", "Battery storage", "new_storage"),
        ("technology", "抽蓄", "pumped_storage"),
        ("status", "mothballed", None),
    ],
)
def test_words(kind: str, word: str, key: str | None) -> None:
    assert look_up(kind, word) == key


def test_every_member_of_a_list_has_words() -> None:
    for kind, members in (("status", Status), ("technology", Technology), ("land_mode", LandMode)):
        assert set(synonyms(kind).values()) == {each.value for each in members}
    assert "在建" in known_words("status") and "under construction" in known_words("status")


@pytest.mark.parametrize(
    ("header", "field", "unit"),
    [
        ("装机（万千瓦）", "capacity", "万千瓦"),
        ("Capacity (MW)", "capacity", "MW"),
        ("装机容量/MW", "capacity", "MW"),
        ("项目 名称*", "name", ""),
        ("县（市、区）", "district", ""),
        ("经度（WGS-84）", "lon", ""),
        ("Plant name (local)", "name_other", ""),
        ("天气", None, ""),
    ],
)
def test_headings(header: str, field: str | None, unit: str) -> None:
    assert (field_of_header(header), power_unit(header)) == (field, unit)


def test_years_dates_accuracies() -> None:
    assert [read_year(cell) for cell in ("2027", "2027年底", "2027-06-30", "十四五", "—")] == [
        2027,
        2027,
        2027,
        2025,
        None,
    ]
    assert read_date("2025年6月3日") == "2025-06-03" and read_date("") == ""
    for cell in ("2025-13-01", "2999-01-01", "2025-06", "yesterday"):
        with pytest.raises(WordError, match=" · "):
            read_date(cell)
    assert read_accuracy("exact") == (Precision.SITE, None)
    assert read_accuracy("approximate") == (Precision.TOWNSHIP, None)
    assert read_accuracy("5 km") == (Precision.TOWNSHIP, 5000)
