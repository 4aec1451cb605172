"""Counties coloured by what the selection shows in them: rows, or one technology's located MW."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from capacity.allocate import Place, allocate, place_of
from capacity.ledger import ledger
from capacity.rollup import Dimension, Total, roll_up
from layers.county_lines import Cell, Line, LineKind
from layers.county_map import (
    BLANK,
    NOT_STATED,
    UNDIVIDED,
    CountyMap,
    class_words,
    coloured,
    legend_unit,
)
from registry.areas import city_of, counties_of, plan_districts
from registry.own import USER
from registry.registry import Registry
from terms.kinds import Technology
from terms.messages import text
from terms.records import Project
from terms.selection import Selection

ROWS = "rows"


def shade_counties(
    registry: Registry, rows: Sequence[Project], chosen: Selection
) -> CountyMap | None:
    """The colours of the chosen plans' counties, or of the city that the map has gone into.

    None where nothing is to be coloured. `rows` are those of the selection; a county of a plan
    that none of them names is blank.
    """
    if not chosen.shade:
        return None
    rows = [row for row in rows if _is_coloured(registry, row, chosen)]
    technology = None if chosen.shade == ROWS else Technology(chosen.shade)
    lines = _lines(registry, rows, _codes(registry, chosen), inferred=chosen.inferred)
    return coloured(lines, technology, chosen)


def shade_legend(made: CountyMap, chosen: Selection) -> dict[str, Any]:
    """Title, unit, classes and the fills that are no class, as far as the map shows them."""
    language, is_whole = chosen.language, made.technology is None
    if made.technology is None:
        title, unit = text("shade.rows", language), text("county.map_rows_unit", language)
    else:
        name = text(f"technology.{made.technology}", language)
        title, unit = text("shade.by", language, name=name), legend_unit(chosen)
    blank = "legend_no_rows" if is_whole else "legend_blank"
    others = {
        "hatch": (NOT_STATED, "legend_not_stated"),
        "dots": (UNDIVIDED, "legend_undivided"),
        "blank": (BLANK, blank),
    }
    return {
        "title": title,
        "unit": text("county.map_units", language, unit=unit),
        "classes": [
            [each.colour, class_words(each, language, is_whole=is_whole)] for each in made.classes
        ],
        "others": [
            [key, text(f"county.{words}", language)]
            for key, (fill, words) in others.items()
            if made.has(fill)
        ],
    }


def _is_coloured(registry: Registry, row: Project, chosen: Selection) -> bool:
    """Users' rows that count in no plan are added to none: they colour counties only alone."""
    return (registry.plan_of(row) == USER) == (chosen.plans == (USER,))


def _codes(registry: Registry, chosen: Selection) -> tuple[str, ...]:
    """The counties of the chosen plans, in the city that the map has gone into."""
    owners: Mapping[str, str] = plan_districts(registry)
    if chosen.plans == (USER,):
        owners = dict.fromkeys(registry.districts.codes, USER)
    city = city_of(registry.districts, chosen.area)
    inside = set(counties_of(registry.districts, city)) if city else None
    return tuple(
        code
        for code, plan in owners.items()
        if (not chosen.plans or plan in chosen.plans) and (inside is None or code in inside)
    )


def _lines(
    registry: Registry, rows: Sequence[Project], codes: Sequence[str], *, inferred: bool
) -> dict[str, Line]:
    ids = {row.id for row in rows}
    pieces = [
        piece for piece in allocate(registry, inferred=inferred) if piece.place is Place.LOCATED
    ]
    entries = ledger(registry, inferred=inferred)
    by = (Dimension.DISTRICT, Dimension.TECHNOLOGY)
    totals = roll_up(registry, pieces, entries, by=by, rows=ids)
    return {code: _line(rows, totals, code) for code in codes}


def _line(rows: Sequence[Project], totals: Mapping[tuple[str, ...], Total], code: str) -> Line:
    naming = [row for row in rows if code in row.district_codes]
    shared = [row for row in naming if place_of(row) is Place.SHARED]
    cells = {
        technology: _cell(
            totals.get((code, technology.value)),
            undivided=sum(row.technology is technology for row in shared),
        )
        for technology in Technology
    }
    located = sum(place_of(row) is Place.LOCATED for row in naming)
    return Line(LineKind.COUNTY, cells, located, (), code=code, shared_rows=len(shared))


def _cell(total: Total | None, *, undivided: int) -> Cell:
    if total is None:
        return Cell(undivided=undivided)
    return Cell(
        located_w=total.located_w,
        retired_w=total.retired_w,
        stated=len(total.stated),
        not_stated=total.not_stated,
        undivided=undivided,
    )
