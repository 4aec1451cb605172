"""Entering installed figures: one by a form, many by a CSV; the script's body does the writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from layers.paint import plan_label
from registry.additions import metric_units
from registry.registry import Registry
from store.drafts import Add
from store.store import open_store
from store.upload import MAX_MB, Upload, parse_installed_csv, read_entry
from terms.errors import AccessError, ConflictError, Fault, RecordsError, StoreError
from terms.kinds import Nature
from terms.records import InstalledFigure
from views import cache, editing, selection
from views.choices import choose
from views.copy_notice import in_words
from views.errors import fault_table
from views.folds import fold
from views.installed.effect import concerned, moved
from views.installed.words import figure_table, mapped_metrics, place_keys, place_label
from views.look import name_file_button
from views.saving import MAX_WHY, must, note_saved, tell_refused
from views.words import esc, joined, lab, t, unique_labels

_FIELDS = ("plan", "district", "zone", "metric", "date", "value", "unit", "source")
FORM = "installed"
Heads = Mapping[str, str]  # a file's own header of each field
_NO_HEADS: Heads = {}
MAX_FAULTS = 20  # more cannot be taken in at once; they are counted


def draw_entry(registry: Registry, plans: Sequence[str]) -> None:
    """Draw the form and the upload, each in its own fold."""
    name = "installed-enter"
    with fold(t("installed.enter"), name, selection.widget_key(name)):
        _form(registry, plans)
    with st.expander(t("installed.upload")):
        _upload(registry)


def saved(
    change: Callable[[], str],
    words: str,
    figures: Sequence[InstalledFigure],
    *,
    heads: Heads = _NO_HEADS,
) -> None:
    """Write, if this visitor still may, and draw the page anew; else say why nothing was saved.

    `figures` are what is added or withdrawn: it is told which verdicts moved with them.
    """
    reason = editing.refusal()
    if reason:
        say(t(f"editing.{reason}"))
        return
    before = concerned(figures)
    try:
        batch = change()
    except RecordsError as error:
        _say_faults(error.faults, heads=heads)
    except (AccessError, ConflictError, StoreError) as error:
        say(in_words(error))
    else:
        selection.end_round(FORM)
        note_saved(FORM, batch, joined(words, *moved(before, concerned(figures))))
        st.rerun()


def say(words: str) -> None:
    """Say in a sentence why nothing was saved."""
    st.html(f'<div class="fg-notice" role="alert">{esc(words)}</div>')


def _form(registry: Registry, plans: Sequence[str]) -> None:
    language = selection.current().language
    left, right = st.columns(2)
    plan = _choose("plan", plans, lambda plan: plan_label(registry, plan, language), left)
    if plan is None:
        return
    targets = {target.metric: target for target in mapped_metrics(registry, plan)}
    names = unique_labels(
        targets,
        lambda metric: targets[metric].name if language == "zh" else targets[metric].name_en,
    )
    metric = _choose("metric", list(names), names.__getitem__, right, part=plan)
    if metric is None:
        return
    target = targets[metric]
    if target.nature is Nature.INCREMENT:
        st.html(f'<p class="fg-caption">{esc(t("installed.since", year=target.period_start))}</p>')
    typed = _fields(registry, plan, metric, target.unit)
    if typed is not None:
        fields, why = typed
        _send({"plan": plan, "metric": metric} | fields, why)


def _fields(
    registry: Registry, plan: str, metric: str, unit: str
) -> tuple[dict[str, str], str] | None:
    """What was chosen and typed and why, once it is sent."""
    chosen = _chosen(registry, plan, metric, unit)
    with st.form(_key(f"form-{plan}-{metric}"), border=False):
        left, right = st.columns(2)
        value = left.text_input(must(t("installed.value")), placeholder="12.5", key=_key("value"))
        day = right.text_input(t("installed.date_must"), placeholder="2024-12-31", key=_key("date"))
        source = st.text_input(
            must(t("installed.source")),
            placeholder=t("installed.source_hint"),
            key=_key("source"),
        )
        why = st.text_input(t("saving.why"), key=_key("why"), max_chars=MAX_WHY)
        sent = st.form_submit_button(t("installed.save"), type="primary")
    return (chosen | {"date": day, "value": value, "source": source}, why) if sent else None


def _chosen(registry: Registry, plan: str, metric: str, unit: str) -> dict[str, str]:
    """The place and the unit: lists, before the form."""
    left, right = st.columns(2)
    places = unique_labels(
        (f"{code}/{zone}" for code, zone in place_keys(registry, plan)),
        lambda key: place_label(registry, plan, *key.split("/", 1)),
    )
    whole = next(iter(places))
    place = choose(
        t("installed.place"), places, f"place-{plan}", keyed=_key, start=whole, where=left
    )
    if len(places) > 1:
        left.caption(t("installed.place_note"))
    units = {each: lab("entry_unit", each) for each in metric_units(registry, plan, metric)}
    name = f"unit-{plan}-{metric}"
    said = choose(t("installed.unit"), units, name, keyed=_key, start=unit, where=right)
    code, zone = (place or whole).split("/", 1)
    return {"district_code": code, "zone": zone, "unit": said or unit}


def _send(typed: dict[str, str], why: str) -> None:
    entry = read_entry(typed, file=t("installed.form"), row="-")
    faults = _all_faults(entry)
    if faults:
        _say_faults(faults)
    else:
        _append(entry, why)


def _upload(registry: Registry) -> None:
    key = f"installed-file-{selection.round_of('installed')}"
    name_file_button("installed-file", t("installed.file_button"))
    file = st.file_uploader(t("installed.file"), type=["csv"], key=key, max_upload_size=MAX_MB)
    st.caption(t("installed.file_note", most=MAX_MB))
    if file is None:
        return
    upload = parse_installed_csv(file.getvalue(), file.name)
    faults = _all_faults(upload)
    good = upload.book.installed
    counts = {"good": len(good), "blank": upload.blank, "faults": len(faults)}
    st.html(f"<p>{esc(t('installed.preview', file=file.name, **counts))}</p>")
    if good and not faults:
        st.html(figure_table(registry, good))
        if st.button(t("installed.commit", count=len(good)), type="primary", key=_key("commit")):
            _append(upload, file.name)
    elif faults:
        _say_faults(faults, t("installed.preview_faults"), upload.heads)


def _append(upload: Upload, why: str) -> None:
    figures = upload.book.installed
    drafts = [Add(each, upload.book.installed_place(at)) for at, each in enumerate(figures)]
    saved(
        lambda: open_store().apply(
            editing.actor(), drafts, why=why, check=cache.check_book, imported=len(drafts) > 1
        ),
        t("installed.saved", count=len(figures)),
        figures,
        heads=upload.heads,
    )


def _all_faults(upload: Upload) -> tuple[Fault, ...]:
    """Faults of form, and of the good lines against the plans and what is recorded already."""
    try:
        cache.check_book(open_store().book().plus(upload.book))
    except RecordsError as error:
        return upload.faults + error.faults
    return upload.faults


def _say_faults(faults: Sequence[Fault], words: str = "", heads: Heads = _NO_HEADS) -> None:
    """The first faults by their lines; how many more there are, in a sentence."""
    ordered = sorted(faults, key=lambda fault: fault.row.zfill(8))[:MAX_FAULTS]
    worded = [replace(fault, field=_field(fault, heads)) for fault in ordered]
    rest = len(faults) - len(ordered)
    more = f"<p>{esc(t('installed.more_faults', count=rest))}</p>" if rest > 0 else ""
    if not words:  # a file that was just chosen shows its faults where it stands
        tell_refused()
    st.html(
        f'<div class="fg-faults" role="alert">{esc(words or t("installed.refused"))}'
        f"{fault_table(worded, selection.current().language, t('installed.form'))}{more}</div>"
    )


def _field(fault: Fault, heads: Heads) -> str:
    """A field under the file's own header, else under the page's label."""
    if fault.field in heads:
        return heads[fault.field]
    return t(f"installed.{fault.field}") if fault.field in _FIELDS else fault.field


def _choose(
    name: str, options: Sequence[str], label: Callable[[str], str], where: Any, *, part: str = ""
) -> str | None:
    """A choice before the form, since what the form offers follows from it."""
    labels = unique_labels(options, label)
    return choose(
        t(f"installed.{name}"),
        labels,
        f"{name}-{part}",
        keyed=_key,
        start=next(iter(labels)) if len(labels) == 1 else None,
        where=where,
        hint=t(f"installed.choose_{name}"),
    )


def _key(name: str) -> str:
    """The key of a widget: the same in every language, so that what is typed outlives a change."""
    return f"installed-{name}-{selection.round_of('installed')}"
