"""What the registry holds against the documents: each printed figure with the clauses it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from seeds.models import PlanFile, ProjectRow, TargetRow
from terms.kinds import VoltageBasis
from tests.seeds.number_account.clauses import covers, plain
from tests.seeds.number_account.tokens import find_tokens

_POWER = re.compile(r"(?:千瓦|兆瓦|吉瓦|[GM]W)级?(?:\(一期\))?(?:左右)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """One printed figure of one row or target.

    It must stand once in `home`; it may stand once more in each of `also`. The numbers of a row's
    name that no figure repeats have no `home`: names are worded for the reader. A name accounts for
    no amount of power: 2×100万千瓦 in the name of a railway siding is a power plant's.
    """

    owner: str
    role: str
    printed: str
    home: str
    also: tuple[str, ...]


def locator(row: ProjectRow) -> str:
    """Where a row stands: `专栏1 1.（1）` in a sidebar, `三（一）2` in the text."""
    return f"{row.source_section} {row.source_item}".strip()


def places(row: ProjectRow) -> tuple[str, ...]:
    """Every clause that a row names."""
    return (locator(row), *row.source_also)


def figures(plan: PlanFile) -> tuple[Figure, ...]:
    """All printed figures of a plan, those with a home first."""
    found = [figure for row in plan.projects for figure in _of_row(row)]
    found += [
        Figure(f"{t.metric}:{t.year}", "target", plain(t.printed), t.source_section, ())
        for t in plan.targets
    ]
    return tuple(sorted(found, key=lambda figure: not figure.home))


def _of_row(row: ProjectRow) -> Iterator[Figure]:
    own = locator(row)
    capacity, quantity = plain(row.capacity_printed), plain(row.quantity_printed)
    if capacity:
        home = row.capacity_source or own
        yield Figure(row.id, "project", capacity, home, row.source_also)
    if quantity:
        yield Figure(row.id, "project", quantity, own, row.source_also)
    for token in find_tokens(plain(row.name)):
        is_number = token.kind in {"quantity", "bare"} and not _POWER.search(token.print)
        if is_number and token.print not in {capacity, quantity}:
            yield Figure(row.id, "project", token.print, "", places(row))


def has_voltage(plan: PlanFile, printed: str, clause: str) -> str:
    """The first row whose printed voltage stands in a clause; one print serves many stations."""
    for row in plan.projects:
        has_print = row.voltage_basis is VoltageBasis.PRINTED and f"{row.voltage_kv}千伏" == printed
        if has_print and any(covers(place, clause) for place in places(row)):
            return row.id
    return ""


def has_year(plan: PlanFile, year: int, clause: str, *, base: bool) -> str:
    """The first target or row of a clause for a year, or measured from it (`base`)."""
    for target in plan.targets:
        if target.source_section == clause and year == _year_of(target, base=base):
            return f"{target.metric}:{target.year}"
    for row in plan.projects:
        if not base and row.by_year == year and any(covers(p, clause) for p in places(row)):
            return row.id
    return ""


def _year_of(target: TargetRow, *, base: bool) -> int | None:
    return target.base_year if base else target.year
