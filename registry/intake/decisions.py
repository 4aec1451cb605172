"""What a person decides on each row: leave it out, part of a listed row, new, or still open."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from registry.intake.limits import refusal
from registry.intake.proposal import Intake, Proposal, Skipped
from registry.intake.sheet import Remark
from registry.intake.words import folded
from registry.own_excess import excess_of
from registry.registry import Registry
from terms.errors import Fault
from terms.kinds import Relation
from terms.own_records import OwnProject
from terms.records import Project

_NO_PLAN = "所在县区没有方案管辖，不计入任何方案 · no plan governs its county; it counts in none"


class Verdict(StrEnum):
    """What becomes of a row."""

    SKIP = "skip"
    PART_OF = "part_of"
    NEW = "new"
    OPEN = "open"


@dataclass(frozen=True)
class Decision:
    """A person's word on one row; `part_of` is an id for `part_of`, `counts_in` a plan for `new`.

    An empty `counts_in` means the plan that governs the row's district, if there is one.
    """

    row: int
    verdict: Verdict
    part_of: str = ""
    counts_in: str = ""


def decide(intake: Intake, decisions: Iterable[Decision], registry: Registry) -> Intake:
    """The intake with the decisions in its records; what does not fit is a fault."""
    settled = tuple(decisions)
    if not settled:
        return _with_excesses(intake, registry)
    by_row = {each.record.id: each for each in intake.proposals}
    at = {each.row.number: each for each in intake.proposals}
    faults, skipped, remarks = list(intake.faults), list(intake.skipped), list(intake.remarks)
    left_out = {decision.row for decision in settled if decision.verdict is Verdict.SKIP}
    known = {each.record.id for each in intake.proposals if each.row.number not in left_out}
    for decision in settled:
        proposal = at.get(decision.row)
        if proposal is None:
            why = next((e.why for e in intake.skipped if e.row.number == decision.row), "")
            if decision.verdict is Verdict.SKIP and why:
                continue
            faults.append(_fault(intake, decision, str(decision.row), _no_row(why)))
            continue
        if decision.verdict is Verdict.SKIP:
            del by_row[proposal.record.id], at[decision.row]
            skipped.append(Skipped(proposal.row, "按您的决定略过 · left out, as decided"))
            continue
        record, fault = _settled(proposal, decision, registry, intake, known)
        if fault is not None:
            faults.append(fault)
            continue
        if decision.verdict is Verdict.NEW and record.relation is not Relation.NEW:
            remarks.append(Remark(intake.sheet.where(proposal.row), _NO_PLAN))
        by_row[record.id] = replace(proposal, record=record)
    decided = replace(
        intake,
        proposals=tuple(by_row.values()),
        proposed_rows=intake.proposed_rows - (len(skipped) - len(intake.skipped)),
        skipped=tuple(skipped),
        faults=tuple(faults),
        remarks=tuple(remarks),
        twins=tuple(twin for twin in intake.twins if twin.row in at),
    )
    return _with_excesses(decided, registry)


def read_decisions(text: str, file: str) -> tuple[Decision, ...]:
    """Decisions from CSV with the columns row, decision, part_of, counts_in; raises IntakeError."""
    try:
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
    except csv.Error as error:
        raise refusal(
            f"{file} 无法读取（{error}），请用 CSV", f"{file} cannot be read ({error}); use CSV"
        ) from None
    found = []
    for line, row in enumerate(rows, start=2):
        cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        number, verdict = cells.get("row", ""), folded(cells.get("decision", ""))
        is_number = number.isascii() and number.isdigit() and len(number) <= 9
        if not is_number or verdict not in set(Verdict):
            raise refusal(
                f"{file} 第 {line} 行：row 应为行号，decision 应为 skip、part_of、new 或 open",
                f"{file}, line {line}: row must be a number, decision skip, part_of, new or open",
            )
        found.append(
            Decision(
                int(number),
                Verdict(verdict),
                cells.get("part_of", ""),
                cells.get("counts_in", ""),
            )
        )
    return tuple(found)


def _settled(
    proposal: Proposal,
    decision: Decision,
    registry: Registry,
    intake: Intake,
    known: Collection[str],
) -> tuple[OwnProject, Fault | None]:
    record = proposal.record
    match decision.verdict:
        case Verdict.PART_OF:
            is_known = decision.part_of in registry.by_id or decision.part_of in known
            if not is_known or decision.part_of == record.id:
                expected = (
                    "方案、已有项目或本文件中另一行的编号，如 taian-caes-03 · the id of a row of a "
                    "plan, of a user's project or of another row of this file, such as "
                    "taian-caes-03"
                )
                return record, _fault(intake, decision, decision.part_of, expected)
            relation, part_of, plan = Relation.PART_OF, decision.part_of, ""
        case Verdict.NEW:
            plan = decision.counts_in or _governing(record, registry)
            relation, part_of = (Relation.NEW if plan else Relation.OPEN), ""
            if plan and plan not in registry.plan_by_id:
                names = ", ".join(registry.plan_by_id)
                expected = f"方案代码：{names} · a plan: {names}"
                return record, _fault(intake, decision, plan, expected)
        case _:
            relation, part_of, plan = Relation.OPEN, "", ""
    return replace(record, relation=relation, part_of=part_of, counts_in=plan), None


def _with_excesses(intake: Intake, registry: Registry) -> Intake:
    """The intake with a remark on each row larger than the one it lies in: the total grows."""
    rows: dict[str, Project | OwnProject] = {**registry.by_id}
    rows |= {each.record.id: each.record for each in intake.proposals}
    told = [
        Remark(intake.sheet.where(each.row), f"{found.words('zh')} · {found.words('en')}")
        for each in intake.proposals
        if (found := excess_of(each.record, rows))
    ]
    return replace(intake, remarks=(*intake.remarks, *told))


def _governing(record: OwnProject, registry: Registry) -> str:
    """The plan that governs the record's district, else its city; empty for none."""
    for code in (*record.district_codes[:1], record.city_code):
        for plan in registry.plans:
            if plan.governs_code == code:
                return plan.id
    return ""


def _no_row(why: str) -> str:
    """What a decision needs that is on a row which nothing becomes of; `why` if it was left out."""
    if not why:
        return "导入文件中被采纳的一行 · a row that the file proposes"
    zh, en = why.split(" · ")
    return (
        f"被采纳的一行；这一行已略过（{zh}），已导入的请在项目面板里认定 · "
        f"a row that the file proposes; this one is left out ({en}); settle what was imported "
        "before in the panel of the project"
    )


def _fault(intake: Intake, decision: Decision, found: str, expected: str) -> Fault:
    row = f"第 {decision.row} 行 · row {decision.row}"
    return Fault(intake.sheet.file, row, decision.verdict.value, found[:120], expected)
