"""Recording progress: of one row, with its history and the way to mend it; of several at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from layers.change_words import Teller, local_time
from registry.registry import Registry
from store.book import Place
from store.drafts import Add, Entry
from terms.errors import Fault
from terms.kinds import Status
from terms.records import Progress, Project
from terms.units import format_number
from views import actions, cache, editing, selection
from views.choices import Keyed, choose
from views.detail.own import code_word
from views.entry_editor import Manner
from views.history_table import draw_mending, history_table
from views.installed.effect import checked
from views.link import to_query
from views.saving import (
    ask_why,
    changed_since,
    draw_saved,
    field_name,
    judged,
    key,
    must,
    place,
    save,
    say,
    say_faults,
)
from views.words import esc, lab, t, unique_labels

MARKED = "progress-marked"  # the rows ticked in this session
_NONE = "-"
_NAMED = 12


def draw_way_to_progress(row: Project, *, is_here: bool = False) -> None:
    """The way to a row's form, for those who may fill it in.

    On the page of projects it is a button: a link to the page that is open leaves the address.
    """
    if not editing.may_edit():
        return
    if is_here:
        st.button(
            t("progress.enter"),
            key="way-to-progress",
            icon=":material/edit_calendar:",
            on_click=actions.show,
            args=("progress", row.id),
        )
    else:
        st.page_link(
            "views/pages/projects.py",
            label=t("progress.enter"),
            icon=":material/edit_calendar:",
            query_params=to_query(replace(selection.current(), view="progress", focus=row.id)),
        )


def draw_entry(
    registry: Registry, row: Project, records: Sequence[Entry], *, may_edit: bool
) -> None:
    """Draw one row's form and history; `records` are its entries, the latest day first."""
    name = row.name if selection.current().language == "zh" else row.name_en
    form = f"progress-{row.id}"
    with st.container(key="progress-one", border=True):
        status = code_word(row, "status", row.status)
        key_now = "progress.now" if row.status_date else "progress.now_listed"
        said = t(key_now, status=status, date=row.status_date)
        st.html(
            f'<div class="fg-title"><h3>{esc(name)}</h3><p>{esc(row.id)} · {esc(said)}</p></div>'
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                t("projects.open_sheet"),
                key="progress-sheet",
                on_click=actions.show,
                args=("all", row.id),
            )
            st.button(t("progress.close"), key="progress-close", on_click=_close)
        draw_saved(form)
        if may_edit:
            _draw_form(registry, row, form, records)
        _draw_history(registry, row, form, records, may_edit=may_edit)


def _close() -> None:
    selection.focus_on("")


def _draw_form(registry: Registry, row: Project, form: str, records: Sequence[Entry]) -> None:
    has_mw = row.technology is not None
    keyed = partial(key, form)
    chosen = _choice(keyed, has_mw=has_mw)
    with st.form(key(form, "form"), border=False):
        typed = _fields(keyed, has_mw=has_mw) | chosen
        why = ask_why(form)
        is_sent = st.form_submit_button(t("installed.save"), type="primary")
    is_overtaken = changed_since(form, records)
    if not is_sent:
        return
    if is_overtaken:
        _say_overtaken(registry, records)
        return
    record, faults = judged("progress", {"project": row.id} | typed)
    if faults:
        say_faults(faults)
        return
    plan = registry.plan_of(row)
    save(
        form,
        [Add(record, place())],
        why=why,
        words=t("progress.saved"),
        checks=lambda: checked((plan,)),
    )


def _say_overtaken(registry: Registry, records: Sequence[Entry]) -> None:
    """Somebody recorded something of the same row since this form was drawn."""
    teller = Teller(registry, selection.current().language)
    last = max(records, key=lambda each: each.at, default=None)
    if last is None:
        say(t("progress.overtaken_gone"))
        return
    what = t("word.semicolon").join(
        f"{field_name(name)} {new}"
        for name, _, new in teller.differences("progress", {}, _plain(last.record))
        if name != "project"
    )
    say(t("progress.overtaken", who=last.by, when=local_time(last.at), what=what))


def _plain(record: Progress) -> Mapping[str, Any]:
    mw = "" if record.commissioned_mw is None else format_number(record.commissioned_mw)
    return {
        "date": record.date,
        "status": record.status,
        "commissioned_mw": mw,
        "source": record.source,
    }


def _choice(keyed: Keyed, *, has_mw: bool, record: Progress | None = None) -> dict[str, Any]:
    """The status, drawn outside of the form so that a change of language keeps what is chosen."""
    names = {_NONE: t("progress.no_status")} if has_mw else {}
    names |= {status.value: lab("status", status) for status in Status if _may_record(status)}
    if record and record.status is Status.LISTED:
        names[Status.LISTED.value] = lab("status", Status.LISTED)
    status = choose(
        field_name("status"),
        unique_labels(names, names.__getitem__),
        "status",
        keyed=keyed,
        start=(record.status.value if record.status else _NONE) if record else None,
        where=st.columns(2)[0],
        hint=t("progress.choose_status"),
    )
    return {"status": "" if status in (None, _NONE) else status}


def _fields(keyed: Keyed, *, has_mw: bool, record: Progress | None = None) -> dict[str, Any]:
    """Date, MW, source; as they stand in `record`, else empty."""
    left, right = st.columns(2)
    day = left.text_input(
        t("progress.date"),
        value=record.date if record else "",
        placeholder="2026-06-30",
        key=keyed("date"),
    )
    mw = ""
    if has_mw:
        known = record.commissioned_mw if record else None
        mw = right.text_input(
            t("progress.mw"),
            value="" if known is None else format(known, "f"),
            placeholder="50",
            key=keyed("mw"),
        )
        st.caption(t("progress.mw_note"))
    source = st.text_input(
        must(field_name("source")),
        value=record.source if record else "",
        placeholder=t("progress.source_hint"),
        key=keyed("source"),
    )
    return {"date": day, "commissioned_mw": mw, "source": source}


def _may_record(status: Status) -> bool:
    return status is not Status.LISTED


def _draw_history(
    registry: Registry, row: Project, form: str, records: Sequence[Entry], *, may_edit: bool
) -> None:
    if records:
        st.html(_history(records))
    else:  # while the database is away nobody knows
        said = t("store.no_history" if cache.held().why else "progress.none_yet")
        st.html(f'<p class="fg-caption">{esc(said)}</p>')
    if not may_edit:
        return
    plan = registry.plan_of(row)

    def has_mw(record: Progress) -> bool:
        return row.technology is not None or record.commissioned_mw is not None

    def choices(record: Progress, keyed: Keyed) -> Mapping[str, Any]:
        return _choice(keyed, has_mw=has_mw(record), record=record)

    def fields(record: Progress, keyed: Keyed) -> Mapping[str, Any]:
        return {"project": row.id} | _fields(keyed, has_mw=has_mw(record), record=record)

    manner = Manner(
        "progress", fields, _record_label, checks=lambda: checked((plan,)), choices=choices
    )
    draw_mending(form, records, manner)


def _record_label(record: Progress) -> str:
    status = lab("status", record.status) if record.status else ""
    mw = "" if record.commissioned_mw is None else f"{format_number(record.commissioned_mw)} MW"
    return " · ".join(filter(None, (record.date, status, mw)))


def _history(records: Sequence[Entry]) -> str:
    """Everything recorded of one row, the latest day first."""
    heads = ("date", "status", "commissioned_mw", "source")

    def cells(record: Progress) -> tuple[str, ...]:
        shown = _plain(record)
        status = lab("status", record.status) if record.status else "–"
        return (shown["date"], status, shown["commissioned_mw"] or "–", shown["source"])

    return history_table([field_name(name) for name in heads], records, cells)


def draw_many(registry: Registry, marked: Sequence[str]) -> None:
    """One status, day and source for all rows that are ticked."""
    draw_saved("progress-many")
    if not marked:
        return
    chosen, form = selection.current(), "progress-many"
    rows = [registry.by_id[each] for each in marked]
    names = [row.name if chosen.language == "zh" else row.name_en for row in rows[:_NAMED]]
    if rest := len(rows) - _NAMED:
        names += [t("progress.and_more", count=rest)] if rest > 0 else []
    with st.container(key="progress-many", border=True):
        st.html(
            f'<div class="fg-title"><h3>{esc(t("progress.many", count=len(rows)))}</h3>'
            f"<p>{esc(t('word.list').join(names))}</p></div>"
        )
        st.button(t("progress.unmark"), key="progress-unmark", on_click=_unmark)
        keyed = partial(key, form)
        chosen = _choice(keyed, has_mw=False)
        with st.form(key(form, "form"), border=False):
            typed = _fields(keyed, has_mw=False) | chosen
            why = ask_why(form)
            label = t("progress.save_many", count=len(rows))
            is_sent = st.form_submit_button(label, type="primary")
        if not is_sent:
            return
        drafts, faults = _drafts_of(rows, typed)
        if faults:
            say_faults(faults)
            return
        plans = tuple(dict.fromkeys(registry.plan_of(row) for row in rows))
        words = t("progress.saved_many", count=len(rows))
        save(form, drafts, why=why, words=words, checks=lambda: checked(plans), after=_unmark)


def _drafts_of(
    rows: Sequence[Project], typed: Mapping[str, Any]
) -> tuple[list[Add], tuple[Fault, ...]]:
    """One record a row; what is wrong with the fields is wrong with all, and told once."""
    drafts: list[Add] = []
    for row in rows:
        record, faults = judged("progress", {**typed, "project": row.id})
        if faults:
            return [], tuple(faults)
        drafts.append(Add(record, Place(t("saving.form"), row.id)))
    return drafts, ()


def _unmark() -> None:
    selection.keep(MARKED, None)
