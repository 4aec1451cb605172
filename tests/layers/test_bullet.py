"""The bullet chart: its stretches add up, begin where the last one ended and stay inside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from capacity.check import Check, Rules, check
from capacity.verdict import Existing
from layers.bullet import bullet
from registry.registry import Registry


@pytest.fixture
def results(registry: Registry) -> dict[str, Check]:
    found = check(registry, Rules(date(2026, 11, 21)))
    return {result.target.key: result for result in found}


def test_what_is_needed_reaches_from_the_left_to_the_pipeline(results: dict[str, Check]) -> None:
    chart = bullet(results["jining:pv:2030"])
    assert [(each.kind, each.amount // 10_000_000) for each in chart.segments] == [
        ("needed", 277),
        ("named", 110),
        ("programme", 413),
    ]
    last = chart.segments[-1]
    assert last.start + last.width == pytest.approx(chart.goal)
    assert chart.is_open


def test_an_installed_figure_takes_the_place_of_what_is_needed(results: dict[str, Check]) -> None:
    result = replace(results["jining:pv:2030"], existing=Existing(5 * 10**9), needed_installed=None)
    assert bullet(result).segments[0].kind == "installed"


def test_stretches_follow_each_other_inside_the_chart(results: dict[str, Check]) -> None:
    for result in results.values():
        chart = bullet(result)
        end = 0.0
        for each in chart.segments:
            assert each.start == pytest.approx(end)
            assert each.amount > 0 and each.width > 0
            end = each.start + each.width
        assert end <= 1 and 0 < chart.goal < 1


def test_the_high_end_goes_beyond_the_goal_where_it_does(results: dict[str, Check]) -> None:
    chart = bullet(results["binzhou:wind:2030"])
    possible = next(each for each in chart.segments if each.kind == "possible")
    assert possible.start == pytest.approx(chart.goal)
    assert possible.amount == 1318 * 10_000_000
