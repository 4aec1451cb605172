"""Codes and columns of foreign boundary files."""

import pandas as pd
import pytest

from geo.boundary_codes import read_codes, six_digits


@pytest.mark.parametrize(
    "value",
    [
        370811,
        370811.0,
        "370811",
        " 370811 ",
        "370811.0",
        "３７０８１１",
        "370811000",
        "370811000000",
        370811000000,
        "156370811",
    ],
)
def test_one_county_written_in_many_ways(value):
    assert six_digits(value) == "370811"


@pytest.mark.parametrize(
    "value",
    [
        None,
        float("nan"),
        "",
        "任城区",
        "37081",
        "3708110",
        370811.5,
        "370811001000",
        "156000000",
        "-370811",
        "37 0811",
    ],
)
def test_what_is_no_county_code(value):
    assert six_digits(value) is None


def test_all_faults_of_a_column_are_found():
    codes, faults = read_codes(pd.Series(["370811", "370800", "x", "370811"]))
    assert codes == ["370811", "370800", "", "370811"]
    assert [fault.split(":")[0] for fault in faults] == ["row 1", "row 2", "row 3"]
    assert "dissolve" in faults[2]
