"""Units, columns and the message catalogue."""

from __future__ import annotations

from decimal import Decimal
from enum import EnumType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import terms.kinds as kinds
from terms.columns import PROJECT_COLUMNS, TARGET_COLUMNS
from terms.errors import SetupError
from terms.language import half
from terms.messages import label, text
from terms.units import MW_PER_WAN_KW, PowerUnit, format_number, format_power, mw_to

# DESIGN section 2, in its order; written out so that a renamed field is noticed here.
DESIGN_PROJECT_COLUMNS = """
id plan city city_code plan_status name name_en kind layer technology asset action land_mode
voltage_kv voltage_basis capacity_mw capacity_printed capacity_basis capacity_source
capacity_external_mw capacity_external_source quantity_value quantity_unit quantity_printed by_year
by_year_basis part_of part_of_basis restates_target district_codes districts list_open township
zone place_basis precision lon lat geometry_role accuracy_m owner departments wording status
status_date status_source source_title source_section source_item source_also note
""".split()
DESIGN_TARGET_COLUMNS = """
plan metric year period_start base_year operator value unit printed nature firm scope includes
includes_basis departments source_section mapped
""".split()


def test_columns_are_the_design() -> None:
    assert list(PROJECT_COLUMNS) == DESIGN_PROJECT_COLUMNS
    assert list(TARGET_COLUMNS) == DESIGN_TARGET_COLUMNS


@given(st.decimals(min_value=0, max_value=10**6, places=3))
def test_units_there_and_back(value_mw: Decimal) -> None:
    assert mw_to(value_mw, PowerUnit.WAN_KW) * MW_PER_WAN_KW == value_mw
    assert mw_to(value_mw, PowerUnit.MW) == value_mw


def test_numbers_as_printed() -> None:
    assert format_number(21180) == "21,180"
    assert format_number(Decimal("5.4")) == "5.4"
    assert format_number(Decimal("2118.0")) == "2,118"
    assert format_number(Decimal("0.0001")) == "0.0001"
    assert (
        format_power(Decimal(21180), PowerUnit.WAN_KW, language="zh", not_stated="-")
        == "2,118 万千瓦"
    )
    english = format_power(Decimal(150), PowerUnit.WAN_KW, language="en", not_stated="-")
    assert english == "15 ×10⁴ kW"  # without the sign it would read as another number
    assert format_power(None, PowerUnit.MW, language="zh", not_stated="方案未载") == "方案未载"


def test_every_closed_list_is_labelled_in_both_languages() -> None:
    prefixes = {
        "Layer": "layer",
        "Technology": "technology",
        "Asset": "asset",
        "Action": "action",
        "LandMode": "land_mode",
        "Kind": "kind",
        "PlanStatus": "plan_status",
        "CapacityBasis": "capacity_basis",
        "YearBasis": "by_year_basis",
        "PlaceBasis": "place_basis",
        "Precision": "precision",
        "GeometryRole": "geometry_role",
        "Status": "status",
        "Nature": "nature",
        "Basis": "basis",
        "VoltageBasis": "voltage_basis",
        "Relation": "relation",
    }
    lists = {name: value for name, value in vars(kinds).items() if isinstance(value, EnumType)}
    for name, prefix in prefixes.items():
        for member in lists[name]:
            assert label(prefix, member.value, "zh") and label(prefix, member.value, "en")


def test_unknown_message_names_itself() -> None:
    with pytest.raises(SetupError, match="no_such"):
        text("page.no_such", "zh")


def test_one_language_of_a_pair_of_sentences() -> None:
    assert (half("须填 · a value", "zh"), half("须填 · a value", "en")) == ("须填", "a value")
    assert half("“a · b”须改 · mend “a · b”", "zh") == "“a · b”须改"
    assert half("“a · b”须改 · mend “a · b”", "en") == "mend “a · b”"
    for whole in ("a · b", "六位代码", "一 · 二 · 三", ""):
        assert half(whole, "zh") == half(whole, "en") == whole
