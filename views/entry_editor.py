"""Change or withdraw one record that stands: choose it, mend its fields, say why.

The form keeps the record as it was seen when it was chosen: whoever saves later than somebody else
is told, and may then save once more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from capacity.check import Check
from store.drafts import Edit, Entry, Hide
from views import selection
from views.saving import ask_why, judged, key, place, save, say_faults
from views.saving import entries as entries_of
from views.words import t, unique_labels

Fields = Callable[[Entry, Callable[[str], str]], Mapping[str, Any]]


def draw_editor(
    form: str,
    kind: str,
    entries: Sequence[Entry],
    *,
    label: Callable[[Any], str],
    fields: Fields,
    checks: Callable[[], Sequence[Check]] | None = None,
) -> None:
    """Draw the choice and the form; `fields` draws the widgets and gives what they hold."""
    seen = _seen(form)
    by_id = {each.id: each for each in entries}
    if seen:  # withdrawn by somebody else, it stays in the list: the store will say so
        by_id.setdefault(seen[0].id, seen[0])
    if not by_id:
        return
    names = unique_labels(by_id, lambda each: f"{label(by_id[each].record)} · {each}")
    chosen = st.selectbox(
        t("saving.choose"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=t("saving.choose"),
        key=key(form, "which"),
    )
    if chosen is None:
        selection.keep(_kept(form), None)
        return
    if seen is None or seen[0].id != chosen:
        seen = (by_id[chosen], by_id[chosen].revision)
        selection.keep(_kept(form), seen)
    drafts, why = _drafts(form, kind, *seen, fields=fields)
    if drafts:
        words = t("saving.withdrawn" if isinstance(drafts[0], Hide) else "saving.changed")
        if save(form, drafts, why=why, words=words, checks=checks):
            _take_note(form, kind, seen[0])


def is_editing(form: str) -> bool:
    """Is a record chosen in this form, though it may be in force no more?"""
    return _seen(form) is not None


def _drafts(
    form: str, kind: str, seen: Entry, revision: int, *, fields: Fields
) -> tuple[list[Edit | Hide], str]:
    """What was asked for, once the form is sent; nothing before, or where a field is faulty."""
    with st.form(key(form, f"edit-{seen.id}"), border=False):
        typed = fields(seen, lambda field: key(form, f"{field}-{seen.id}"))
        why = ask_why(form, seen.id)
        with st.container(horizontal=True):
            is_changed = st.form_submit_button(t("saving.change"), type="primary")
            is_withdrawn = st.form_submit_button(t("installed.withdraw"))
    if is_withdrawn:
        return [Hide(seen.id, revision)], why
    if not is_changed:
        return [], why
    record, faults = judged(kind, typed)
    if faults:
        say_faults(faults)
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
