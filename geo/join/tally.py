"""Counts and sums of joined points, kept while batch after batch goes by.

Sums are kept in fixed point, as whole numbers: they come out the same to the last digit however
the points are cut into batches, in whatever order, by one process or by many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from geo.join.points import Joined
from terms.errors import JoinError

Floats = npt.NDArray[np.float64]

# A value is cut into five numbers of 26 bits: multiples of 2^26, of 1, 2^-26, 2^-52, 2^-78. What
# 65,536 values add to each stays far below 2^53, up to which float64 counts exactly.
_LIMBS, _BITS = 5, 26
_AT_ONCE = 65_536
LARGEST = 1e18


@dataclass(frozen=True)
class Line:
    """What was tallied for one district: points, of them on its outline, sums and missing values.

    A sum is None where no point has a value.
    """

    points: int
    on_border: int
    sums: tuple[float | None, ...]
    missing: tuple[int, ...]


class Tally:
    """Points and sums per district, with a place for those outside and one for those invalid."""

    def __init__(self, codes: tuple[str, ...], columns: Iterable[str] = ()) -> None:
        self.codes = codes
        self.columns = tuple(columns)
        places = len(codes) + 2
        self._points = np.zeros(places, dtype=np.int64)
        self._on_border = np.zeros(places, dtype=np.int64)
        self._missing = np.zeros((len(self.columns), places), dtype=np.int64)
        self._limbs = np.zeros((len(self.columns), _LIMBS, places), dtype=np.int64)

    def add(self, joined: Joined, values: Mapping[str, Floats]) -> None:
        """Take a batch in; a value that is no number is missing. Raises JoinError for infinite."""
        place = np.where(joined.places < 0, len(self.codes), joined.places)
        place[joined.is_invalid] += 1
        count = len(self._points)
        self._points += np.bincount(place, minlength=count)
        self._on_border += np.bincount(place[joined.is_on_border], minlength=count)
        for at, column in enumerate(self.columns):
            given = values[column]
            is_missing = np.isnan(given)
            if is_missing.any():
                self._missing[at] += np.bincount(place[is_missing], minlength=count)
                given = np.where(is_missing, 0.0, given)
            for first in range(0, len(given), _AT_ONCE):
                part = slice(first, first + _AT_ONCE)
                self._limbs[at] += _limbs(given[part], place[part], count, column)

    def merge(self, other: Tally) -> None:
        """Take in what another tally of the same districts and columns has counted."""
        if (self.codes, self.columns) != (other.codes, other.columns):
            raise JoinError("two tallies of other districts or columns cannot be added up")
        self._points += other._points
        self._on_border += other._on_border
        self._missing += other._missing
        self._limbs += other._limbs

    @property
    def points(self) -> int:
        """All points: in a district, outside and invalid."""
        return int(self._points.sum())

    def line(self, codes: Iterable[str]) -> Line:
        """The districts of these codes together."""
        known = {code: place for place, code in enumerate(self.codes)}
        return self._line([known[code] for code in codes])

    def outside(self) -> Line:
        """The points that have coordinates and lie in no district."""
        return self._line([len(self.codes)])

    def invalid(self) -> Line:
        """The points without two finite coordinates."""
        return self._line([len(self.codes) + 1])

    def _line(self, places: list[int]) -> Line:
        points = int(self._points[places].sum())
        missing = tuple(int(count) for count in self._missing[:, places].sum(axis=1))
        sums = tuple(_value(limbs[:, places]) for limbs in self._limbs)
        return Line(
            points=points,
            on_border=int(self._on_border[places].sum()),
            sums=tuple(
                None if none == points else value for value, none in zip(sums, missing, strict=True)
            ),
            missing=missing,
        )


def _limbs(
    values: Floats, place: npt.NDArray[np.int64], count: int, column: str
) -> npt.NDArray[np.int64]:
    """The sums of these numbers per place."""
    if np.abs(values).max(initial=0.0) >= LARGEST:
        worst = float(values[np.argmax(np.abs(values))])
        raise JoinError(f"{column}: {worst} cannot be added up, expected values below {LARGEST:g}")
    rest = values * 2.0**-_BITS
    sums = np.empty((_LIMBS, count), dtype=np.int64)
    for limb in range(_LIMBS):
        whole = np.trunc(rest)  # not floor: what is left of a small negative value stays exact
        sums[limb] = np.bincount(place, weights=whole, minlength=count)
        rest = (rest - whole) * 2.0**_BITS
    return sums


def _value(limbs: npt.NDArray[np.int64]) -> float:
    whole = 0
    for limb in limbs:
        whole = (whole << _BITS) + sum(map(int, limb))
    return float(Fraction(whole, 1 << _BITS * (_LIMBS - 2)))
