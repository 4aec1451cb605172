"""The verdict on a target, from four amounts and a date; the rule behind it has a name.

Source: DESIGN section 4. Ahead of its year a target can be covered by what is listed; once the year
has passed only an installed figure decides, for plans prove nothing about the past.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a target stands."""

    REACHED = "reached"
    COVERED_NAMED = "covered_named"
    COVERED_PROGRAMME = "covered_programme"
    SHORT = "short"
    UNDETERMINED = "undetermined"
    NO_PROJECT_NAMED = "no_project_named"
    MISSED = "missed"
    OUTCOME_UNKNOWN = "outcome_unknown"


class Rule(StrEnum):
    """Which comparison decided; its words stand in the catalogue under `rule`."""

    INSTALLED_ENOUGH = "installed_enough"
    NAMED_ENOUGH = "named_enough"
    NAMED_ALONE_ENOUGH = "named_alone_enough"
    PROGRAMME_ENOUGH = "programme_enough"
    PROGRAMME_ALONE_ENOUGH = "programme_alone_enough"
    HIGH_FAILS = "high_fails"
    NOTHING_LISTED = "nothing_listed"
    ONLY_PLEDGE = "only_pledge"
    ALL_LEFT_OUT = "all_left_out"
    BETWEEN = "between"
    STOCK_UNKNOWN = "stock_unknown"
    PARTLY_KNOWN = "partly_known"
    YEAR_END_ENOUGH = "year_end_enough"
    YEAR_END_FAILS = "year_end_fails"
    EARLIER_ENOUGH = "earlier_enough"
    NO_YEAR_END_FIGURE = "no_year_end_figure"


@dataclass(frozen=True)
class Existing:
    """The installed amount that a target is held against.

    `is_year_end`: it stands for the end of the target's year. `is_partial`: it is known from
    recorded progress only, so that it may be more.
    """

    amount: int
    is_year_end: bool = False
    is_partial: bool = False


@dataclass(frozen=True)
class Finding:
    """Verdict and rule; `gap` is by how much the target is failed, where that is known."""

    verdict: Verdict
    rule: Rule
    gap: int | None = None


@dataclass(frozen=True)
class Listed:
    """What the plan lists towards a target.

    `is_empty`: no row counts; then `has_pledge` and `has_left_out` say what stands there instead.
    """

    named: int
    low: int
    high: int
    is_open: bool
    is_empty: bool
    has_pledge: bool = False
    has_left_out: bool = False


def judge(target: int, listed: Listed, existing: Existing | None, *, has_passed: bool) -> Finding:
    """Hold a target against what exists and what is listed; amounts in one unit."""
    if has_passed:
        return _judge_outcome(target, existing)
    if existing and existing.amount >= target:
        return Finding(Verdict.REACHED, Rule.INSTALLED_ENOUGH)
    known = existing is not None and not existing.is_partial
    have = existing.amount if existing else 0
    if have + listed.named >= target:
        rule = Rule.NAMED_ENOUGH if existing else Rule.NAMED_ALONE_ENOUGH
        return Finding(Verdict.COVERED_NAMED, rule)
    if have + listed.low >= target:
        rule = Rule.PROGRAMME_ENOUGH if existing else Rule.PROGRAMME_ALONE_ENOUGH
        return Finding(Verdict.COVERED_PROGRAMME, rule)
    gap = target - have - listed.high
    if listed.is_empty:
        return Finding(Verdict.NO_PROJECT_NAMED, _why_empty(listed), gap if known else None)
    if known and not listed.is_open and gap > 0:
        return Finding(Verdict.SHORT, Rule.HIGH_FAILS, gap)
    if known:
        return Finding(Verdict.UNDETERMINED, Rule.BETWEEN)
    return Finding(Verdict.UNDETERMINED, Rule.PARTLY_KNOWN if existing else Rule.STOCK_UNKNOWN)


def _why_empty(listed: Listed) -> Rule:
    if listed.has_pledge:
        return Rule.ONLY_PLEDGE
    return Rule.ALL_LEFT_OUT if listed.has_left_out else Rule.NOTHING_LISTED


def _judge_outcome(target: int, existing: Existing | None) -> Finding:
    if existing is None:
        return Finding(Verdict.OUTCOME_UNKNOWN, Rule.NO_YEAR_END_FIGURE)
    if existing.amount >= target:
        rule = Rule.YEAR_END_ENOUGH if existing.is_year_end else Rule.EARLIER_ENOUGH
        return Finding(Verdict.REACHED, rule)
    if existing.is_year_end and not existing.is_partial:
        return Finding(Verdict.MISSED, Rule.YEAR_END_FAILS, target - existing.amount)
    return Finding(Verdict.OUTCOME_UNKNOWN, Rule.NO_YEAR_END_FIGURE)
