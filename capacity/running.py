"""What runs already and what is still to come of each row, when nothing may count twice.

What runs of a row beyond its own remainder runs in its members: it leaves them, and since no one
recorded in which, they are in doubt. What runs of a member beyond its figure leaves its parent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from capacity.once import leaves_first


@dataclass
class Rest:
    """What a row leaves after its members; how much of that runs, and how much is still to come.

    `in_doubt`: some of it may run as part of what holds it, and no record says how much.
    """

    whole: int
    running: int
    left: int
    in_doubt: bool = False


def rests(
    amounts: Mapping[str, int | None],
    parents: Mapping[str, str],
    running: Mapping[str, int],
    *,
    matching: Collection[str],
) -> dict[str, Rest]:
    """The rest of each row; `running` is what runs of a row itself, beside its members' records.

    What may run in any of several members is taken from those that are not `matching` first, so
    that the matching ones keep the most that they may still bring.
    """
    accounted: dict[str, int] = {}
    inside = dict.fromkeys(amounts, 0)
    in_service = {row: running.get(row, 0) for row in amounts}
    members: dict[str, list[str]] = {}
    found: dict[str, Rest] = {}
    for row in leaves_first(amounts, parents):
        whole, runs = max(0, (amounts[row] or 0) - inside[row]), running.get(row, 0)
        found[row] = Rest(whole, min(whole, runs), max(0, whole - runs))
        if runs > whole:
            _take_from_members(found, row, runs - whole, members, matching)
        accounted[row] = max(amounts[row] or 0, inside[row], in_service[row])
        if (parent := parents.get(row)) is not None:
            inside[parent] += accounted[row]
            in_service[parent] += in_service[row]
            members.setdefault(parent, []).append(row)
    return found


def _take_from_members(
    found: Mapping[str, Rest],
    row: str,
    excess: int,
    members: Mapping[str, list[str]],
    matching: Collection[str],
) -> None:
    for each in sorted(_below(row, members), key=lambda below: (below in matching, below)):
        rest = found[each]
        part = min(excess, rest.left)
        rest.in_doubt = rest.left > 0
        rest.running += part
        rest.left -= part
        excess -= part


def _below(row: str, members: Mapping[str, list[str]]) -> Iterator[str]:
    waiting = list(members.get(row, ()))
    while waiting:
        below = waiting.pop()
        yield below
        waiting += members.get(below, ())
