"""The ledger of a brief: every row with what is printed, what it counts, its state, its clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from capacity.allocate import Place, place_of
from capacity.ledger import Entry, Reason
from layers.county_sheet import SheetRow, clause_of
from layers.pdf.table import Cell, Column, TableRow
from layers.pdf.words import Words
from terms.kinds import Basis, PlanStatus, Status
from terms.records import Project

_WIDTHS = (8.0, 46.5, 23.8, 22.0, 24.0, 18.2, 15.5, 20.0)
_GAP = 2.5  # mm between amounts and the words after them
_NAMES = ("number", "name", "layer", "printed", "counted", "status", "owner", "clause")


def ledger_columns(words: Words, *, is_county: bool = False) -> list[Column]:
    """The columns; the amounts stand right under their unit."""
    names = ("number", "name_county", *_NAMES[2:]) if is_county else _NAMES
    return [
        Column(
            words.t(f"brief.col_{name}", unit=words.unit_name()),
            width,
            "right" if name == "counted" else "left",
            gap=_GAP if name == "counted" else 0.0,
        )
        for width, name in zip(_WIDTHS, names, strict=True)
    ]


def county_rows(words: Words, rows: Sequence[SheetRow]) -> Iterable[TableRow]:
    """The rows of a county's sheet, numbered as on the map."""
    for number, each in enumerate(rows, start=1):
        yield _row(words, number, each.row, counted_cell(words, each), where_of(words, each))


def plan_rows(
    words: Words, rows: Sequence[Project], entries: Mapping[str, Entry]
) -> Iterable[TableRow]:
    """Rows of a plan or a selection, each with the counties that it names."""
    for number, row in enumerate(rows, start=1):
        where = words.districts(row) or words.t("brief.only_city")
        yield _row(words, number, row, amount_cell(words, row, entries.get(row.id)), where)


def _row(words: Words, number: int, row: Project, counted: Cell, where: str) -> TableRow:
    return TableRow(
        (
            str(number),
            Cell(
                words.name(row),
                note=words.t("word.semicolon").join(filter(None, [where, *_above(words, row)])),
            ),
            Cell(words.lab("layer", row.layer), note=_land(words, row)),
            _printed(words, row),
            counted,
            status_cell(words, row),
            Cell(row.owner) if row.owner else Cell(words.t("brief.blank"), soft=True),
            Cell(clause_of(row), note=_draft(words, row)),
        )
    )


def _land(words: Words, row: Project) -> str:
    """The land use, unless the layer's own name says it."""
    if row.land_mode is None or row.layer.startswith(row.land_mode.value):
        return ""
    return words.lab("land_mode", row.land_mode)


def _draft(words: Words, row: Project) -> str:
    is_marked = row.plan_status is not PlanStatus.FINAL
    return words.lab("plan_status", row.plan_status) if is_marked else ""


def _above(words: Words, row: Project) -> list[str]:
    """The row that contains this one."""
    parent = words.registry.by_id.get(row.part_of)
    if parent is None:
        return []
    inferred = row.part_of_basis is Basis.INFERRED
    key = "county.row_parent_inferred" if inferred else "county.row_parent"
    return [words.t(key, name=words.name(parent))]


def _printed(words: Words, row: Project) -> Cell:
    printed = row.capacity_printed or row.quantity_printed
    more = row.quantity_printed if row.capacity_printed else ""
    return Cell(printed, note=more) if printed else Cell(words.t("brief.blank"), soft=True)


def status_cell(words: Words, row: Project) -> Cell:
    """The recorded state with its date, or that nobody has recorded any."""
    if row.status is Status.LISTED:
        return Cell(words.t("brief.status_listed"), soft=True)
    return Cell(words.lab("status", row.status), note=row.status_date)


def counted_cell(words: Words, each: SheetRow) -> Cell:
    """What a row counts, and how much of that is this county's."""
    whole = amount_cell(words, each.row, each.entry)
    is_apart = each.place in (Place.SHARED, Place.UNALLOCATED)
    if not (is_apart and each.counted_w):
        return whole
    if each.here_w is None:
        here = words.t("brief.unsplit")
    else:
        key = "county.row_here_by_technology" if each.by_technology else "county.row_here"
        here = words.t(key, value=words.sketch(each.here_w))
    return Cell(whole.text, note="\n".join(filter(None, [whole.note, here])))


def amount_cell(words: Words, row: Project, entry: Entry | None) -> Cell:
    """What a row counts as a whole: a number, a reasoned 0, or that no MW is stated."""
    if entry is None:
        return Cell(words.t("brief.no_capacity"), soft=True)
    if entry.gross_w is None:
        reason = "class" if entry.reason is Reason.CLASS else "not_stated"
        return Cell(words.t(f"brief.counted_{reason}"), soft=True)
    note = ""
    if entry.reason is not Reason.NONE:
        reason = words.t(f"capacity.reason_{entry.reason}")
        excluded = words.number(entry.excluded_w)
        note = words.t("brief.left_out", value=excluded, reason=reason)
    return Cell(words.number(entry.counted_w), note=note)


def where_of(words: Words, each: SheetRow) -> str:
    """With whom a row is listed; its zone if it is this county's alone."""
    if each.place is not Place.SHARED:
        is_usual = each.place is Place.LOCATED
        return words.zone(each.row) if is_usual else words.t(f"county.place_{each.place}")
    names = words.join(words.district(code) for code in each.others)
    said = (
        words.t("county.place_shared", others=names) if names else words.t("county.place_located")
    )
    is_open = words.either("", " ") + words.t("county.place_open")
    return said + (is_open if each.row.list_open else "")


def is_known_to_city_only(row: Project) -> bool:
    """Does the plan name no county for the row?"""
    return place_of(row) is Place.UNALLOCATED
