"""Which county carries what: one table per plan, its lines adding up to what the plan counts.

Plans are never added up and technologies never meet. All amounts are whole watts from
`capacity.roll_up`; counties stand in the order of their codes unless sorted otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from capacity.allocate import Piece, Place, allocate, is_located, place_of
from capacity.ledger import Entry, Reason, ledger
from capacity.rollup import Dimension, Key, Total, roll_up
from capacity.things import things
from geo.zones import Zone, zones
from layers.county_lines import Cell, Counting, Line, LineKind, PlanTable
from registry.areas import governed
from registry.own import USER
from registry.registry import Registry
from terms.kinds import Technology
from terms.records import PlanRecord, Project

_IN_A_COUNTY = (Place.LOCATED, Place.SHARED)


@dataclass(frozen=True)
class _Source:
    """What all tables are made from."""

    registry: Registry
    entries: Mapping[str, Entry]
    pieces: Sequence[Piece]
    inferred: bool
    by_county: Mapping[Key, Total] = field(default_factory=dict)
    split: Collection[str] = ()  # rows of which the rule left nothing unsplit


def plan_tables(
    registry: Registry, counting: Counting, *, plans: Iterable[str] = ()
) -> tuple[PlanTable, ...]:
    """The tables of the given plans (of all without any); raises SplitError for a bad breakdown."""
    wanted = set(plans) or {plan.id for plan in registry.groups}
    entries = ledger(registry, inferred=counting.inferred)
    pieces = allocate(
        registry, rule=counting.rule, splits=counting.splits, inferred=counting.inferred
    )
    in_county = [piece for piece in pieces if piece.code and piece.place in _IN_A_COUNTY]
    by = (Dimension.PLAN, Dimension.DISTRICT, Dimension.TECHNOLOGY)
    by_county = roll_up(registry, in_county, entries, by=by)
    given = {piece.row for piece in in_county if piece.place is Place.SHARED}
    left = {piece.row for piece in pieces if not piece.code}
    source = _Source(registry, entries, pieces, counting.inferred, by_county, given - left)
    return tuple(
        table
        for plan in registry.groups
        if plan.id in wanted
        if (table := _table(source, plan)).total.rows or plan.id != USER
    )


def sorted_counties(table: PlanTable, sort: str) -> tuple[Line, ...]:
    """The counties by a technology's watts or by `rows`, largest first; else by code."""
    if sort == "rows":
        return tuple(sorted(table.counties, key=lambda line: (-line.rows, line.code)))
    technology = next((each for each in table.technologies if each.value == sort), None)
    if technology is None:
        return table.counties

    def order(line: Line) -> tuple[int, int, int, int, str]:
        cell = line.cell(technology)
        return (-cell.watts, -cell.located_w, -cell.not_stated, -cell.undivided, line.code)

    return tuple(sorted(table.counties, key=order))


def _table(source: _Source, plan: PlanRecord) -> PlanTable:
    registry = source.registry
    rows = [row for row in registry.projects if registry.plan_of(row) == plan.id]
    ids = {row.id for row in rows}
    totals = {
        Technology(technology): total
        for (technology,), total in roll_up(
            registry, source.pieces, source.entries, by=(Dimension.TECHNOLOGY,), rows=ids
        ).items()
    }
    technologies = tuple(each for each in Technology if each in totals)
    codes = {*governed(plan, registry.districts), *_codes_with_watts(source, plan.id)}
    rest = (
        _rest(source, rows, LineKind.UNSPLIT, Place.SHARED),
        _rest(source, rows, LineKind.UNALLOCATED, Place.UNALLOCATED),
        _rest(source, rows, LineKind.OUTSIDE, Place.OUTSIDE),
    )
    stated = [row for row in rows if row.id in source.entries and _states(source, row)]
    return PlanTable(
        plan=plan.id,
        technologies=technologies,
        counties=tuple(_county(source, rows, plan.id, code) for code in sorted(codes)),
        rest=rest,
        total=Line(
            LineKind.TOTAL,
            {each: _cell_of_all(total) for each, total in totals.items()},
            len(rows),
            things(registry, rows, inferred=source.inferred),
        ),
        stated=len(stated),
        located=sum(map(is_located, stated)),
    )


def _county(source: _Source, rows: Sequence[Project], plan: str, code: str) -> Line:
    registry = source.registry
    naming = [row for row in rows if code in row.district_codes]
    here = [row for row in naming if place_of(row) is Place.LOCATED]
    shared = [row for row in naming if place_of(row) is Place.SHARED]
    cells: dict[Technology, Cell] = {}
    for technology in Technology:
        total = source.by_county.get((plan, code, technology.value))
        given = total.rows if total else set()
        undivided = [r for r in shared if r.technology is technology and r.id not in given]
        if total or undivided:
            cells[technology] = _cell(total or Total(), undivided=len(undivided))
    return Line(
        LineKind.COUNTY,
        cells,
        len(here),
        things(registry, here, inferred=source.inferred),
        code=code,
        area_km2=registry.districts.area_km2(code) if registry.districts.has(code) else 0.0,
        shared_rows=len(shared),
        zones=tuple(_zones(source, here, plan)),
    )


def _zones(source: _Source, here: Sequence[Project], plan: str) -> Iterable[Line]:
    """The zones in which rows of one county stand; names that the table of zones lacks are none."""
    known = {name: zone for zone in zones() if zone.plan == plan for name in _names(zone)}
    found: dict[str, list[Project]] = {}
    for row in here:
        if row.zone in known:
            found.setdefault(known[row.zone].name, []).append(row)
    for name, rows in found.items():
        cells = _cells(source, [p for p in source.pieces if p.place is Place.LOCATED], rows)
        counted = things(source.registry, rows, inferred=source.inferred)
        yield Line(LineKind.ZONE, cells, len(rows), counted, zone=known[name])


def _names(zone: Zone) -> tuple[str, ...]:
    return (zone.name, zone.full_name, *zone.aliases)


def _rest(source: _Source, rows: Sequence[Project], kind: LineKind, place: Place) -> Line:
    """What stands in no single county; a row that the rule split in part leaves its rest here."""
    all_rows = [row for row in rows if place_of(row) is place]
    standing = [row for row in all_rows if row.id not in source.split]
    pieces = [
        piece
        for piece in source.pieces
        if piece.place is place and (place is Place.OUTSIDE or not piece.code)
    ]
    counted = things(source.registry, all_rows, inferred=source.inferred)
    split = len(all_rows) - len(standing)
    return Line(kind, _cells(source, pieces, rows), len(standing), counted, split_rows=split)


def _cells(
    source: _Source, pieces: Iterable[Piece], rows: Sequence[Project]
) -> dict[Technology, Cell]:
    ids = {row.id for row in rows}
    totals = roll_up(source.registry, pieces, source.entries, by=(Dimension.TECHNOLOGY,), rows=ids)
    return {Technology(key): _cell_of_all(total) for (key,), total in totals.items()}


def _cell(total: Total, *, undivided: int = 0) -> Cell:
    return Cell(
        located_w=total.located_w,
        shared_w=total.shared_w,
        retired_w=total.retired_w,
        stated=len(total.stated),
        not_stated=total.not_stated,
        undivided=undivided,
        is_open=bool(total.open_rows),
    )


def _cell_of_all(total: Total) -> Cell:
    """A cell of a line without a county: all that is counted, as one amount."""
    return Cell(
        located_w=total.counted_w,
        retired_w=total.retired_w,
        stated=len(total.stated),
        not_stated=total.not_stated,
    )


def _codes_with_watts(source: _Source, plan: str) -> set[str]:
    return {code for owner, code, _ in source.by_county if owner == plan}


def _states(source: _Source, row: Project) -> bool:
    """Does a row state MW that are not those of a unit that retires?"""
    entry = source.entries[row.id]
    return entry.gross_w is not None and entry.reason is not Reason.RETIRE
