"""The check: every mapped target held against what its plan lists and what is known to exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from capacity.existing import amount, end_of, figures_for, progress_until, started
from capacity.measure import Measure, is_divided, measure_of
from capacity.pipeline import Pipeline, in_scope, pipeline
from capacity.standing import Doubt, Line, Reading, Standing
from capacity.verdict import Existing, Finding, Listed, Verdict, judge
from registry.known_on import known_on
from registry.registry import Registry
from terms.kinds import Nature, PlanStatus
from terms.records import InstalledFigure, Project, Target


@dataclass(frozen=True)
class Rules:
    """How the user wants the check read; the defaults are DESIGN's.

    `as_of` decides which years have passed and which installed figures are known.
    """

    as_of: date
    inferred: bool = True
    external: bool = False
    pumped: bool = False


class Cause(StrEnum):
    """Why a verdict is no firmer, or what to keep in mind with it; words under `cause`."""

    INSTALLED_UNKNOWN = "installed_unknown"
    INSTALLED_PARTIAL = "installed_partial"
    EARLIER_FIGURE = "earlier_figure"
    LATER_FIGURE = "later_figure"
    OLD_FIGURE = "old_figure"
    FAR_ABOVE = "far_above"
    OPEN_ENDED = "open_ended"
    PLEDGE = "pledge"
    APPROXIMATE = "approximate"
    HORIZON = "horizon"
    MIXED = "mixed"
    EXTERNAL = "external"
    WAS_DUE = "was_due"
    PARTLY = "partly_operating"
    INFERRED = "inferred"
    UNRECORDED = "unrecorded"
    DRAFT = "draft"


# What says something about the pipeline only, and nothing once the outcome is known.
_OF_LISTED = frozenset(Cause) - {
    Cause.INSTALLED_PARTIAL,
    Cause.EARLIER_FIGURE,
    Cause.LATER_FIGURE,
    Cause.OLD_FIGURE,
    Cause.FAR_ABOVE,
    Cause.DRAFT,
}
_OLD = timedelta(days=548)  # eighteen months: so old a figure says little of today
_FAR_ABOVE = 3  # times the target: more likely a slip of units than a plan fulfilled so far
_FRESH = timedelta(days=366)  # for so long a record that a row does not run yet is believed


@dataclass(frozen=True)
class Check:
    """One target's result; amounts in watts, or in pieces for a counted target.

    `needed_installed` is the existing capacity that the target needs beside the low pipeline, where
    none is entered, or not all. `figure` is the entered figure in force, `later` one dated too late
    to prove. `unrecorded` are rows counted besides a figure of which nobody has lately said that
    they do not run yet.
    """

    target: Target
    measure: Measure
    pipeline: Pipeline
    existing: Existing | None
    existing_date: str
    figure: InstalledFigure | None
    later: InstalledFigure | None
    finding: Finding
    needed_installed: int | None
    has_passed: bool
    unrecorded: tuple[str, ...]
    causes: tuple[Cause, ...]

    @property
    def goal(self) -> int:
        """The target's value in watts or pieces; held as "at least", whatever word is printed."""
        return int(self.target.value * self.measure.unit_size)

    @property
    def verdict(self) -> Verdict:
        """How the target stands."""
        return self.finding.verdict

    def in_unit(self, base: int | None) -> Decimal | None:
        """Watts or pieces in the target's own unit."""
        return None if base is None else Decimal(base) / self.measure.unit_size


@lru_cache(maxsize=32)
def check(registry: Registry, rules: Rules) -> tuple[Check, ...]:
    """Every mapped target, in the registry's order."""
    return tuple(
        check_target(registry, target, rules) for target in registry.targets if target.mapped
    )


@lru_cache(maxsize=8)
def _by_plan(registry: Registry) -> Mapping[str, list[Project]]:
    found: dict[str, list[Project]] = defaultdict(list)
    for row in registry.projects:
        found[registry.plan_of(row)].append(row)
    return found


def check_target(registry: Registry, target: Target, rules: Rules) -> Check:
    """Hold one target against its plan's rows, as they were known on the day of the check."""
    registry = known_on(registry, rules.as_of.isoformat())
    rows = _by_plan(registry)[target.plan]
    measure = measure_of(target, pumped=rules.pumped)
    has_passed = rules.as_of.isoformat() > end_of(target.year)
    today = rules.as_of.isoformat()
    known = [figure for figure in figures_for(registry, target) if figure.date <= today]
    in_time = [f for f in known if not has_passed or f.date <= end_of(target.year)]
    figure = in_time[-1] if in_time else None
    until = figure.date if figure else _without_figure(target, today)
    reading = Reading(
        inferred=rules.inferred,
        external=rules.external,
        until=figure.date if figure else "",
        progress=progress_until(registry, min(until, today)) if until else {},
        known=progress_until(registry, today),
    )
    listed = pipeline(registry, target, measure, reading=reading, rows=rows)
    existing, when = _existing(registry, target, measure, figure, rows=rows, rules=rules)
    goal = int(target.value * measure.unit_size)
    finding = judge(goal, _listed(listed), existing, has_passed=has_passed)
    is_unknown = (existing is None or existing.is_partial) and not has_passed
    result = Check(
        target=target,
        measure=measure,
        pipeline=listed,
        existing=existing,
        existing_date=when,
        figure=figure,
        later=known[-1] if len(known) > len(in_time) else None,
        finding=finding,
        needed_installed=max(0, goal - listed.low) if is_unknown else None,
        has_passed=has_passed,
        unrecorded=_unrecorded(listed.lines, reading) if figure else (),
        causes=(),
    )
    return replace(result, causes=_causes(registry, result, rules.as_of))


def divided(registry: Registry, result: Check, rules: Rules) -> Check | None:
    """The same target under the other convention on pumped storage, where conventions differ.

    None where the plan lists no pumped storage, so that both come to the same.
    """
    if not is_divided(result.target):
        return None
    other = check_target(registry, result.target, replace(rules, pumped=not rules.pumped))
    same = {line.row for line in other.pipeline.lines} == {
        line.row for line in result.pipeline.lines
    }
    return None if same else other


def _without_figure(target: Target, today: str) -> str:
    """Until when what is recorded leaves the pipeline, though no figure is entered.

    For an increment what ran before its period adds nothing; for a start what has begun exists.
    """
    if target.nature is Nature.START:
        return min(today, end_of(target.year))
    is_increment = target.nature is Nature.INCREMENT and target.period_start
    return end_of(target.period_start - 1) if is_increment and target.period_start else ""


def _existing(
    registry: Registry,
    target: Target,
    measure: Measure,
    figure: InstalledFigure | None,
    *,
    rows: list[Project],
    rules: Rules,
) -> tuple[Existing | None, str]:
    """What exists, with its date: the entered figure, else starts that were recorded."""
    if figure:
        at_year_end = figure.date == end_of(target.year)
        return Existing(amount(figure), is_year_end=at_year_end), figure.date
    if target.nature is not Nature.START:
        return None, ""
    until = min(rules.as_of.isoformat(), end_of(target.year))
    inferred = rules.inferred
    scope = [row for row in rows if in_scope(registry, row, target, inferred=inferred)]
    begun = started(registry, target, measure, rows=scope, until=until, inferred=inferred)
    if begun is None:
        return None, ""
    known = progress_until(registry, until)
    last = max(known[row.id].date for row in scope if row.id in known)
    return Existing(begun, is_partial=True), last


def _listed(listed: Pipeline) -> Listed:
    no_promise = {Standing.LEFT_OUT, Standing.LATER, Standing.PLEDGE}
    return Listed(
        named=listed.named,
        low=listed.low,
        high=listed.high,
        is_open=bool(listed.open_rows),
        is_empty=all(line.standing in no_promise for line in listed.lines),
        has_pledge=any(line.standing is Standing.PLEDGE for line in listed.lines),
        has_left_out=bool(listed.lines),
    )


def _causes(registry: Registry, result: Check, as_of: date) -> tuple[Cause, ...]:
    """Everything that keeps the verdict from being firmer, in a fixed order."""
    lines, figure = result.pipeline.lines, result.figure
    raised = {doubt for line in lines for doubt in line.doubts if line.high or _is_open(line)}
    is_partial = result.existing is not None and result.existing.is_partial
    is_early = bool(figure and result.has_passed and not _is_year_end(result))
    plan = registry.plan_by_id[result.target.plan]
    oldest = (as_of - _OLD).isoformat()
    found = (
        (Cause.INSTALLED_UNKNOWN, result.existing is None),
        (Cause.INSTALLED_PARTIAL, is_partial),
        (Cause.EARLIER_FIGURE, is_early),
        (Cause.LATER_FIGURE, result.later is not None),
        (Cause.OLD_FIGURE, bool(figure and not result.has_passed and figure.date < oldest)),
        (Cause.FAR_ABOVE, bool(figure and amount(figure) > _FAR_ABOVE * result.goal)),
        (Cause.OPEN_ENDED, bool(result.pipeline.open_rows)),
        (Cause.PLEDGE, any(line.standing is Standing.PLEDGE for line in lines)),
        *((Cause(doubt.value), doubt in raised) for doubt in Doubt),
        (Cause.UNRECORDED, bool(result.unrecorded)),
        (Cause.DRAFT, plan.status is PlanStatus.DRAFT),
    )
    settled = result.verdict in (Verdict.REACHED, Verdict.MISSED)
    return tuple(cause for cause, holds in found if holds and not (settled and cause in _OF_LISTED))


def _unrecorded(lines: Iterable[Line], reading: Reading) -> tuple[str, ...]:
    """Rows counted in low whose latest record before the figure is missing or too old."""
    oldest = (date.fromisoformat(reading.until) - _FRESH).isoformat()
    return tuple(
        line.row
        for line in lines
        if line.low and not ((record := reading.progress.get(line.row)) and record.date >= oldest)
    )


def _is_open(line: Line) -> bool:
    return line.standing is Standing.OPEN


def _is_year_end(result: Check) -> bool:
    return result.existing is not None and result.existing.is_year_end
