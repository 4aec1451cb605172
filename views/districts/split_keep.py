"""Keeping a breakdown among the records, so that every session splits by it; withdrawing it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from layers.change_words import local_time
from layers.split_file import text_of
from store.drafts import Add, Edit, Entry
from terms.own_records import SplitFile
from views import editing, selection
from views.districts.filters import Counted
from views.entry_editor import Keyed, Manner, draw_one
from views.saving import (
    ask_why,
    changed_since,
    draw_saved,
    entries,
    field_name,
    judged,
    key,
    place,
    save,
    say,
    say_faults,
)
from views.words import esc, plain, t

_FORM, _NEW = "split-kept", "split-keep"
MAX_NAME = 80


def draw_keeping(counted: Counted, forget: Callable[[], None]) -> None:
    """Offer to keep the breakdown of this session, and to change or withdraw the one kept.

    `forget` lets go of the file of this session once it is kept.
    """
    draw_saved(_NEW)
    draw_saved(_FORM)
    records = entries("split")
    if records:
        kept = records[0]
        said = t(
            "split.kept", name=kept.record.name[:MAX_NAME], who=kept.by, when=local_time(kept.at)
        )
        st.html(f'<p class="fg-caption">{esc(said)}</p>')
    if editing.refusal():
        return
    if counted.file and not counted.is_kept and not counted.faults:
        _draw_new(counted.file, records, forget)
    elif records:
        box = st.expander(
            t("split.mend"), key=selection.widget_key("split-mend"), on_change="rerun"
        )
        if box.open:
            with box:
                draw_one(_FORM, records[0], Manner("split", _fields))


def _draw_new(name: str, records: tuple[Entry, ...], forget: Callable[[], None]) -> None:
    file = selection.split_file()
    if file is None:
        return
    with st.form(key(_NEW, "form"), border=False):
        source = st.text_input(
            field_name("source"), placeholder=t("split.source_hint"), key=key(_NEW, "source")
        )
        why = ask_why(_NEW)
        if records:
            st.caption(t("split.replaces", name=plain(records[0].record.name[:MAX_NAME])))
        is_sent = st.form_submit_button(t("split.keep"))
    is_overtaken = changed_since(_NEW, records)
    if not is_sent:
        return
    if is_overtaken:
        last = records[0] if records else None
        who, when = (last.by, local_time(last.at)) if last else ("–", "–")
        say(t("split.overtaken", who=who, when=when))
        return
    record, faults = judged("split", {"name": name, "text": text_of(file[1]), "source": source})
    if faults:
        say_faults(faults)
        return
    draft = Edit(records[0].id, records[0].revision, record) if records else Add(record, place())
    save(_NEW, [draft], why=why, words=t("split.saved"), after=forget)


def _fields(split: SplitFile, keyed: Keyed) -> dict[str, str]:
    name = st.text_input(field_name("name"), value=split.name, key=keyed("name"))
    source = st.text_input(field_name("source"), value=split.source, key=keyed("source"))
    return {"name": name, "text": split.text, "source": source}
