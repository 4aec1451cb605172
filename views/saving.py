"""Saving what a person typed: who may, what went wrong in sentences, what was saved, the way back.

Every function that writes is called from the script's body after a press, never by a callback.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from capacity.check import Check
from layers.change_words import Teller, field_words, local_time
from store.book import Place
from store.drafts import Draft, Edit, Entry, Hide, Restore
from store.kinds import KINDS, kind_of
from store.store import open_store
from terms.errors import AccessError, ConflictError, Fault, RecordsError, StoreError
from terms.language import half
from views import cache, cache_store, editing, selection
from views.copy_notice import in_words
from views.errors import fault_table
from views.installed.effect import moved
from views.words import esc, joined, plain, t

MAX_FAULTS = 20  # more cannot be taken in at once; they are counted
MAX_WHY = 300
_SAVED = "saved"


def key(form: str, field: str) -> str:
    """The key of a form's widget, another one after each time that the form was saved.

    It is the same in every language, so that what is typed outlives a change of it; a list names
    its field by `selection.widget_key`, since its options are words.
    """
    return f"{form}-{field}-{selection.round_of(form)}"


def must(name: str) -> str:
    """The label of a field that may not stay empty."""
    return t("saving.must", name=name)


def ask_why(form: str, part: str = "") -> str:
    """The field for the reason of a change; it may stay empty."""
    return str(st.text_input(t("saving.why"), key=key(form, f"why-{part}"), max_chars=MAX_WHY))


def entries(kind: str) -> tuple[Entry, ...]:
    """The records of a kind as this run shows them, with ids, people and times."""
    return cache_store.entries(kind, cache.held().revision)


def changed_since(form: str, records: Sequence[Entry]) -> bool:
    """Are these records others than when the form was last drawn? From now on these are known.

    While the database is away nobody knows: what is sent meanwhile is refused with that reason.
    """
    if cache.held().why:
        return False
    name = f"seen-{form}-{selection.round_of(form)}"
    known, now = selection.kept(name), tuple((each.id, each.revision) for each in records)
    selection.keep(name, now)
    return known is not None and known != now


def judged(kind: str, typed: Mapping[str, Any], row: str = "-") -> tuple[Any, list[Fault]]:
    """The record that a form's fields tell, or their faults."""
    return KINDS[kind].judged(typed, place(row))


def place(row: str = "-") -> Place:
    """The form as the place of a fault."""
    return Place(t("saving.form"), row)


def save(
    form: str,
    drafts: Sequence[Draft],
    *,
    why: str,
    words: str,
    checks: Callable[[], Sequence[Check]] | None = None,
    after: Callable[[], None] | None = None,
) -> bool:
    """Write all or nothing, then draw the page anew; a refusal is told and all typed stays.

    It comes back only where it was refused: was it since somebody else was faster?
    `checks` gives the targets concerned, before and after: verdicts that move are told; `after` is
    done once it is saved.
    """
    before = checks() if checks else ()
    batch, is_late = _attempt(
        lambda: open_store().apply(editing.actor(), drafts, why=why, check=cache.check_book), drafts
    )
    if batch is None:
        return is_late
    selection.end_round(form)
    note_saved(form, batch, joined(words, *moved(before, checks() if checks else ())))
    if after:
        after()
    st.rerun()
    return False


def write(form: str, change: Callable[[], str], words: str) -> None:
    """Do what writes a batch, then draw the page anew; a refusal is told and all typed stays."""
    batch, _ = _attempt(change)
    if batch is not None:
        selection.end_round(form)
        note_saved(form, batch, words)
        st.rerun()


def take_back(batch: str, *, why: str) -> bool:
    """Undo a batch; False where that was refused, which is told."""
    undone, _ = _attempt(
        lambda: open_store().undo(editing.actor(), batch, why=why, check=cache.check_book)
    )
    return undone is not None


def note_saved(form: str, batch: str, words: str) -> None:
    """Remember what a form saved, for `draw_saved`, and tell it wherever the page is scrolled."""
    selection.keep(_SAVED, (form, batch, words))
    st.toast(plain(words))


def saved_last() -> str:
    """The form that saved last in this session; empty for none."""
    kept = selection.kept(_SAVED)
    return kept[0] if kept else ""


def draw_saved(form: str) -> bool:
    """Say what this form saved last, and offer to take it back; does it stand?"""
    kept = selection.kept(_SAVED)
    if not kept or kept[0] != form:
        return False
    _, batch, words = kept
    with st.container(key=f"saved-{form}", horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="fg-notice fg-good" role="status">{esc(words)}</div>')
        is_asked = bool(batch) and st.button(t("saving.undo"), key=f"undo-{form}-{batch}")
        if is_asked and take_back(batch, why=t("saving.undo_why")):
            selection.keep(_SAVED, (form, "", t("saving.undone")))
            st.rerun()
    return bool(batch)


def say(words: str) -> None:
    """Say in a sentence why nothing was saved."""
    st.html(f'<div class="fg-notice" role="alert">{esc(words)}</div>')


def say_faults(faults: Sequence[Fault]) -> None:
    """The first faults by their fields; how many more there are, in a sentence."""
    shown = [replace(fault, field=field_name(fault.field)) for fault in faults[:MAX_FAULTS]]
    rest = len(faults) - len(shown)
    more = f"<p>{esc(t('installed.more_faults', count=rest))}</p>" if rest > 0 else ""
    tell_refused()
    st.html(
        f'<div class="fg-faults" role="alert">{esc(t("installed.refused"))}'
        f"{fault_table(shown, selection.current().language, t('saving.form'))}{more}</div>"
    )


def tell_refused() -> None:
    """Say, wherever the page is scrolled, that nothing was saved: the faults stand below."""
    st.toast(plain(t("saving.refused")))


def field_name(field: str) -> str:
    """A field as the page calls it."""
    return field_words(field, selection.current().language)


def _attempt(change: Callable[[], str], drafts: Sequence[Draft] = ()) -> tuple[str | None, bool]:
    """The batch if this visitor still may; None where it was refused, which is told: too late?"""
    if reason := editing.refusal():
        say(t(f"editing.{reason}"))
        return None, False
    try:
        return change(), False
    except RecordsError as error:
        say_faults(error.faults)
    except ConflictError as error:
        _say_conflict(error, drafts)
        return None, True
    except (AccessError, StoreError) as error:
        say(in_words(error))
    return None, False


def _say_conflict(error: ConflictError, drafts: Sequence[Draft]) -> None:
    """Who was faster and when, his values beside one's own, and what to do."""
    tell_refused()
    named = [each for each in drafts if isinstance(each, Edit | Hide | Restore)]
    told = [_say_other(draft) for draft in named]
    if True not in told:
        say(half(str(error), selection.current().language))


def _say_other(draft: Edit | Hide | Restore) -> bool:
    """Was this record changed by somebody? Then it is told."""
    try:
        last = open_store().history(record_id=draft.id, limit=1)
    except StoreError as error:
        say(in_words(error))
        return True
    if not last or last[0].revision == draft.revision:
        return False
    change, teller = last[0], Teller(cache.registry(), selection.current().language)
    mine = kind_of(draft.record).plain(draft.record) if isinstance(draft, Edit) else None
    lines = "".join(
        f"<tr><th>{esc(field_name(name))}</th><td>{esc(own)}</td><td>{esc(other)}</td></tr>"
        for name, own, other in teller.differences(change.kind, mine, change.after)
    )
    heads = "".join(
        f"<th>{esc(each)}</th>"
        for each in (t("saving.field"), t("saving.mine"), t("saving.theirs", who=change.who))
    )
    note = t("saving.conflict", who=change.who, when=local_time(change.at))
    st.html(
        f'<div class="fg-faults" role="alert">{esc(note)}<table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )
    return True
