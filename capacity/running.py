"""What runs already and what is still to come of each row, when nothing may count twice.

MW that a record gives are the row's own: what runs of its members is recorded with them. A row
that runs as a whole takes its members along, and so do MW beyond its remainder, though nobody says
in which of them they run. What runs of a member beyond its figure leaves its parent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass
class Rests:
    """What each row leaves after its members: how much is still to come, how much of it runs.

    `in_doubt`: some of these may run as part of what holds them, and no record says how much.
    """

    left: dict[str, int] = field(default_factory=dict)
    running: dict[str, int] = field(default_factory=dict)
    in_doubt: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Recorded:
    """What runs by the records: a row's own amount, by row; `complete` rows run as a whole."""

    amounts: Mapping[str, int]
    complete: Collection[str]


def rests(
    amounts: Mapping[str, int | None],
    parents: Mapping[str, str],
    recorded: Recorded,
    *,
    first: Collection[str],
) -> Rests:
    """The rest of each row; `amounts` come leaves first.

    What may run in any of several members is taken from those in `first` before the others.
    """
    found = Rests()
    inside: dict[str, int] = {}
    in_service: dict[str, int] = {}
    members: dict[str, list[str]] = {}
    has_records = bool(recorded.amounts)
    for row, amount in amounts.items():
        below = inside.get(row, 0)
        accounted = amount if amount is not None and amount > below else below
        found.left[row] = accounted - below
        parent = parents.get(row)
        if has_records:
            runs_below = in_service.get(row, 0)
            runs = recorded.amounts.get(row, 0)
            if row in recorded.complete:
                runs = max(runs, accounted - runs_below)
            if runs:
                _take(found, row, runs, members, first)
            accounted = max(accounted, runs + runs_below)
            if parent is not None:
                in_service[parent] = in_service.get(parent, 0) + runs + runs_below
                members.setdefault(parent, []).append(row)
        if parent is not None:
            inside[parent] = inside.get(parent, 0) + accounted
    return found


def _take(
    found: Rests,
    row: str,
    amount: int,
    members: Mapping[str, list[str]],
    first: Collection[str],
) -> None:
    left = found.left
    own = min(amount, left[row])
    found.running[row] = own
    left[row] -= own
    amount -= own
    below = [each for each in _below(row, members) if left[each]] if amount else []
    found.in_doubt.update(below)
    for each in sorted(below, key=lambda one: (one not in first, one)):
        part = min(amount, left[each])
        found.running[each] = found.running.get(each, 0) + part
        left[each] -= part
        amount -= part


def _below(row: str, members: Mapping[str, list[str]]) -> Iterator[str]:
    waiting = list(members.get(row, ()))
    while waiting:
        below = waiting.pop()
        yield below
        waiting += members.get(below, ())
