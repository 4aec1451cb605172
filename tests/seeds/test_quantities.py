"""Printed power figures: what they say, and what must not be read into them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from seeds.quantities import is_plausible, read_power
from terms.errors import QuantityError
from terms.kinds import CapacityBasis, Technology


@pytest.mark.parametrize(
    ("printed", "mw", "basis"),
    [
        ("1.1GW", 1100, "printed"),
        ("300万千瓦", 3000, "printed"),
        ("5.4万千瓦", 54, "printed"),
        ("2118 万千瓦", 21180, "printed"),
        ("1000千瓦", 1, "printed"),
        ("２×２０万千瓦", 400, "printed"),
        ("2×300MW（一期）", 600, "printed"),
        ("150mw", 150, "printed"),
        ("100万千瓦左右", 1000, "approximate"),
        ("约3吉瓦", 3000, "approximate"),
        ("2×60万千瓦级", 1200, "approximate"),
        ("百兆瓦级", None, "class"),
        ("千万千瓦级", None, "class"),
        ("60万千瓦级", None, "class"),
        ("2×9F级", None, "class"),
        ("9F级", None, "class"),
        ("", None, "none"),
    ],
)
def test_reads_a_figure(printed: str, mw: int | None, basis: str) -> None:
    reading = read_power(printed)
    assert reading.mw == (None if mw is None else Decimal(mw))
    assert reading.basis is CapacityBasis(basis)


@pytest.mark.parametrize("printed", ["60GWh", "5Gwh", "12500千瓦时", "一亿千瓦时"])
def test_refuses_energy(printed: str) -> None:
    with pytest.raises(QuantityError, match="energy"):
        read_power(printed)


@pytest.mark.parametrize("printed", ["很多", "300", "3座", "300万千瓦以上", "万千瓦"])
def test_refuses_what_is_no_power(printed: str) -> None:
    with pytest.raises(QuantityError, match="not a power figure"):
        read_power(printed)


def test_a_slip_of_units_is_not_plausible() -> None:
    assert is_plausible(Decimal(54), Technology.BIOMASS)
    assert not is_plausible(Decimal(54_000), Technology.BIOMASS)
    assert not is_plausible(Decimal(0), Technology.PV)
