"""The list of projects: what was found and left out, order, columns, one part of the rows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from layers.project_list import (
    DEFAULT_COLUMNS,
    NUMBERS,
    Manner,
    Part,
    ordered,
    part_of,
    shown_columns,
)
from registry.registry import Registry
from registry.select import unstated
from terms.columns import PROJECT_COLUMNS
from terms.kinds import PlanStatus, Status
from terms.records import Project
from views import actions, selection
from views.detail.own import row_mark
from views.grid import Column, Line, draw_grid
from views.pager import draw_pager
from views.words import esc, t, unique_labels


def draw_list(registry: Registry, rows: Sequence[Project]) -> None:
    """Draw the whole list of the selection."""
    total = len(registry.projects)
    left = total - len(rows)
    words = t(
        "projects.found" if left else "projects.found_all", count=len(rows), total=total, left=left
    )
    if left_out := unstated(registry, selection.current()):
        words += t("projects.found_unstated", count=left_out)
    draw_rows(registry, rows, title=t("projects.title"), said=words, key="projects")


def draw_rows(
    registry: Registry,
    rows: Sequence[Project],
    *,
    title: str,
    said: str,
    key: str,
    usual: tuple[str, ...] = DEFAULT_COLUMNS,
) -> None:
    """Draw these rows with the tools of a list; without any, say what to do."""
    chosen = selection.current()
    columns = shown_columns(chosen.columns, usual=usual)
    with st.container(key="listing-head", horizontal=True, vertical_alignment="bottom"):
        st.html(f'<div class="fg-title"><h2>{esc(title)}</h2><p>{esc(said)}</p></div>')
        if rows:
            _tools(registry, columns)
    if not rows:
        draw_empty()
        return
    manner = Manner(registry, chosen.language, chosen.unit)
    part = part_of(ordered(manner, rows, chosen.order), chosen.part)
    _draw_part(manner, part, columns, key)
    draw_pager(part)


def draw_empty() -> None:
    """No row: say so and offer the ways out that apply."""
    chosen = selection.current()
    st.html(f'<div class="fg-empty">{esc(t("projects.empty"))}</div>')
    ways = {
        "words": ("words",) if chosen.words else (),
        "size": ("min_mw",) if chosen.min_mw else (),
        "place": ("area", "districts") if chosen.area or chosen.districts else (),
        "owner": ("owner",) if chosen.owner != "any" else (),
    }
    with st.container(key="ways", horizontal=True, horizontal_alignment="center"):
        for name, fields in ways.items():
            if fields:
                st.button(
                    t(f"projects.clear_{name}"),
                    key=f"clear-{name}",
                    on_click=actions.clear,
                    args=fields,
                )
        st.button(t("filter.clear"), key="clear-all", on_click=actions.clear_filters)


def _tools(registry: Registry, columns: Sequence[str]) -> None:
    """Order and columns as lists, too: a phone has no head of a table to press."""
    chosen = selection.current()
    manner = Manner(registry, chosen.language, chosen.unit)
    orders = ["", *(f"{sign}{column}" for column in columns for sign in ("", "-"))]
    orders += [chosen.order] if chosen.order not in orders else []

    def order_name(order: str) -> str:
        if not order:
            return t("projects.order_none")
        way = "down" if order.startswith("-") else "up"
        return t(f"projects.order_{way}", column=manner.heading(order.removeprefix("-")))

    with st.container(key="tools", horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            t("projects.order"),
            orders,
            format_func=unique_labels(orders, order_name).__getitem__,
            key=selection.widget_key("order"),
            on_change=selection.take_widgets,
            placeholder=t("projects.order_none"),
        )
        with st.popover(t("projects.columns")):
            names = unique_labels(PROJECT_COLUMNS, lambda each: column_name(manner, each))
            st.multiselect(
                t("projects.columns_shown"),
                list(names),
                format_func=names.__getitem__,
                key=selection.widget_key("col"),
                on_change=selection.take_widgets,
                placeholder=t("projects.columns_hint", count=len(columns)),
                select_all=False,
            )


def column_name(manner: Manner, column: str) -> str:
    """A column as a choice: its heading and the name it has in files."""
    return f"{manner.heading(column)} · {column}"


def _draw_part(manner: Manner, part: Part, columns: Sequence[str], key: str) -> None:
    picked = set(selection.current().shortlist)
    lines = [
        Line(
            row.id,
            [_cell(manner, row, column) for column in columns],
            ticks={"pick": row.id in picked},
            draft=row.plan_status is PlanStatus.DRAFT,
            note=row_mark(row),
        )
        for row in part.rows
    ]
    draw_grid(
        [head(manner, column) for column in columns],
        lines,
        key=key,
        caption=t("projects.hint"),
        opens=selection.focus_on,
        leads="head",
        sorts=actions.sort_by,
        ticks={"pick": actions.pick},
    )


def _cell(manner: Manner, row: Project, column: str) -> str:
    """A cell of the list; what nobody recorded yet is said in a word."""
    if column == "status" and row.status is Status.LISTED:
        return t("projects.status_listed")
    return manner.shown(row, column)


def head(manner: Manner, column: str) -> Column:
    """The head of one column with its present order."""
    order = selection.current().order
    sort = "ascending" if order == column else "descending" if order == f"-{column}" else ""
    return Column(
        column,
        manner.title(column),
        number=column in NUMBERS,
        unit=manner.unit_of(column),
        sorts=True,
        sort=sort,
    )
