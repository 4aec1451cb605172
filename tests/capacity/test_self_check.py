"""The self-check of the five plans against sums worked out by hand, and its rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.self_check import Outcome, Role, SelfCheckResult, self_check
from registry.registry import Registry
from terms.errors import QuantityError
from terms.kinds import Operator, SelfCheckKind
from terms.messages import catalogue
from terms.records import SelfCheck, SelfCheckFigure

# id: outcome, what the parts add up to, difference, unit; from the documents, by hand.
BY_HAND = {
    "jining-check-pv-base": ("within", 1100, 3000 - 1100, "MW"),
    "jining-check-pv-2030": ("within", 300 + 15 + 8 + 200, 277, "万千瓦"),
    "jining-check-biomass-2030": ("within", "8.6", "24.4", "万千瓦"),
    "jining-check-storage": ("agrees", None, 0, "万千瓦"),
    "jining-check-yongfu": ("agrees", None, 0, "MW"),
    "jining-check-clinker": ("agrees", None, 0, "吨/日"),
    "jining-check-wind-central": ("agrees", None, 0, "个"),
    "jining-check-wind-distributed": ("agrees", None, 0, "个"),
    "jining-check-rooftop-counties": ("within", 5, 3, "个"),
    "jining-check-non-fossil": ("holds", None, 20 - 13, "%"),
    "zaozhuang-check-renewable-2030": ("within", 400 + 28, 172, "万千瓦"),
    "zaozhuang-check-energy-intensity": ("holds", None, "0.8", "%"),
    "zaozhuang-check-chemparks": ("agrees", 4, 0, "个"),
    "zaozhuang-check-prefabricated": ("holds", None, 60 - 43, "%"),
    "zaozhuang-check-green-cover": ("holds", None, 43 - 40, "%"),
    "lixia-check-building-renewable": ("holds", None, 10 - 8, "%"),
    "lixia-check-actions": ("agrees", 8, 0, "项"),
    "taian-check-new-storage-2030": ("within", 60 + 35 + 30 + 30, 145, "万千瓦"),
    "taian-check-renewable-2030": ("within", 166, 800 - 166, "万千瓦"),
    "taian-check-charging-piles": ("within", 2200, 4100 - 2200, "台"),
    "taian-check-works": ("agrees", 10, 0, "项"),
    "binzhou-check-renewable-2030": ("agrees", 2470 + 500 + 30, 0, "万千瓦"),
    "binzhou-check-renewable-2025": ("within", 800, 700, "万千瓦"),
    "binzhou-check-base-total": ("within", 800, 1318, "万千瓦"),
    "binzhou-check-base-pv": ("within", 200 + 85 + 20 + 15, 380, "万千瓦"),
    "binzhou-check-base-in-renewable": ("within", 2118, 882, "万千瓦"),
    "binzhou-check-coal-large": ("within", 200 + 35, 200, "万千瓦"),
    "binzhou-check-coal-all": ("within", 200 + 35 + 5 + 8, 187, "万千瓦"),
    "binzhou-check-sub500-new": ("agrees", 3, 0, "座"),
    "binzhou-check-sub220-new": ("agrees", 8, 0, "座"),
    "binzhou-check-sub220-expand": ("agrees", 6, 0, "座"),
    "binzhou-check-sub220-retrofit": ("agrees", 3, 0, "座"),
    "binzhou-check-sub110-new": ("within", 2, 23, "座"),
    "binzhou-check-biomass-list": ("differs", None, 1, "处"),
    "binzhou-check-hydrogen": ("holds", None, 13 - 4, "座"),
    "binzhou-check-storage": ("holds", None, 100, "万千瓦"),
}


def _by_id(registry: Registry) -> dict[str, SelfCheckResult]:
    return {result.id: result for result in self_check(registry)}


@pytest.mark.parametrize("check", BY_HAND)
def test_results_worked_by_hand(registry: Registry, check: str) -> None:
    outcome, parts, difference, unit = BY_HAND[check]
    result = _by_id(registry)[check]
    assert result.outcome == outcome
    assert result.parts_sum == (None if parts is None else Decimal(parts))
    assert (result.difference, result.unit) == (Decimal(difference), unit)


def test_every_outcome_of_the_five_plans(registry: Registry) -> None:
    results = self_check(registry)
    found = Counter((result.kind.value, result.outcome.value) for result in results)
    assert found == {
        ("sum", "agrees"): 13,
        ("sum", "within"): 17,
        ("repeat", "agrees"): 17,
        ("repeat", "differs"): 1,
        ("sequence", "holds"): 10,
    }
    assert {result.plan for result in results} == set(registry.plan_by_id)


def test_both_clauses_are_shown(registry: Registry) -> None:
    storage = _by_id(registry)["jining-check-storage"]
    assert [(one.printed, one.clause) for one in storage.statements] == [
        ("100万千瓦以上", "三（一）5"),
        ("100万千瓦左右", "专栏1 4.（2）"),
    ]
    assert storage.words_differ and storage.words_allow
    coal = _by_id(registry)["binzhou-check-coal-large"].statements
    assert coal[0].role is Role.TOTAL and coal[0].year == 2025
    assert coal[1].clause == "专栏3 铁路项目" and coal[1].printed == "2×100万千瓦"
    assert (coal[1].value, coal[1].unit, coal[1].compared) == (2000, "MW", 200)
    lists = _by_id(registry)["binzhou-check-biomass-list"]
    assert [one.value for one in lists.statements] == [3, 2] and lists.words_allow


def test_every_figure_has_its_clause_and_every_rest_its_name(registry: Registry) -> None:
    for result in self_check(registry):
        assert len(result.statements) >= 2
        assert all(one.clause and (one.printed or one.rows) for one in result.statements)
        assert bool(result.rest) == bool(result.rest_en) == (not result.complete)


def test_a_mended_figure_changes_the_check(registry: Registry) -> None:
    targets = tuple(
        replace(target, value=Decimal(2500)) if target.key == "binzhou:pv:2030" else target
        for target in registry.targets
    )
    mended = replace(registry, targets=targets)
    result = _by_id(mended)["binzhou-check-renewable-2030"]
    assert (result.outcome, result.difference) == (Outcome.DIFFERS, 30)
    assert not result.words_allow and mended.digest != registry.digest


def test_a_changed_check_changes_the_digest(registry: Registry) -> None:
    first, *others = registry.self_checks
    changed = (replace(first, note="另一种读法"), *others)
    assert replace(registry, self_checks=changed).digest != registry.digest


def test_a_row_that_lost_its_figure_is_told(registry: Registry) -> None:
    rows = tuple(
        replace(row, capacity_mw=None) if row.id == "jining-pv-base-02" else row
        for row in registry.projects
    )
    with pytest.raises(QuantityError, match="jining-pv-base-02"):
        self_check(replace(registry, projects=rows))


def _figure(value: str | int, unit: str = "万千瓦", operator: str = "=") -> SelfCheckFigure:
    return SelfCheckFigure(
        target="",
        row="",
        figure="capacity",  # type: ignore[arg-type]
        rows=(),
        value=Decimal(value),
        unit=unit,
        printed=f"{value}{unit}",
        operator=Operator(operator),
        section="三",
        item="",
    )


def _run(
    registry: Registry, kind: str, *figures: SelfCheckFigure, complete: bool = True
) -> SelfCheckResult:
    is_sum = kind == "sum"
    check = SelfCheck(
        plan="jining",
        id="jining-check-any",
        kind=SelfCheckKind(kind),
        title="甲",
        title_en="A",
        total=figures[0] if is_sum else None,
        parts=figures[1:] if is_sum else (),
        complete=complete,
        rest="",
        rest_en="",
        statements=() if is_sum else figures,
        note="",
    )
    (result,) = self_check(replace(registry, self_checks=(check,)))
    return result


@pytest.mark.parametrize(
    ("kind", "complete", "figures", "outcome", "difference", "allowed"),
    [
        ("sum", True, [(3, "GW"), (100, "万千瓦"), (2000, "MW")], "agrees", "0", True),
        ("sum", True, [(10,), (4,), (5,)], "differs", "1", False),
        ("sum", True, [(10,), (4,), (7,)], "differs", "1", False),
        ("sum", True, [(10, "万千瓦", ">="), (4,), (7,)], "differs", "1", True),
        ("sum", True, [(10,), (4,), (5, "万千瓦", ">=")], "differs", "1", True),
        ("sum", True, [(10,), (4,), (5, "万千瓦", "~")], "differs", "1", True),
        ("sum", False, [(10,), (4,), (5,)], "within", "1", True),
        ("sum", False, [(10,), (4,), (6,)], "within", "0", True),
        ("sum", False, [(10,), (4,), ("6.1",)], "exceeds", "0.1", False),
        ("sum", False, [(10, "万千瓦", ">="), (4,), (7,)], "exceeds", "1", True),
        ("repeat", True, [(1, "GW"), (100, "万千瓦"), (1000, "MW")], "agrees", "0", True),
        ("repeat", True, [(10,), (12,), (9,)], "differs", "3", False),
        ("repeat", True, [(10, "万千瓦", ">="), (12,)], "differs", "2", True),
        ("repeat", True, [(10, "万千瓦", "<="), (12,)], "differs", "2", False),
        ("repeat", True, [(10, "万千瓦", "~"), (12,)], "differs", "2", True),
        ("sequence", True, [(4,), (4,), (13,)], "holds", "9", True),
        ("sequence", True, [(4,), (13,), (12,)], "falls", "1", False),
        ("sequence", True, [(13,), (12, "万千瓦", ">=")], "falls", "1", True),
    ],
)
def test_the_rule(
    registry: Registry,
    kind: str,
    complete: bool,
    figures: list[tuple[str | int, ...]],
    outcome: str,
    difference: str,
    allowed: bool,
) -> None:
    given_figures = [_figure(*figure) for figure in figures]  # type: ignore[arg-type]
    result = _run(registry, kind, *given_figures, complete=complete)
    assert (result.outcome, result.difference) == (outcome, Decimal(difference))
    assert result.words_allow is allowed


@settings(max_examples=100, deadline=None)
@given(parts=st.lists(st.decimals(min_value=0, max_value=9999, places=2), min_size=1, max_size=8))
def test_parts_always_add_up_to_their_own_sum(registry: Registry, parts: list[Decimal]) -> None:
    total = sum(parts, Decimal(0))
    figures = [_figure(str(part)) for part in parts]
    assert _run(registry, "sum", _figure(str(total)), *figures).outcome is Outcome.AGREES
    short = _run(registry, "sum", _figure(str(total + 1)), *reversed(figures), complete=False)
    assert (short.outcome, short.difference) == (Outcome.WITHIN, 1)


def test_every_outcome_and_role_has_its_words() -> None:
    keys = catalogue()
    assert all(f"self_check_outcome.{each.value}" in keys for each in Outcome)
    named = set(Role) - {Role.STATEMENT}  # what a clause says needs no name of its part
    assert all(f"self_check_role.{each.value}" in keys for each in named)
    sentences = "sum_agrees sum_differs sum_within sum_exceeds repeat_agrees repeat_differs".split()
    for name in (*sentences, "sequence_holds", "sequence_falls"):
        assert f"self_check.{name}" in keys
