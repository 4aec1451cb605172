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
    members: Mapping[str, list[str]] = {}
    for row, amount in amounts.items():
        below = inside.get(row, 0)
        accounted = amount if amount is not None and amount > below else below
        found.left[row] = accounted - below
        parent = parents.get(row)
        if row in recorded.amounts or row in in_service:
            runs_below = in_service.get(row, 0)
            runs = recorded.amounts.get(row, 0)
            if row in recorded.complete:
                runs = max(runs, accounted - runs_below)
            own = min(runs, found.left[row])
            found.left[row] -= own
            found.running[row] = own
            if runs > own:
                members = members or _members(parents)
                _take(found, runs - own, [*_below(row, members)], first)
            accounted = max(accounted, runs + runs_below)
            if parent is not None:
                in_service[parent] = in_service.get(parent, 0) + runs + runs_below
        if parent is not None:
            inside[parent] = inside.get(parent, 0) + accounted
    return found


def _take(found: Rests, amount: int, rows: list[str], first: Collection[str]) -> None:
    doubtful = [row for row in rows if found.left[row]]
    found.in_doubt.update(doubtful)
    for row in sorted(doubtful, key=lambda one: (one not in first, one)):
        part = min(amount, found.left[row])
        found.running[row] = found.running.get(row, 0) + part
        found.left[row] -= part
        amount -= part


def _below(row: str, members: Mapping[str, list[str]]) -> Iterator[str]:
    waiting = list(members.get(row, ()))
    while waiting:
        below = waiting.pop()
        yield below
        waiting += members.get(below, ())


def _members(parents: Mapping[str, str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row, parent in parents.items():
        found.setdefault(parent, []).append(row)
    return found
