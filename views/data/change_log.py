"""The change log on the page 数据: who changed what, when and why; a whole batch taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from layers.change_file import changes_csv
from layers.change_words import Teller, local_time
from registry.mode import mode
from registry.registry import Registry
from store.drafts import Change
from store.kinds import KINDS
from store.store import open_store
from terms.errors import StoreError
from views import cache, editing, selection
from views.copy_notice import in_words
from views.folds import fold
from views.saving import MAX_WHY, draw_saved, key, say, take_back
from views.words import esc, lab, t, unique_labels

PART = 50
MOST_IN_FILE = 100_000
_MANY = 6  # fields that are shown without a fold
_FORM = "changes"
_COLUMNS = ("at", "who", "action", "subject", "changed", "why", "batch")


def draw_changes(registry: Registry) -> None:
    """Draw the log; folded it costs its title only, and in public mode it is not there."""
    if mode() == "public":
        return
    with st.container(key="change-log", gap=None):
        st.html('<div id="changes"></div>')
        box = fold(t("changes.title"), _FORM, selection.widget_key(_FORM))
    if not box.open:
        return
    with box:
        if cache.held().why:  # the head of the page says why
            st.html(f'<div class="fg-empty">{esc(t("store.no_history"))}</div>')
            return
        try:
            _draw(registry)
        except StoreError as error:
            say(in_words(error))


def _draw(registry: Registry) -> None:
    store, teller = open_store(), Teller(registry, selection.current().language)
    st.html(f'<p class="fg-caption">{esc(t("changes.lead"))}</p>')
    draw_saved(_FORM)
    kind, who = _filters(store.writers())
    total = store.history_size(kind, who)
    if not total:
        st.html(f'<div class="fg-empty">{esc(t("changes.none"))}</div>')
        return
    part = _part(total, kind, who)
    found = store.history(kind, who=who, limit=PART, offset=(part - 1) * PART)
    st.html(_table(found, teller))
    st.download_button(
        t("changes.take"),
        data=lambda: changes_csv(store.history(kind, who=who, limit=MOST_IN_FILE), teller),
        file_name=f"fengtu-changes-{date.today():%Y%m%d}.csv",
        mime="text/csv",
        key="take-changes",
        on_click="ignore",
    )
    if not editing.refusal():
        _undo(found, teller)


def _filters(writers: Sequence[str]) -> tuple[str | None, str | None]:
    """Which kind and whose changes; None for all."""
    kinds = {"": t("changes.all_kinds")} | {name: lab("record_kind", name) for name in KINDS}
    left, right = st.columns(2)
    names = unique_labels(kinds, kinds.__getitem__)
    kind = left.selectbox(
        t("changes.kind"),
        list(names),
        format_func=names.__getitem__,
        key=selection.widget_key("changes-kind"),
    )
    every = t("changes.all_people")
    people = {"": every}  # by number, since a person may be called as the choice of all is
    for number, name in enumerate(writers):
        people[str(number)] = name if name != every else f"{name} ({number})"
    who = right.selectbox(
        t("changes.who"),
        list(people),
        format_func=people.__getitem__,
        key=selection.widget_key("changes-who"),
    )
    return kind or None, writers[int(who)] if who else None


def _part(total: int, kind: str | None, who: str | None) -> int:
    parts = -(-total // PART)
    if parts == 1:
        st.html(f'<p class="fg-caption">{esc(t("changes.count", count=total))}</p>')
        return 1
    label = t("changes.part", count=total, parts=parts)
    name = selection.widget_key(f"changes-part-{kind}-{who}")
    return int(st.number_input(label, min_value=1, max_value=parts, value=1, step=1, key=name))


def _table(changes: Sequence[Change], teller: Teller) -> str:
    head = "".join(f'<th scope="col">{esc(t(f"changes.{name}"))}</th>' for name in _COLUMNS)
    body = "".join(_line(change, teller) for change in changes)
    return (
        '<div class="fg-scroll" tabindex="0">'
        '<table class="fg-figures fg-changes fg-stack"><thead><tr>'
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line(change: Change, teller: Teller) -> str:
    did = f"{teller.action(change.action)} · {teller.kind(change.kind)}"
    plain_cells = (local_time(change.at), change.who, did, teller.subject(change))
    cells = [esc(each) for each in plain_cells]
    cells += [_fields(change, teller), esc(change.why or "–"), esc(change.batch)]
    inner = "".join(
        f'<td class="fg-{name}" data-title="{esc(t(f"changes.{name}"))}">{cell}</td>'
        for name, cell in zip(_COLUMNS, cells, strict=True)
    )
    return f"<tr>{inner}</tr>"


def _fields(change: Change, teller: Teller) -> str:
    """Only what changed, each field with its value before and after."""
    changed = teller.changed(change)
    if not changed:
        return esc(t("changes.same"))
    items = "".join(
        f"<li><b>{esc(t('changes.field', name=name))}</b>{_value(old, new)}</li>"
        for name, old, new in changed
    )
    if len(changed) <= _MANY:
        return f"<ul>{items}</ul>"
    said = t("changes.fields", count=len(changed))
    return f"<details><summary>{esc(said)}</summary><ul>{items}</ul></details>"


def _value(old: str, new: str) -> str:
    if not old:
        return esc(new)
    return f"<del>{esc(old)}</del>" + (f" → {esc(new)}" if new else "")


def _undo(changes: Sequence[Change], teller: Teller) -> None:
    """Choose a batch of this part, say why, take all of it back by another."""
    first: dict[str, Change] = {}
    for change in changes:
        first.setdefault(change.batch, change)
    names = unique_labels(
        first,
        lambda batch: t(
            "changes.batch_label",
            batch=batch,
            at=local_time(first[batch].at),
            who=first[batch].who,
            what=f"{teller.action(first[batch].action)} {teller.subject(first[batch])}"[:80],
        ),
    )
    with st.form(key(_FORM, "form"), border=False):
        batch = st.selectbox(
            t("changes.choose"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=t("changes.choose"),
            key=key(_FORM, selection.widget_key("batch")),
        )
        why = st.text_input(t("changes.undo_why"), key=key(_FORM, "why"), max_chars=MAX_WHY)
        st.caption(t("changes.undo_note"))
        is_sent = st.form_submit_button(t("changes.undo"))
    if not is_sent:
        return
    if batch is None or not why.strip():
        say(t("changes.undo_lacks"))
    elif take_back(batch, why=why):
        selection.end_round(_FORM)
        note_saved = t("changes.undone", batch=batch)
        selection.keep("saved", (_FORM, "", note_saved))
        st.rerun()
