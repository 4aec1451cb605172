"""Leaves first: what a tree of rows counts when nothing may count twice; MW and things alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from registry.registry import Registry
from terms.kinds import Basis


def inside_amounts(
    registry: Registry, amounts: Mapping[str, int | None], parents: Mapping[str, str]
) -> Mapping[str, int]:
    """How much of each row its members account for, by id, in the unit of `amounts`.

    A row accounts for the larger of its own figure and its members' sum; None states no figure.
    A row's remainder is max(0, amount - inside). Source: DESIGN section 3, rule 3.
    """
    inside = dict.fromkeys(amounts, 0)
    for row in leaves_first(registry, amounts):
        if (parent := parents.get(row)) is not None:
            inside[parent] += max(amounts[row] or 0, inside[row])
    return inside


def leaves_first(registry: Registry, ids: Iterable[str]) -> list[str]:
    """The rows in an order in which each member comes before what contains it."""
    return sorted(ids, key=_depths(registry).__getitem__, reverse=True)


def parents_among(registry: Registry, ids: Collection[str], *, inferred: bool) -> Mapping[str, str]:
    """The nearest row of `ids` that contains each row; rows between that are not in it are skipped.

    Without `inferred` a membership that was read into the plan is cut, with all that lies above.
    """
    containers = _containers(registry, inferred=inferred)
    found: dict[str, str] = {}
    for row in ids:
        above = containers.get(row)
        while above is not None and above not in ids:
            above = containers.get(above)
        if above is not None:
            found[row] = above
    return found


def ancestors(registry: Registry, row_id: str, *, inferred: bool) -> Iterable[str]:
    """The rows that contain this one, from the inside out."""
    containers = _containers(registry, inferred=inferred)
    above = containers.get(row_id)
    while above is not None:
        yield above
        above = containers.get(above)


@lru_cache(maxsize=16)
def inferred_members(registry: Registry) -> frozenset[str]:
    """The rows whose membership is read into the plan."""
    return frozenset(
        row.id for row in registry.projects if row.part_of and row.part_of_basis is Basis.INFERRED
    )


@lru_cache(maxsize=16)
def _containers(registry: Registry, *, inferred: bool) -> Mapping[str, str]:
    """The row that contains each row, by id."""
    cut = frozenset() if inferred else inferred_members(registry)
    return {row.id: row.part_of for row in registry.projects if row.part_of and row.id not in cut}


@lru_cache(maxsize=8)
def _depths(registry: Registry) -> Mapping[str, int]:
    """How many rows contain each row, whether stated or inferred."""
    containers = _containers(registry, inferred=True)
    depths: dict[str, int] = {}
    for row in registry.projects:
        path = [row.id]
        while path[-1] not in depths and path[-1] in containers:
            path.append(containers[path[-1]])
        depth = depths.get(path[-1], 0)
        for above, each in enumerate(reversed(path)):
            depths[each] = depth + above
    return depths
