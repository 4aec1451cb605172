"""The sheet of one project: what is known, what is not stated, how it counts, what is around it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from capacity.ledger import Entry, Reason, ledger
from layers.own_words import not_stated
from layers.project_list import NOT_APPLICABLE, Manner
from layers.same_county import gaps
from registry.own import USER
from registry.registry import Registry
from registry.select import select
from terms.kinds import Basis
from terms.records import Project
from views import actions, selection
from views.detail.project import draw_project
from views.grid import Column, Line, draw_grid
from views.headline import power
from views.link import to_query
from views.notes import draw_notes
from views.own.edit import draw_own_edit
from views.projects.county import draw_counties
from views.projects.progress_entry import draw_way_to_progress
from views.words import esc, t


def draw_sheet(registry: Registry, row: Project) -> None:
    """Draw the sheet in place of the list, with the way back."""
    _draw_ways(registry, row)
    left, right = st.columns([1.15, 1], gap="medium")
    with left, st.container(key="sheet"):
        draw_project(registry, row)
        draw_own_edit(registry, row)
        draw_notes(row.id)
    with right:
        st.html(_counting(registry, row))
        _draw_members(registry, row)
        if told := _gaps(row):  # an own project may be stated in full
            st.html(told)
        draw_counties(registry, row)


def _draw_ways(registry: Registry, row: Project) -> None:
    """Back to the list, onto the shortlist, onto the map."""
    chosen = selection.current()
    is_picked = row.id in chosen.shortlist
    with st.container(key="sheet-ways", horizontal=True, vertical_alignment="center"):
        st.button(
            t("projects.back"),
            key="back",
            icon=":material/arrow_back:",
            on_click=selection.focus_on,
            args=("",),
        )
        st.button(
            t("projects.unpick" if is_picked else "projects.pick"),
            key="sheet-pick",
            icon=":material/check_box:" if is_picked else ":material/check_box_outline_blank:",
            on_click=actions.pick,
            args=(row.id, not is_picked),
        )
        st.page_link(
            "views/pages/map.py",
            label=t("projects.on_map"),
            icon=":material/map:",
            query_params=to_query(replace(chosen, focus=row.id)),
        )
        draw_way_to_progress(row, is_here=True)
    if row not in select(registry, chosen):
        st.html(f'<p class="fg-notice">{esc(t("projects.sheet_outside"))}</p>')


def _counting(registry: Registry, row: Project) -> str:
    """Stated = counted + left out, with the reason; what lies inside without a figure."""
    entry = ledger(registry, inferred=selection.current().inferred).get(row.id)
    title = f"<h3>{esc(t('projects.sheet_counting'))}</h3>"
    if entry is None:
        words = esc(t("projects.no_plant_why"))
        return f'<div class="fg-card fg-sheet-card">{title}<p>{words}</p></div>'
    when_open = not_stated(row.plan, selection.current().language)
    lines = "".join(
        f"<div><dt>{esc(t(name))}</dt><dd>{_amount(value, when_open)}</dd></div>"
        for name, value in (
            ("own.basis_given" if row.plan == USER else "projects.sheet_gross", entry.gross_w),
            (_counted_name(registry, row), entry.counted_w if entry.gross_w is not None else None),
            ("projects.sheet_excluded", entry.excluded_w if entry.gross_w is not None else None),
        )
    )
    notes = "".join(f"<li>{esc(note)}</li>" for note in _notes(registry, row, entry))
    return (
        f'<div class="fg-card fg-sheet-card">{title}<dl>{lines}</dl>'
        f'<ul class="fg-balances">{notes}</ul></div>'
    )


def _counted_name(registry: Registry, row: Project) -> str:
    """A user's row whose relation is open counts among users' data alone."""
    return "own.counted" if registry.plan_of(row) == USER else "projects.sheet_counted"


def _draw_members(registry: Registry, row: Project) -> None:
    """The rows that lie in this one, each with what it counts."""
    members = registry.members.get(row.id, ())
    if not members:
        return
    chosen = selection.current()
    manner = Manner(registry, chosen.language, chosen.unit)
    entries = ledger(registry, inferred=chosen.inferred)
    columns = [
        Column("name", t("projects.sheet_members", count=len(members))),
        Column("printed", t("column.capacity_printed")),
        Column("counted", t("projects.sheet_counted"), number=True),
    ]
    lines = []
    for each in members:
        entry = entries.get(each.id)
        has_figure = entry is not None and entry.gross_w is not None
        counted = power(entry.counted_w) if entry and has_figure else ""
        lines.append(
            Line(
                each.id,
                [
                    manner.cell(each, "name"),
                    manner.shown(each, "capacity_printed"),
                    counted if entry else NOT_APPLICABLE,
                ],
                note=t("projects.member_inferred") if each.part_of_basis is Basis.INFERRED else "",
            )
        )
    draw_grid(
        columns,
        lines,
        key="members",
        opens=selection.focus_on,
        manner="slim",
        caption=t("projects.sheet_members_hint"),
    )


def _amount(watts: int | None, when_open: str) -> str:
    if watts is None:
        return f'<span class="fg-none">{esc(when_open)}</span>'
    return esc(power(watts))


def _reason(row: Project, reason: Reason) -> str:
    if reason is Reason.NOT_STATED:
        return not_stated(row.plan, selection.current().language)
    return t(f"capacity.reason_{reason}")


def _notes(registry: Registry, row: Project, entry: Entry) -> list[str]:
    chosen = selection.current()
    manner = Manner(registry, chosen.language, chosen.unit)
    notes = []
    if entry.reason:
        notes.append(t("projects.sheet_reason", reason=_reason(row, entry.reason)))
    if entry.over_w:
        notes.append(t("projects.sheet_over", value=power(entry.over_w)))
    if entry.unnamed:
        names = t("word.list").join(
            manner.cell(registry.by_id[each], "name") for each in entry.unnamed
        )
        notes.append(t("projects.sheet_unnamed", names=names))
    if not chosen.inferred:
        notes.append(t("capacity.not_inferred"))
    return notes


def _gaps(row: Project) -> str:
    """Everything that the plan leaves open about the project, in one place."""
    names = [t(f"projects.gap_{name}") for name in gaps(row)]
    if not names:
        return ""
    is_own = row.plan == USER
    title = t("own.gaps" if is_own else "projects.sheet_gaps")
    words = t("word.comma").join(names)
    owner = "" if row.owner or is_own else f"<p>{esc(t('projects.owner_means'))}</p>"
    return (
        f'<div class="fg-card fg-sheet-card"><h3>{esc(title)}</h3>'
        f'<p class="fg-gaps">{esc(words)}</p>{owner}</div>'
    )
