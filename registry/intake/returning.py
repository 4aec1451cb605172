"""Rows that come back after they were withdrawn keep how they stood, where that still holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from registry.intake.past import Past
from registry.intake.proposal import Proposal
from registry.intake.sheet import Remark, Sheet
from registry.registry import Registry
from terms.kinds import Relation
from terms.messages import label
from terms.own_records import OwnProject


def settle_returning(
    proposals: Sequence[Proposal], sheet: Sheet, registry: Registry, past: Past
) -> tuple[tuple[Proposal, ...], tuple[Remark, ...]]:
    """The proposals and a remark for each that comes back settled, or whose whole is gone."""
    there = {*registry.by_id, *past.by_id, *(each.record.id for each in proposals)}
    settled, remarks = [], []
    for each in proposals:
        if each.returns and each.record.relation is not Relation.OPEN:
            record, words = _settled(each.record, there, registry)
            remarks.append(Remark(sheet.where(each.row), words))
            each = replace(each, record=record)
        settled.append(each)
    return tuple(settled), tuple(remarks)


def _settled(
    record: OwnProject, there: Collection[str], registry: Registry
) -> tuple[OwnProject, str]:
    """The record as it can come back, and what is to be known of it."""
    if record.relation is Relation.NEW and record.counts_in in registry.plan_by_id:
        zh, en = (label("plan", record.counts_in, language) for language in ("zh", "en"))
        return record, _kept(f"{zh}方案之外新增", f"new beside the plan of {en}")
    if record.relation is Relation.PART_OF and record.part_of in there:
        return record, _kept(f"属于 {record.part_of}", f"part of {record.part_of}")
    gone = record.part_of or record.counts_in
    words = (
        f"恢复后与方案的关系未认定：它原来所属的 {gone} 已不在 · it comes back with its relation "
        f"open: {gone}, to which it belonged, is no longer there"
    )
    return replace(record, relation=Relation.OPEN, part_of="", counts_in=""), words


def _kept(zh: str, en: str) -> str:
    return (
        f"恢复后仍按撤回前的认定：{zh}；要改请在项目面板里改 · it comes back as it was settled: "
        f"{en}; change that in the panel of the project"
    )
