"""Writing a position: added, changed, withdrawn, undone; and the sentence where it is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from registry.registry import Registry
from store.book import Place
from store.drafts import Add, Draft, Edit, Entry, Hide
from store.store import open_store
from terms.errors import AccessError, ConflictError, Fault, RecordsError, StoreError
from terms.own_records import Position
from views import cache, editing, selection
from views.copy_notice import in_words
from views.errors import fault_table
from views.place.form import ROUND
from views.place.words import signed, spot_words
from views.words import esc, t

_SEEN, _DONE = "place-seen", "place-done"
_FIELDS = ("source", "accuracy_m", "outside_reason", "precision")


@dataclass(frozen=True)
class Done:
    """What was done last in this session: with which project, by which batch."""

    row: str
    words: str
    batch: str


def last_done(row: str) -> Done | None:
    """What was done last with this project in this session."""
    done = selection.kept(_DONE)
    return done if isinstance(done, Done) and done.row == row else None


def hold_seen(row: str, entry: Entry | None) -> None:
    """Note which revision the person sees, once a form: a later one is somebody else's."""
    turn = (row, selection.round_of(ROUND))
    seen = selection.kept(_SEEN)
    if seen is None or seen[0] != turn:
        selection.keep(_SEEN, (turn, entry))


def save(registry: Registry, position: Position, why: str) -> None:
    """Add a position or put it in place of the one that was seen."""
    seen = _seen()
    place = Place(t("put.form"), position.project)
    draft: Draft = Add(position, place)
    if seen:
        draft = Edit(seen.id, seen.revision, position, place)
    _write(registry, position, [draft], why=why, words="put.saved")


def withdraw(registry: Registry, position: Position, why: str) -> None:
    """Take the position that was seen out of force."""
    seen = _seen()
    drafts = [Hide(seen.id, seen.revision)] if seen else []
    _write(registry, position, drafts, why=why, words="put.withdrawn")


def undo(registry: Registry, done: Done) -> None:
    """Take back what was done last."""
    _finish(
        lambda: open_store().undo(editing.actor(), done.batch, why="", check=cache.check_book),
        Done(done.row, "put.undone", ""),
    )


def say(words: str) -> None:
    """Say in a sentence why nothing was saved."""
    st.html(f'<div class="fg-notice" role="alert">{esc(words)}</div>')


def _seen() -> Entry | None:
    seen: tuple[object, Entry | None] | None = selection.kept(_SEEN)
    return seen[1] if seen else None


def _write(
    registry: Registry, mine: Position, drafts: Sequence[Draft], *, why: str, words: str
) -> None:
    try:
        entries = open_store().entries("position")
    except (RecordsError, StoreError) as error:
        say(in_words(error))
        return
    now = next((each for each in entries if each.record.project == mine.project), None)
    if _revision(now) != _revision(_seen()):
        _say_other(registry, mine, now)
        return
    _finish(
        lambda: open_store().apply(editing.actor(), drafts, why=why, check=cache.check_book),
        Done(mine.project, words, ""),
    )


def _revision(entry: Entry | None) -> tuple[str, int]:
    return (entry.id, entry.revision) if entry else ("", 0)


def _say_other(registry: Registry, mine: Position, now: Entry | None) -> None:
    """Somebody else was faster: his value beside one's own, and what to do."""
    selection.keep(_SEEN, ((mine.project, selection.round_of(ROUND)), now))
    own = spot_words(registry, mine)
    if now is None:
        say(t("put.gone", own=own))
        return
    who, when = signed(now)
    other = spot_words(registry, now.record)
    say(t("put.conflict", who=who, when=when, other=other, own=own))


def _finish(change: Callable[[], str], done: Done) -> None:
    """Write if this visitor still may, then draw the page anew; else say why nothing was saved."""
    if reason := editing.refusal():
        say(t(f"editing.{reason}"))
        return
    try:
        batch = change()
    except RecordsError as error:
        _say_faults(error.faults)
    except (AccessError, ConflictError, StoreError) as error:
        say(in_words(error))
    else:
        selection.end_round(ROUND)
        selection.picking().forget()
        selection.keep(_DONE, replace(done, batch="" if done.words == "put.undone" else batch))
        st.rerun()


def _say_faults(faults: Sequence[Fault]) -> None:
    language = selection.current().language
    worded = [
        replace(each, field=t(f"put.{each.field}")) if each.field in _FIELDS else each
        for each in faults
    ]
    table = fault_table(worded, language, t("put.form"))
    st.html(f'<div class="fg-faults" role="alert">{esc(t("put.refused"))}{table}</div>')
