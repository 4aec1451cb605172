"""New rows held against all that is known in their city, many at a time.

How alike two names are as a whole is told fast; whether one stands within the other is told for
the few pairs alone for which it may matter: the longest part that both share bounds it from above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from registry.intake.alike import (
    CLOSE,
    TELLING,
    WITHIN,
    Known,
    same_district,
    same_technology,
    score,
)
from registry.intake.proposal import Twin

LIKELY = 0.75  # total above which a pair is shown
_MOST = 3  # twins shown for one row
_SLACK = 0.002  # more than rounding may move a total
_CELLS = 500_000  # pairs held at once
_Whole = npt.NDArray[np.int64]
_Float = npt.NDArray[np.floating]
_Names = npt.NDArray[np.object_]
_Numbers = dict[Hashable, int]  # what is equal has the same number


@dataclass(frozen=True)
class _Table:
    """Projects as columns; what is equal in `id`, `unit`, `amount` or `sort` has one number.

    A `unit` of 0 is a name without the number of a unit or phase; a `sort` is what lies in the
    same counties and has the same technology.
    """

    known: npt.NDArray[np.object_]
    name: _Names
    length: _Whole
    id: _Whole
    unit: _Whole
    amount: _Whole
    sort: _Whole
    mw: _Float

    def __getitem__(self, at: slice | _Whole) -> _Table:
        return _Table(*(getattr(self, name)[at] for name in self.__dataclass_fields__))


def among_known(mine: Sequence[Sequence[Known]], known: Sequence[Known]) -> list[Twin]:
    """The likely twins of each row (by any of its names) among what is known, in order of rows."""
    by_city: dict[str, list[Known]] = defaultdict(list)
    for each in known:
        by_city[each.city_code].append(each)
    cities: dict[str, list[int]] = defaultdict(list)
    for at, names in enumerate(mine):
        cities[names[0].city_code].append(at)
    numbers: _Numbers = {frozenset(): 0}
    best: dict[int, dict[str, Twin]] = defaultdict(dict)
    for city, places in cities.items():
        near = _table([*by_city[city], *(by_city[""] if city else ())], numbers)
        own = _table([name for at in places for name in mine[at]], numbers)
        rows = [at for at in places for _ in mine[at]]
        for name, twin in _of_city(own, near):
            before = best[rows[name]].get(twin.id)
            if before is None or twin.score.total > before.score.total:
                best[rows[name]][twin.id] = twin
    return [twin for at in range(len(mine)) for twin in _first(best[at].values())]


def _table(known: Sequence[Known], numbers: _Numbers) -> _Table:
    def numbered(values: Iterable[Hashable]) -> _Whole:
        return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=int)

    return _Table(
        known=np.array([*known, None], dtype=object)[:-1],
        name=np.array([*(each.name for each in known), None], dtype=object)[:-1],
        length=np.array([len(each.name) for each in known], dtype=int),
        id=numbered(each.id for each in known),
        unit=numbered(each.numbers for each in known),
        amount=numbered(each.capacity_mw for each in known),
        sort=numbered((each.codes, each.technology, each.city_code) for each in known),
        mw=np.array([each.capacity_mw for each in known], dtype=np.float64),
    )


def _of_city(own: _Table, near: _Table) -> Iterator[tuple[int, Twin]]:
    """The best few of every name of one city, with the place of the name."""
    step = max(1, _CELLS // max(1, len(near.id)))
    firsts, sort_of = np.unique(near.sort, return_index=True, return_inverse=True)[1:]
    for sort in np.unique(own.sort):
        places = np.flatnonzero(own.sort == sort)
        first = own.known[places[0]]
        rest = np.array([_rest(first, near.known[at]) for at in firsts], dtype=np.float64)
        for start in range(0, len(places), step):
            some = places[start : start + step]
            for name, twin in _best(own[some], near, rest[sort_of]):
                yield int(some[name]), twin


def _rest(own: Known, other: Known) -> float:
    """What county and technology add to the total."""
    technology = same_technology(own.technology, other.technology)
    return 0.2 * same_district(own, other) + 0.15 * technology


def _best(own: _Table, near: _Table, rest: _Float) -> Iterator[tuple[int, Twin]]:
    """The few best pairs of each name, scored exactly; of equal ones those known first."""
    row, at, alike, total = _likely(own, near, rest)
    chosen = _few(row, at, total, (alike, near.amount[at], near.sort[at]))
    for name in np.unique(row[chosen]):
        mine, twins = own.known[name], []
        for pair in chosen[row[chosen] == name]:
            other = near.known[at[pair]]
            found = score(mine, other, float(alike[pair]))
            if found.total >= LIKELY:
                twins.append(Twin(mine.row or 0, other.id, other.label, found, other.row))
        yield from ((int(name), twin) for twin in _first(twins))


def _likely(own: _Table, near: _Table, rest: _Float) -> tuple[_Whole, _Whole, _Float, _Float]:
    """The pairs that may be among the best: rows of both, how alike the names, about how much."""
    whole = process.cdist(own.name, near.name, scorer=fuzz.ratio)
    most = _at_most(whole, own.length, near.length)
    floor = rest + 0.1 * _shared(own.mw[:, None], near.mw)
    may_be = (most >= CLOSE) & (0.0055 * most + floor >= LIKELY - _SLACK)
    may_be &= own.id[:, None] != near.id
    # Another number of a unit leaves 0.165 for the name: no pair then.
    may_be &= (own.unit[:, None] == near.unit) | (own.unit[:, None] == 0) | (near.unit == 0)
    sure = np.where(may_be & (whole >= CLOSE), 0.0055 * whole + floor, 0)
    may_be &= 0.0055 * most + floor >= _last_of_best(sure)[:, None] - _SLACK
    row, at = np.nonzero(may_be)
    alike = _alike(own.name[row], near.name[at], whole[row, at], most[row, at])
    total = np.where(alike >= CLOSE, 0.0055 * alike + floor[row, at], 0)
    found = total >= LIKELY - _SLACK
    return row[found], at[found], alike[found], total[found]


def _at_most(whole: _Float, mine: _Whole, its: _Whole) -> _Float:
    """The most that the likeness of names can be, of 100, with one within the other."""
    shorter = np.minimum.outer(mine, its)
    shared = whole * np.add.outer(mine, its) / 200  # signs in the longest part that both have
    within = 100 * WITHIN * 2 * shared / np.maximum(shorter + shared, 1)
    return np.maximum(whole, np.where(shorter < TELLING, 0, within + 0.01))


def _alike(mine: _Names, its: _Names, whole: _Float, most: _Float) -> _Float:
    """How alike names are, pair by pair: as a whole, or one within the other."""
    asks = np.flatnonzero(most > whole)
    within = np.zeros_like(whole)
    within[asks] = process.cpdist(
        mine[asks], its[asks], scorer=fuzz.partial_ratio, score_cutoff=CLOSE / WITHIN
    )
    return np.maximum(whole, WITHIN * within).astype(np.float64)


def _shared(mine: _Float, its: _Float) -> _Float:
    """The smaller capacity's part of the larger; half where one is not stated."""
    larger = np.maximum(mine, its)
    shared = np.minimum(mine, its) / np.where(larger > 0, larger, 1)
    return np.where(np.isnan(shared), 0.5, shared)


def _last_of_best(totals: _Float) -> _Float:
    """Of each row the total of the last that is shown; 0 where there are fewer."""
    if totals.shape[1] < _MOST:
        return np.zeros(len(totals))
    return np.partition(totals, -_MOST, axis=1)[:, -_MOST]


def _few(row: _Whole, at: _Whole, total: _Float, same: Sequence[_Float | _Whole]) -> _Whole:
    """The places of the pairs to score: near a row's best, of what scores the same the first."""
    order = np.lexsort((at, *same, row))
    keys = np.stack([row, *same])[:, order]
    starts = np.flatnonzero(np.append(True, (np.diff(keys) != 0).any(axis=0))[: len(order)])
    run = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    order = order[run < _MOST]
    order = order[np.lexsort((-total[order], row[order]))]
    starts = np.flatnonzero(np.diff(row[order], prepend=-1))
    counts = np.diff(np.append(starts, len(order)))
    last = total[order][starts + np.minimum(_MOST, counts) - 1] if len(order) else total
    kept = order[total[order] >= np.repeat(last, counts) - _SLACK]
    return kept[np.lexsort((at[kept], row[kept]))]


def _first(twins: Iterable[Twin]) -> list[Twin]:
    return sorted(twins, key=lambda twin: -twin.score.total)[:_MOST]
