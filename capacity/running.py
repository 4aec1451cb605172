"""What runs already and what is still to come of each row, when nothing may count twice.

A row's record may speak of its own remainder or of its members: nobody says which. The low end
takes what runs from the rows that count, the high end from the others first. What runs of a
member beyond its figure leaves its parent.
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
    first: Collection[str],
) -> dict[str, Rest]:
    """The rest of each row; `running` is what runs of a row itself, beside its members' records.

    What may run in several rows is taken from those in `first` before the others, and among them
    from the recorded row before its members.
    """
    inside = dict.fromkeys(amounts, 0)
    in_service = {row: running.get(row, 0) for row in amounts}
    members: dict[str, list[str]] = {}
    found: dict[str, Rest] = {}
    for row in leaves_first(amounts, parents):
        whole = max(0, (amounts[row] or 0) - inside[row])
        found[row] = Rest(whole, 0, whole)
        if running.get(row):
            _take(found, row, running[row], [row, *_below(row, members)], first)
        if (parent := parents.get(row)) is not None:
            inside[parent] += max(amounts[row] or 0, inside[row], in_service[row])
            in_service[parent] += in_service[row]
            members.setdefault(parent, []).append(row)
    return found


def _take(
    found: Mapping[str, Rest], row: str, amount: int, rows: list[str], first: Collection[str]
) -> None:
    below = {each: found[each].left for each in rows if each != row and found[each].left}
    for each in sorted(rows, key=lambda one: (one not in first, one != row, one)):
        rest = found[each]
        part = min(amount, rest.left)
        rest.running += part
        rest.left -= part
        amount -= part
    if any(found[each].left < left for each, left in below.items()):
        for each in below:
            found[each].in_doubt = True


def _below(row: str, members: Mapping[str, list[str]]) -> Iterator[str]:
    waiting = list(members.get(row, ()))
    while waiting:
        below = waiting.pop()
        yield below
        waiting += members.get(below, ())
