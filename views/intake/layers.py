"""What was imported before: tables and areas to withdraw, batches to undo."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from store.drafts import Hide
from store.store import open_store
from views import cache, editing, selection
from views.intake import cache as intake_cache
from views.intake.cache import OwnLayer
from views.intake.commit import undo, written
from views.intake.draft import MOST_SIGNS, ROUND, caption, say
from views.words import esc, t, unique_labels


def draw_layers() -> None:
    """Draw both lists with their ways; nothing where nothing was imported."""
    layers, batches = intake_cache.own_layers(), intake_cache.batches()
    if not layers and not batches:
        return
    st.html(f"<h3>{esc(t('intake_page.before'))}</h3>")
    if layers:
        rows = [
            (
                t(f"intake_page.layer_{each.kind}"),
                each.title,
                t(f"intake_page.holds_{each.kind}", count=each.count),
                each.source,
                each.by,
                _when(each.at),
            )
            for each in layers
        ]
        st.html(_table(("layer", "title", "holds", "source", "by", "at"), rows))
        _withdraw(layers)
    if batches:
        lines = [
            (
                each.batch,
                each.why,
                _counts(each.counts),
                each.who,
                _when(each.at),
                t("intake_page.is_as_written" if each.is_as_written else "intake_page.is_changed"),
            )
            for each in batches
        ]
        st.html(_table(("batch", "why", "holds", "by", "at", "state"), lines))
        _undo([each.batch for each in batches if each.is_as_written])


def _withdraw(layers: tuple[OwnLayer, ...]) -> None:
    """Choose a layer and withdraw it; the write is done here, in the script's body."""
    by_id = {each.id: each for each in layers}
    names = unique_labels(by_id, lambda id: f"{by_id[id].title} ({id})")
    said = _chosen_and_why("withdraw", names, t("intake_page.withdraw"))
    if said is None:
        return
    gone, why = by_id[said[0]], said[1]
    written(
        lambda: open_store().apply(
            editing.actor(), [Hide(gone.id, gone.revision)], why=why, check=cache.check_book
        ),
        lambda: None,
        t("intake_page.withdrawn", title=gone.title),
    )


def _undo(batches: list[str]) -> None:
    if not batches:
        caption(t("intake_page.no_undo"))
        return
    names = {batch: t("intake_page.batch", batch=batch) for batch in batches}
    if said := _chosen_and_why("undo", names, t("intake_page.undo_chosen")):
        undo(*said)


def _chosen_and_why(name: str, options: dict[str, str], button: str) -> tuple[str, str] | None:
    """One of the options (key → label) and the reason, once both are said and sent."""
    with st.form(_key(f"{name}-form"), border=False):
        left, right = st.columns(2)
        chosen = left.selectbox(
            t(f"intake_page.{name}_which"),
            list(options),
            index=None,
            format_func=options.__getitem__,
            key=_key(name),
            placeholder=t("intake_page.choose"),
        )
        why = right.text_input(t("intake_page.why"), key=_key(f"{name}-why"), max_chars=MOST_SIGNS)
        sent = st.form_submit_button(button)
    if sent and chosen is not None and why.strip():
        return chosen, why.strip()
    if sent:
        say(t("intake_page.choose_and_why"))
    return None


def _counts(counts: dict[str, int]) -> str:
    kinds = {"project", "table", "area"} & set(counts)
    parts = [t(f"intake_page.batch_{kind}", count=counts[kind]) for kind in sorted(kinds)]
    return t("word.list").join(parts)


def _when(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{esc(t(f'intake_page.head_{name}'))}</th>" for name in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{esc(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f'<div class="fg-intake-table"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _key(name: str) -> str:
    return f"{selection.widget_key(f'intake-{name}')}-{selection.round_of(ROUND)}"
