"""A user's own project: its relation settled, its fields changed, withdrawn; one added by hand."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from registry.own import USER
from registry.registry import Registry
from store.drafts import Add
from terms.records import Project
from views import actions, editing, selection
from views.detail.own import excess_words
from views.entry_editor import Manner, draw_one
from views.folds import fold
from views.installed.effect import checked
from views.own.form import as_chosen, draw_choices, draw_fields, read_fields
from views.saving import (
    ask_why,
    draw_saved,
    entries,
    judged,
    key,
    place,
    save,
    saved_last,
    say_faults,
)
from views.words import joined, t

_ADDED, _EDIT = "own-added", "own-"


def draw_own_edit(registry: Registry, row: Project) -> None:
    """Draw the fold under a user's row; nothing under a plan's, or for those who may not write."""
    if row.plan != USER or editing.refusal():
        return
    form = f"{_EDIT}{row.id}"
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
        gone=lambda: selection.change(focus=""),  # its panel and sheet are no more
        remark=lambda record: excess_words(registry, record),
    )
    with box:
        draw_one(form, entry, manner)


def draw_own_gone(registry: Registry) -> None:
    """The way back for a project that was just withdrawn, where its own panel stood."""
    form = saved_last()
    if form.startswith(f"{_EDIT}{USER}-") and form.removeprefix(_EDIT) not in registry.by_id:
        draw_saved(form)


def draw_own_new(registry: Registry) -> None:
    """Draw the fold with the form of a new project; nothing for those who may not write."""
    if editing.refusal():
        return
    form = "own-new"
    with st.container(key="own-gone"):
        draw_own_gone(registry)
    box = fold(t("own.add"), form, selection.widget_key(form))
    if not box.open:
        _draw_added(form)
        return
    with box:
        st.caption(t("own.add_note"))
        chosen = draw_choices(registry, None, lambda field: key(form, field))
        with st.form(key(form, "form"), border=False):
            said = {**draw_fields(None, lambda field: key(form, field)), **chosen}
            why = ask_why(form)
            is_sent = st.form_submit_button(t("installed.save"), type="primary")
        if not is_sent:
            _draw_added(form)  # under the button, where the hand is
            return
        read, faults = read_fields(registry, said)
        record, more = judged("project", {**read, "id": f"user-{uuid4().hex[:12]}"})
        if faults or more:
            say_faults([*faults, *as_chosen(more)])
            return
        said = (t("own.added", name=record.name), excess_words(registry, record))
        save(
            form,
            [Add(record, place())],
            why=why,
            words=joined(*said),
            checks=lambda: checked([plan.id for plan in registry.plans]),
            after=lambda: selection.keep(_ADDED, record.id),
        )


def _draw_added(form: str) -> None:
    """What was added last, with the way back and the way to it: no filter need show it."""
    if draw_saved(form) and (added := selection.kept(_ADDED)):
        st.button(t("own.added_open"), key="own-added", on_click=actions.show, args=("all", added))
