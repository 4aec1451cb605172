"""The selection as a table that a keyboard reaches, and what can be taken away from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from layers.paint import plan_label
from registry.registry import Registry
from terms.records import Project
from views import cache, selection
from views.downloads import draw_more_formats
from views.words import esc, lab, t

_COLUMNS = ("name", "layer", "plan", "district", "amount", "source")
PAGE_ROWS = 50  # sent at every change: about 8 kB


def draw_listing(registry: Registry, rows: Sequence[Project]) -> None:
    """Draw one page of the table (it is sent at every change), the pager and the downloads."""
    with st.container(key="listing-head", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="fg-title"><h2>{esc(t("table.title", count=len(rows)))}</h2>'
            f"<p>{esc(t('table.hint'))}</p></div>"
        )
        _downloads(len(rows))
    if not rows:
        st.html(f'<div class="fg-empty">{esc(t("table.empty"))}</div>')
        return
    number, pages = page_of(len(rows), selection.current().part)
    shown = rows[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    selection.show_table_rows([row.id for row in shown])
    key = f"{selection.table_key()}-{number}"
    st.dataframe(
        _frame(registry, shown),
        key=key,
        hide_index=True,
        height=420,
        column_config={
            name: st.column_config.TextColumn(t(f"table.{name}"), width=width)
            for name, width in zip(_COLUMNS, ("large", 135, 190, 150, 145, 140), strict=True)
        },
        selection_mode="single-cell",
        on_select=lambda: selection.take_table_click(key),
    )
    _pager(number, pages, len(rows))


def page_of(rows: int, wanted: int) -> tuple[int, int]:
    """The page to show and how many there are; a page beyond the last is the last."""
    pages = max(1, -(-rows // PAGE_ROWS))
    return min(max(wanted, 1), pages), pages


def _pager(number: int, pages: int, total: int) -> None:
    """Which rows stand in the table, of how many; the buttons reach all others."""
    if pages == 1:
        return
    words = t(
        "listing.shown",
        first=f"{(number - 1) * PAGE_ROWS + 1:,}",
        last=f"{min(number * PAGE_ROWS, total):,}",
        total=f"{total:,}",
        part=f"{number:,}",
        parts=f"{pages:,}",
    )
    steps = {"first": 1, "before": number - 1, "after": number + 1, "last": pages}
    with st.container(key="pager", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="fg-pager" role="status">{esc(words)}</p>')
        for name, to in steps.items():
            st.button(
                t(f"listing.{name}"),
                key=f"pager-{name}",
                on_click=selection.change,
                kwargs={"part": to},
                disabled=to == number or not 1 <= to <= pages,
            )


def _frame(registry: Registry, rows: Sequence[Project]) -> pd.DataFrame:
    language = selection.current().language
    is_chinese = language == "zh"
    names = {plan.id: plan_label(registry, plan.id, language) for plan in registry.plans}

    def places(row: Project) -> str:
        if not row.district_codes:
            return t("table.tray")
        if is_chinese:
            return "、".join(row.districts)
        return ", ".join(registry.districts.name(code, "en") for code in row.district_codes)

    return pd.DataFrame(
        [
            (
                row.name if is_chinese else row.name_en,
                lab("layer", row.layer),
                names[row.plan],
                places(row),
                row.capacity_printed or row.quantity_printed or t("word.not_stated"),
                f"{row.source_section} {row.source_item}".strip(),
            )
            for row in rows
        ],
        columns=list(_COLUMNS),
    )


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
