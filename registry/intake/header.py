"""Where the header of a table stands: below title lines, over blank rows, in one row or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from registry.intake.fields import field_of_header
from registry.intake.quantity import is_number

LOOKED_AT = 40  # rows from the top among which a header is looked for
_BRACKETS = ("(", "（", "[", "【")
Grid = Sequence[tuple[int, tuple[str, ...]]]


@dataclass(frozen=True)
class Header:
    """The header's names, the number of its last row, and how many grid rows stand up to it."""

    names: tuple[str, ...]
    number: int
    used: int


def find_header(grid: Grid, *, row: int | None = None) -> Header:
    """The header of a grid of (row number, cells); `row` is a person's own choice of its row.

    The row with the most names that we know wins, then the fullest row of words; two rows make
    one header where the second adds names that the first lacks (merged heads).
    """
    if not grid:
        return Header((), 1, 0)
    if row is not None:
        at = next((place for place, (number, _) in enumerate(grid) if number == row), 0)
        return Header(grid[at][1], grid[at][0], at + 1)
    near = range(min(len(grid), LOOKED_AT))
    at = max(near, key=lambda place: _rank(grid, place))
    pairs = [place for place in near[:-1] if _is_pair(grid, place)]
    best = max(pairs, key=lambda place: _known(_pair(grid, place)), default=None)
    if best is not None and _known(_pair(grid, best)) > max(_known(grid[at][1]), 1):
        return Header(_pair(grid, best), grid[best + 1][0], best + 2)
    return Header(grid[at][1], grid[at][0], at + 1)


def _is_pair(grid: Grid, place: int) -> bool:
    """Can two rows be one header: words only, the upper with gaps that the lower fills?"""
    upper, lower = grid[place][1], grid[place + 1][1]
    return _is_words(upper) and _is_words(lower) and sum(1 for cell in upper if cell.strip()) > 1


def _pair(grid: Grid, place: int) -> tuple[str, ...]:
    return _joined(grid[place][1], grid[place + 1][1])


def _rank(grid: Grid, place: int) -> tuple[int, int, int, int]:
    """More known names, then words only, then more filled cells, then higher up."""
    cells = grid[place][1]
    filled = sum(1 for cell in cells if cell.strip())
    is_words = _is_words(cells)
    known = _known(cells) if is_words else 0
    return (known if known > 1 else 0, int(is_words and filled > 1), filled, -place)


def _known(cells: Sequence[str]) -> int:
    return len({field_of_header(cell) for cell in cells} - {None})


def _is_words(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and not any(is_number(cell) for cell in filled if len(cell) < 40)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two header rows as one; an upper name reaches right over the lower names beside it."""
    width = max(len(upper), len(lower))
    top = [*upper, *[""] * (width - len(upper))]
    low = [*lower, *[""] * (width - len(lower))]
    names, over = [], ""
    for above, below in zip(top, low, strict=True):
        above, below = above.strip(), below.strip()
        over = above or (over if below else "")
        if not below or (above and field_of_header(above) and not below.startswith(_BRACKETS)):
            names.append(above or below)
        elif below.startswith(_BRACKETS):
            names.append(f"{over}{below}")
        else:
            names.append(below if field_of_header(below) else f"{over} {below}".strip())
    return tuple(names)
