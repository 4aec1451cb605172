"""Change or withdraw one record that stands: choose it, mend its fields, say why.

The form keeps the record as it was seen when it was chosen: whoever saves later than somebody else
is told, and may then save once more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from capacity.check import Check
from store.drafts import Edit, Entry, Hide
from terms.errors import Fault
from views import selection
from views.choices import Keyed
from views.saving import ask_why, judged, key, place, save, say_faults
from views.saving import entries as entries_of
from views.words import joined, t, unique_labels

Typed = Mapping[str, Any]


def _as_typed(typed: Typed) -> tuple[Typed, list[Fault]]:
    return typed, []


def _no_choices(_: object, __: Keyed) -> Typed:
    return {}


def _no_remark(_: object) -> str:
    return ""


@dataclass(frozen=True)
class Manner:
    """How records of one kind are mended.

    `fields` draws the widgets with what a record holds, each under the key that it is given, and
    returns what they say; `choices` draws lists before the form. `finish` reads both once the form
    is sent, and tells its faults. `checks` gives the targets concerned, `remark` what is to be
    known of a record as changed; `gone` is done once it is withdrawn.
    """

    kind: str
    fields: Callable[[Any, Keyed], Typed]
    label: Callable[[Any], str] = str
    finish: Callable[[Typed], tuple[Typed, list[Fault]]] = _as_typed
    checks: Callable[[], Sequence[Check]] | None = None
    gone: Callable[[], None] | None = None
    remark: Callable[[Any], str] = _no_remark
    choices: Callable[[Any, Keyed], Typed] = _no_choices


def draw_editor(form: str, entries: Sequence[Entry], manner: Manner) -> None:
    """Draw the choice of one of these records, and its form."""
    seen = _seen(form)
    by_id = {each.id: each for each in entries}
    if seen:  # withdrawn by somebody else, it stays in the list: the store will say so
        by_id.setdefault(seen[0].id, seen[0])
    if not by_id:
        return
    names = unique_labels(
        by_id,
        lambda each: t(
            "saving.record", label=manner.label(by_id[each].record), number=each.rpartition("-")[2]
        ),
    )
    chosen = st.selectbox(
        t("saving.choose"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=t("saving.choose"),
        key=key(form, selection.widget_key("which")),
    )
    if chosen is None:
        selection.keep(_kept(form), None)
        return
    draw_one(form, by_id[chosen], manner)


def draw_one(form: str, entry: Entry, manner: Manner) -> None:
    """Draw the form of one record, as it was when it was first seen here."""
    seen = _seen(form)
    if seen is None or seen[0].id != entry.id:
        seen = (entry, entry.revision)
        selection.keep(_kept(form), seen)
    drafts, why = _drafts(form, *seen, manner)
    if drafts:
        draft = drafts[0]
        is_gone = isinstance(draft, Hide)
        words = (
            t("saving.withdrawn")
            if is_gone
            else joined(t("saving.changed"), manner.remark(draft.record))
        )
        after = manner.gone if is_gone else None
        if save(form, drafts, why=why, words=words, checks=manner.checks, after=after):
            _take_note(form, manner.kind, seen[0])


def edited(form: str) -> Entry | None:
    """The record that is chosen in this form, though it may be in force no more."""
    seen = _seen(form)
    return seen[0] if seen else None


def _drafts(form: str, seen: Entry, revision: int, manner: Manner) -> tuple[list[Edit | Hide], str]:
    """What was asked for, once the form is sent; nothing before, or where a field is faulty."""

    def keyed(field: str) -> str:
        return key(form, f"{field}-{seen.id}")

    chosen = manner.choices(seen.record, keyed)
    with st.form(key(form, f"edit-{seen.id}"), border=False):
        typed = {**manner.fields(seen.record, keyed), **chosen}
        why = ask_why(form, seen.id)
        with st.container(horizontal=True):
            is_changed = st.form_submit_button(t("saving.change"), type="primary")
            is_withdrawn = st.form_submit_button(t("installed.withdraw"))
    if is_withdrawn:
        return [Hide(seen.id, revision)], why
    if not is_changed:
        return [], why
    read, faults = manner.finish(typed)
    record, more = judged(manner.kind, read)
    if faults or more:
        say_faults([*faults, *more])
        return [], why
    return [Edit(seen.id, revision, record, place())], why


def _take_note(form: str, kind: str, first: Entry) -> None:
    """The form was told who was faster: a second press is meant, and answers to what stands now."""
    now = next((each for each in entries_of(kind) if each.id == first.id), None)
    if now:
        selection.keep(_kept(form), (first, now.revision))


def _seen(form: str) -> tuple[Entry, int] | None:
    found: tuple[Entry, int] | None = selection.kept(_kept(form))
    return found


def _kept(form: str) -> str:
    return f"edited-{form}-{selection.round_of(form)}"
