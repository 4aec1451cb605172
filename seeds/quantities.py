"""Printed power figures read as MW, with what they cannot say left unsaid."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from terms.errors import QuantityError
from terms.kinds import CapacityBasis, Technology
from terms.units import WATTS_PER_MW, WATTS_PER_UNIT

_WATTS = {unit.upper(): watts for unit, watts in WATTS_PER_UNIT.items()}
_UNITS = "|".join(sorted(_WATTS, key=len, reverse=True))
_POWER = re.compile(
    rf"^(?P<about>约)?(?:(?P<count>\d+)[×xX*])?(?P<number>\d+(?:\.\d+)?)(?P<unit>{_UNITS})"
    rf"(?P<class>级)?(?P<round>左右)?(?:\(一期\))?$",
    re.IGNORECASE,
)
_CLASS_ONLY = re.compile(rf"^(?:\d+[×xX*])?(?:[一二三四五六七八九十百千]+(?:{_UNITS})|\d*[A-Z])级$")
_ENERGY = re.compile(r"千瓦时|瓦时|Wh", re.IGNORECASE)

# The largest single row that is still believable, MW; a slip of units is ten- to thousandfold.
# A base may reach tens of GW (Binzhou's 2118万千瓦), one plant may not.
PLAUSIBLE_MW: dict[Technology, Decimal] = {
    Technology.PV: Decimal(30_000),
    Technology.PV_DISTRIBUTED: Decimal(10_000),
    Technology.WIND: Decimal(10_000),
    Technology.HYDRO: Decimal(5_000),
    Technology.WIND_SOLAR_STORAGE: Decimal(30_000),
    Technology.PUMPED_STORAGE: Decimal(4_000),
    Technology.COMPRESSED_AIR_STORAGE: Decimal(2_000),
    Technology.NEW_STORAGE: Decimal(5_000),
    Technology.BIOMASS: Decimal(500),
    Technology.WASTE_TO_ENERGY: Decimal(300),
    Technology.GAS: Decimal(3_000),
    Technology.COAL: Decimal(8_000),
}


@dataclass(frozen=True)
class PowerReading:
    """A printed power figure as read: MW where it has one, and how firm it is."""

    mw: Decimal | None
    basis: CapacityBasis


def read_power(printed: str) -> PowerReading:
    """Read a printed power figure such as `1.1GW`, `100万千瓦左右`, `2×300MW（一期）`.

    Units × number with 级 (`2×60万千瓦级`) and 左右/约 are approximate; a bare 级 (`百兆瓦级`,
    `2×9F级`) is a class from which no MW may be derived. Full-width signs are read as half-width.
    Raises QuantityError for energy (kWh) and for anything that is not a power figure.
    """
    plain = unicodedata.normalize("NFKC", printed).replace(" ", "")
    if not plain:
        return PowerReading(None, CapacityBasis.NONE)
    if _ENERGY.search(plain):
        raise QuantityError(
            f"{printed!r} 是电量，不是功率 · is an energy, not a power; put it under quantity_*"
        )
    match = _POWER.match(plain)
    if match is None:
        if _CLASS_ONLY.match(plain):
            return PowerReading(None, CapacityBasis.CLASS)
        raise QuantityError(
            f"{printed!r} 不是功率 · is not a power figure; write it as printed, e.g. 85万千瓦"
        )
    if match["class"] and not match["count"]:
        return PowerReading(None, CapacityBasis.CLASS)
    watts = Decimal(match["number"]) * _WATTS[match["unit"].upper()] * int(match["count"] or 1)
    is_approximate = bool(match["about"] or match["round"] or match["class"])
    basis = CapacityBasis.APPROXIMATE if is_approximate else CapacityBasis.PRINTED
    return PowerReading(watts / WATTS_PER_MW, basis)


def convert(value: Decimal, unit: str, *, to: str) -> Decimal:
    """Express a figure in another unit, exactly; raises QuantityError where the units differ."""
    if unit == to:
        return value
    try:
        return value * _WATTS[unit.upper()] / _WATTS[to.upper()]
    except KeyError:
        raise QuantityError(
            f"{unit} 与 {to} 不能换算 · {unit} cannot be expressed in {to}; use one unit"
        ) from None


def is_plausible(value_mw: Decimal, technology: Technology) -> bool:
    """Whether a capacity lies in the range that its technology can have (PITFALLS 11)."""
    return Decimal(0) < value_mw <= PLAUSIBLE_MW[technology]
