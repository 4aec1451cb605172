"""Before a project is put at a point: where that lies, how far from before, and who comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.crs import distance_m
from registry.registry import Registry
from terms.kinds import GeometryRole, Kind, PlaceBasis, Precision
from terms.records import Project


@dataclass(frozen=True)
class Lying:
    """Where a point lies for a project.

    `code` is the county around it, '' for none; `allowed` the counties of the project, empty where
    any will do; `moved_m` the way from the nearest point at which it stood, None if it stood at
    none; `was_site` whether that was its own point and no label of a county.
    """

    code: str
    allowed: tuple[str, ...]
    moved_m: float | None
    was_site: bool

    @property
    def needs_reason(self) -> bool:
        """Must the person say why it lies there?"""
        return self.code not in self.allowed if self.allowed else not self.code


def lying(registry: Registry, row: Project, lon: float, lat: float) -> Lying:
    """Hold a WGS-84 point against the counties of a project and against where it stood."""
    code = registry.districts.locate(lon, lat) or ""
    before = registry.labels[row.id]
    moved = min((float(distance_m(*each, lon, lat)) for each in before), default=None)
    was_site = row.geometry_role is GeometryRole.SITE
    return Lying(code, allowed_codes(registry, row), moved, was_site)


def allowed_codes(registry: Registry, row: Project) -> tuple[str, ...]:
    """The counties in which a project may lie: its own, else all that its plan governs."""
    own = registry.own.by_id.get(row.id)
    bare = (registry.bare or registry).by_id.get(row.id, row)
    named = own.district_codes if own else bare.district_codes
    return named or tuple(sorted(registry.governed_codes(registry.plan_of(row))))


def is_placeable(row: Project) -> bool:
    """Can one point show the row: no envelope, no line, nothing that rightly lies elsewhere?"""
    is_thing = row.kind is Kind.PROJECT and row.place_basis is not PlaceBasis.OUTSIDE
    return is_thing and row.precision is not Precision.CORRIDOR


def unplaced(registry: Registry, row: Project) -> tuple[tuple[Project, ...], bool]:
    """The projects still without a point, beginning after this one; are they of its county?

    Those of the same county come alone; where it has no more, those of the same plan.
    """
    at = next(n for n, each in enumerate(registry.projects) if each.id == row.id)
    after = (*registry.projects[at + 1 :], *registry.projects[:at])
    plan = registry.plan_of(row)
    waiting = [each for each in after if registry.plan_of(each) == plan and _waits(each)]
    near = _in(waiting, row.district_codes)
    return (near, True) if near else (tuple(waiting), False)


def _waits(row: Project) -> bool:
    return row.geometry_role is not GeometryRole.SITE and is_placeable(row)


def _in(rows: Iterable[Project], codes: tuple[str, ...]) -> tuple[Project, ...]:
    return tuple(each for each in rows if len(codes) == 1 and each.district_codes == codes)
