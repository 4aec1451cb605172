"""A user's own project: its relation settled, its fields changed, withdrawn; one added by hand."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from registry.own import USER
from registry.registry import Registry
from store.drafts import Add
from terms.records import Project
from views import editing, selection
from views.detail.own import excess_words
from views.entry_editor import Manner, draw_one
from views.folds import fold
from views.installed.effect import checked
from views.own.form import draw_choices, draw_fields, read_fields
from views.saving import (
    ask_why,
    draw_saved,
    entries,
    judged,
    key,
    place,
    save,
    say_faults,
    sentences,
)
from views.words import t


def draw_own_edit(registry: Registry, row: Project) -> None:
    """Draw the fold under a user's row; nothing under a plan's, or for those who may not write."""
    if row.plan != USER or editing.refusal():
        return
    form = f"own-{row.id}"
    draw_saved(form)
    name = f"own-edit-{row.id}"
    box = fold(t("own.edit"), name, selection.widget_key(name))
    if not box.open:
        return
    entry = next((each for each in entries("project") if each.id == row.id), None)
    if entry is None:
        return

    manner = Manner(
        "project",
        draw_fields,
        choices=lambda own, keyed: draw_choices(registry, own, keyed),
        finish=lambda said: read_fields(registry, said),
        checks=lambda: checked([plan.id for plan in registry.plans]),
        remark=lambda record: excess_words(registry, record),
    )
    with box:
        draw_one(form, entry, manner)


def draw_own_new(registry: Registry) -> None:
    """Draw the fold with the form of a new project; nothing for those who may not write."""
    if editing.refusal():
        return
    form = "own-new"
    draw_saved(form)
    box = fold(t("own.add"), form, selection.widget_key(form))
    if not box.open:
        return
    with box:
        st.caption(t("own.add_note"))
        chosen = draw_choices(registry, None, lambda field: key(form, field))
        with st.form(key(form, "form"), border=False):
            said = {**draw_fields(None, lambda field: key(form, field)), **chosen}
            why = ask_why(form)
            is_sent = st.form_submit_button(t("installed.save"), type="primary")
        if not is_sent:
            return
        read, faults = read_fields(registry, said)
        record, more = judged("project", {**read, "id": f"user-{uuid4().hex[:12]}"})
        if faults or more:
            say_faults([*faults, *more])
            return
        said = (t("own.added", name=record.name), excess_words(registry, record))
        save(
            form,
            [Add(record, place())],
            why=why,
            words=sentences(*said),
            checks=lambda: checked([plan.id for plan in registry.plans]),
        )
