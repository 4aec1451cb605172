"""A user's table as a choropleth: classes of its own figures, in its own unit; missing is not zero.

The figures may be below zero and are never added up: nobody knows here what they mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from layers.county_map import BLANK, CountyMap, MapClass, class_words
from registry.areas import city_of, counties_of, plan_districts
from registry.registry import Registry
from terms.language import Language
from terms.messages import text
from terms.own_records import OwnTable
from terms.selection import Selection
from terms.units import format_number

# Another hue than MW and rows have: these are not figures of any plan.
COLOURS = ("#e9e3f1", "#cabfe0", "#a595c9", "#7d69aa", "#574384")
_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def chosen_table(registry: Registry, chosen: Selection) -> OwnTable | None:
    """The table that colours the counties, if one does."""
    return registry.own.table_by_id.get(chosen.shade)


def table_map(registry: Registry, table: OwnTable, chosen: Selection) -> CountyMap:
    """The colours of the table's counties and the plans', or of the city gone into."""
    values, language = dict(table.values), chosen.language
    codes = sorted({*values, *plan_districts(registry)})
    if city := city_of(registry.districts, chosen.area):
        codes = list(counties_of(registry.districts, city))
    classes = _classes(list(values.values()))
    return CountyMap(
        technology=None,
        classes=classes,
        fills={code: _colour(values.get(code), classes) for code in codes},
        tips={code: (_tip(table, values.get(code), language),) for code in codes},
        is_sketch=False,
    )


def table_legend(table: OwnTable, made: CountyMap, chosen: Selection) -> dict[str, Any]:
    """Title, classes, and whose figures of what day in which unit these are."""
    language = chosen.language
    blank = [["blank", text("own.table_missing", language)]] if made.has(BLANK) else []
    return {
        "title": f"{table.title} · {text('own.data', language)}",
        "unit": table_words(table, language),
        "classes": [
            [each.colour, class_words(each, language, is_whole=False)] for each in made.classes
        ],
        "others": blank,
    }


def table_words(table: OwnTable, language: Language) -> str:
    """Unit, date and source of a table, each as far as it is stated."""
    stated = {"unit": table.unit, "date": table.date, "source": table.source}
    parts = [
        text(f"own.table_{name}", language, value=value or text("own.not_stated", language))
        for name, value in stated.items()
    ]
    return text("word.semicolon", language).join(parts)


def _tip(table: OwnTable, value: Decimal | None, language: Language) -> str:
    if value is None:
        said = text("own.table_missing", language)
    else:
        said = f"{format_number(value)} {table.unit}".strip()
    return text("own.table_tip", language, title=table.title, value=said)


def _classes(values: Sequence[Decimal]) -> tuple[MapClass, ...]:
    """At most five classes of one round width around the values."""
    if not values:
        return ()
    low, high = min(values), max(values)
    if low == high:
        return (MapClass(low, high, COLOURS[len(COLOURS) // 2]),)
    width = _round_width((high - low) / len(COLOURS))
    start = (low / width).to_integral_value("ROUND_FLOOR") * width
    if start + width * len(COLOURS) < high:
        width = _round_width((high - start) / len(COLOURS))
        start = (low / width).to_integral_value("ROUND_FLOOR") * width
    limits = [start]
    while limits[-1] < high:
        limits.append(limits[-1] + width)
    pairs = list(pairwise(limits))
    last = len(COLOURS) - 1
    shades = [COLOURS[min(last, n * last // max(1, len(pairs) - 1))] for n in range(len(pairs))]
    return tuple(MapClass(a, b, shades[n]) for n, (a, b) in enumerate(pairs))


def _round_width(least: Decimal) -> Decimal:
    """The smallest round width (1, 2, 2.5, 5 × 10ⁿ) that is not below this."""
    unit = Decimal(1).scaleb(least.adjusted())
    return next(step * unit for step in _ROUND if step * unit >= least)


def _colour(value: Decimal | None, classes: Sequence[MapClass]) -> str:
    if value is None:
        return BLANK
    return next(each.colour for each in classes if value <= each.high)


def table_shades(registry: Registry) -> Mapping[str, str]:
    """What the tables are called, by id."""
    return {table.id: table.title for table in registry.own.tables}


def table_fills(table: OwnTable) -> Mapping[str, str]:
    """The colour of each county that the table names."""
    classes = _classes([value for _, value in table.values])
    return {code: _colour(value, classes) for code, value in table.values}


def table_classes(table: OwnTable, language: Language) -> list[tuple[str, str]]:
    """The colours of a table's classes, each with its words."""
    classes = _classes([value for _, value in table.values])
    return [(each.colour, class_words(each, language, is_whole=False)) for each in classes]
