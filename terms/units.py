"""Power units and their conversion; the one place where 万千瓦 meets MW."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from terms.errors import QuantityError
from terms.language import Language
from terms.messages import label

MW_PER_WAN_KW = Decimal(10)
WATTS_PER_MW = 1_000_000
_MAX_DECIMALS = 7  # one watt in 万千瓦


class PowerUnit(StrEnum):
    """The unit in which capacity is shown."""

    WAN_KW = "wan"
    MW = "mw"


WATTS_PER_UNIT = {
    "kW": 1_000,
    "千瓦": 1_000,
    "MW": WATTS_PER_MW,
    "兆瓦": WATTS_PER_MW,
    "万千瓦": 10 * WATTS_PER_MW,
    "GW": 1_000 * WATTS_PER_MW,
    "吉瓦": 1_000 * WATTS_PER_MW,
}
POWER_UNITS = ("万千瓦", "MW", "kW", "GW")  # those in which a user may enter a figure
COUNT_UNITS = ("座", "个")


def base_units(unit: str) -> int:
    """How many watts a power unit has; 1 for a count (座, 个); others raise QuantityError."""
    if unit in COUNT_UNITS:
        return 1
    if unit not in WATTS_PER_UNIT:
        known = ", ".join((*WATTS_PER_UNIT, *COUNT_UNITS))
        raise QuantityError(f"unit {unit!r} counts neither power nor things; write one of {known}")
    return WATTS_PER_UNIT[unit]


def mw_to(value_mw: float | Decimal, unit: PowerUnit) -> Decimal:
    """Express MW in the unit shown to the user."""
    exact = Decimal(str(value_mw))
    return exact / MW_PER_WAN_KW if unit is PowerUnit.WAN_KW else exact


def format_number(value: float | Decimal | int) -> str:
    """Write a number with thousands separators, no idle decimals, and never 0 for what is not 0."""
    exact = Decimal(str(value)).normalize()
    decimals = max(0, -int(exact.as_tuple().exponent))
    return f"{exact:,.{min(decimals, _MAX_DECIMALS)}f}"


def format_power(
    value_mw: float | Decimal | None, unit: PowerUnit, *, language: Language, not_stated: str
) -> str:
    """Write a capacity with its unit; an unknown one stays the given word, never 0."""
    if value_mw is None:
        return not_stated
    return f"{format_number(mw_to(value_mw, unit))} {label('unit', unit, language)}"
