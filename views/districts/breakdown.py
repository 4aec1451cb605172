"""Counted capacity by layer, land use, status and more, one table a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import get_args

import streamlit as st

from capacity.rollup import Total
from layers.breakdown import Breakdown, breakdown
from layers.paint import plan_label
from registry.registry import Registry
from terms.kinds import Technology
from terms.selection import GroupedBy
from views import selection
from views.headline import power
from views.words import esc, lab, t


def draw_breakdown(registry: Registry, plans: Iterable[str]) -> None:
    """Draw the choice of what to group by, and the tables."""
    chosen = selection.current()
    options = {value: t(f"breakdown.{value}") for value in get_args(GroupedBy)}
    with st.container(key="breakdown", gap="small"):
        st.html(
            f'<div class="fg-title"><h2>{esc(t("breakdown.title"))}</h2>'
            f"<p>{esc(t('breakdown.lead'))}</p></div>"
        )
        st.segmented_control(
            t("breakdown.by"),
            list(options),
            format_func=options.__getitem__,
            key=selection.widget_key("by"),
            on_change=selection.take_widgets,
            label_visibility="collapsed",
        )
        tables = (
            _table(registry, breakdown(registry, plan, by=chosen.by, inferred=chosen.inferred))
            for plan in plans
        )
        st.html("".join(tables))


def _table(registry: Registry, found: Breakdown) -> str:
    by = selection.current().by
    head = "".join(f"<th>{esc(lab('technology', each))}</th>" for each in found.technologies)
    body = "".join(
        f'<tr><th scope="row">{esc(_value(by, group.value))}</th>'
        f"{_cells(found, group.totals.get)}</tr>"
        for group in found.groups
    )
    total = (
        f'<tr class="fg-sum"><th scope="row">{esc(t("targets.sum"))}</th>'
        f"{_cells(found, found.sums.get)}</tr>"
    )
    name = plan_label(registry, found.plan, selection.current().language)
    return (
        f'<div class="fg-card"><h3>{esc(name)}</h3><div class="fg-scroll" tabindex="0">'
        f'<table class="fg-capacity"><thead><tr><th>{esc(t(f"breakdown.{by}"))}</th>{head}</tr>'
        f"</thead><tbody>{body}{total}</tbody></table></div></div>"
    )


def _cells(found: Breakdown, of: Callable[[Technology], Total | None]) -> str:
    return "".join(_cell(of(each)) for each in found.technologies)


def _cell(total: Total | None) -> str:
    """Missing, not stated and zero look different; what retires stands apart."""
    if total is None:
        return '<td class="fg-absent">·</td>'
    notes = []
    if total.not_stated:
        notes.append(t("capacity.missing_rows", count=total.not_stated))
    if total.retired_w:
        notes.append(t("capacity.retired", value=power(total.retired_w)))
    words = esc(t("word.comma").join(notes))
    if not total.stated or (total.retired_w and not total.counted_w):
        return f'<td class="fg-missing">{words}</td>'
    return f"<td><b>{esc(power(total.counted_w))}</b><small> {words}</small></td>"


def _value(by: GroupedBy, value: str) -> str:
    if by == "zone":
        return value or t("breakdown.no_zone")
    return lab(by, value or None)
