"""Likely twins: projects that may be there already under another name; a person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from registry.intake.against import among_known
from registry.intake.alike import Known, likeness, of_own, of_plans, of_proposal, score
from registry.intake.proposal import Proposal, Twin
from registry.intake.sheet import Remark
from terms.kinds import Technology
from terms.own_records import OwnProject
from terms.records import Project

_REPEATED = 0.93  # the same within one file, whose rows are alike by nature
_ALIKE = 100 * (_REPEATED - 0.451) / 0.55  # what a name must reach when all else is the same
_MOST = 3  # twins shown for one row
_BLOCK = 1_500  # rows of one district and technology that are compared pair by pair


def find_twins(
    proposals: Sequence[Proposal],
    *,
    projects: Iterable[Project] = (),
    existing: Iterable[OwnProject] = (),
) -> tuple[Twin, ...]:
    """The likely twins of each proposal among plans, own projects and the file's own rows."""
    known = [*of_plans(projects), *of_own(existing)]
    mine = [of_proposal(each) for each in proposals]
    found = among_known(mine, known)
    return (*found, *_among_own(mine))


def block_remarks(proposals: Sequence[Proposal]) -> tuple[Remark, ...]:
    """Where too many rows stand together to be compared pair by pair, which is to be known."""
    remarks = []
    for block in _blocks([of_proposal(each) for each in proposals]):
        if len(block) > _BLOCK:
            count = len(block)
            words = (
                f"{count} 行同县区、同技术，超过 {_BLOCK} 行，文件内部只比较相同的名称 · "
                f"{count} rows share county and technology, more than {_BLOCK}; "
                "within the file only equal names were compared"
            )
            remarks.append(Remark("", words))
    return tuple(remarks)


def _among_own(mine: Sequence[Sequence[Known]]) -> list[Twin]:
    """Pairs within the file, each told once, at its later row."""
    found = []
    for block in _blocks(mine):
        found += _same_names(block) if len(block) > _BLOCK else _pairs(block)
    return sorted(found, key=lambda twin: (twin.row, -twin.score.total))


def _pairs(block: Sequence[Known]) -> list[Twin]:
    """The pairs of one county and technology, with the most alike alone scored one by one."""
    names = [each.name for each in block]
    marks: dict[frozenset[str], int] = {frozenset(): 0}
    numbers = np.array([marks.setdefault(each.numbers, len(marks)) for each in block])
    mw = np.array([np.nan if each.capacity_mw is None else each.capacity_mw for each in block])
    mw = mw.astype(np.float64)
    found = []
    for at, own in enumerate(block[1:], start=1):
        alike = likeness([own.name], names[:at], _ALIKE)[0]
        near = np.flatnonzero(alike >= _ALIKE)
        differs = (numbers[near] != numbers[at]) & (numbers[near] > 0) & (numbers[at] > 0)
        larger = np.maximum(mw[near], mw[at])
        capacity = np.minimum(mw[near], mw[at]) / np.where(larger > 0, larger, 1)
        weight = 0.55 * np.where(differs, 0.003, 0.01) * alike[near]
        weight += 0.1 * np.where(np.isnan(capacity), 0.5, capacity)
        others = ((block[i], float(alike[i])) for i in near[np.argsort(-weight, kind="stable")])
        found += _repeated(own, others)
    return found


def _repeated(own: Known, others: Iterable[tuple[Known, float]]) -> list[Twin]:
    """The first few of others, the most alike first, that are alike enough within one file."""
    twins: list[Twin] = []
    for other, alike in others:
        if other.id == own.id:
            continue
        found = score(own, other, alike)
        if found.total < _REPEATED or len(twins) == _MOST:
            break
        twins.append(Twin(own.row or 0, other.id, other.label, found, other.row))
    return twins


def _blocks(mine: Sequence[Sequence[Known]]) -> list[list[Known]]:
    """The rows of one file by county and technology."""
    blocks: dict[tuple[frozenset[str], Technology | None], list[Known]] = defaultdict(list)
    for names in mine:
        blocks[names[0].codes, names[0].technology].append(names[0])
    return list(blocks.values())


def _same_names(block: Sequence[Known]) -> list[Twin]:
    """In a block too large for pairs, only names that are the same."""
    first: dict[tuple[str, frozenset[str]], Known] = {}
    found = []
    for own in block:
        other = first.setdefault((own.name, own.numbers), own)
        if other is not own:
            same = score(own, other, 100.0)
            found.append(Twin(own.row or 0, other.id, other.label, same, other.row))
    return found
