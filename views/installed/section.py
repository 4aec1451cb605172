"""The section on installed capacity: what users entered, and how to enter, withdraw, take along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import streamlit as st

from layers.table import to_csv
from registry.mode import mode
from registry.registry import Registry
from store.drafts import Hide
from store.store import open_store
from store.upload import COLUMNS, template_csv
from terms.columns import cell
from terms.errors import StoreError
from terms.records import InstalledFigure
from views import cache, editing, selection
from views.installed.entry import FORM, draw_entry, saved, say
from views.installed.history import draw_history
from views.installed.words import figure_table, mapped_metrics, record_key, record_labels
from views.saving import MAX_WHY, draw_saved
from views.words import esc, joined, t


def draw_installed(registry: Registry, plan_ids: Sequence[str]) -> None:
    """Draw the section for some plans (for all if none is named)."""
    plans = tuple(plan_ids) or tuple(plan.id for plan in registry.plans)
    figures = [figure for figure in registry.installed if figure.plan in plans]
    with st.container(key="installed"):
        st.html(
            f'<header class="fg-installed"><h2>{esc(t("installed.title"))}</h2>'
            f"<p>{esc(t('installed.lead'))}</p></header>"
        )
        if figures:
            st.html(figure_table(registry, figures))
        else:
            st.html(f'<p class="fg-empty">{esc(t("installed.empty"))}</p>')
        reason = editing.refusal()
        if reason:
            _say_why_not(reason)
        else:
            with st.container(key="installed-said"):  # always there: no fold closes under it
                draw_saved(FORM)
            draw_entry(registry, plans)
            if figures:
                _withdraw(registry, figures)
        draw_history(registry, figures)
        _downloads(registry, plans)


def _say_why_not(reason: str) -> None:
    words = joined(t("editing.closed"), t(f"editing.{reason}"), t("editing.how"))
    st.html(f'<div class="fg-notice">{esc(words)}</div>')


def _withdraw(registry: Registry, figures: Sequence[InstalledFigure]) -> None:
    """Choose one record and withdraw it; the write happens here, not in a callback."""
    with st.expander(t("installed.withdraw")):
        # By the record itself: a place in the list would be another's once another tab withdraws.
        by_key = {record_key(each): each for each in figures}
        names = record_labels(registry, by_key)
        turn = f"{selection.widget_key('installed-gone')}-{selection.round_of('installed')}"
        chosen = st.selectbox(
            t("installed.choose_record"),
            list(by_key),
            index=None,
            format_func=names.__getitem__,
            placeholder=t("installed.choose_record"),
            label_visibility="collapsed",
            key=turn,
        )
        why = st.text_input(t("saving.why"), key=f"why-{turn}", max_chars=MAX_WHY)
        st.caption(t("installed.withdraw_note"))
        # Never disabled: a click on what another tab has withdrawn would be dropped in silence.
        asked = st.button(t("installed.withdraw"), key="installed-withdraw")
    if not asked:
        return
    if chosen is None:  # or it was chosen and is in force no more
        say(t("installed.gone"))
        return
    gone = by_key[chosen]
    saved(lambda: _hide(gone, why), t("installed.withdrawn"), [gone])


def _hide(gone: InstalledFigure, why: str) -> str:
    """Take a figure out of force, if it still stands as it was shown; the batch."""
    store = open_store()
    entry = next((each for each in store.entries("installed") if each.record == gone), None)
    if entry is None:
        raise StoreError(
            "这一条已被撤回，没有再写入什么 · "
            "this record has been withdrawn already; nothing was written"
        )
    drafts = [Hide(entry.id, entry.revision)]
    return store.apply(editing.actor(), drafts, why=why, check=cache.check_book)


def records_csv(registry: Registry) -> bytes:
    """The figures in force under the columns of the template, which takes them back in."""
    rows = [
        {name: cell(value) for name, value in asdict(figure).items()}
        for figure in registry.installed
    ]
    return to_csv(rows, COLUMNS, bom=True).encode("utf-8")


def _downloads(registry: Registry, plans: Sequence[str]) -> None:
    metrics = [(plan, target) for plan in plans for target in mapped_metrics(registry, plan)]
    is_chinese = selection.current().language == "zh"
    with st.container(horizontal=True, key="installed-downloads"):
        st.download_button(
            t("installed.template"),
            data=template_csv(
                [(plan, target.metric, target.unit) for plan, target in metrics],
                chinese=is_chinese,
            ),
            file_name="fengtu-installed.csv",
            mime="text/csv",
            key="download-installed-template",
            help=t("installed.template_note"),
            on_click="ignore",
        )
        if mode() != "public" and registry.installed:
            st.download_button(
                t("installed.records_file"),
                data=lambda: records_csv(registry),
                file_name=f"fengtu-installed-{date.today():%Y%m%d}.csv",
                mime="text/csv",
                key="download-records",
                help=t("installed.records_note"),
                on_click="ignore",
            )
