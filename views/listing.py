"""The selection as a table that a keyboard reaches, and what can be taken away from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from layers.paint import plan_label
from layers.project_list import Manner, ordered, part_of
from registry.registry import Registry
from terms.kinds import PlanStatus
from terms.records import Project
from views import actions, cache, selection
from views.detail.own import row_mark
from views.downloads import draw_more_formats
from views.grid import Column, Line, draw_grid
from views.pager import draw_pager
from views.projects.list import head
from views.words import esc, lab, t

_SORTED = ("name", "layer", "plan", "districts")


def draw_listing(registry: Registry, rows: Sequence[Project]) -> None:
    """Draw one part of the table (it is sent at every change), the pager and the downloads."""
    with st.container(key="listing-head", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="fg-title"><h2>{esc(t("table.title", count=len(rows)))}</h2>'
            f"<p>{esc(t('table.hint'))}</p></div>"
        )
        _downloads(len(rows))
    if not rows:
        st.html(f'<div class="fg-empty">{esc(t("table.empty"))}</div>')
        return
    chosen = selection.current()
    manner = Manner(registry, chosen.language, chosen.unit)
    part = part_of(ordered(manner, rows, chosen.order), chosen.part)
    draw_grid(
        [
            *(head(manner, column) for column in _SORTED),
            Column("capacity_printed", t("table.amount")),
            Column("source", t("table.source")),
        ],
        [_line(registry, row) for row in part.rows],
        key="listing",
        opens=selection.focus_on,
        sorts=actions.sort_by,
    )
    draw_pager(part)


def _line(registry: Registry, row: Project) -> Line:
    language = selection.current().language
    return Line(
        row.id,
        [
            row.name if language == "zh" else row.name_en,
            lab("layer", row.layer),
            plan_label(registry, row.plan, language),
            _places(registry, row),
            row.capacity_printed or row.quantity_printed,
            f"{row.source_section} {row.source_item}".strip(),
        ],
        draft=row.plan_status is PlanStatus.DRAFT,
        note=row_mark(row),
    )


def _places(registry: Registry, row: Project) -> str:
    if not row.district_codes:
        return t("table.tray")
    if selection.current().language == "zh":
        return "、".join(row.districts)
    return ", ".join(registry.districts.name(code, "en") for code in row.district_codes)


def _downloads(count: int) -> None:
    chosen = selection.current()
    stem = f"fengtu-projects-{date.today():%Y%m%d}"
    for kind, build, mime in (
        ("geojson", cache.geojson, "application/geo+json"),
        ("csv", cache.csv, "text/csv"),
    ):
        st.download_button(
            t(f"table.{kind}"),
            data=lambda build=build: build(chosen),
            file_name=f"{stem}.{kind}",
            mime=mime,
            key=f"download-{kind}",
            help=t(f"table.{kind}_note", count=count),
            on_click="ignore",
        )
    draw_more_formats()
