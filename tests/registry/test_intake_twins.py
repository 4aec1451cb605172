"""Likely twins: the fast comparison finds exactly what comparing every pair finds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import process

from registry.intake import against
from registry.intake.against import LIKELY, among_known
from registry.intake.alike import CLOSE, Known, likeness, plain_name, score
from registry.intake.alike import _numbers as numbers_in
from registry.intake.proposal import Twin
from terms.kinds import Technology

COUNTIES = {"370983": "肥城市", "370923": "东平县", "370921": "宁阳县", "": ""}
SIGNS = "安王李赵孙周吴郑冯陈东西南北石龙凤山河湖"
ENDS = ("光伏发电项目", "风电场", "储能电站", "一期", "二期光伏", " Unit 1", " Unit 2", "")
TECHNOLOGIES = (None, Technology.PV, Technology.WIND, Technology.NEW_STORAGE)


def some(seed: int, count: int, *, prefix: str, alike: bool = False) -> list[Known]:
    """Names as offices write them; `alike` where hardly anything tells them apart."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        code = chance.choice(list(COUNTIES))
        village = "" if alike else "".join(chance.sample(SIGNS, chance.randint(0, 3)))
        name = f"{chance.choice(list(COUNTIES.values()))}{village}{chance.choice(ENDS)}" or "甲"
        found.append(
            Known(
                f"{prefix}{number // 2 if chance.random() < 0.1 else number}",
                name,
                plain_name(name),
                numbers_in(name),
                frozenset({code} - {""}),
                chance.choice(("370900", "370900", "370100", "")),
                chance.choice(TECHNOLOGIES),
                chance.choice((None, Decimal(0), Decimal(chance.randint(1, 40)))),
                number + 2,
            )
        )
    return found


def one_by_one(mine: Sequence[Sequence[Known]], known: Sequence[Known]) -> list[Twin]:
    """Every pair of a city scored by itself: slow, and plain to see."""
    found: list[Twin] = []
    for names in mine:
        city = names[0].city_code
        near = [each for each in known if each.city_code == city]
        near += [each for each in known if each.city_code == "" != city]
        best: dict[str, Twin] = {}
        for own in names:
            twins = []
            for other in near:
                alike = float(likeness([own.name], [other.name])[0, 0])
                told = score(own, other, alike)
                if alike >= CLOSE and told.total >= LIKELY and other.id != own.id:
                    twins.append(Twin(own.row or 0, other.id, other.label, told, other.row))
            for twin in sorted(twins, key=lambda each: -each.score.total)[:3]:
                if twin.id not in best or twin.score.total > best[twin.id].score.total:
                    best[twin.id] = twin
        found += sorted(best.values(), key=lambda each: -each.score.total)[:3]
    return found


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans(), st.integers(0, 40), st.integers(1, 3))
def test_the_same_twins_as_pair_by_pair(seed: int, alike: bool, count: int, names: int) -> None:
    own = some(seed, 12, prefix="new-", alike=alike)
    mine = [[own[at], *own[at + 1 : at + names]] for at in range(len(own))]
    mine = [[each for each in named if each.city_code == named[0].city_code] for named in mine]
    mine = [[each for each in named if each.codes == named[0].codes] for named in mine]
    mine = [[each for each in named if each.technology is named[0].technology] for named in mine]
    known = [*some(seed + 1, count, prefix="old-", alike=alike), *own[:3]]
    assert among_known(mine, known) == one_by_one(mine, known)


@pytest.mark.parametrize("alike", [False, True])
def test_the_same_twins_in_parts_as_at_once(alike: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = [[each] for each in some(1, 150, prefix="new-", alike=alike)]
    known = some(2, 200, prefix="old-", alike=alike)
    at_once = among_known(mine, known)
    monkeypatch.setattr(against, "_CELLS", 700)
    assert at_once == among_known(mine, known) == one_by_one(mine, known)
    assert len(at_once) > 100


def test_few_pairs_are_looked_at_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    """One name within another is forty times as dear to tell as the likeness of the whole."""
    close = []
    real = process.cpdist

    def counted(mine: Sequence[str], *rest: Sequence[str], **given: object) -> object:
        close.append(len(mine))
        return real(mine, *rest, **given)

    monkeypatch.setattr(against.process, "cpdist", counted)
    mine = [[each] for each in some(1, 600, prefix="new-")]
    assert among_known(mine, some(2, 600, prefix="old-"))
    assert 0 < sum(close) < 600 * 600 / 10


def test_nothing_known_is_no_twin() -> None:
    assert among_known([[each] for each in some(1, 3, prefix="new-")], []) == []
    assert among_known([], some(1, 3, prefix="old-")) == []
