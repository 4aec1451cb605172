"""The store beside a plain dictionary: whatever is asked in whatever order, both say the same."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from store.drafts import Add, Edit, Hide, Restore
from store.engine import database_url
from store.models import _TURNING
from store.store import Store
from terms.errors import ConflictError
from terms.kinds import Status
from terms.records import InstalledFigure, Progress
from terms.signs import is_unfit
from tests.keeping import person

words = (
    st.text(
        st.characters(exclude_characters=_TURNING).filter(lambda sign: not is_unfit(sign)),
        max_size=30,
    )
    .map(str.strip)
    .filter(bool)
)
days = st.dates(date(1950, 1, 1), date(2024, 1, 1)).map(date.isoformat)
amounts = st.decimals(0, 10**9, places=3)
figures = st.builds(
    InstalledFigure,
    plan=words,
    district_code=st.sampled_from(["", "370812"]),
    zone=st.just("") | words,
    metric=words,
    date=days,
    value=amounts,
    unit=st.sampled_from(["万千瓦", "MW", "kW", "GW"]),
    source=words,
)
progress = st.builds(
    Progress,
    project=words,
    date=days,
    status=st.sampled_from(Status),
    commissioned_mw=st.none() | amounts.filter(bool),
    source=words,
)
records = figures | progress
State = dict[str, tuple[InstalledFigure | Progress, int, bool]]  # record, revision, in force


class Machine(RuleBasedStateMachine):
    """Adds, edits, hides, restores and undoes, some of them with a stale revision."""

    ids: Bundle[str] = Bundle("ids")
    batches: Bundle[tuple[str, State, State]] = Bundle("batches")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(database_url(f"sqlite:///{self.folder.name}/x.sqlite", Path()))
        self.known: State = {}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def _done(self, batch: str, before: State) -> tuple[str, State, State]:
        touched = {key for key in self.known if before.get(key) != self.known[key]}
        was = {key: before[key] for key in touched if key in before}
        return batch, was, {key: self.known[key] for key in touched}

    @rule(target=batches, new=st.lists(records, min_size=1, max_size=3))
    def add(self, new: list[InstalledFigure | Progress]) -> tuple[str, State, State]:
        before = dict(self.known)
        batch = self.store.apply(person(), [Add(each) for each in new], why="")
        for each in new:
            kind = "installed" if isinstance(each, InstalledFigure) else "progress"
            number = sum(key.startswith(kind) for key in self.known) + 1
            self.known[f"{kind}-{number}"] = (each, 1, True)
        return self._done(batch, before)

    @rule(target=batches, data=st.data(), stale=st.booleans(), words=words)
    def edit(self, data: st.DataObject, stale: bool, words: str) -> tuple[str, State, State]:
        return self._change(data, stale, words)

    @rule(target=batches, data=st.data(), stale=st.booleans())
    def turn(self, data: st.DataObject, stale: bool) -> tuple[str, State, State]:
        return self._change(data, stale, "")

    def _change(self, data: st.DataObject, stale: bool, source: str) -> tuple[str, State, State]:
        before = dict(self.known)
        if not self.known:
            return "0", {}, {}
        key = data.draw(st.sampled_from(sorted(self.known)))
        record, revision, in_force = self.known[key]
        seen = revision - 1 if stale else revision
        if source:
            other = replace(record, source=source)
            draft: Edit | Hide | Restore = Edit(key, seen, other)
            after = (other, revision + 1, True)
        else:
            draft = Hide(key, seen) if in_force else Restore(key, seen)
            after = (record, revision + 1, not in_force)
        if stale or (source and not in_force):
            with pytest.raises(ConflictError):
                self.store.apply(person(), [draft], why="")
            return "0", {}, {}
        batch = self.store.apply(person(), [draft], why="")
        self.known[key] = after
        return self._done(batch, before)

    @rule(target=batches, done=consumes(batches))
    def undo(self, done: tuple[str, State, State]) -> tuple[str, State, State]:
        batch, was, left = done
        before = dict(self.known)
        if batch == "0" or any(not _same(self.known[key], left[key]) for key in left):
            with pytest.raises(ConflictError):
                self.store.undo(person(), batch, why="")
            return "0", {}, {}
        undone = self.store.undo(person(), batch, why="")
        for key in left:
            record, revision, _ = self.known[key]
            if key in was and was[key][2]:
                self.known[key] = (was[key][0], revision + 1, True)
            else:
                self.known[key] = (record, revision + 1, False)
        return self._done(undone, before)

    @invariant()
    def both_say_the_same(self) -> None:
        found = {
            each.id: (each.record, each.revision)
            for kind in ("installed", "progress")
            for each in self.store.entries(kind)
        }
        wanted = {key: each[:2] for key, each in self.known.items() if each[2]}
        assert found == wanted
        book = self.store.book()
        assert book.withdrawn == len(self.known) - len(wanted)
        last = {each.record_id: each.revision for each in reversed(self.store.history(limit=10**6))}
        assert last == {key: revision for key, (_, revision, _) in self.known.items()}


def _same(
    one: tuple[InstalledFigure | Progress, int, bool],
    other: tuple[InstalledFigure | Progress, int, bool],
) -> bool:
    """Is it in the same state, whatever lay between? A hidden record's content is not asked."""
    return one[2] == other[2] and (not one[2] or one[0] == other[0])


Machine.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestModel = Machine.TestCase
