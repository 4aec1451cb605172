"""Likely twins: projects that may be there already under another name; a person decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from rapidfuzz import fuzz, process

from geo.crs import Floats
from registry.intake.proposal import Proposal, Score, Twin
from registry.intake.sheet import Remark
from registry.intake.words import folded
from terms.kinds import Technology
from terms.own_records import OwnProject
from terms.records import Project

LIKELY = 0.75  # total above which a pair is shown
_REPEATED = 0.93  # the same within one file, whose rows are alike by nature
_ALIKE = 100 * (_REPEATED - 0.451) / 0.55  # what a name must reach when all else is the same
_CLOSE = 60.0  # likeness of names, of 100, below which nothing else makes a pair
_TELLING = 5  # signs of a name from which its standing within another tells something
_MOST = 3  # twins shown for one row
_BLOCK = 1_500  # rows of one district and technology that are compared pair by pair
_SUFFIXES = re.compile(
    r"(建设)?(项目|工程|电站|电厂|发电厂|有限公司|power station|power plant|project|plant)$|"
    r"[（(]?[一1]期[）)]?$|phase (1|i)$"
)
_IDLE = re.compile(r"[\s\-_·・,，.。()（）\[\]/]+")
# What tells units or phases of a plant apart: Unit 2, Phase II, #3, 二期, 3号, a last digit.
_PARTS = re.compile(
    r"(?:unit|phase|no\.?|#)\s*(\d+|[ivx]+)\b|(\d+|[一二三四五六七八九十]+)(?=期|号|#)|(\d+)$"
)
_SAME = {
    sign: str(number)
    for signs in ("一二三四五六七八九十", ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii"))
    for number, sign in enumerate(signs, start=1)
}


@dataclass(frozen=True)
class _Known:
    id: str
    label: str
    name: str
    numbers: frozenset[str]
    codes: frozenset[str]
    city_code: str
    technology: Technology | None
    capacity_mw: Decimal | None
    row: int | None = None


def find_twins(
    proposals: Sequence[Proposal],
    *,
    projects: Iterable[Project] = (),
    existing: Iterable[OwnProject] = (),
) -> tuple[Twin, ...]:
    """The likely twins of each proposal among plans, own projects and the file's own rows."""
    known = [*_of_plans(projects), *_of_own(existing)]
    mine = [_of_proposal(each) for each in proposals]
    found = _among_known(mine, known) if known else []
    return (*found, *_among_own(mine))


def plain_name(name: str) -> str:
    """A name as it is compared: folded, without idle signs and the suffixes that say nothing."""
    plain = folded(name)
    before = ""
    while plain != before:
        before, plain = plain, _SUFFIXES.sub("", plain.strip())
    return _IDLE.sub("", plain) or folded(name)


def block_remarks(proposals: Sequence[Proposal]) -> tuple[Remark, ...]:
    """Where too many rows stand together to be compared pair by pair, which is to be known."""
    remarks = []
    for block in _blocks([_of_proposal(each) for each in proposals]):
        if len(block) > _BLOCK:
            count = len(block)
            words = (
                f"{count} 行同县区、同技术，超过 {_BLOCK} 行，文件内部只比较相同的名称 · "
                f"{count} rows share county and technology, more than {_BLOCK}; "
                "within the file only equal names were compared"
            )
            remarks.append(Remark("", words))
    return tuple(remarks)


def _among_known(mine: Sequence[Sequence[_Known]], known: Sequence[_Known]) -> list[Twin]:
    by_city: dict[str, list[_Known]] = defaultdict(list)
    for each in known:
        by_city[each.city_code].append(each)
    found = []
    for names in mine:
        near = [*by_city[names[0].city_code], *by_city[""]]
        best: dict[str, Twin] = {}
        for own in names:
            for twin in _best(own, near):
                before = best.get(twin.id)
                if before is None or twin.score.total > before.score.total:
                    best[twin.id] = twin
        found += sorted(best.values(), key=lambda twin: -twin.score.total)[:_MOST]
    return found


def _best(own: _Known, near: Sequence[_Known]) -> list[Twin]:
    if not near:
        return []
    likeness = _likeness(own.name, [each.name for each in near])
    twins = []
    for at in np.flatnonzero(likeness >= _CLOSE):
        other = near[int(at)]
        score = _score(own, other, float(likeness[at]))
        if score.total >= LIKELY and other.id != own.id:
            twins.append(Twin(own.row or 0, other.id, other.label, score, other.row))
    return sorted(twins, key=lambda twin: -twin.score.total)[:_MOST]


def _likeness(name: str, others: Sequence[str], least: float = _CLOSE) -> Floats:
    """How alike names are, of 100: as a whole, or one within the other at nine tenths.

    What stays below `least` may be told as nothing.
    """
    whole = process.cdist([name], others, scorer=fuzz.ratio, score_cutoff=least)[0]
    within = process.cdist([name], others, scorer=fuzz.partial_ratio, score_cutoff=least / 0.9)[0]
    for at in map(int, np.flatnonzero(within)):
        if min(len(name), len(others[at])) < _TELLING:
            within[at] = 0
    return np.maximum(whole, 0.9 * within).astype(np.float64)


def _among_own(mine: Sequence[Sequence[_Known]]) -> list[Twin]:
    """Pairs within the file, each told once, at its later row."""
    found = []
    for block in _blocks(mine):
        found += _same_names(block) if len(block) > _BLOCK else _pairs(block)
    return sorted(found, key=lambda twin: (twin.row, -twin.score.total))


def _pairs(block: Sequence[_Known]) -> list[Twin]:
    """The pairs of one county and technology, with the most alike alone scored one by one."""
    names = [each.name for each in block]
    marks: dict[frozenset[str], int] = {frozenset(): 0}
    numbers = np.array([marks.setdefault(each.numbers, len(marks)) for each in block])
    mw = np.array([np.nan if each.capacity_mw is None else each.capacity_mw for each in block])
    mw = mw.astype(np.float64)
    found = []
    for at, own in enumerate(block[1:], start=1):
        likeness = _likeness(own.name, names[:at], _ALIKE)
        near = np.flatnonzero(likeness >= _ALIKE)
        differs = (numbers[near] != numbers[at]) & (numbers[near] > 0) & (numbers[at] > 0)
        larger = np.maximum(mw[near], mw[at])
        capacity = np.minimum(mw[near], mw[at]) / np.where(larger > 0, larger, 1)
        weight = 0.55 * np.where(differs, 0.003, 0.01) * likeness[near]
        weight += 0.1 * np.where(np.isnan(capacity), 0.5, capacity)
        others = ((block[i], float(likeness[i])) for i in near[np.argsort(-weight, kind="stable")])
        found += _repeated(own, others)
    return found


def _repeated(own: _Known, others: Iterable[tuple[_Known, float]]) -> list[Twin]:
    """The first few of others, the most alike first, that are alike enough within one file."""
    twins: list[Twin] = []
    for other, likeness in others:
        if other.id == own.id:
            continue
        score = _score(own, other, likeness)
        if score.total < _REPEATED or len(twins) == _MOST:
            break
        twins.append(Twin(own.row or 0, other.id, other.label, score, other.row))
    return twins


def _blocks(mine: Sequence[Sequence[_Known]]) -> list[list[_Known]]:
    """The rows of one file by county and technology."""
    blocks: dict[tuple[frozenset[str], Technology | None], list[_Known]] = defaultdict(list)
    for names in mine:
        blocks[names[0].codes, names[0].technology].append(names[0])
    return list(blocks.values())


def _same_names(block: Sequence[_Known]) -> list[Twin]:
    """In a block too large for pairs, only names that are the same."""
    first: dict[tuple[str, frozenset[str]], _Known] = {}
    found = []
    for own in block:
        other = first.setdefault((own.name, own.numbers), own)
        if other is not own:
            score = _score(own, other, 100.0)
            found.append(Twin(own.row or 0, other.id, other.label, score, other.row))
    return found


def _score(own: _Known, other: _Known, likeness: float) -> Score:
    """Terms from 0 to 1; what one side does not state counts half."""
    name = likeness / 100
    if own.numbers != other.numbers and own.numbers and other.numbers:
        name *= 0.3  # unit 1 is not unit 2
    if own.codes and other.codes:
        district = 1.0 if own.codes & other.codes else 0.0
    else:
        district = 0.5 if own.city_code == other.city_code else 0.25
    technology = 0.5
    if own.technology and other.technology:
        technology = 1.0 if own.technology is other.technology else 0.0
    return Score(
        round(name, 3), district, technology, _capacity(own.capacity_mw, other.capacity_mw)
    )


def _capacity(first: Decimal | None, second: Decimal | None) -> float:
    if first is None or second is None:
        return 0.5
    larger, smaller = max(first, second), min(first, second)
    return round(float(smaller / larger), 3) if larger > 0 and smaller > 0 else 0.0


def _numbers(name: str) -> frozenset[str]:
    marks = ("".join(groups) for groups in _PARTS.findall(folded(name)))
    return frozenset(_SAME.get(mark, mark.lstrip("0")) for mark in marks)


def _of_plans(projects: Iterable[Project]) -> Iterable[_Known]:
    for each in projects:
        for name in filter(None, (each.name, each.name_en)):
            yield _Known(
                each.id,
                each.name,
                plain_name(name),
                _numbers(name),
                frozenset(each.district_codes),
                each.city_code,
                each.technology,
                each.capacity_mw,
            )


def _of_own(existing: Iterable[OwnProject]) -> Iterable[_Known]:
    return (_of_record(each, each.name, None) for each in existing)


def _of_proposal(proposal: Proposal) -> tuple[_Known, ...]:
    return tuple(_of_record(proposal.record, name, proposal.row.number) for name in proposal.names)


def _of_record(record: OwnProject, name: str, row: int | None) -> _Known:
    return _Known(
        record.id,
        record.name,
        plain_name(name),
        _numbers(name),
        frozenset(record.district_codes),
        record.city_code,
        record.technology,
        record.capacity_mw,
        row,
    )
