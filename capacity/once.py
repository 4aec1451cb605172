"""Leaves first: what a tree of rows counts when nothing may count twice; MW and things alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from registry.registry import Registry
from terms.kinds import Basis


def inside_amounts(
    amounts: Mapping[str, int | None], parents: Mapping[str, str]
) -> Mapping[str, int]:
    """How much of each row its members account for, by id, in the unit of `amounts`.

    A row accounts for the larger of its own figure and its members' sum; None states no figure.
    A row's remainder is max(0, amount - inside). Source: DESIGN section 3, rule 3.
    """
    inside = dict.fromkeys(amounts, 0)
    for row in leaves_first(amounts, parents):
        if (parent := parents.get(row)) is not None:
            inside[parent] += max(amounts[row] or 0, inside[row])
    return inside


def leaves_first(rows: Collection[str], parents: Mapping[str, str]) -> Iterable[str]:
    """The rows in an order in which each member comes before what contains it."""
    waiting = Counter(parents.values())
    ready = [row for row in rows if not waiting[row]]
    while ready:
        row = ready.pop()
        yield row
        if (parent := parents.get(row)) is not None:
            waiting[parent] -= 1
            if not waiting[parent]:
                ready.append(parent)


def parents_among(registry: Registry, ids: Collection[str], *, inferred: bool) -> Mapping[str, str]:
    """The nearest row of `ids` that contains each row; rows between that are not in it are skipped.

    Without `inferred` a membership that was read into the plan is cut, with all that lies above.
    """
    found: dict[str, str] = {}
    for row in ids:
        for above in ancestors(registry, row, inferred=inferred):
            if above in ids:
                found[row] = above
                break
    return found


def ancestors(registry: Registry, row_id: str, *, inferred: bool) -> Iterable[str]:
    """The rows that contain this one, from the inside out."""
    row = registry.by_id[row_id]
    while row.part_of and (inferred or row.part_of_basis is not Basis.INFERRED):
        yield row.part_of
        row = registry.by_id[row.part_of]
