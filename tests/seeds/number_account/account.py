"""The account: every number of a document against one figure, date, voltage or written reason.

One figure answers for one print in each clause that it names, never for two; a reason for exactly
the prints it counts. What is left over on either side is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from seeds.models import PlanFile
from tests.seeds.number_account.clauses import Clause, covers
from tests.seeds.number_account.figures import (
    Figure,
    figures,
    has_voltage,
    has_year,
    places,
)
from tests.seeds.number_account.reasons import Reason
from tests.seeds.number_account.tokens import Token, find_tokens

_PERIODS = {"十四五": 2025, "十五五": 2030}
_BASE = re.compile(r"[比较]$")


@dataclass
class Entry:
    """One number of the document and what accounts for it (`by` is empty while nothing does)."""

    clause: str
    token: Token
    context: str
    before: str
    role: str = ""
    by: str = ""


@dataclass
class Account:
    """One plan's account: its numbers in order, and every fault as a line to read."""

    plan: str
    entries: list[Entry]
    faults: list[str] = field(default_factory=list)


def account(plan: PlanFile, clauses: Iterable[Clause], reasons: Iterable[Reason]) -> Account:
    """Set a document's numbers against its plan and the reasons written for it."""
    result = Account(plan.plan.id, [entry for clause in clauses for entry in _entries(clause)])
    homeless = list(_take_figures(plan, result.entries))
    _take_voltages_and_years(plan, result.entries)
    own = [reason for reason in reasons if reason.plan == plan.plan.id]
    result.faults += _take_reasons(plan, result.entries, own)
    result.faults += _unhomed(homeless, own)
    for entry in result.entries:
        if not entry.by:
            result.faults.append(
                f"{plan.plan.id} {entry.clause}: nothing accounts for {entry.token.print} "
                f"in …{entry.context}…"
            )
    return result


def _entries(clause: Clause) -> Iterator[Entry]:
    for token in find_tokens(clause.text):
        context = clause.text[max(0, token.start - 12) : token.end + 6]
        before = clause.text[max(0, token.start - 1) : token.start]
        yield Entry(clause.locator, token, context, before)


def _take_figures(plan: PlanFile, entries: list[Entry]) -> Iterator[Figure]:
    """Give each figure its print; yields the figures that found none at home."""
    everything = figures(plan)
    for figure in everything:
        if figure.home and not _take(figure, figure.home, entries):
            yield figure
    for figure in everything:
        for place in figure.also:
            _take(figure, place, entries)


def _take(figure: Figure, place: str, entries: list[Entry]) -> bool:
    for entry in entries:
        free = not entry.by and covers(place, entry.clause)
        if free and figure.printed in entry.token.prints:
            entry.role, entry.by = figure.role, figure.owner
            return True
    return False


def _take_voltages_and_years(plan: PlanFile, entries: list[Entry]) -> None:
    """Voltages and years serve every row and target of their clause, however often printed."""
    for entry in entries:
        if entry.by:
            continue
        if entry.token.kind == "date" and (year := _year(entry.token)):
            base = bool(_BASE.search(entry.before))
            entry.by, entry.role = has_year(plan, year, entry.clause, base=base), "date"
        elif entry.token.print.endswith("千伏"):
            entry.by = has_voltage(plan, entry.token.print, entry.clause)
            entry.role = "project"


def _year(token: Token) -> int | None:
    if token.print in _PERIODS:
        return _PERIODS[token.print]
    return int(token.print[:4]) if token.print.endswith("年") else None


def _take_reasons(plan: PlanFile, entries: list[Entry], reasons: list[Reason]) -> Iterator[str]:
    for reason in reasons:
        if reason.category == "figure for several":
            continue
        left = [
            entry
            for entry in entries
            if not entry.by
            and entry.clause == reason.clause
            and entry.token.print == reason.printed
        ]
        for entry in left[: reason.times]:
            entry.role, entry.by = "reason", reason.category
        if len(left) < reason.times:
            yield f"{reason.key}: a reason for {reason.times}, but {len(left)} need one"
        yield from _miscounted(plan, reason)


def _miscounted(plan: PlanFile, reason: Reason) -> Iterator[str]:
    """Faults where a clause lists more or fewer rows than the number it prints."""
    for wanted in reason.rows:
        found = [
            row.id
            for row in plan.projects
            if any(covers(place, reason.clause) for place in places(row))
            and all(getattr(row, column) == value for column, value in wanted.items())
        ]
        if len(found) != int(re.match(r"\d+", reason.printed)[0]):  # type: ignore[index]
            yield f"{reason.key}: {len(found)} rows with {wanted}: {', '.join(found)}"


def _unhomed(homeless: list[Figure], reasons: list[Reason]) -> Iterator[str]:
    """Faults for figures without a print of their own, unless a reason says one serves several."""
    for reason in reasons:
        if reason.category != "figure for several":
            continue
        several = [
            figure
            for figure in homeless
            if figure.home == reason.clause and figure.printed == reason.printed
        ]
        if len(several) != reason.times:
            yield f"{reason.key}: one print for {reason.times} more figures, found {len(several)}"
        homeless = [figure for figure in homeless if figure not in several]
    for figure in homeless:
        yield f"{figure.owner}: its print {figure.printed} does not stand alone in {figure.home}"


def misdated(result: Account, plan: PlanFile) -> Iterator[str]:
    """Faults where the last year printed before a target's figure is not the target's year."""
    years = {f"{target.metric}:{target.year}": target.year for target in plan.targets}
    clause, last = "", None
    for entry in result.entries:
        if entry.clause != clause:
            clause, last = entry.clause, None
        if entry.token.kind == "date" and not _BASE.search(entry.before):
            last = _year(entry.token)
        if entry.role == "target" and years[entry.by] != last:
            yield f"{plan.plan.id} {entry.by}: {entry.token.print} stands after the year {last}"
