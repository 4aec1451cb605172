"""Writing remarks on a project, a target or a county, and mending them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from store.drafts import Add
from terms.own_records import Note
from views import editing, selection
from views.entry_editor import Manner, draw_editor, edited
from views.folds import fold
from views.saving import (
    ask_why,
    draw_saved,
    entries,
    field_name,
    judged,
    key,
    place,
    save,
    say_faults,
)
from views.words import t

MAX_NOTE = 4_000  # as the store takes


def draw_notes(subject: str) -> None:
    """Draw the fold under what a remark is on; nothing for those who may not write."""
    if editing.refusal():
        return
    form = f"note-{subject}"
    draw_saved(form)
    name = f"notes-{subject}"
    box = fold(t("note.title"), name, selection.widget_key(name))
    if not box.open:
        return
    with box:
        _draw_new(form, subject)
        mine = [each for each in entries("note") if each.record.subject == subject]
        if mine or edited(form):
            draw_editor(form, mine, Manner("note", _fields, _label))


def _draw_new(form: str, subject: str) -> None:
    with st.form(key(form, "form"), border=False):
        text = st.text_area(t("note.text"), key=key(form, "text"), max_chars=MAX_NOTE, height=90)
        why = ask_why(form)
        is_sent = st.form_submit_button(t("note.add"), type="primary")
    if not is_sent:
        return
    record, faults = judged("note", {"subject": subject, "text": text})
    if faults:
        say_faults(faults)
    else:
        save(form, [Add(record, place())], why=why, words=t("note.saved"))


def _fields(note: Note, keyed: Callable[[str], str]) -> Mapping[str, str]:
    text = st.text_area(
        field_name("text"), value=note.text, key=keyed("text"), max_chars=MAX_NOTE, height=90
    )
    return {"subject": note.subject, "text": text}


def _label(note: Note) -> str:
    words = " ".join(note.text.split())
    return words if len(words) <= 40 else f"{words[:40]}…"
