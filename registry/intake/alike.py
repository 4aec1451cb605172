"""What is compared of two projects, and how alike they are: names, counties, technology, MW."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from registry.intake.proposal import Proposal, Score
from registry.intake.words import folded
from terms.kinds import Technology
from terms.own_records import OwnProject
from terms.records import Project

CLOSE = 60.0  # likeness of names, of 100, below which nothing else makes a pair
WITHIN = 0.9  # what one name within the other counts
TELLING = 5  # signs of a name from which its standing within another tells something
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
class Known:
    """A project as it is compared, by one of its names; `row` where it is of the file."""

    id: str
    label: str
    name: str
    numbers: frozenset[str]
    codes: frozenset[str]
    city_code: str
    technology: Technology | None
    capacity_mw: Decimal | None
    row: int | None = None


def plain_name(name: str) -> str:
    """A name as it is compared: folded, without idle signs and the suffixes that say nothing."""
    plain = folded(name)
    before = ""
    while plain != before:
        before, plain = plain, _SUFFIXES.sub("", plain.strip())
    return _IDLE.sub("", plain) or folded(name)


def likeness(
    names: Sequence[str], others: Sequence[str], least: float = CLOSE
) -> npt.NDArray[np.float64]:
    """How alike names are, of 100, a row for each: as a whole, or one within the other at 0.9.

    What stays below `least` may be told as nothing.
    """
    found = process.cdist(names, others, scorer=fuzz.ratio, score_cutoff=least)
    if least <= 100 * WITHIN:
        cutoff = least / WITHIN
        within = process.cdist(names, others, scorer=fuzz.partial_ratio, score_cutoff=cutoff)
        mine, its = (np.array([len(name) for name in each]) for each in (names, others))
        within[np.minimum.outer(mine, its) < TELLING] = 0
        found = np.maximum(found, WITHIN * within)
    return found.astype(np.float64)


def score(own: Known, other: Known, likeness: float) -> Score:
    """Terms from 0 to 1; what one side does not state counts half."""
    name = likeness / 100
    if own.numbers != other.numbers and own.numbers and other.numbers:
        name *= 0.3  # unit 1 is not unit 2
    return Score(
        round(name, 3),
        same_district(own, other),
        same_technology(own.technology, other.technology),
        _capacity(own.capacity_mw, other.capacity_mw),
    )


def same_district(own: Known, other: Known) -> float:
    """Do two lie in a district of both? Where one names none, their cities say it in part."""
    if own.codes and other.codes:
        return 1.0 if own.codes & other.codes else 0.0
    return 0.5 if own.city_code == other.city_code else 0.25


def same_technology(own: Technology | None, other: Technology | None) -> float:
    """Is it the same technology?"""
    return 0.5 if own is None or other is None else float(own is other)


def _capacity(first: Decimal | None, second: Decimal | None) -> float:
    if first is None or second is None:
        return 0.5
    larger, smaller = max(first, second), min(first, second)
    return round(float(smaller / larger), 3) if larger > 0 and smaller > 0 else 0.0


def _numbers(name: str) -> frozenset[str]:
    marks = ("".join(groups) for groups in _PARTS.findall(folded(name)))
    return frozenset(_SAME.get(mark, mark.lstrip("0")) for mark in marks)


def of_plans(projects: Iterable[Project]) -> Iterable[Known]:
    for each in projects:
        for name in filter(None, (each.name, each.name_en)):
            yield Known(
                each.id,
                each.name,
                plain_name(name),
                _numbers(name),
                frozenset(each.district_codes),
                each.city_code,
                each.technology,
                each.capacity_mw,
            )


def of_own(existing: Iterable[OwnProject]) -> Iterable[Known]:
    return (_of_record(each, each.name, None) for each in existing)


def of_proposal(proposal: Proposal) -> tuple[Known, ...]:
    return tuple(_of_record(proposal.record, name, proposal.row.number) for name in proposal.names)


def _of_record(record: OwnProject, name: str, row: int | None) -> Known:
    return Known(
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
