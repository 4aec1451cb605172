"""One county in full: figures, things, zones and every row that names it, as page and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from capacity.allocate import Piece, Place, allocate, place_of
from capacity.ledger import Entry, ledger
from layers.capacity_tables import district_name
from layers.county_lines import Counting, Line, PlanTable
from layers.county_table import plan_tables
from layers.thing_words import thing_name
from registry.areas import plan_districts
from registry.registry import Registry
from terms.columns import Row, cell
from terms.kinds import Technology
from terms.language import Language
from terms.messages import label, text
from terms.records import InstalledFigure, Project
from terms.units import WATTS_PER_MW

COLUMNS = (
    "plan",
    "plan_status",
    "rule",
    "district_code",
    "district",
    "part",
    "key",
    "name",
    "name_en",
    "place",
    "basis",
    "located_mw",
    "shared_mw",
    "counted_mw",
    "count",
    "printed",
    "clause",
    "other_districts",
    "note",
)


@dataclass(frozen=True)
class SheetRow:
    """One row that names the county, or to which a breakdown gave a part here.

    `counted_w` is what the row counts as a whole and `here_w` what of it stands here; both are
    None where no MW is stated or the row is no plant, `here_w` also where nothing was split.
    `by_technology`: the breakdown named the technology only, so that no single row is meant.
    """

    row: Project
    place: Place
    entry: Entry | None
    here_w: int | None
    others: tuple[str, ...]
    by_technology: bool = False

    @property
    def counted_w(self) -> int | None:
        """What the row counts as a whole."""
        entry = self.entry
        return entry.counted_w if entry and entry.gross_w is not None else None


@dataclass(frozen=True)
class Sheet:
    """A county with its line of the plan's table (None where no plan governs it)."""

    code: str
    counting: Counting
    table: PlanTable | None
    line: Line | None
    rows: tuple[SheetRow, ...]
    installed: tuple[InstalledFigure, ...]

    @property
    def technologies(self) -> tuple[Technology, ...]:
        """The technologies of which a row speaks here."""
        cells: Mapping[Technology, object] = self.line.cells if self.line else {}
        return tuple(each for each in Technology if each in cells)


def county_sheet(registry: Registry, counting: Counting, code: str) -> Sheet:
    """The sheet of one county, counted as the tables are."""
    plan = plan_districts(registry).get(code)
    table = plan_tables(registry, counting, plans=[plan])[0] if plan else None
    pieces = allocate(
        registry, rule=counting.rule, splits=counting.splits, inferred=counting.inferred
    )
    here = {piece.row: piece for piece in pieces if piece.code == code}
    entries = ledger(registry, inferred=counting.inferred)
    return Sheet(
        code=code,
        counting=counting,
        table=table,
        line=table.county(code) if table else None,
        rows=tuple(
            _row(row, entries.get(row.id), here.get(row.id), code, counting=counting)
            for row in sorted(registry.projects, key=lambda each: _ORDER[place_of(each)])
            if code in row.district_codes or row.id in here
        ),
        installed=tuple(each for each in registry.installed if each.district_code == code),
    )


_ORDER = {Place.LOCATED: 0, Place.SHARED: 1, Place.UNALLOCATED: 2, Place.OUTSIDE: 3}


def _row(
    row: Project, entry: Entry | None, piece: Piece | None, code: str, *, counting: Counting
) -> SheetRow:
    is_given = piece is not None and piece.place is Place.SHARED and counting.rule == "custom"
    return SheetRow(
        row=row,
        place=place_of(row),
        entry=entry,
        here_w=piece.watts if piece else None,
        others=tuple(each for each in row.district_codes if each != code),
        by_technology=is_given and not counting.splits.names(row.id),
    )


def sheet_rows(registry: Registry, sheet: Sheet, language: Language) -> Iterable[Row]:
    """The sheet as flat rows under COLUMNS: technologies, things, zones, rows, installed figures.

    The columns `located_mw` and `shared_mw` are not to be added across parts: the rows are what
    the technologies are made of. `basis` marks what the rule gave.
    """
    plan = registry.plan_by_id[sheet.table.plan] if sheet.table else None
    head = {
        "plan": plan.id if plan else None,
        "plan_status": plan.status.value if plan else None,
        "rule": sheet.counting.rule,
        "district_code": sheet.code,
        "district": district_name(registry, sheet.code, language),
    }
    for part in _parts(registry, sheet, language):
        yield {**dict.fromkeys(COLUMNS), **head, **part}


def _parts(registry: Registry, sheet: Sheet, language: Language) -> Iterable[Row]:
    if sheet.line:
        yield from _technologies(sheet.line, "technology", language)
        for thing in sheet.line.things:
            yield {
                "part": "thing",
                "key": ";".join(thing.rows),
                "name": thing_name(thing.kind, language),
                "name_en": thing_name(thing.kind, "en"),
                "count": thing.counted if thing.counted or not thing.unnumbered else None,
            }
        for zone in sheet.line.zones:
            name = zone.zone.name if zone.zone else ""
            name_en = zone.zone.name_en if zone.zone else ""
            for row in _technologies(zone, "zone", language):
                both = {"name": f"{name} {row['name']}", "name_en": f"{name_en} {row['name_en']}"}
                yield {**row, **both}
            yield {"part": "zone", "name": name, "name_en": name_en, "count": zone.rows}
    yield from (_project(registry, each, language) for each in sheet.rows)
    for figure in sheet.installed:
        yield {
            "part": "installed",
            "key": figure.metric,
            "name": f"{figure.zone} {figure.date}".strip(),
            "printed": f"{figure.value} {figure.unit}",
            "clause": figure.source,
        }


def _technologies(line: Line, part: str, language: Language) -> Iterable[Row]:
    for technology, found in line.cells.items():
        yield {
            "part": part,
            "key": technology.value,
            "name": label("technology", technology, language),
            "name_en": label("technology", technology, "en"),
            "basis": text("county.sketch", language) if found.shared_w else None,
            "located_mw": _mw(found.located_w if found.stated else None),
            "shared_mw": _mw(found.shared_w if found.stated else None),
            "note": text(f"county.look_{found.look}", language),
        }


def _project(registry: Registry, each: SheetRow, language: Language) -> Row:
    row = each.row
    is_located = each.place in (Place.LOCATED, Place.OUTSIDE)
    return {
        "part": "row",
        "key": row.id,
        "plan": row.plan,
        "plan_status": registry.plan_by_id[row.plan].status.value,
        "name": row.name,
        "name_en": row.name_en,
        "place": each.place.value,
        "basis": _basis(each, language),
        "located_mw": _mw(each.here_w) if is_located else None,
        "shared_mw": None if is_located else _mw(each.here_w),
        "counted_mw": _mw(each.counted_w),
        "printed": row.capacity_printed or row.quantity_printed or None,
        "clause": clause_of(row),
        "other_districts": ";".join(
            district_name(registry, code, language) for code in each.others
        ),
        "note": row.note or None,
    }


def _basis(each: SheetRow, language: Language) -> str | None:
    if each.place in (Place.LOCATED, Place.OUTSIDE) or each.here_w is None:
        return None
    key = "county.basis_by_technology" if each.by_technology else "county.sketch"
    return text(key, language)


def clause_of(row: Project) -> str:
    """Section and item of a row, with its further clauses."""
    first = f"{row.source_section} {row.source_item}".strip()
    return "；".join((first, *row.source_also))


def _mw(watts: int | None) -> float | int | None:
    value = None if watts is None else cell(Decimal(watts) / WATTS_PER_MW)
    return value if isinstance(value, int | float) else None
