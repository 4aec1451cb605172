"""Coordinates as people write them: decimal, or degrees, minutes and seconds."""

from __future__ import annotations

import math
import re
import unicodedata

_DECIMAL = re.compile(r"([+-]?\d{1,9}(?:\.\d{1,17})?)(?:°|度)?")
_DMS = re.compile(
    r"(\d{1,3})[°度:d](?:(\d{1,2}(?:\.\d+)?)(?:['′分:m]|$)(?:(\d{1,2}(?:\.\d+)?)(?:[\"″秒s]|''|′′|$)?)?)?",
    re.IGNORECASE,
)
_SIDES = {"e": 1, "n": 1, "w": -1, "s": -1, "东经": 1, "北纬": 1, "西经": -1, "南纬": -1}
_EAST, _NORTH = ("e", "w", "东经", "西经"), ("n", "s", "北纬", "南纬")


class DegreeError(ValueError):
    """A cell that is no coordinate."""


def read_degree(cell: str) -> tuple[float, str]:
    """The number of a coordinate and its axis, `lon` or `lat` if the cell says so, else empty.

    Metres of a projection are read as plain numbers too. Raises DegreeError.
    """
    plain = unicodedata.normalize("NFKC", cell).strip().replace(" ", "").casefold()
    plain = plain.replace("’", "'").replace("”", '"').replace("´", "'").replace("“", '"')
    if len(plain) > 40:
        raise DegreeError(cell)
    side = next((each for each in _SIDES if plain.startswith(each) or plain.endswith(each)), "")
    if side == "s" and not plain.startswith("s") and _DMS.fullmatch(plain):
        side = ""  # the s of seconds
    number = plain.removeprefix(side) if plain.startswith(side) else plain.removesuffix(side)
    value = _number(number, cell) * _SIDES.get(side, 1)
    axis = "lon" if side in _EAST else "lat" if side in _NORTH else ""
    return value, axis


def read_pair(cell: str) -> tuple[str, str]:
    """The two halves of a cell such as `117.1, 36.2`; raises DegreeError."""
    plain = unicodedata.normalize("NFKC", cell).strip().strip("()[]")
    parts = [part for part in re.split(r"[,;、]|(?<=\d)\s+(?=[\d+-])", plain) if part.strip()]
    if len(parts) != 2:
        raise DegreeError(cell)
    return parts[0], parts[1]


def _number(plain: str, cell: str) -> float:
    if match := _DECIMAL.fullmatch(plain):
        return float(match[1])
    match = _DMS.fullmatch(plain)
    if match is None:
        raise DegreeError(cell)
    degrees, minutes, seconds = (float(each or 0) for each in match.groups())
    if minutes >= 60 or seconds >= 60 or not math.isfinite(degrees):
        raise DegreeError(cell)
    return degrees + minutes / 60 + seconds / 3600
