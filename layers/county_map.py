"""The map of the counties: classes of one technology's MW, or of rows where none is chosen.

Only what stands in one county is coloured; what a rule gave joins on request, and the map then
says that it is a sketch. Missing, undivided and not stated are patterns or blank, never a low
class. One hue from light to dark, so that it reads without colour vision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from layers.county_lines import Cell, Line, PlanTable
from layers.paint import empty_state, with_token
from registry.areas import plan_districts
from registry.own import USER
from registry.registry import Registry
from terms.kinds import Technology
from terms.language import Language
from terms.messages import text
from terms.selection import Selection
from terms.units import WATTS_PER_MW, format_number, mw_to

MW_COLOURS = ("#d8ebe6", "#a5d0c8", "#69aaa2", "#3b8a84", "#1c6662")
ROW_COLOURS = ("#f8efd9", "#edd6a4", "#dcb163", "#c08d38", "#9c6f21")
BLANK, BEYOND = "#fbfaf4", "#e5eae8"
NOT_STATED, UNDIVIDED = "url(#fg-hatch)", "url(#fg-dots)"  # patterns of web/districts.js
_STEPS = (1, 2, 5)
_MOST = len(MW_COLOURS)


@dataclass(frozen=True)
class MapClass:
    """One class of the legend: over `low`, up to `high`, in what the map shows."""

    low: Decimal
    high: Decimal
    colour: str


@dataclass(frozen=True)
class CountyMap:
    """What the map shows: classes, the fill of each county, and its words under the pointer.

    `technology` is None where rows are counted; `is_sketch` where shares of a rule are in it.
    """

    technology: Technology | None
    classes: tuple[MapClass, ...]
    fills: Mapping[str, str]
    tips: Mapping[str, tuple[str, ...]]
    is_sketch: bool

    def has(self, fill: str) -> bool:
        """Does any county wear this fill?"""
        return fill in self.fills.values()


def county_map(tables: Sequence[PlanTable], chosen: Selection) -> CountyMap:
    """Colour the counties of the tables by the chosen technology, or by their rows.

    Users' rows that count in no plan are never added to a plan's: they colour only alone.
    """
    technology = _technology(tables, chosen.technology)
    shown = shown_tables(tables)
    lines = {line.code: line for table in shown for line in table.counties}
    given = technology and any(line.cell(technology).shared_w for line in lines.values())
    return coloured(lines, technology, chosen, is_sketch=chosen.shared and bool(given))


def shown_tables(tables: Sequence[PlanTable]) -> Sequence[PlanTable]:
    """The plans' tables; that of users' rows that count in no plan only where it stands alone."""
    return [table for table in tables if table.plan != USER] or tables


def coloured(
    lines: Mapping[str, Line],
    technology: Technology | None,
    chosen: Selection,
    *,
    is_sketch: bool = False,
) -> CountyMap:
    """Classes and fills of the given counties, by code; rows are counted without a technology."""
    values = {
        code: value
        for code, line in lines.items()
        if (value := _value(line, technology, chosen, is_sketch=is_sketch))
    }
    classes = _classes(list(values.values()), MW_COLOURS if technology else ROW_COLOURS)
    return CountyMap(
        technology=technology,
        classes=classes,
        fills={
            code: _colour(values[code], classes) if code in values else _bare(line, technology)
            for code, line in lines.items()
        },
        tips={
            code: (_tip(line, technology, values.get(code), chosen),)
            for code, line in lines.items()
        },
        is_sketch=is_sketch,
    )


def county_state(registry: Registry, made: CountyMap, *, selection: Selection) -> dict[str, Any]:
    """The message for the map's script: no symbols, the counties' fills and words."""
    state = empty_state(registry, selection)
    words = state["words"]
    if made.is_sketch:
        rule = text(f"allocation.{selection.rule}", selection.language)
        words = {**words, "stamp": text("county.stamp_sketch", selection.language, rule=rule)}
    return with_token(
        {
            **state,
            "words": words,
            "colours": {**_beyond(registry), **made.fills},
            "tips": {code: list(lines) for code, lines in made.tips.items()},
            "beside": selection.beside,
        }
    )


def _beyond(registry: Registry) -> dict[str, str]:
    """Every plan's counties as if outside; what is shown is painted over them."""
    return dict.fromkeys(plan_districts(registry), BEYOND)


def technologies_with_mw(tables: Sequence[PlanTable]) -> tuple[Technology, ...]:
    """The technologies of which any plan counts MW, in their usual order."""
    found = {each for table in tables for each, cell in table.total.cells.items() if cell.watts}
    return tuple(each for each in Technology if each in found)


def _technology(tables: Sequence[PlanTable], wanted: str) -> Technology | None:
    """The chosen technology where any MW of it count here; else the rows are coloured."""
    return next((each for each in technologies_with_mw(tables) if each == wanted), None)


def _value(
    line: Line, technology: Technology | None, chosen: Selection, *, is_sketch: bool
) -> Decimal | None:
    """What is coloured: rows, the unit of this run, or MW per km2; None where there is nothing."""
    if technology is None:
        return Decimal(line.rows) or None
    cell = line.cell(technology)
    watts = cell.watts if is_sketch else cell.located_w
    if not watts:
        return None
    if chosen.per_km2:
        density = line.mw_per_km2(watts)
        return None if density is None else Decimal(f"{density:.3g}")
    return mw_to(Decimal(watts) / WATTS_PER_MW, chosen.unit)


def _classes(values: Sequence[Decimal], colours: Sequence[str]) -> tuple[MapClass, ...]:
    """At most five classes with round limits (1, 2, 5 × 10ⁿ), as few as the values need."""
    if not values:
        return ()
    limits = _limits(min(values), max(values), _STEPS)
    if len(limits) > _MOST + 1:
        limits = _limits(min(values), max(values), (1,))
    if len(limits) > _MOST + 1:
        limits = [Decimal(0), *limits[-_MOST:]]
    pairs = list(pairwise(limits))
    shades = _spread(colours, len(pairs))
    return tuple(MapClass(low, high, shades[n]) for n, (low, high) in enumerate(pairs))


def _limits(least: Decimal, most: Decimal, steps: Sequence[int]) -> list[Decimal]:
    """Round limits around the values: the first below the least, the last not below the most."""
    place = Decimal(1).scaleb(least.adjusted() - 1)
    limits = [Decimal(0)]
    while limits[-1] < most:
        limits += [place * step for step in steps]
        place *= 10
    above = next(n for n, limit in enumerate(limits) if limit >= most)
    below = max(n for n, limit in enumerate(limits) if limit < least)
    return limits[below : above + 1]


def _spread(colours: Sequence[str], count: int) -> list[str]:
    """As many of the shades, from the light to the dark end; a single class is a middle one."""
    last = len(colours) - 1
    if count == 1:
        return [colours[last // 2]]
    return [colours[round(n * last / (count - 1))] for n in range(count)]


def _colour(value: Decimal, classes: Sequence[MapClass]) -> str:
    return next(each.colour for each in classes if value <= each.high)


def _bare(line: Line, technology: Technology | None) -> str:
    if technology is None:
        return BLANK
    return fill_without_amount(line.cell(technology))


def fill_without_amount(cell: Cell) -> str:
    """How a county without an amount is drawn; a share that is not asked for is undivided."""
    if cell.not_stated:
        return NOT_STATED
    return UNDIVIDED if cell.undivided or cell.shared_w else BLANK


def _tip(
    line: Line, technology: Technology | None, value: Decimal | None, chosen: Selection
) -> str:
    language = chosen.language
    if technology is None:
        return text("county.tip_rows", language, rows=line.rows, shared=line.shared_rows)
    name = text(f"technology.{technology}", language)
    cell = line.cell(technology)
    if value is not None:
        unit = legend_unit(chosen)
        amount = text("county.amount", language, value=format_number(value), unit=unit)
    elif cell.not_stated:
        amount = text("county.tip_not_stated", language, rows=cell.not_stated)
    elif cell.undivided or cell.shared_w:
        amount = text("county.tip_undivided", language)
    else:
        amount = text(f"county.tip_{'zero' if cell.stated else 'missing'}", language)
    return text("county.tip", language, name=name, amount=amount)


def class_words(each: MapClass, language: Language, *, is_whole: bool) -> str:
    """The limits of a class; of rows, the numbers that can occur in it."""
    low = Decimal(int(each.low) + 1) if is_whole else each.low
    if low == each.high:
        return format_number(low)
    ends = {"low": format_number(low), "high": format_number(each.high)}
    return text("county.legend_class", language, **ends)


def legend_unit(chosen: Selection) -> str:
    """The unit of the coloured amounts."""
    if chosen.per_km2:
        return text("county.per_km2_unit", chosen.language)
    return text(f"unit.{chosen.unit}", chosen.language)
