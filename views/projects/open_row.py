"""The view 未落实规模: what is promised while the plan names nobody, by plan and technology."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from capacity.unowned import OpenSum, Taken, Unowned, unowned
from layers.paint import plan_label
from registry.registry import Registry
from terms.kinds import Kind
from terms.records import Project
from views import actions, selection
from views.grid import Column, Line, draw_grid
from views.headline import power
from views.projects.list import draw_empty, draw_rows
from views.words import esc, lab, t


def draw_open(registry: Registry, rows: Sequence[Project]) -> None:
    """Draw the two groups side by side, never added up, and under them their rows."""
    found = unowned(registry, rows, inferred=selection.current().inferred)
    st.html(
        f'<div class="fg-title"><h2>{esc(t("projects.open_title"))}</h2>'
        f"<p>{esc(t('projects.open_lead'))}</p></div>"
    )
    if not found.rows:
        draw_empty()
        _draw_aside(found)
        return
    with st.container(key="open-groups"):
        for kind, column in zip((Kind.PROGRAMME, Kind.PROJECT), st.columns(2), strict=True):
            with column:
                _draw_group(registry, kind, found.of(kind))
    chosen = selection.current()
    if chosen.plans or chosen.technologies:
        st.button(
            t("projects.open_all"),
            key="open-all",
            on_click=actions.clear,
            args=("plans", "technologies"),
        )
    _draw_aside(found)
    draw_rows(
        registry,
        found.rows,
        title=t("projects.open_rows"),
        said=t("projects.open_rows_said", count=len(found.rows)),
        key="open-rows",
        usual=_COLUMNS,
    )


_COLUMNS = (
    "name",
    "kind",
    "plan",
    "technology",
    "districts",
    "capacity_printed",
    "capacity_mw",
    "land_mode",
    "status",
    "source_section",
)


def _draw_group(registry: Registry, kind: Kind, sums: Sequence[OpenSum]) -> None:
    st.html(
        f'<div class="fg-title"><h3>{esc(t(f"projects.open_{kind}"))}</h3>'
        f"<p>{esc(t(f'projects.open_{kind}_note'))}</p></div>"
    )
    if not sums:
        st.html(f'<div class="fg-empty">{esc(t("projects.open_none"))}</div>')
        return
    language = selection.current().language
    columns = [
        Column("technology", t("projects.open_technology")),
        Column("plan", t("column.plan")),
        Column("counted", t(f"projects.open_{kind}_counted"), number=True),
        Column("rows", t("projects.open_count"), number=True),
    ]
    lines = [
        Line(
            f"{each.plan}:{each.technology}",
            [
                lab("technology", each.technology),
                plan_label(registry, each.plan, language),
                power(each.counted_w) if each.rows > each.unstated else "",
                str(each.rows),
            ],
            note=_note(each),
        )
        for each in sums
    ]
    draw_grid(
        columns,
        lines,
        key=f"open-{kind}",
        opens=_narrow,
        manner="slim",
        caption=t("projects.open_hint"),
    )


def _note(each: OpenSum) -> str:
    notes = []
    if each.unstated:
        notes.append(t("projects.open_unstated", count=each.unstated))
    if each.inside:
        notes.append(t("projects.open_inside", count=each.inside))
    if each.restating:
        notes.append(t("projects.open_restating", count=each.restating))
    return t("word.semicolon").join(notes)


def _narrow(line: str) -> None:
    """Show the rows behind one line."""
    plan, _, technology = line.partition(":")
    selection.change(plans=(plan,), technologies=(technology,))


def _draw_aside(found: Unowned) -> None:
    """What of the selection is not open, each with its reason: rows in = open + these."""
    lines = "".join(
        f"<li>{esc(t(f'projects.aside_{why}', count=found.aside[why]))}</li>"
        for why in Taken
        if found.aside.get(why)
    )
    if lines:
        title = esc(t("projects.aside", count=sum(found.aside.values())))
        st.html(f'<div class="fg-aside"><b>{title}</b><ul>{lines}</ul></div>')
