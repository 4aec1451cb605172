"""Splitting whole numbers: parts that add up, worked by hand."""

from __future__ import annotations

import pytest

from capacity.apportion import apportion


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, {"a": 1, "b": 1, "c": 1}, {"a": 34, "b": 33, "c": 33}),
        (101, {"a": 1, "b": 1, "c": 1}, {"a": 34, "b": 34, "c": 33}),
        (100, {"c": 1, "b": 1, "a": 1}, {"a": 34, "b": 33, "c": 33}),  # ties by key, not by place
        (10, {"a": 1, "b": 2, "c": 3}, {"a": 2, "b": 3, "c": 5}),  # 1.67, 3.33, 5
        (7, {"a": 0, "b": 3}, {"a": 0, "b": 7}),
        (5, {"a": 0, "b": 0}, {"a": 3, "b": 2}),
        (0, {"a": 1, "b": 1}, {"a": 0, "b": 0}),
        (1, {"a": 10**15, "b": 10**15 + 1}, {"a": 0, "b": 1}),
    ],
)
def test_largest_remainder(total: int, weights: dict[str, int], parts: dict[str, int]) -> None:
    assert apportion(total, weights) == parts
