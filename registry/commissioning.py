"""How much of a row may run: plants are built larger than printed, slips of units far larger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from terms.kinds import CapacityBasis
from terms.records import Project
from terms.units import format_number

# 2×60万千瓦级 is usually built as 2×660 MW, 150 MW as 151.2; a slip of units is ten- to
# thousandfold.
FACTORS: Mapping[CapacityBasis, Decimal] = {
    CapacityBasis.PRINTED: Decimal("1.2"),
    CapacityBasis.APPROXIMATE: Decimal("1.5"),
}
MOST_MW = Decimal(20_000)  # where the plan states no MW


@dataclass(frozen=True)
class Ceiling:
    """The most MW that may be recorded as in operation, and the sentence that says so."""

    mw: Decimal
    words: str


def ceiling(row: Project) -> Ceiling:
    """The ceiling of a row by the figure that the plan states of it, or by none."""
    factor = FACTORS.get(row.capacity_basis)
    if factor is None or row.capacity_mw is None:
        most = format_number(MOST_MW)
        return _ceiling(MOST_MW, f"不超过 {most} MW", f"at most {most} MW")
    return _times(row.capacity_mw, factor, "方案所载 {} MW ", "the stated {} MW")


def remainder_ceiling(row: Project, rest_mw: Decimal) -> Ceiling:
    """The ceiling of a row with members, by what they leave of it."""
    factor = FACTORS.get(row.capacity_basis, Decimal(1))
    return _times(rest_mw, factor, "扣除成员后 {} MW ", "the {} MW that its members leave")


def _times(base_mw: Decimal, factor: Decimal, base: str, base_en: str) -> Ceiling:
    mw, number = base_mw * factor, format_number(base_mw)
    most = format_number(mw)
    said = f"不超过 {most} MW（{base.format(number)}的 {factor} 倍）"
    said_en = f"at most {most} MW ({factor} times {base_en.format(number)})"
    return _ceiling(mw, said, said_en)


def _ceiling(mw: Decimal, said: str, said_en: str) -> Ceiling:
    words = f"{said}，超出的多半是单位有误 · {said_en}; more is probably a slip of units"
    return Ceiling(mw, words)
