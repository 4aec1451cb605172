"""Every verdict with the rule that gives it, at and beside each threshold."""

from __future__ import annotations

import pytest

from capacity.verdict import Existing, Finding, Listed, Rule, Verdict, judge


def _ahead(
    existing: Existing | None,
    named: int = 0,
    programme: int = 0,
    more: int = 0,
    *,
    is_open: bool = False,
    is_empty: bool = False,
) -> Finding:
    low = named + programme
    listed = Listed(named, low, low + more, is_open, is_empty)
    return judge(100, listed, existing, has_passed=False)


@pytest.mark.parametrize(
    ("finding", "verdict", "rule", "gap"),
    [
        (_ahead(Existing(100)), Verdict.REACHED, Rule.INSTALLED_ENOUGH, None),
        (_ahead(Existing(60), 40), Verdict.COVERED_NAMED, Rule.NAMED_ENOUGH, None),
        (_ahead(None, 100), Verdict.COVERED_NAMED, Rule.NAMED_ALONE_ENOUGH, None),
        (_ahead(Existing(60), 39, 1), Verdict.COVERED_PROGRAMME, Rule.PROGRAMME_ENOUGH, None),
        (_ahead(None, 99, 1), Verdict.COVERED_PROGRAMME, Rule.PROGRAMME_ALONE_ENOUGH, None),
        (_ahead(Existing(60), 20, 10, 9), Verdict.SHORT, Rule.HIGH_FAILS, 1),
        (_ahead(Existing(60), 20, 10, 10), Verdict.UNDETERMINED, Rule.BETWEEN, None),
        (_ahead(Existing(60), 20, is_open=True), Verdict.UNDETERMINED, Rule.BETWEEN, None),
        (_ahead(None, 20), Verdict.UNDETERMINED, Rule.STOCK_UNKNOWN, None),
        (_ahead(None, 20, is_open=True), Verdict.UNDETERMINED, Rule.STOCK_UNKNOWN, None),
        (_ahead(None, is_empty=True), Verdict.NO_PROJECT_NAMED, Rule.NOTHING_LISTED, None),
        (_ahead(Existing(60), is_empty=True), Verdict.NO_PROJECT_NAMED, Rule.NOTHING_LISTED, 40),
        (_ahead(Existing(100), is_empty=True), Verdict.REACHED, Rule.INSTALLED_ENOUGH, None),
        # Known from some rows' progress only: enough is enough, too little proves nothing.
        (_ahead(Existing(100, is_partial=True)), Verdict.REACHED, Rule.INSTALLED_ENOUGH, None),
        (_ahead(Existing(60, is_partial=True), 20), Verdict.UNDETERMINED, Rule.PARTLY_KNOWN, None),
    ],
)
def test_ahead_of_the_year(finding: Finding, verdict: Verdict, rule: Rule, gap: int | None) -> None:
    assert finding == Finding(verdict, rule, gap)


@pytest.mark.parametrize(
    ("existing", "finding"),
    [
        (None, Finding(Verdict.OUTCOME_UNKNOWN, Rule.NO_YEAR_END_FIGURE)),
        (Existing(100, is_year_end=True), Finding(Verdict.REACHED, Rule.YEAR_END_ENOUGH)),
        (Existing(99, is_year_end=True), Finding(Verdict.MISSED, Rule.YEAR_END_FAILS, 1)),
        (Existing(100), Finding(Verdict.REACHED, Rule.EARLIER_ENOUGH)),
        (Existing(99), Finding(Verdict.OUTCOME_UNKNOWN, Rule.NO_YEAR_END_FIGURE)),
        (
            Existing(99, is_year_end=True, is_partial=True),
            Finding(Verdict.OUTCOME_UNKNOWN, Rule.NO_YEAR_END_FIGURE),
        ),
        (
            Existing(100, is_year_end=True, is_partial=True),
            Finding(Verdict.REACHED, Rule.YEAR_END_ENOUGH),
        ),
    ],
)
def test_once_the_year_has_passed_plans_prove_nothing(
    existing: Existing | None, finding: Finding
) -> None:
    generous = Listed(named=1000, low=1000, high=1000, is_open=True, is_empty=False)
    assert judge(100, generous, existing, has_passed=True) == finding
