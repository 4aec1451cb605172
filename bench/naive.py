"""The same sums done the slow and plain way, to hold the fast ones against.

Written without anything of capacity/: a recursion over members, MW as fractions, no cache.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from registry.registry import Registry
from terms.kinds import CapacityBasis, Status, YearBasis
from terms.records import Project, Target

Sums = dict[tuple[str, str], Fraction]


def counted(registry: Registry) -> Sums:
    """Counted MW by plan and technology."""
    sums: Sums = defaultdict(Fraction)
    for row in registry.projects:
        if row.technology:
            sums[row.plan, row.technology.value] += _remainder(registry, row)
    return {key: value for key, value in sums.items() if value}


def by_county(registry: Registry) -> Sums:
    """Counted MW by county and technology with rows of several counties split equally."""
    sums: Sums = defaultdict(Fraction)
    for row in registry.projects:
        watts = int(_remainder(registry, row) * 1_000_000)
        codes = sorted(row.district_codes) or [""]
        for place, code in enumerate(codes):
            part = watts // len(codes) + (1 if place < watts % len(codes) else 0)
            if row.technology and part:
                sums[code, row.technology.value] += Fraction(part, 1_000_000)
    return dict(sums)


def low(registry: Registry, target: Target) -> Fraction:
    """The low end of a city's capacity target where nothing runs yet and nothing is a pledge."""
    return sum(
        (
            _remainder(registry, row, target)
            for row in registry.projects
            if row.plan == target.plan and row.technology in target.includes
        ),
        Fraction(0),
    )


def _remainder(registry: Registry, row: Project, target: Target | None = None) -> Fraction:
    own = _own(row, target)
    if own is None:
        return Fraction(0)
    inside = sum((_stands_for(registry, each, target) for each in _members(registry, row)), own * 0)
    return max(own - inside, Fraction(0))


def _stands_for(registry: Registry, row: Project, target: Target | None) -> Fraction:
    below = sum(
        (_stands_for(registry, each, target) for each in _members(registry, row)), Fraction(0)
    )
    return max(_own(row, target) or Fraction(0), below)


def _members(registry: Registry, row: Project) -> tuple[Project, ...]:
    return registry.members.get(row.id, ())


def _own(row: Project, target: Target | None) -> Fraction | None:
    """A row's own MW; for a target only if it is printed and due."""
    is_off = row.status in (Status.SHELVED, Status.CANCELLED, Status.RETIRED)
    if row.capacity_mw is None or row.technology is None or is_off:
        return None
    if target is not None:
        is_late = row.by_year > target.year
        is_vague = row.by_year_basis is YearBasis.HORIZON and is_late
        if row.capacity_basis is not CapacityBasis.PRINTED or is_late or is_vague:
            return None
    return Fraction(row.capacity_mw)
