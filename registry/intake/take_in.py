"""A sheet and a mapping in, everything that is known of the file out; nothing is stored here."""

from __future__ import annotations

from collections.abc import Sequence

from registry.intake.areas import read_area
from registry.intake.gazetteer import Gazetteer
from registry.intake.limits import LIMITS, Limits, refusal
from registry.intake.mapping import FileMapping, IntakeKind, mapping_faults
from registry.intake.past import NO_PAST, Past
from registry.intake.projects import Reading, read_projects
from registry.intake.proposal import Intake
from registry.intake.returning import settle_returning
from registry.intake.sheet import Remark, Sheet
from registry.intake.tables import read_tables
from registry.intake.twins import block_remarks, find_twins
from registry.registry import Registry
from terms.own_records import OwnArea, OwnTable

OWN_PLAN = "user"  # the group of rows that users brought in


def take_in(
    sheet: Sheet,
    mapping: FileMapping,
    *,
    kind: IntakeKind,
    registry: Registry,
    gazetteer: Gazetteer | None = None,
    past: Past = NO_PAST,
    limits: Limits = LIMITS,
) -> Intake:
    """Read a sheet by a mapping, beside what the store holds already."""
    wrong = mapping_faults(mapping, sheet, kind)
    if wrong:
        return Intake(
            sheet, kind, mapping, faulty_rows=len(sheet.rows), faults=wrong, remarks=sheet.remarks
        )
    if kind is IntakeKind.PROJECTS and len(sheet.rows) > limits.projects:
        raise refusal(
            f"项目清单超过 {limits.projects} 行，请分成几个文件",
            f"a list of more than {limits.projects} projects; split the file",
        )
    names = gazetteer or Gazetteer(registry.districts)
    match kind:
        case IntakeKind.PROJECTS:
            return _projects(sheet, mapping, names, registry, past)
        case IntakeKind.TABLE:
            tables, reading = read_tables(sheet, mapping, names)
            _tell_returning([each.id for each in tables], past, reading)
            return _intake(sheet, mapping, kind, reading, tables=tables)
        case IntakeKind.AREA:
            area, reading = read_area(sheet, mapping, limits=limits)
            _tell_returning([area.id] if area else [], past, reading)
            return _intake(sheet, mapping, kind, reading, area=area)


def _projects(
    sheet: Sheet,
    mapping: FileMapping,
    gazetteer: Gazetteer,
    registry: Registry,
    past: Past,
) -> Intake:
    reading = read_projects(sheet, mapping, gazetteer, past=past)
    proposals, remarks = settle_returning(reading.proposals, sheet, registry, past)
    plans = [row for row in registry.projects if row.plan != OWN_PLAN]
    fresh = [each for each in proposals if not each.is_settled]
    return Intake(
        sheet=sheet,
        kind=IntakeKind.PROJECTS,
        mapping=mapping,
        proposals=proposals,
        proposed_rows=len(proposals),
        faulty_rows=reading.faulty,
        skipped=tuple(reading.skipped),
        faults=tuple(reading.faults),
        remarks=(*sheet.remarks, *reading.remarks, *remarks, *block_remarks(fresh)),
        twins=find_twins(fresh, projects=plans, existing=past.existing),
    )


def _tell_returning(ids: Sequence[str], past: Past, reading: Reading) -> None:
    """A layer that was withdrawn comes again: it is brought back, and that is told."""
    if any(each in past.withdrawn for each in ids):
        message = (
            "这一图层曾导入、后撤回，写入时将恢复 · this layer was imported and withdrawn before; "
            "it will be brought back"
        )
        reading.remarks.append(Remark("", message))


def _intake(
    sheet: Sheet,
    mapping: FileMapping,
    kind: IntakeKind,
    reading: Reading,
    *,
    tables: tuple[OwnTable, ...] = (),
    area: OwnArea | None = None,
) -> Intake:
    return Intake(
        sheet=sheet,
        kind=kind,
        mapping=mapping,
        tables=tables,
        area=area,
        proposed_rows=len(sheet.rows) - len(reading.skipped) - reading.faulty,
        faulty_rows=reading.faulty,
        skipped=tuple(reading.skipped),
        faults=tuple(reading.faults),
        remarks=(*sheet.remarks, *reading.remarks),
    )
