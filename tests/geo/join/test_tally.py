"""Counts and sums: by hand, then the same whatever the batches, the order, the sizes of values."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.join.points import Joined
from geo.join.tally import Line, Tally
from terms.errors import JoinError

CODES = ("900001", "900002")
OUT = -1


def joined(places: list[int], invalid: list[int] | None = None) -> Joined:
    is_invalid = np.zeros(len(places), dtype=bool)
    is_invalid[invalid or []] = True
    return Joined(CODES, np.array(places, dtype=np.int32), np.zeros(len(places), bool), is_invalid)


def tally(places: list[int], values: list[float], **more: list[int]) -> Tally:
    counted = Tally(CODES, ["mw"])
    counted.add(joined(places, **more), {"mw": np.array(values)})
    return counted


def test_by_hand() -> None:
    counted = tally([0, 0, 1, OUT, OUT], [1.5, 2.5, np.nan, 4.0, 8.0], invalid=[4])
    assert counted.points == 5
    assert counted.line(["900001"]) == Line(2, 0, (4.0,), (0,))
    assert counted.line(["900002"]) == Line(1, 0, (None,), (1,))  # not 0: nothing is known
    assert counted.line(CODES) == Line(3, 0, (4.0,), (1,))
    assert counted.outside() == Line(1, 0, (4.0,), (0,))
    assert counted.invalid() == Line(1, 0, (8.0,), (0,))


def test_nothing_yet() -> None:
    assert Tally(CODES).line(CODES) == Line(0, 0, (), ())
    assert Tally(CODES, ["mw"]).outside() == Line(0, 0, (None,), (0,))


def test_points_on_a_border_are_counted_apart() -> None:
    counted = Tally(CODES)
    at = np.array([0, 0, 1], dtype=np.int32)
    counted.add(Joined(CODES, at, np.array([True, False, True]), np.zeros(3, bool)), {})
    assert [counted.line([code]).on_border for code in CODES] == [1, 1]


value = st.floats(-1e12, 1e12, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) > 1e-9)


@given(st.lists(st.tuples(st.integers(-1, 1), value), max_size=40), st.randoms(), st.data())
def test_sums_are_the_same_however_the_points_are_cut(points, random, data) -> None:
    whole = tally([place for place, _ in points], [mw for _, mw in points])
    random.shuffle(points)
    cut = data.draw(st.integers(0, len(points)))
    parts = Tally(CODES, ["mw"])
    for part in (points[:cut], points[cut:]):
        parts.merge(tally([place for place, _ in part], [mw for _, mw in part]))
    lines = [
        (each.line(["900001"]), each.line(["900002"]), each.outside()) for each in (whole, parts)
    ]
    assert lines[0] == lines[1]
    mine = [mw for place, mw in points if place == 0]
    # Exact but for what each value has below 2^-78.
    exact = float(sum(map(Fraction, mine)))
    assert lines[0][0].sums[0] == (pytest.approx(exact, rel=1e-14, abs=1e-20) if mine else None)


def test_many_small_parts_of_a_large_sum_are_not_lost() -> None:
    """Added up one after the other, a float64 would stay at 1e16."""
    counted = tally([0] * 100_001, [1e16] + [1.0] * 100_000)
    assert counted.line(["900001"]).sums == (1e16 + 100_000,)


def test_a_small_negative_value_keeps_all_its_digits() -> None:
    assert tally([0], [-0.99999]).line(["900001"]).sums == (-0.99999,)


@pytest.mark.parametrize("odd", [np.inf, -np.inf, 1e18])
def test_what_cannot_be_added_up_is_refused(odd: float) -> None:
    with pytest.raises(JoinError, match=r"mw: .* cannot be added up"):
        tally([0, 1], [1.0, odd])


def test_tallies_of_other_columns_are_not_merged() -> None:
    with pytest.raises(JoinError, match="other districts or columns"):
        tally([0], [1.0]).merge(Tally(CODES, ["mwh"]))
