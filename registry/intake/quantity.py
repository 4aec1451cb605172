"""Capacities as people write them, read as exact MW; what has no unit is never guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from registry.intake.words import is_not_stated
from seeds.quantities import read_power
from terms.errors import QuantityError
from terms.kinds import CapacityBasis

_WATT = Decimal("0.000001")  # of a MW: nothing is counted finer
_LARGEST = Decimal(10) ** 9
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,2})?")
_GROUPED = re.compile(r"(?<=\d)[,'](?=\d{3}(?!\d))")
# A blank between two numbers, unless it parts thousands (12 500): 100 50 is no number at all.
_APART = re.compile(r"(?<=\d) +(?=\d)(?!\d{3}(?!\d))")
_TERM = re.compile(
    r"(?:(?P<count>\d{1,4})[×xX*✕])?(?P<number>\d{1,15}(?:\.\d{1,17})?)(?P<unit>[^\d+×*]*)"
)
_ABOUT = re.compile(r"^(约|大约|近|约为|about|approx\.?|approximately|ca\.?|~|≈|～)", re.IGNORECASE)
_ROUND = re.compile(r"(左右|上下)$")
_UNITS = {
    "万kw": "万千瓦",
    "kwp": "kW",
    "mwp": "MW",
    "gwp": "GW",
    "mwac": "MW",
    "mwdc": "MW",
    "megawatt": "MW",
    "megawatts": "MW",
    "kilowatt": "kW",
    "kilowatts": "kW",
    "gigawatt": "GW",
    "gigawatts": "GW",
}
_ENERGY_TAIL = re.compile(
    r"/\d+(\.\d+)?(mwh|kwh|gwh|兆瓦时|千瓦时|万千瓦时|吉瓦时)$", re.IGNORECASE
)


@dataclass(frozen=True)
class Capacity:
    """A capacity as read: exact MW (None where not stated) and what the file printed.

    `remark` is a pair "中文 · English" for what a reader should know, or empty.
    """

    mw: Decimal | None
    printed: str
    is_approximate: bool = False
    remark: str = ""


def is_number(cell: str) -> bool:
    """Is a cell a bare number, perhaps with thousands separators or full-width?"""
    return _NUMBER.fullmatch(_plain(cell)) is not None


def read_number(cell: str) -> Decimal:
    """A bare number, exactly; raises QuantityError for anything else."""
    plain = _plain(cell).rstrip("%")
    if _NUMBER.fullmatch(plain) is None or len(plain) > 40:
        raise QuantityError(
            "一个数，如 1,234.5；未知则留空 · a number such as 1,234.5; nothing if it is unknown"
        )
    return Decimal(plain)


def read_capacity(cell: str, *, unit: str = "") -> Capacity:
    """Read `20万千瓦`, `2×300 MW`, `约50`; `unit` is the heading's and applies to bare numbers.

    Raises QuantityError with what was expected, as a pair "中文 · English".
    """
    text = cell.strip()
    if is_not_stated(text):
        return Capacity(None, "")
    plain = _plain(text)
    remark = ""
    if tail := _ENERGY_TAIL.search(plain):
        plain = plain[: tail.start()]
        remark = "只取功率，斜线后是电量 · only the power is taken; energy follows the slash"
    is_about = bool(_ABOUT.match(plain) or _ROUND.search(plain))
    plain = _ROUND.sub("", _ABOUT.sub("", plain))
    if plain.endswith("级"):
        return _class(plain, text)
    if re.search(r"wp$|wdc$", plain or unit, re.IGNORECASE):
        remark = "按直流侧（峰值）功率原样录入 · taken as printed, as power on the DC side (peak)"
    total, is_bare = Decimal(0), False
    terms = plain.split("+")
    shared = _unit_of(terms[-1])
    is_mixed = not shared and any(map(_unit_of, terms))  # 100MW+50: fifty of what?
    for term in terms:
        own = _unit_of(term) or shared
        if is_mixed and not own:
            raise _unreadable()
        is_bare |= not own
        reading = _term(term, own or _known(unit), cell)
        is_about |= reading[1]
        total += reading[0]
    mw = min(total, total.quantize(_WATT), key=_decimals) if total < _LARGEST else total
    if mw <= 0:
        raise QuantityError(
            "大于 0 的装机；未知应留空，不写 0 · a capacity above 0; nothing if it is unknown"
        )
    if mw >= _LARGEST:
        raise _unreadable()
    printed = f"{text}{unit}" if is_bare else text
    return Capacity(mw, printed, is_about, remark)


def _class(plain: str, text: str) -> Capacity:
    """Units × number with 级 is an approximate figure; a bare 级 gives no MW (DESIGN section 2)."""
    try:
        reading = read_power(plain)
    except QuantityError:
        raise _unreadable() from None
    words = "只有级别，不折算为装机 · a class only, no MW is derived from it"
    return Capacity(reading.mw, text, reading.mw is not None, "" if reading.mw else words)


def _decimals(value: Decimal) -> int:
    return -int(value.as_tuple().exponent)


def _term(term: str, unit: str, cell: str) -> tuple[Decimal, bool]:
    match = _TERM.fullmatch(term)
    if match is None:
        raise _unreadable()
    if not unit:
        raise QuantityError(
            "带单位的装机：写 50MW 或 5万千瓦，或在表头写单位，如 装机（MW） · a capacity with its "
            "unit: write 50MW, or put the unit into the heading, as Capacity (MW)"
        )
    number = match["number"]
    try:
        one = read_power(f"{number}{unit}")
    except QuantityError:
        raise _unreadable() from None
    if one.mw is None or one.basis is CapacityBasis.CLASS:
        raise _unreadable()
    return one.mw * int(match["count"] or 1), one.basis is CapacityBasis.APPROXIMATE


def _unreadable() -> QuantityError:
    return QuantityError(
        "装机，如 20万千瓦、200MW、2×300MW（不是电量、区间） · a capacity such as 20万千瓦, 200 MW "
        "or 2×300 MW, no energy and no range"
    )


def _unit_of(term: str) -> str:
    match = _TERM.fullmatch(term)
    return _known(match["unit"]) if match else ""


def _known(unit: str) -> str:
    plain = unicodedata.normalize("NFKC", unit).strip().replace(" ", "")
    return _UNITS.get(plain.casefold(), plain)


def _plain(cell: str) -> str:
    """Half-width, without blanks and thousands separators."""
    if len(cell) > 200:
        return cell
    plain = unicodedata.normalize("NFKC", cell).replace("−", "-")
    return _GROUPED.sub("", _APART.sub("|", plain).replace(" ", ""))
