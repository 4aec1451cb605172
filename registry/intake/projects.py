"""Rows of a file read as projects: proposed, left out, or faulty, never two of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from registry.intake.changed import kept_from, told_change
from registry.intake.fields import system_of_header
from registry.intake.gazetteer import Gazetteer
from registry.intake.lacking import lacking
from registry.intake.mapping import FileMapping
from registry.intake.past import NO_PAST, Past
from registry.intake.points import Spot, spots, waiting_spots
from registry.intake.project_record import project_of
from registry.intake.proposal import Proposal, Skipped
from registry.intake.row_reader import RowReader
from registry.intake.sheet import Remark, Sheet, SheetRow
from registry.intake.words import bare, folded
from terms.errors import CrsError, Fault
from terms.own_records import OwnProject

_EXAMPLE_MARKS = ("【示例】", "[example]")
WITHDRAWN = (
    "曾导入、后撤回；要恢复请选“恢复曾撤回的行”（命令行 --restore） · "
    "imported and withdrawn before; choose to restore such rows (command line --restore)"
)
_NOT_THE_SAME = (
    "撤回的那一条不是同一项目，或已无法读取，恢复后与方案的关系未认定 · what was withdrawn is "
    "another project, or cannot be read; how it stands to the plans is open"
)
_NO_PROJECT = "合计行，不是项目 · a row of totals, no project"
_TOTALS = frozenset({"合计", "总计", "小计", "共计", "total", "subtotal", "sum", "grandtotal"})


@dataclass
class Reading:
    """What has been read so far, row after row."""

    proposals: list[Proposal] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    faulty: int = 0


def read_projects(
    sheet: Sheet,
    mapping: FileMapping,
    gazetteer: Gazetteer,
    *,
    past: Past = NO_PAST,
) -> Reading:
    """Every row as a proposal, a skip or its faults."""
    reading = Reading(faults=list(lacking(sheet, mapping)))
    kept = []
    for row in sheet.rows:
        if why := why_left_out(RowReader(sheet, mapping, row), "name", _NO_PROJECT):
            reading.skipped.append(Skipped(row, why))
        else:
            kept.append(row)
    placed = _spots(replace(sheet, rows=tuple(kept)), mapping, gazetteer, reading)
    seen: dict[str, SheetRow] = {}
    for row, spot in zip(kept, placed, strict=True):
        reader = RowReader(sheet, mapping, row)
        proposal = project_of(reader, spot, gazetteer)
        if proposal is not None and not reader.faults:
            _take(proposal, past, seen, reading, reader)
        if proposal is None or reader.faults:
            reading.faulty += 1
            reading.faults += reader.faults
        reading.remarks += reader.remarks
    return reading


def _spots(
    sheet: Sheet, mapping: FileMapping, gazetteer: Gazetteer, reading: Reading
) -> tuple[Spot, ...]:
    headers = (mapping.header(name) for name in ("lon", "lat", "point"))
    headed = next(filter(None, map(system_of_header, headers)), "")
    try:
        found, remark = spots(sheet, mapping, gazetteer.districts, headed=headed)
    except CrsError as error:
        said = sheet.crs or mapping.crs
        found_words, found_en = (said[:60], "") if said else ("没有说明", "nothing said")
        fault = Fault(sheet.file, "坐标系 · CRS", "crs", found_words, str(error), found_en)
        reading.faults.append(fault)
        return waiting_spots(sheet, mapping)
    if remark:
        reading.remarks.append(Remark("", remark))
    return found


def why_left_out(reader: RowReader, field: str, total: str) -> str:
    """Why a row is none of what the file lists, `total` for a row of totals; empty for a real one.

    `field` is what names a row: the project's name, or the county.
    """
    name = reader.said(field)
    if folded(name).startswith(_EXAMPLE_MARKS):
        return "模板的示例行 · the example of the template"
    first = next((cell for cell in reader.row.cells if cell.strip()), "")
    return total if bare(name or first) in _TOTALS else ""


def _take(
    proposal: Proposal,
    past: Past,
    seen: dict[str, SheetRow],
    reading: Reading,
    reader: RowReader,
) -> None:
    """Keep a proposal, unless its row repeats another or is in the registry already."""
    record = proposal.record
    if record.id in seen:
        first = seen[record.id].number
        if reader.said("row_id"):
            expected = f"唯一的编号；第 {first} 行已用 · an id of its own; row {first} has it"
            reader.fault("row_id", reader.said("row_id"), expected)
            return
        why = f"与第 {first} 行完全相同 · repeats row {first} in every cell"
        reading.skipped.append(Skipped(proposal.row, why))
        return
    seen[record.id] = proposal.row
    if record.id in past.withdrawn and record.id not in past.by_id:
        _bring_back(proposal, past, reading, reader)
        return
    old = past.by_id.get(record.id)
    if old is None:
        reading.proposals.append(proposal)
        return
    has_shape = reader.row.geometry is not None
    kept = kept_from(record, old, reader.mapping, has_shape=has_shape)
    if kept == old:
        why = f"已导入过（{old.id}），没有变化 · imported before ({old.id}), unchanged"
        reading.skipped.append(Skipped(proposal.row, why))
        return
    if _is_another(record, old):
        name = old.name.replace(" · ", " ")
        expected = (
            f"同一项目的编号；这个编号已属别处的“{name}”（{old.id}）。别家的文件请写明来源，"
            "确是同一项目请在面板里修改 · the id of the same project; this id belongs to another "
            f"one elsewhere, {name} ({old.id}); name the source of somebody else's file, or change "
            "the project in its panel"
        )
        reader.fault("row_id", reader.said("row_id"), expected)
        return
    if change := told_change(kept, old):
        reader.remark("row_id", change)
    reading.proposals.append(Proposal(proposal.row, kept, proposal.names, replaces=True))


def _bring_back(proposal: Proposal, past: Past, reading: Reading, reader: RowReader) -> None:
    """A row that was withdrawn: left out, or back with what was settled of it, which is told."""
    if not past.restores:
        reading.skipped.append(Skipped(proposal.row, WITHDRAWN))
        return
    record, old = proposal.record, past.before.get(proposal.record.id)
    if old is None or _is_another(record, old):
        reader.remark("row_id", _NOT_THE_SAME)
    else:
        has_shape = reader.row.geometry is not None
        record = kept_from(record, old, reader.mapping, has_shape=has_shape)
        if change := told_change(record, old):
            reader.remark("row_id", change)
    reading.proposals.append(replace(proposal, record=record, returns=True))


def _is_another(record: OwnProject, old: OwnProject) -> bool:
    """Has a row the id of one that has another name and lies elsewhere, as in another's list?"""
    here, there = ({each.city_code, *each.district_codes} - {""} for each in (record, old))
    if record.district_codes and old.district_codes:
        here, there = set(record.district_codes), set(old.district_codes)
    return bare(record.name) != bare(old.name) and here.isdisjoint(there)
