"""The view 进度: rows by status, what of each runs, who recorded it; a click opens the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from layers.change_words import local_time
from layers.paint import plan_label
from layers.progress_board import (
    Standing,
    by_project,
    by_status,
    commissioned_of,
    standings,
    statuses_of,
)
from layers.project_list import NOT_APPLICABLE, Manner, ordered, part_of
from registry.registry import Registry
from store.drafts import Entry
from terms.kinds import PlanStatus, Status
from terms.records import Project
from terms.units import format_number, mw_to
from views import actions, editing, selection
from views.detail.own import row_mark
from views.grid import Column, Line, draw_grid
from views.headline import power
from views.pager import draw_pager
from views.projects.list import draw_empty, head
from views.projects.progress_entry import MARKED, draw_entry, draw_many
from views.saving import entries
from views.words import esc, joined, lab, t

_COLUMNS = ("name", "plan", "status", "status_date", "capacity_mw")


def draw_progress(registry: Registry, rows: Sequence[Project]) -> None:
    """Draw the board, the form of the row in focus or of those ticked, and the rows."""
    chosen = selection.current()
    st.html(
        f'<div class="fg-title"><h2>{esc(t("progress.title"))}</h2>'
        f"<p>{esc(t('progress.lead'))}</p></div>"
    )
    by_plan, by_technology = standings(registry, rows, inferred=chosen.inferred)
    if by_plan:
        st.html(_board(registry, by_plan, by_technology))
    records = by_project(entries("progress"))
    refusal = editing.refusal()
    if refusal:
        said = joined(t("editing.closed"), t(f"editing.{refusal}"))
        st.html(f'<p class="fg-caption">{esc(said)}</p>')
    focus = registry.by_id.get(chosen.focus)
    marked = tuple(each for each in selection.kept(MARKED) or () if each in registry.by_id)
    with st.container(key="progress-form", gap="small"):  # always there: nothing below moves
        if focus:
            draw_entry(registry, focus, records.get(focus.id, ()), may_edit=not refusal)
        if not refusal:
            draw_many(registry, marked)
    if not rows:
        draw_empty()
        return
    _draw_rows(registry, rows, records, marked=marked, may_edit=not refusal)


def _board(
    registry: Registry, by_plan: Sequence[Standing], by_technology: Sequence[Standing]
) -> str:
    """Rows by plan and status; folded under it the MW of each technology."""
    language = selection.current().language
    statuses = statuses_of(by_plan)
    heads = "".join(f'<th scope="col" class="fg-number">{esc(_short(s))}</th>' for s in statuses)
    body = "".join(
        f'<tr><th scope="row">{esc(plan_label(registry, each.plan, language))}</th>'
        + "".join(_count(each, status) for status in statuses)
        + "</tr>"
        for each in by_plan
    )
    mw = "".join(
        f'<tr><th scope="row">{esc(plan_label(registry, each.plan, language))}</th>'
        f"<td>{esc(lab('technology', each.technology))}</td>"
        + "".join(_amount(each, status) for status in statuses)
        + "</tr>"
        for each in by_technology
    )
    plan, technology = esc(t("column.plan")), esc(t("column.technology"))
    return (
        f'<div class="fg-card fg-board"><div class="fg-scroll" tabindex="0">'
        f'<table class="fg-figures"><thead><tr><th scope="col">{plan}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
        f"<p>{esc(t('progress.board_note'))}</p>"
        f'<details class="fg-chart-table"><summary>{esc(t("progress.board_mw"))}</summary>'
        f'<div class="fg-scroll" tabindex="0"><table class="fg-figures"><thead><tr>'
        f'<th scope="col">{plan}</th><th scope="col">{technology}</th>{heads}</tr></thead>'
        f"<tbody>{mw}</tbody></table></div></details></div>"
    )


def _short(status: Status) -> str:
    return t("progress.listed") if status is Status.LISTED else lab("status", status)


def _count(each: Standing, status: Status) -> str:
    count = each.rows.get(status, 0)
    return f'<td class="fg-number">{count or NOT_APPLICABLE}</td>'


def _amount(each: Standing, status: Status) -> str:
    """MW of the rows that stand there; rows that count nothing are named by their number."""
    count, watts = each.rows.get(status, 0), each.counted_w.get(status, 0)
    if not count:
        return f'<td class="fg-number">{NOT_APPLICABLE}</td>'
    said = power(watts) if watts else t("progress.counts_none")
    return (
        f'<td class="fg-number">{esc(said)}<br>'
        f"<small>{esc(t('progress.rows', count=count))}</small></td>"
    )


def _draw_rows(
    registry: Registry,
    rows: Sequence[Project],
    records: Mapping[str, Sequence[Entry]],
    *,
    marked: Sequence[str],
    may_edit: bool,
) -> None:
    chosen = selection.current()
    manner = Manner(registry, chosen.language, chosen.unit)
    in_order = ordered(manner, rows, chosen.order) if chosen.order else by_status(rows)
    part, running = part_of(in_order, chosen.part), commissioned_of(registry)

    def runs(row: Project) -> str:
        if row.technology is None:
            return NOT_APPLICABLE
        mw = running.get(row.id)
        if mw is None:
            return NOT_APPLICABLE if row.status is Status.LISTED else _short(Status.LISTED)
        return format_number(mw_to(mw, chosen.unit))

    def cell(row: Project, column: str) -> str:
        if column == "status":
            return _short(row.status)
        if column == "status_date":
            return _recorded(row, row.status_date)
        return manner.shown(row, column)

    lines = [
        Line(
            row.id,
            [
                *(cell(row, column) for column in _COLUMNS),
                runs(row),
                _recorded(row, row.status_source),
                _recorded(row, _by(records.get(row.id, ()))),
            ],
            ticks={"pick": row.id in marked} if may_edit else {},
            draft=row.plan_status is PlanStatus.DRAFT,
            note=row_mark(row),
        )
        for row in part.rows
    ]
    columns = [head(manner, column) for column in _COLUMNS]
    columns += [
        Column("runs", t("progress.runs"), number=True, unit=manner.unit_of("capacity_mw")),
        Column("source", t("column.status_source")),
        Column("by", t("progress.by")),
    ]
    draw_grid(
        columns,
        lines,
        key="progress",
        caption=t("progress.hint" if may_edit else "progress.hint_read"),
        opens=selection.focus_on,
        leads="progress-form",
        sorts=actions.sort_by,
        ticks={"pick": _mark} if may_edit else None,
        words={name: t(f"progress.grid_{name}") for name in ("pick", "pick_head", "missing")},
    )
    draw_pager(part)


def _recorded(row: Project, said: str) -> str:
    """What only a record says: it does not apply to a row of which nothing is recorded."""
    return said or (NOT_APPLICABLE if row.status is Status.LISTED else "")


def _by(mine: Sequence[Entry]) -> str:
    return f"{mine[0].by} · {local_time(mine[0].at)}" if mine else ""


def _mark(identity: str, is_on: bool) -> None:
    """Tick a row for an entry of several at once, or take it out."""
    kept = tuple(each for each in selection.kept(MARKED) or () if each != identity)
    selection.keep(MARKED, (*kept, identity) if is_on else kept)
