"""One target's ledger in one reading: what each row adds, from low to high, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from capacity.existing import begun, commissioned, has_begun
from capacity.ledger import Reason, is_named, left_out_whole
from capacity.measure import Match, Measure
from capacity.once import ancestors, inside_amounts, parents_among
from capacity.running import Rest, rests
from registry.registry import Registry
from terms.kinds import Nature, Status, YearBasis
from terms.records import Progress, Project, Target


class Standing(StrEnum):
    """How a row stands to a target; one word per line of its ledger."""

    NAMED = "named"
    PROGRAMME = "programme"
    HIGH_ONLY = "high_only"
    OPEN = "open"
    WITHIN = "within"
    DETAILED = "detailed"
    RUNNING = "running"
    PLEDGE = "pledge"
    LATER = "later"
    LEFT_OUT = "left_out"


class Doubt(StrEnum):
    """Why a row belongs to the high end only."""

    APPROXIMATE = "approximate"
    HORIZON = "horizon"
    MIXED = "mixed"
    EXTERNAL = "external"
    WAS_DUE = "was_due"
    PARTLY = "partly_operating"
    INFERRED = "inferred"


_UNCERTAIN = {Doubt.APPROXIMATE, Doubt.HORIZON, Doubt.EXTERNAL}


@dataclass(frozen=True)
class Line:
    """One row of a target's ledger, in watts or pieces; `gross` is None where nothing is stated.

    `why` gives the reason for what is left out as a whole (retired, shelved ...).
    """

    row: str
    is_named: bool
    gross: int | None
    low: int
    high: int
    running: int
    standing: Standing
    doubts: tuple[Doubt, ...]
    why: Reason = Reason.NONE


@dataclass(frozen=True)
class Reading:
    """The circumstances under which a plan is read.

    `until` is the date of the installed figure ("" without one), `progress` the records of the
    time up to which what exists leaves the pipeline.
    """

    inferred: bool
    external: bool
    until: str
    progress: Mapping[str, Progress]


Amounts = Mapping[str, int | None]


@dataclass(frozen=True)
class Case:
    """One target and the rows of its scope, in one reading."""

    registry: Registry
    target: Target
    measure: Measure
    reading: Reading
    rows: Mapping[str, Project]

    def lines(self) -> dict[str, Line]:
        """One line per row that speaks to the target, in the plan's order."""
        match = {row.id: self.measure.match(row) for row in self.rows.values()}
        full = {row for row, found in match.items() if found is Match.FULL}
        none = {row for row, found in match.items() if found is None}
        low = self._rests(self.certain, first=full)
        high = self._rests(self.possible, first=none)
        return {
            row.id: self._line(row, low=low.get(row.id), high=high.get(row.id))
            for row in self.rows.values()
            if match[row.id]
        }

    @cached_property
    def doubts(self) -> Mapping[str, tuple[Doubt, ...]]:
        """Why each row is not certain by the target's year; in a fixed order."""
        return {row.id: self._doubts(row) for row in self.rows.values()}

    @cached_property
    def certain(self) -> Amounts:
        """What surely stands by the target's year, of every technology: it details its parents."""
        return {
            row: self._amount(self.rows[row])
            for row in self._due
            if self.is_pledge(self.rows[row]) or not _UNCERTAIN & set(self.doubts[row])
        }

    @cached_property
    def possible(self) -> Amounts:
        """The same and what may stand besides, of the target's own technologies.

        A doubtful row of another technology stays away: it would empty a parent without adding.
        """
        return {
            row: self._amount(self.rows[row])
            for row in self._due
            if row in self.certain or self.measure.match(self.rows[row])
        }

    def is_pledge(self, row: Project) -> bool:
        """Does the row merely repeat the target's own amount?"""
        return row.restates_target == self.target.key

    def is_later(self, row: Project) -> bool:
        """Is the row printed for a year after the target's?"""
        return row.by_year > self.target.year and row.by_year_basis is not YearBasis.HORIZON

    @property
    def _due(self) -> list[str]:
        return [
            row.id
            for row in self.rows.values()
            if not left_out_whole(row) and not self.is_later(row)
        ]

    def _amount(self, row: Project) -> int | None:
        stated = self.measure.stated(row)
        return self.measure.external(row) if stated is None and self.reading.external else stated

    def _doubts(self, row: Project) -> tuple[Doubt, ...]:
        record = self.reading.progress.get(row.id)
        is_due = bool(self.reading.until) and f"{row.by_year}-12-31" <= self.reading.until
        is_horizon = row.by_year_basis is YearBasis.HORIZON and row.by_year > self.target.year
        is_external = self.reading.external and self.measure.external(row) is not None
        is_partly = self._exists(row, whole=0) is None
        found = (
            (Doubt.APPROXIMATE, self.measure.is_approximate(row)),
            (Doubt.HORIZON, is_horizon),
            (Doubt.MIXED, self.measure.match(row) is Match.MIXED),
            (Doubt.EXTERNAL, is_external),
            (Doubt.WAS_DUE, is_due and record is None),
            (Doubt.PARTLY, is_partly),
        )
        return tuple(doubt for doubt, holds in found if holds)

    def _exists(self, row: Project, *, whole: int) -> int | None:
        """How much of a row exists by its record; None where some does, but not how much."""
        record = self.reading.progress.get(row.id)
        if record is None:
            return 0
        if self.target.nature is Nature.START:
            return begun(record, row, whole)
        return commissioned(record, whole, in_pieces=self.measure.layer is not None)

    def _rests(self, amounts: Amounts, *, first: Collection[str]) -> dict[str, Rest]:
        parents = parents_among(self.registry, amounts.keys(), inferred=self.reading.inferred)
        return rests(amounts, parents, self._running(amounts, parents), first=first)

    def _running(self, amounts: Amounts, parents: Mapping[str, str]) -> dict[str, int]:
        """What runs of each row itself; that of rows not among them goes to what holds them.

        Retirements and retrofits add nothing, so that none of theirs leaves.
        """
        no_addition = (Reason.RETIRE, Reason.RETROFIT)
        mine = [row for row in self.rows.values() if row.id in self.reading.progress]
        if not mine:
            return {}
        inside = inside_amounts(amounts, parents)
        recorded = {
            row.id: self._exists(row, whole=max(self._amount(row) or 0, inside.get(row.id, 0))) or 0
            for row in mine
            if left_out_whole(row) not in no_addition
        }
        inferred = self.reading.inferred
        above = parents_among(self.registry, recorded.keys(), inferred=inferred)
        recorded_inside = inside_amounts(recorded, above)
        found: dict[str, int] = {}
        for row, watts in recorded.items():
            holders = [row, *ancestors(self.registry, row, inferred=inferred)]
            holder = next((each for each in holders if each in amounts), None)
            if holder is not None:
                found[holder] = found.get(holder, 0) + max(0, watts - recorded_inside[row])
        return found

    def _line(self, row: Project, *, low: Rest | None, high: Rest | None) -> Line:
        gross, doubts = self._amount(row), self.doubts[row.id]
        is_partly = bool((low and low.in_doubt) or (high and high.in_doubt))
        if is_partly and Doubt.PARTLY not in doubts:
            doubts = (*doubts, Doubt.PARTLY)
        why, named = left_out_whole(row), is_named(row)

        def line(standing: Standing, low: int = 0, high: int = 0, running: int = 0) -> Line:
            return Line(row.id, named, gross, low, high, running, standing, doubts, why)

        if why:
            return line(Standing.LEFT_OUT)
        if high is None:
            return line(Standing.LATER)
        if self.is_pledge(row):
            return line(Standing.PLEDGE)
        if gross is None:
            return line(self._without_figure(row))
        at_least = low.left if low and not doubts else 0
        if at_least:
            standing = Standing.NAMED if named else Standing.PROGRAMME
        elif high.left:
            standing = Standing.HIGH_ONLY
        else:
            standing = Standing.RUNNING if high.running else Standing.DETAILED
        return line(standing, at_least, high.left, high.running)

    def _without_figure(self, row: Project) -> Standing:
        """Open, unless the row runs already or lies inside a figure that counts."""
        if self._is_done(row):
            return Standing.RUNNING
        for above in ancestors(self.registry, row.id, inferred=self.reading.inferred):
            if self.possible.get(above) is not None:
                holder = self.rows[above]
                counts = self.measure.match(holder) and not self.is_pledge(holder)
                return Standing.WITHIN if counts else Standing.OPEN
        return Standing.OPEN

    def _is_done(self, row: Project) -> bool:
        """Does a row's record say that nothing of it is still to come?"""
        record = self.reading.progress.get(row.id)
        if record is None:
            return False
        if self.target.nature is Nature.START and is_named(row):
            return has_begun(record)
        return record.status is Status.OPERATING
