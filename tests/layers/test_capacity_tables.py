"""Counties, ledger and check as tables: DESIGN's columns, sums to the watt, every word."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from capacity.check import Cause, Rules, check
from capacity.ledger import Reason, ledger
from capacity.splits import NO_SPLITS, read_splits
from capacity.standing import Doubt, Standing
from capacity.verdict import Rule, Verdict
from geo.districts import Districts
from layers.capacity_tables import check_rows, district_rows, ledger_rows
from layers.check_words import rule_text
from registry.registry import Registry
from terms.columns import CHECK_COLUMNS, DISTRICT_COLUMNS, LEDGER_COLUMNS, Row
from terms.kinds import Action, Nature, PlaceBasis, Technology
from terms.language import Language
from terms.messages import label
from terms.selection import AllocationRule
from tests.capacity.builders import (
    AHEAD,
    COUNTIES,
    figure,
    one,
    programme,
    registry_of,
    row,
    target,
)

A, B, _, _ = COUNTIES


def _sums(rows: list[Row]) -> dict[tuple[object, object], Decimal]:
    sums: dict[tuple[object, object], Decimal] = {}
    for each in rows:
        key = each["plan"], each["technology"]
        for column in ("located_mw", "shared_mw"):
            sums[key] = sums.get(key, Decimal(0)) + Decimal(str(each[column] or 0))
    return sums


@pytest.fixture(scope="module")
def small(districts: Districts) -> Registry:
    return registry_of(
        districts,
        row("one", "10.000001", at=[A]),
        row("two", 20, at=[B, A]),
        row("city", 30),
        row("abroad", 40, at=["370102"], place_basis=PlaceBasis.OUTSIDE),
        row("silent", None, at=[B], technology=Technology.WIND),
        row("old", 50, at=[A], action=Action.RETIRE, technology=Technology.COAL),
    )


def _cells(rows: list[Row]) -> list[tuple[object, ...]]:
    return [tuple(each[column] for column in DISTRICT_COLUMNS[1:]) for each in rows]


def test_counties_then_the_rest(small: Registry) -> None:
    rows = list(district_rows(small))
    assert all(tuple(each) == DISTRICT_COLUMNS for each in rows)
    assert _cells(rows) == [
        ("370102", "历下区", "pv", 40, 0, 1),
        (A, "任城区", "pv", 10.000001, 0, 1),
        (A, "任城区", "coal", 0, 0, 1),
        (B, "兖州区", "wind", None, None, 1),
        (None, label("place", "rest", "zh"), "pv", 30, 20, 2),
    ]


def test_counties_under_a_rule(small: Registry) -> None:
    rows = [each for each in _cells(list(district_rows(small, rule="equal"))) if each[2] == "pv"]
    assert rows == [
        ("370102", "历下区", "pv", 40, 0, 1),
        (A, "任城区", "pv", 10.000001, 10, 2),
        (B, "兖州区", "pv", 0, 10, 1),
        (None, label("place", "rest", "zh"), "pv", 30, 0, 1),
    ]


def test_counties_in_english_and_of_some_rows(small: Registry) -> None:
    rows = list(district_rows(small, rows={"one", "city"}, language="en"))
    assert [(each["district"], each["rows"]) for each in rows] == [
        (small.districts.name(A, "en"), 1),
        ("in no single county", 1),
    ]


@pytest.mark.parametrize("rule", ["none", "equal", "area", "custom"])
@pytest.mark.parametrize("inferred", [True, False])
def test_the_five_plans_sum_to_their_ledger(
    registry: Registry, rule: AllocationRule, inferred: bool
) -> None:
    lines = "district_code,item,mw,share\n370811,pv,150.5,\n370812,pv,,0.333333\n"
    splits = read_splits(lines) if rule == "custom" else NO_SPLITS
    rows = list(district_rows(registry, rule=rule, splits=splits, inferred=inferred))
    wanted: dict[tuple[object, object], Decimal] = {}
    for id, entry in ledger(registry, inferred=inferred).items():
        key = registry.by_id[id].plan, entry.technology.value
        wanted[key] = wanted.get(key, Decimal(0)) + Decimal(entry.counted_w) / 10**6
    assert _sums(rows) == wanted


def test_the_ledger_leaves_the_unstated_empty(districts: Districts) -> None:
    rows = (
        programme("base", 100),
        row("a", 30, "base"),
        row("silent"),
        row("old", 5, action=Action.RETIRE),
    )
    registry = registry_of(districts, *rows)
    found = list(ledger_rows(registry, ledger(registry).values()))
    assert all(tuple(each) == LEDGER_COLUMNS for each in found)
    assert [tuple(each[column] for column in LEDGER_COLUMNS[3:]) for each in found] == [
        (100, 70, 30, "detailed_by_members"),
        (30, 30, 0, None),
        (None, None, None, "not_stated"),
        (5, 0, 5, "retire"),
    ]


def test_the_check_in_the_target_s_unit(districts: Districts) -> None:
    registry = registry_of(
        districts,
        programme("base", 45),
        row("a", "30.5", "base"),
        targets=[target(12, unit="万千瓦")],
        installed=[figure(2, "2023-12-31", unit="万千瓦")],
    )
    (found,) = check_rows([one(registry)])
    assert tuple(found) == CHECK_COLUMNS
    assert tuple(found[column] for column in CHECK_COLUMNS[4:-1]) == (
        12,
        "万千瓦",
        "stock",
        2,
        "2023-12-31",
        3.05,
        1.45,
        4.5,
        4.5,
        False,
        None,
        5.5,
        "short",
        "unrecorded",
    )
    rule = str(found["rule"])
    for figure_with_unit in ("2 万千瓦", "4.5 万千瓦", "12 万千瓦", "5.5 万千瓦"):
        assert figure_with_unit in rule


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_of_the_check_has_a_label(language: Language) -> None:
    words = {
        "verdict": Verdict,
        "cause": Cause,
        "standing": Standing,
        "doubt": Doubt,
        "rule": Rule,
        "change": Rule,
    }
    for kind, members in words.items():
        for member in members:
            assert label(kind, member, language)
    for reason in Reason:
        assert reason is Reason.NONE or label("capacity", f"reason_{reason}", language)
    for nature in (Nature.STOCK, Nature.IN_OPERATION, Nature.INCREMENT, Nature.START):
        assert label("existing", nature, language)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_fills_in_its_figures(
    registry: Registry, rule: Rule, language: Language
) -> None:
    """No brace is left, and each of the two tongues names the same figures."""
    result = check(registry, Rules(as_of=AHEAD))[0]
    found = replace(result, finding=replace(result.finding, rule=rule, gap=7))
    words = rule_text(found, language, lambda base: f"<{base}>")
    assert "{" not in words and words
    other: Language = "en" if language == "zh" else "zh"
    assert words.count("<") == rule_text(found, other, lambda base: f"<{base}>").count("<")
