"""The check: dates, figures, causes and words, on small registries worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from capacity.check import Cause, Rules, check, divided
from capacity.verdict import Rule, Verdict
from geo.districts import Districts
from layers.check_words import rule_text
from registry.registry import Registry
from terms.kinds import CapacityBasis, Nature, Operator, PlanStatus, Status, Technology
from terms.records import InstalledFigure
from tests.capacity.builders import (
    AHEAD,
    W,
    due,
    figure,
    one,
    plan,
    programme,
    progress,
    registry_of,
    row,
    target,
)

PAST = date(2026, 3, 1)
OF_2025 = target(100, year=2025)


@pytest.mark.parametrize(
    ("as_of", "verdict", "rule"),
    [
        (date(2025, 12, 31), Verdict.COVERED_NAMED, Rule.NAMED_ALONE_ENOUGH),
        (date(2026, 1, 1), Verdict.OUTCOME_UNKNOWN, Rule.NO_YEAR_END_FIGURE),
    ],
)
def test_a_year_passes_with_its_last_day(
    districts: Districts, as_of: date, verdict: Verdict, rule: Rule
) -> None:
    result = one(registry_of(districts, row("a", 100, **due(2025)), targets=[OF_2025]), as_of)
    assert (result.verdict, result.finding.rule) == (verdict, rule)
    assert result.has_passed is (as_of.year == 2026)


@pytest.mark.parametrize(
    ("figures", "verdict", "rule", "gap"),
    [
        ([figure(100, "2025-12-31")], Verdict.REACHED, Rule.YEAR_END_ENOUGH, None),
        ([figure(99, "2025-12-31")], Verdict.MISSED, Rule.YEAR_END_FAILS, W),
        ([figure(100, "2024-12-31")], Verdict.REACHED, Rule.EARLIER_ENOUGH, None),
        ([figure(99, "2024-12-31")], Verdict.OUTCOME_UNKNOWN, Rule.NO_YEAR_END_FIGURE, None),
        ([figure(500, "2026-01-31")], Verdict.OUTCOME_UNKNOWN, Rule.NO_YEAR_END_FIGURE, None),
        ([figure(1, "2026-01-31")], Verdict.OUTCOME_UNKNOWN, Rule.NO_YEAR_END_FIGURE, None),
        (
            [figure(99, "2025-12-31"), figure(500, "2026-01-31")],
            Verdict.MISSED,
            Rule.YEAR_END_FAILS,
            W,
        ),
        ([figure(500, "2026-04-01")], Verdict.OUTCOME_UNKNOWN, Rule.NO_YEAR_END_FIGURE, None),
    ],
)
def test_what_proves_a_past_target(
    districts: Districts,
    figures: list[InstalledFigure],
    verdict: Verdict,
    rule: Rule,
    gap: int | None,
) -> None:
    rows = row("a", 1000, **due(2025))
    result = one(registry_of(districts, rows, targets=[OF_2025], installed=figures), PAST)
    assert (result.verdict, result.finding.rule, result.finding.gap) == (verdict, rule, gap)
    assert result.needed_installed is None


def test_a_figure_after_the_year_s_end_is_said_and_not_used(districts: Districts) -> None:
    figures = [figure(90, "2024-12-31"), figure(500, "2026-01-31")]
    result = one(registry_of(districts, targets=[OF_2025], installed=figures), PAST)
    assert result.existing_date == "2024-12-31" and result.later == figures[1]
    assert {Cause.EARLIER_FIGURE, Cause.LATER_FIGURE} <= set(result.causes)


def test_a_figure_of_tomorrow_is_not_known_yet(districts: Districts) -> None:
    figures = [figure(100, "2024-06-01"), figure(500, "2024-06-02")]
    result = one(registry_of(districts, targets=[target(300)], installed=figures))
    assert result.existing_date == "2024-06-01" and result.existing
    assert result.existing.amount == 100 * W


def test_short_needs_an_installed_figure(districts: Districts) -> None:
    rows, of = row("a", 30), target(100)
    unknown = one(registry_of(districts, rows, targets=[of]))
    assert (unknown.verdict, unknown.needed_installed) == (Verdict.UNDETERMINED, 70 * W)
    known = one(registry_of(districts, rows, targets=[of], installed=[figure(69, "2023-12-31")]))
    assert (known.verdict, known.finding.gap) == (Verdict.SHORT, W)
    assert known.needed_installed is None


def test_short_needs_a_closed_high_end(districts: Districts) -> None:
    rows, figures = (row("a", 30), row("silent")), [figure(10, "2023-12-31")]
    result = one(registry_of(districts, *rows, targets=[target(100)], installed=figures))
    assert (result.verdict, result.finding.rule) == (Verdict.UNDETERMINED, Rule.BETWEEN)


def test_a_row_that_runs_does_not_help_twice(districts: Districts) -> None:
    """60 installed, 30 of them the listed row: the other 40 stand nowhere."""
    registry = registry_of(
        districts,
        row("a", 30),
        targets=[target(90)],
        installed=[figure(60, "2023-12-31")],
        progress=[progress("a", "2023-06-01", Status.OPERATING)],
    )
    result = one(registry)
    assert (result.verdict, result.finding.gap) == (Verdict.SHORT, 30 * W)


def test_without_its_record_the_same_row_is_marked(districts: Districts) -> None:
    figures = [figure(60, "2023-12-31")]
    registry = registry_of(districts, row("a", 30), targets=[target(90)], installed=figures)
    result = one(registry)
    assert result.verdict is Verdict.COVERED_NAMED
    assert result.causes == (Cause.UNRECORDED,)


def test_a_pledge_alone_names_no_project(districts: Districts) -> None:
    of = target(100)
    rows = programme("pledge", 100, restates_target=of.key)
    result = one(registry_of(districts, rows, targets=[of]))
    assert (result.verdict, result.finding.rule) == (
        Verdict.NO_PROJECT_NAMED,
        Rule.ONLY_PLEDGE,
    )
    assert Cause.PLEDGE in result.causes


def test_envelopes_cover_only_as_envelopes(districts: Districts) -> None:
    rows = programme("base", 100), row("a", 60, "base")
    result = one(registry_of(districts, *rows, targets=[target(100)]))
    assert result.verdict is Verdict.COVERED_PROGRAMME


@pytest.mark.parametrize("operator", list(Operator))
def test_every_operator_is_held_as_at_least(districts: Districts, operator: Operator) -> None:
    of = target(100, operator=operator)
    result = one(registry_of(districts, row("a", 100), targets=[of]))
    assert result.verdict is Verdict.COVERED_NAMED


START = target(
    100, "start", 2025, nature=Nature.START, period_start=2021, includes=(Technology.PV,)
)
BEGUN = progress("a", "2023-05-01", Status.CONSTRUCTION)


def test_what_began_is_not_begun_and_listed(districts: Districts) -> None:
    """60 of 100 begun: beside them nothing is listed, so it is not covered by its own start."""
    rows = (row("a", 60, **due(2025)),)
    result = one(registry_of(districts, *rows, targets=[START], progress=[BEGUN]))
    assert result.existing and result.existing.amount == 60 * W and result.existing.is_partial
    assert (result.verdict, result.finding.rule) == (Verdict.UNDETERMINED, Rule.PARTLY_KNOWN)
    assert result.needed_installed == 100 * W
    assert Cause.INSTALLED_PARTIAL in result.causes


def test_starts_and_what_is_listed_beside_them(districts: Districts) -> None:
    rows = row("a", 60, **due(2025)), row("b", 40, **due(2025))
    result = one(registry_of(districts, *rows, targets=[START], progress=[BEGUN]))
    assert result.verdict is Verdict.COVERED_NAMED


@pytest.mark.parametrize(
    ("mw", "verdict", "rule"),
    [
        (100, Verdict.REACHED, Rule.EARLIER_ENOUGH),
        (99, Verdict.OUTCOME_UNKNOWN, Rule.NO_YEAR_END_FIGURE),
    ],
)
def test_recorded_starts_prove_enough_and_never_too_little(
    districts: Districts, mw: float, verdict: Verdict, rule: Rule
) -> None:
    registry = registry_of(districts, row("a", mw), targets=[START], progress=[BEGUN])
    result = one(registry, PAST)
    assert (result.verdict, result.finding.rule) == (verdict, rule)
    assert result.existing_date == BEGUN.date  # nobody has entered a later day


def test_a_start_recorded_on_the_pledge_itself_reaches_nothing(districts: Districts) -> None:
    rows = (programme("a", 100, restates_target=START.key, **due(2025)),)
    result = one(registry_of(districts, *rows, targets=[START], progress=[BEGUN]))
    assert result.existing is None and result.verdict is Verdict.NO_PROJECT_NAMED


def test_an_entered_figure_of_starts_takes_its_rows_along(districts: Districts) -> None:
    registry = registry_of(
        districts,
        row("a", 60, **due(2025)),
        targets=[START],
        installed=[figure(60, "2023-12-31", "start")],
        progress=[BEGUN],
    )
    result = one(registry)
    assert (result.verdict, result.finding.gap) == (Verdict.SHORT, 40 * W)


def test_pumped_storage_is_shown_under_both_conventions(districts: Districts) -> None:
    of = target(100, "renewable")
    rows = row("a", 30), row("pumped", 80, technology=Technology.PUMPED_STORAGE)
    registry = registry_of(districts, *rows, targets=[of])
    result = one(registry)
    other = divided(registry, result, Rules(as_of=AHEAD))
    assert result.verdict is Verdict.UNDETERMINED
    assert other and other.verdict is Verdict.COVERED_NAMED
    back = divided(registry, other, Rules(as_of=AHEAD, pumped=True))
    assert back and back.pipeline == result.pipeline
    alone = registry_of(districts, row("a", 30), targets=[of])
    assert divided(alone, one(alone), Rules(as_of=AHEAD)) is None
    assert divided(registry, replace(result, target=target()), Rules(as_of=AHEAD)) is None


def test_a_draft_says_so(districts: Districts) -> None:
    registry = registry_of(districts, targets=[target()], plans=[plan(status=PlanStatus.DRAFT)])
    assert Cause.DRAFT in one(registry).causes


def test_every_reason_in_its_order(districts: Districts) -> None:
    rows = (
        programme("pledge", 100, restates_target="jining:pv:2030"),
        row("about", 1, capacity_basis=CapacityBasis.APPROXIMATE),
        row("mixed", 1, technology=Technology.WIND_SOLAR_STORAGE),
        row("outside", None, capacity_external_mw=Decimal(1)),
        programme("base", 10),
        row("member", 5, "base", inferred=True),
        row("was-due", 1, **due(2022)),
        row("partly", 1),
        row("silent"),
    )
    registry = registry_of(
        districts,
        *rows,
        targets=[target(1000)],
        installed=[figure(1, "2023-12-31")],
        progress=[progress("partly", "2023-01-01", Status.PARTLY_OPERATING)],
    )
    assert one(registry, external=True).causes == (
        Cause.OPEN_ENDED,
        Cause.PLEDGE,
        Cause.APPROXIMATE,
        Cause.MIXED,
        Cause.EXTERNAL,
        Cause.WAS_DUE,
        Cause.PARTLY,
        Cause.INFERRED,
        Cause.UNRECORDED,
    )


def test_amounts_in_the_target_s_unit(districts: Districts) -> None:
    of = target(12, unit="万千瓦")
    result = one(registry_of(districts, row("a", "54.5"), targets=[of]))
    assert result.goal == 120 * W
    assert result.in_unit(result.pipeline.low) == Decimal("5.45")
    assert result.in_unit(None) is None


def test_only_mapped_targets_are_checked(districts: Districts) -> None:
    targets = [target(1, mapped=False), target(2, "wind", includes=(Technology.WIND,))]
    results = check(registry_of(districts, targets=targets), Rules(as_of=AHEAD))
    assert [result.target.metric for result in results] == ["wind"]


def test_results_follow_the_registry(registry: Registry) -> None:
    results = check(registry, Rules(as_of=AHEAD))
    assert [each.target for each in results] == [each for each in registry.targets if each.mapped]


def test_what_was_recorded_later_is_not_known_yet(districts: Districts) -> None:
    records = [
        progress("a", "2023-05-01", Status.CONSTRUCTION),
        progress("a", "2025-06-01", Status.CANCELLED),
    ]
    registry = registry_of(districts, row("a", 40), targets=[target(100)], progress=records)
    registry = replace(registry, projects=(replace(registry.projects[0], status=Status.CANCELLED),))
    assert one(registry, AHEAD).pipeline.low == 40 * W
    assert one(registry, date(2025, 6, 1)).pipeline.low == 0


@pytest.mark.parametrize(
    ("recorded", "left"),
    [
        (None, ("a",)),
        ("2021-01-01", ("a",)),  # too old to say that it does not run yet
        ("2024-01-31", ()),
        ("2024-05-01", ("a",)),  # after the figure: it says nothing of that day
    ],
)
def test_a_cover_says_on_which_rows_it_rests(
    districts: Districts, recorded: str | None, left: tuple[str, ...]
) -> None:
    records = [progress("a", recorded, Status.PROPOSED)] if recorded else []
    registry = registry_of(
        districts,
        row("a", 60),
        targets=[target(100)],
        installed=[figure(50, "2024-02-29")],
        progress=records,
    )
    result = one(registry)
    assert (result.verdict, result.unrecorded) == (Verdict.COVERED_NAMED, left)
    words = rule_text(result, "zh", str)
    assert ("其中 1 项未录近况" in words and "2024-02-29" in words) is bool(left)
    assert (Cause.UNRECORDED in result.causes) is bool(left)


def test_rows_that_are_all_left_out_are_told_from_none(districts: Districts) -> None:
    shelved = row("a", 60, status=Status.SHELVED)
    later = row("a", 60, **due(2035))
    for rows, rule in (
        ((shelved,), Rule.ALL_LEFT_OUT),
        ((later,), Rule.ALL_LEFT_OUT),
        ((), Rule.NOTHING_LISTED),
    ):
        result = one(registry_of(districts, *rows, targets=[target(100)]))
        assert (result.verdict, result.finding.rule) == (Verdict.NO_PROJECT_NAMED, rule)


def test_what_runs_of_a_row_without_a_size_is_not_lost(districts: Districts) -> None:
    """Tai'an's second pumped station prints no MW; the units that run do count."""
    first = progress("a", "2024-03-31", Status.PARTLY_OPERATING, 80)
    registry = registry_of(districts, row("a"), targets=[target(100)], progress=[first])
    result = one(registry)
    assert (result.pipeline.low, result.pipeline.open_rows) == (80 * W, ("a",))
    whole = progress("a", "2024-03-31", Status.OPERATING, 80)
    registry = registry_of(districts, row("a"), targets=[target(100)], progress=[whole])
    assert one(registry).pipeline.open_rows == ()
    after = [figure(30, "2024-05-31")]
    registry = replace(registry, installed=tuple(after))
    assert one(registry).pipeline.low == 0  # it is in the figure
    before = [figure(30, "2024-02-29")]
    registry = replace(registry, installed=tuple(before))
    result = one(registry)
    assert (result.pipeline.low, result.verdict) == (80 * W, Verdict.COVERED_NAMED)


def test_once_the_outcome_is_known_the_pipeline_raises_no_causes(districts: Districts) -> None:
    registry = registry_of(
        districts, row("a"), targets=[OF_2025], installed=[figure(99, "2025-12-31")]
    )
    result = one(registry, PAST)
    assert (result.verdict, result.causes) == (Verdict.MISSED, ())


@pytest.mark.parametrize(
    ("mw", "day", "cause"),
    [
        (301, "2024-05-31", Cause.FAR_ABOVE),  # ten times the unit: 30 would be plausible
        (300, "2024-05-31", None),
        (10, "2022-11-30", Cause.OLD_FIGURE),
        (10, "2022-12-31", None),
    ],
)
def test_a_doubtful_figure_is_called_so(
    districts: Districts, mw: float, day: str, cause: Cause | None
) -> None:
    registry = registry_of(districts, targets=[target(100)], installed=[figure(mw, day)])
    found = {each for each in one(registry).causes if each in (Cause.FAR_ABOVE, Cause.OLD_FIGURE)}
    assert found == ({cause} if cause else set())
