"""The pipeline of one target: what the plan lists towards it, from low to high, row by row.

Low takes printed figures of the target's own technologies that are due by its year. High adds what
is approximate, known only to the plan's horizon, mixed, external or a question of membership. Each
row appears with what it adds and why; a row without MW makes the high end open (DESIGN section 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from capacity.lines import Case
from capacity.measure import Measure
from capacity.once import ancestors, inferred_members, leaves_first
from capacity.standing import Doubt, Line, Reading, Standing
from registry.registry import Registry
from terms.records import Project, Target


@dataclass(frozen=True)
class Pipeline:
    """All lines of a target; the sums of the lines are the sums of the target."""

    lines: tuple[Line, ...]

    @property
    def named(self) -> int:
        """Low, of single projects."""
        return sum(line.low for line in self.lines if line.is_named)

    @property
    def programme(self) -> int:
        """Low, of envelopes: what their members leave over."""
        return sum(line.low for line in self.lines if not line.is_named)

    @property
    def low(self) -> int:
        """What is surely listed and due."""
        return self.named + self.programme

    @property
    def high(self) -> int:
        """The most that any reading gives, as far as figures are known."""
        return sum(line.high for line in self.lines)

    @property
    def open_rows(self) -> tuple[str, ...]:
        """Rows that count towards the target and state no figure."""
        return tuple(line.row for line in self.lines if line.standing is Standing.OPEN)


def pipeline(
    registry: Registry,
    target: Target,
    measure: Measure,
    *,
    reading: Reading,
    rows: Iterable[Project],
) -> Pipeline:
    """The pipeline of one target; `rows` are its plan's.

    The high end is that of the more generous reading of memberships; rows to which the other
    reading gives more, or which it opens, carry the doubt `inferred`.
    """
    mine = _near(registry, measure, reading=reading, rows=rows)
    here = _case(registry, target, measure, reading=reading, rows=mine)
    lines = here.lines(inferred=reading.inferred)
    if inferred_members(registry).isdisjoint(row.id for row in mine):
        return Pipeline(tuple(lines.values()))
    if target.scope not in registry.by_id:
        return _joined(lines, here.high_lines(inferred=not reading.inferred, known=lines))
    other = replace(reading, inferred=not reading.inferred)
    there = _case(registry, target, measure, reading=other, rows=mine)
    return _joined(lines, there.high_lines(inferred=other.inferred))


def _near(
    registry: Registry, measure: Measure, *, reading: Reading, rows: Iterable[Project]
) -> tuple[Project, ...]:
    """The rows that speak to the target, and what lies in them or in a row with a record.

    No other row can take from them or run as part of them.
    """
    by_id = {row.id: row for row in rows}
    near: set[str] = set()
    for id in reversed(leaves_first(registry, by_id)):
        row = by_id[id]
        if row.part_of in near or measure.match(row) or id in reading.progress:
            near.add(id)
    return tuple(
        row for id, row in by_id.items() if id in near and (row.technology or measure.match(row))
    )


def _joined(here: Mapping[str, Line], there: Mapping[str, Line]) -> Pipeline:
    """The lines of the reading in force, with what the other one adds."""
    is_more = _high(there.values()) > _high(here.values())
    merged = [_merged(line, there.get(row), is_more=is_more) for row, line in here.items()]
    merged += [_elsewhere(there[row], is_more=is_more) for row in there if row not in here]
    return Pipeline(tuple(merged))


def _case(
    registry: Registry,
    target: Target,
    measure: Measure,
    *,
    reading: Reading,
    rows: tuple[Project, ...],
) -> Case:
    inferred = reading.inferred
    inside = {row.id: row for row in rows if in_scope(registry, row, target, inferred=inferred)}
    return Case(registry, target, measure, reading, inside)


def in_scope(registry: Registry, row: Project, target: Target, *, inferred: bool) -> bool:
    """Is the row in the target's base? A city's target has all rows of the plan in its scope."""
    if target.scope not in registry.by_id:
        return True
    return row.id == target.scope or target.scope in ancestors(registry, row.id, inferred=inferred)


def _high(lines: Iterable[Line]) -> int:
    return sum(line.high for line in lines)


def _merged(here: Line, there: Line | None, *, is_more: bool) -> Line:
    """A line of the reading in force, with the high end of the more generous one."""
    high = (there.high if there else 0) if is_more else here.high
    opens = there is not None and there.standing is Standing.OPEN
    is_opened = opens and here.standing is Standing.WITHIN
    if high == here.high and not is_opened:
        return here
    standing = here.standing
    if is_opened:
        standing = Standing.OPEN
    elif high and not here.low:
        standing = Standing.HIGH_ONLY
    return here._replace(high=high, standing=standing, doubts=(*here.doubts, Doubt.INFERRED))


def _elsewhere(there: Line, *, is_more: bool) -> Line:
    """A line that only the other reading of memberships brings in."""
    is_counted = there.standing in (Standing.NAMED, Standing.PROGRAMME, Standing.HIGH_ONLY)
    return there._replace(
        low=0,
        high=there.high if is_more else 0,
        standing=Standing.HIGH_ONLY if is_counted else there.standing,
        doubts=(*there.doubts, Doubt.INFERRED),
    )
