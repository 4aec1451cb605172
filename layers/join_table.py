"""What a join found, as rows: one per district or city, then what lies outside and what is invalid.

All points of the file are in one of the lines, and in one only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from geo.districts import Districts
from geo.join.tally import Line, Tally
from terms.columns import JOIN_COLUMNS, Cell
from terms.language import Language
from terms.messages import text

JoinBy = Literal["district", "city"]


def join_columns(tally: Tally) -> tuple[str, ...]:
    """The columns: those of every join, then a sum and the missing values for each column asked."""
    sums = (f"{part}_{name}" for name in tally.columns for part in ("sum", "missing"))
    return (*JOIN_COLUMNS, *sums)


def join_rows(
    tally: Tally, districts: Districts, *, by: JoinBy = "district", language: Language = "zh"
) -> Iterator[dict[str, Cell]]:
    """A row for every place, also those without points; a sum without any value stays empty."""
    if by == "district":
        for code in districts.codes:
            city = districts.city_name(districts.city_code(code), language)
            places = code, districts.name(code, language), city
            yield _row(tally, places, "inside", tally.line([code]))
    else:
        for code in dict.fromkeys(map(districts.city_code, districts.codes)):
            city = districts.city_name(code, language)
            yield _row(tally, (code, city, city), "inside", tally.line(districts.codes_in(code)))
    outside, invalid = text("join.outside", language), text("join.invalid", language)
    yield _row(tally, (None, outside, None), "outside", tally.outside())
    yield _row(tally, (None, invalid, None), "invalid", tally.invalid())


def _row(
    tally: Tally, place: tuple[str | None, str, str | None], part: str, line: Line
) -> dict[str, Cell]:
    cells: list[Cell] = [*place, part, line.points, line.on_border]
    for value, missing in zip(line.sums, line.missing, strict=True):
        whole = value is not None and value.is_integer() and abs(value) < 2**53
        cells += [int(value) if whole and value is not None else value, missing]
    return dict(zip(join_columns(tally), cells, strict=True))
