"""The yes: one reason, all of a file or nothing; then what was stored, and how to undo it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from registry.intake.batch import KINDS, drafts_of, mapping_draft
from registry.intake.mapping import IntakeKind
from registry.intake.proposal import Intake
from store.store import open_store
from terms.errors import AccessError, ConflictError, Fault, RecordsError, StoreError
from terms.language import half
from views import cache, editing, selection
from views.errors import fault_table
from views.intake.cache import Taken
from views.intake.draft import MOST_SIGNS, ROUND, say
from views.link import to_query
from views.words import esc, plain, t

_SHOWN, _STORED = "intake-shown", "intake-stored"


@dataclass(frozen=True)
class Ready:
    """A file as it would be stored; `faults` are what the whole registry finds wrong."""

    digest: str
    taken: Taken
    intake: Intake
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Stored:
    """What was stored last in this session."""

    batch: str
    count: int
    kind: IntakeKind
    ids: tuple[str, ...]
    file: str


def draw_commit(ready: Ready) -> None:
    """Draw the reason and the button, or why there is none; the write is done here."""
    shown = selection.kept(_SHOWN)
    selection.keep(_SHOWN, (ready.digest, ready.taken))
    st.html(f"<h3>{esc(t('intake_page.commit_title'))}</h3>")
    if ready.intake.faults or ready.faults:
        say(t("intake_page.mend_first"))
        return
    drafts = drafts_of(ready.intake, ready.taken.entries, ready.taken.past)
    before = shown[1] if shown and shown[0] == ready.digest else ready.taken
    if not drafts:
        if told := _changed_since(before, ready):  # the same file came by another session
            say(told)
        say(t("intake.nothing_new"))
        return
    with st.form(f"intake-form-{ready.digest}-{selection.round_of(ROUND)}", border=False):
        usual = t("intake.why", file=ready.intake.sheet.file[:100])
        why = st.text_input(
            t("intake_page.why"),
            value=usual,
            key=f"{selection.widget_key('intake-why')}-{selection.round_of(ROUND)}",
            max_chars=MOST_SIGNS,
        )
        sent = st.form_submit_button(t("intake_page.commit", count=len(drafts)), type="primary")
    if not sent:
        return
    if not why.strip():
        say(t("intake_page.why_needed"))
        return
    if told := _changed_since(before, ready):
        say(told)
        return
    _write(ready, why.strip())


def _write(ready: Ready, why: str) -> None:
    intake, store = ready.intake, open_store()

    def change() -> None:
        drafts = drafts_of(intake, ready.taken.entries, ready.taken.past)
        learnt = mapping_draft(store.entries("mapping"), intake)
        batch = store.apply(
            editing.actor(),
            [*drafts, *([learnt] if learnt else [])],
            why=why,
            check=cache.check_book,
            imported=True,
        )
        ids = tuple(each.id for each in intake.records)
        stored = Stored(batch, len(drafts), intake.kind, ids[:20], intake.sheet.file)
        selection.keep(_STORED, stored)

    written(change, lambda: selection.keep(_SHOWN, None))


def written(change: Callable[[], object], after: Callable[[], object], words: str = "") -> None:
    """Write, if this visitor still may, and draw the page anew; else say why nothing was written.

    `words` are told when it is done.
    """
    if reason := editing.refusal():
        say(t(f"editing.{reason}"))
        return
    language = selection.current().language
    try:
        with st.spinner(t("intake_page.writing")):
            change()
    except RecordsError as error:
        head = t("intake.refused", count=len(error.faults))
        table = fault_table(error.faults[:50], language)
        st.html(f'<div class="fg-faults" role="alert">{esc(head)}{table}</div>')
    except (AccessError, ConflictError, StoreError) as error:
        say(half(str(error), language))
    else:
        after()
        selection.end_round(ROUND)
        if words:
            st.toast(plain(words))
        st.rerun()


def draw_stored() -> None:
    """What was stored last: a way to the map, and to undo it."""
    stored: Stored | None = selection.kept(_STORED)
    if stored is None:
        return
    with st.container(key="intake-stored", gap="small"):
        counts = {"count": stored.count, "batch": stored.batch, "file": stored.file}
        st.html(
            f'<div class="fg-card" role="status">{esc(t("intake_page.stored", **counts))}</div>'
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            query = _query(stored)
            st.page_link("views/pages/map.py", label=t("intake_page.to_map"), query_params=query)
            asked = st.button(t("intake_page.undo"), key=f"intake-undo-{stored.batch}")
    if asked:
        undo(stored.batch, t("intake_page.undo_why", file=stored.file))


def undo(batch: str, why: str) -> None:
    """Take a batch back, all of it or nothing."""
    written(
        lambda: open_store().undo(editing.actor(), batch, why=why, check=cache.check_book),
        lambda: _forget(batch),
        t("intake_page.undone", batch=batch),
    )


def _forget(batch: str) -> None:
    stored: Stored | None = selection.kept(_STORED)
    if stored is not None and stored.batch == batch:
        selection.keep(_STORED, None)


def _query(stored: Stored) -> dict[str, str]:
    """The map that shows what came."""
    bare = replace(selection.current(), area="", at="", focus="")
    if stored.kind is IntakeKind.TABLE:
        return to_query(replace(bare, shade=stored.ids[0]))
    if stored.kind is IntakeKind.AREA:
        return to_query(replace(bare, areas=stored.ids))
    return to_query(replace(bare, plans=("user",)))


def _changed_since(before: Taken, ready: Ready) -> str:
    """A sentence if somebody changed what this file touches after it was shown."""
    ids = before.intake.ids | ready.intake.ids
    kind = KINDS[ready.intake.kind]
    now, then = _touched(ready.taken, ids), _touched(before, ids)
    if now == then:
        return ""
    record_id = next(each for each, _ in sorted(now.items() ^ then.items()))
    last = open_store().history(kind, record_id, limit=1)
    who, at = (last[0].who, last[0].at) if last else ("", "")
    when = f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}" if at else ""
    return t("intake_page.changed_since", who=who, when=when, id=record_id)


def _touched(taken: Taken, ids: set[str]) -> dict[str, int]:
    there = {each.id: each.revision for each in taken.entries if each.id in ids}
    gone = {each: -revision for each, revision in taken.past.withdrawn.items() if each in ids}
    return {**gone, **there}
