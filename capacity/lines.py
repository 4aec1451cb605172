"""One target's ledger in one reading: what each row adds, from low to high, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

from capacity.existing import begun, commissioned, has_begun
from capacity.ledger import Reason, is_named, left_out, stated_amounts
from capacity.measure import Match, Measure
from capacity.once import ancestors, leaves_first, parents_among
from capacity.running import Recorded, Rests, rests
from capacity.standing import FIXED, TESTED_DOUBTS, Doubt, Line, Reading, Standing
from registry.registry import Registry
from terms.kinds import Nature, Status, YearBasis
from terms.records import Progress, Project, Target
from terms.units import WATTS_PER_MW

Amounts = Mapping[str, int | None]


@dataclass(frozen=True)
class Case:
    """One target and the rows of its scope; its lines depend on how memberships are read."""

    registry: Registry
    target: Target
    measure: Measure
    reading: Reading
    rows: Mapping[str, Project]

    def lines(self, *, inferred: bool) -> dict[str, Line]:
        """One line per row that speaks to the target, in the plan's order."""
        high = low = self._highs(inferred=inferred)
        if high.in_doubt or len(self.certain) < len(self.possible):
            full = {row for row, match in self._matches.items() if match is Match.FULL}
            low = self._rests(self.certain, inferred=inferred, first=full)
        line = self._line
        return {row: line(self.rows[row], low, high, inferred=inferred) for row in self._matches}

    def high_lines(
        self, *, inferred: bool, known: Mapping[str, Line] | None = None
    ) -> dict[str, Line]:
        """The same for the high end only; `known` lines of the other reading serve where equal."""
        high, low, known = self._highs(inferred=inferred), Rests(), known or {}
        found: dict[str, Line] = {}
        for row in self._matches:
            line = known.get(row)
            is_equal = line is not None and (
                line.standing in FIXED
                or (line.gross is not None and line.high == high.left.get(row))
            )
            if line is None or not is_equal:
                line = self._line(self.rows[row], low, high, inferred=inferred)
            found[row] = line
        return found

    def _highs(self, *, inferred: bool) -> Rests:
        others = self.rows.keys() - self._matches.keys()
        return self._rests(self.possible, inferred=inferred, first=others)

    @cached_property
    def _matches(self) -> Mapping[str, Match]:
        match = self.measure.match
        return {id: found for id, row in self.rows.items() if (found := match(row))}

    @property
    def possible(self) -> Amounts:
        """What is sure by the target's year, and what may stand besides of its own technologies.

        A doubtful row of another technology stays away: it would empty a parent without adding.
        """
        return self._amounts[0]

    @property
    def certain(self) -> Amounts:
        """What surely stands by the target's year, of every technology: it details its parents."""
        return self._amounts[1]

    @cached_property
    def _amounts(self) -> tuple[Amounts, Amounts]:
        possible: dict[str, int | None] = {}
        certain: dict[str, int | None] = {}
        off, matches = self._off, self._matches
        for id in leaves_first(self.registry, self.rows):
            row = self.rows[id]
            if id in off or self.is_later(row):
                continue
            is_sure = self._is_sure(row)
            if is_sure or id in matches:
                possible[id] = self._amount(row)
            if is_sure:
                certain[id] = possible[id]
        return possible, certain

    def is_pledge(self, row: Project) -> bool:
        """Does the row merely repeat the target's own amount?"""
        return bool(row.restates_target) and row.restates_target == self.target.key

    def is_later(self, row: Project) -> bool:
        """Is the row printed for a year after the target's?"""
        return row.by_year > self.target.year and row.by_year_basis is not YearBasis.HORIZON

    def _is_sure(self, row: Project) -> bool:
        is_vague = (
            row.by_year > self.target.year
            or self.measure.is_approximate(row)
            or (
                self.reading.external
                and self.measure.external(row) is not None
                and self._running_unstated(row) is None
            )
        )
        return not is_vague or self.is_pledge(row)

    def _amount(self, row: Project) -> int | None:
        stated = self._plan_states(row)
        if stated is None:
            stated = self._running_unstated(row)
        if stated is not None or not self.reading.external or self.is_pledge(row):
            return stated
        return self.measure.external(row)

    def _running_unstated(self, row: Project) -> int | None:
        """MW recorded as commissioned of a row whose size the plan does not state."""
        record = self.reading.known.get(row.id)
        if record is None or not record.commissioned_mw or self.measure.layer:
            return None
        is_stock = self.target.nature is not Nature.START
        return int(record.commissioned_mw * WATTS_PER_MW) if is_stock else None

    def _plan_states(self, row: Project) -> int | None:
        return self.measure.stated(row) if self.measure.layer else self._stated[row.id]

    @cached_property
    def _off(self) -> Mapping[str, Reason]:
        return left_out(self.registry)

    @cached_property
    def _stated(self) -> Amounts:
        return stated_amounts(self.registry)

    @cached_property
    def _doubts(self) -> Mapping[str, tuple[Doubt, ...]]:
        """Why each row is not certain by the target's year; in a fixed order."""
        return {row: self._doubts_of(self.rows[row], match) for row, match in self._matches.items()}

    def _doubts_of(self, row: Project, match: Match) -> tuple[Doubt, ...]:
        record = self.reading.progress.get(row.id)
        is_due = bool(self.reading.until) and f"{row.by_year}-12-31" <= self.reading.until
        is_horizon = row.by_year_basis is YearBasis.HORIZON and row.by_year > self.target.year
        is_external = (
            self._plan_states(row) is None
            and self._running_unstated(row) is None
            and self._amount(row) is not None
        )
        holds = (
            self.measure.is_approximate(row),
            is_horizon,
            match is Match.MIXED,
            is_external,
            is_due and (record is None or record.date <= f"{row.by_year}-12-31"),
            record is not None and self._exists(row, record) is None,
        )
        return tuple(compress(TESTED_DOUBTS, holds)) if any(holds) else ()

    def _exists(self, row: Project, record: Progress) -> int | None:
        """How much of a row exists by its record; None where some does, but not how much."""
        whole = self._plan_states(row) or 0  # an outside figure may add, never take
        if self.target.nature is Nature.START:
            return begun(record, row, whole)
        return commissioned(record, whole, in_pieces=self.measure.layer is not None)

    def _rests(self, amounts: Amounts, *, inferred: bool, first: Collection[str]) -> Rests:
        recorded = self._recorded
        if not recorded.amounts.keys() <= amounts.keys():  # what runs runs, whatever is in doubt
            both = {*recorded.amounts, *amounts}
            amounts = {row: amounts.get(row) for row in leaves_first(self.registry, both)}
        parents = parents_among(self.registry, amounts.keys(), inferred=inferred)
        return rests(amounts, parents, recorded, first=first)

    @cached_property
    def _recorded(self) -> Recorded:
        """What runs by the records; retirements and retrofits add nothing, so none of theirs."""
        off, no_addition = self._off, (Reason.RETIRE, Reason.RETROFIT)
        mine = {
            id: record
            for id, record in self.reading.progress.items()
            if id in self.rows and off.get(id) not in no_addition
        }
        return Recorded(
            {id: self._exists(self.rows[id], record) or 0 for id, record in mine.items()},
            {id for id, record in mine.items() if self._is_done(self.rows[id], record)},
        )

    def _is_done(self, row: Project, record: Progress) -> bool:
        """Does a record say that nothing of the row is still to come?"""
        if self.target.nature is Nature.START:
            return is_named(row) and has_begun(record)
        is_measured = record.commissioned_mw is not None and self.measure.layer is None
        return record.status is Status.OPERATING and not is_measured

    def _line(self, row: Project, low: Rests, high: Rests, *, inferred: bool) -> Line:
        gross, doubts = self._amount(row), self._doubts[row.id]
        why, named = self._off.get(row.id, Reason.NONE), is_named(row)
        is_partly = row.id in low.in_doubt or row.id in high.in_doubt
        if is_partly and Doubt.PARTLY not in doubts:
            doubts = (*doubts, Doubt.PARTLY)

        def line(standing: Standing, low: int = 0, high: int = 0, running: int = 0) -> Line:
            return Line(row.id, named, gross, low, high, running, standing, doubts, why)

        if why:
            return line(Standing.LEFT_OUT)
        if row.id not in self.possible:
            return line(Standing.LATER)
        if self.is_pledge(row):
            return line(Standing.PLEDGE)
        if gross is None:
            return line(self._without_figure(row, inferred=inferred))
        at_least = 0 if doubts else low.left.get(row.id, 0)
        at_most, running = high.left[row.id], high.running.get(row.id, 0)
        if self._is_still_open(row):
            return line(Standing.OPEN, at_least, at_most, running)
        if at_least:
            standing = Standing.NAMED if named else Standing.PROGRAMME
        elif at_most:
            standing = Standing.HIGH_ONLY
        else:
            standing = Standing.RUNNING if running else Standing.DETAILED
        return line(standing, at_least, at_most, running)

    def _is_still_open(self, row: Project) -> bool:
        """Is all that is known of its size what runs so far?"""
        if self._plan_states(row) is not None or self._running_unstated(row) is None:
            return False
        return self.reading.known[row.id].status is not Status.OPERATING

    def _without_figure(self, row: Project, *, inferred: bool) -> Standing:
        """Open, unless the row runs already or lies inside a figure that counts."""
        if row.id in self._recorded.complete:
            return Standing.RUNNING
        for above in ancestors(self.registry, row.id, inferred=inferred):
            if self.possible.get(above) is not None:
                counts = above in self._matches and not self.is_pledge(self.rows[above])
                return Standing.WITHIN if counts else Standing.OPEN
        return Standing.OPEN
