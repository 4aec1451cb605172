"""The sums of an extract by county and plan, and where a filter makes them less than the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from capacity.allocate import allocate
from layers.capacity_tables import district_rows
from layers.exports.extract import Extract
from registry.select import select
from terms.columns import Cell, Row


def county_sums(extract: Extract) -> Iterator[Row]:
    """The sums of `cli.py districts` over the rows of the extract.

    A breakdown may give a county parts of rows that do not name it: they are in, too.
    """
    return _sums(extract, counted_rows(extract))


def chosen_sums(extract: Extract) -> Iterator[Row]:
    """The sums of the chosen counties only, where some are chosen.

    A city that the map has gone into keeps what its plan gives to no single county.
    """
    if not _is_place(extract):
        return county_sums(extract)
    return (row for row in county_sums(extract) if _is_chosen(extract, row))


def _is_chosen(extract: Extract, row: Row) -> bool:
    chosen, code = extract.selection, str(row["district_code"] or "")
    if code or chosen.districts:
        return extract.holds(code)
    return extract.registry.plan_by_id[str(row["plan"])].city_code == chosen.area


def plan_sums(extract: Extract) -> Iterator[Row]:
    """The sums over exactly the rows of the extract, to be added up by plan and technology."""
    return _sums(extract, {row.id for row in extract.rows})


def counted_rows(extract: Extract) -> set[str]:
    """The rows that the sums by county are made of."""
    ids = {row.id for row in extract.rows}
    if extract.counting.rule == "custom" and _is_place(extract):
        anywhere = replace(extract.selection, districts=(), area="")
        ids |= {row.id for row in select(extract.registry, anywhere)}
    return ids


def partial_places(extract: Extract) -> set[tuple[str, str]]:
    """The plans and counties of which the filter leaves out rows, or parts of rows."""
    ids, counting = counted_rows(extract), extract.counting
    out = [row for row in extract.registry.projects if row.id not in ids]
    if not out:
        return set()
    pieces = allocate(
        extract.registry, rule=counting.rule, splits=counting.splits, inferred=counting.inferred
    )
    named = {(extract.registry.plan_of(row), code) for row in out for code in row.district_codes}
    return named | {(each.plan, each.code) for each in pieces if each.row not in ids}


def total_mw(rows: Iterable[Row]) -> Cell:
    """All MW of some sums; None where no row states any."""
    stated = [
        value
        for row in rows
        for value in (row["located_mw"], row["shared_mw"])
        if isinstance(value, int | float)
    ]
    return round(sum(stated), 6) if stated else None  # whole watts


def _is_place(extract: Extract) -> bool:
    return bool(extract.selection.districts or extract.selection.area)


def _sums(extract: Extract, ids: set[str]) -> Iterator[Row]:
    counting = extract.counting
    return district_rows(
        extract.registry,
        rule=counting.rule,
        splits=counting.splits,
        inferred=counting.inferred,
        rows=ids,
        language=extract.language,
    )
