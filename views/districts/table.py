"""One table a plan: its counties, what stands in no single one, and a total that all add up to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from layers.capacity_tables import district_name
from layers.county_lines import Counting, Line, LineKind, PlanTable
from layers.county_table import sorted_counties
from layers.paint import plan_label
from layers.thing_words import thing_line
from registry.registry import Registry
from terms.units import format_number
from views import cache, selection
from views.districts.cells import cell_html, number
from views.districts.files import csv_name
from views.words import esc, lab, t


def draw_tables(registry: Registry, counting: Counting, tables: Sequence[PlanTable]) -> None:
    """Draw the tables with their notes and the download of all of them."""
    plans = selection.current().plans  # the download is built in a thread without a session
    with st.container(key="counties-head", horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="fg-title"><h2>{esc(t("county.title"))}</h2>{_notes(tables)}</div>')
        st.download_button(
            t("county.csv"),
            data=lambda: cache.district_csv(counting, plans),
            file_name=csv_name(
                registry,
                "districts",
                counting=counting,
                plans=[table.plan for table in tables],
                day=date.today(),
            ),
            mime="text/csv",
            key="download-districts",
            help=t("county.csv_note"),
            on_click="ignore",
        )
    for table in tables:
        st.html(_card(registry, table))


def _notes(tables: Sequence[PlanTable]) -> str:
    chosen = selection.current()
    cells = [cell for each in tables for line in each.counties for cell in line.cells.values()]
    notes = [t("county.table_note", unit=lab("unit", chosen.unit))]
    if any(cell.shared_w for cell in cells):
        notes.append(t("county.sketch_note"))
    if any(cell.shared_w and cell.is_open for cell in cells):
        notes.append(t("county.open_note"))
    if chosen.per_km2:
        notes.append(t("county.density_note"))
    return f"<p>{esc(' '.join(notes) if chosen.language == 'en' else ''.join(notes))}</p>"


def _card(registry: Registry, table: PlanTable) -> str:
    name = plan_label(registry, table.plan, selection.current().language)
    head = "".join(
        f'<th class="fg-number" scope="col">{esc(lab("technology", each))}</th>'
        for each in table.technologies
    )
    head = (
        f'<th scope="col">{esc(t("county.name"))}</th>{head}'
        f'<th class="fg-number" scope="col">{esc(t("county.rows"))}</th>'
        f'<th scope="col">{esc(t("county.things"))}</th>'
    )
    lines = [_line(registry, table, each) for each in _lines(table)]
    if table.retires:
        lines.append(_retired(table))
    return (
        f'<div class="fg-card fg-plan-table" data-plan="{esc(table.plan)}">'
        f"<h2>{esc(t('county.table_title', plan=name))}</h2>"
        f'<div class="fg-scroll" tabindex="0">'
        f'<table class="fg-counties"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div></div>"
    )


def _lines(table: PlanTable) -> list[Line]:
    lines: list[Line] = []
    for county in sorted_counties(table, selection.current().sort):
        lines += [county, *county.zones]
    rest = (line for line in table.rest if line.rows or line.split_rows)
    return [*lines, *rest, table.total]


def _line(registry: Registry, table: PlanTable, line: Line) -> str:
    chosen = selection.current()
    cells = "".join(
        f'<td class="fg-number">{cell_html(line.cell(each), line)}</td>'
        for each in table.technologies
    )
    marks = [f"fg-line-{line.kind}"]
    marks += ["fg-open"] if line.code and line.code in (chosen.focus, chosen.beside) else []
    counted = () if line.kind is LineKind.TOTAL else line.things  # the lines above have said them
    things = t("word.list").join(thing_line(each, chosen.language) for each in counted)
    shared = ""
    if line.shared_rows:
        shared = f"<small>{esc(t('county.rows_shared', rows=line.shared_rows))}</small>"
    if line.split_rows:
        shared = f"<small>{esc(t('county.rows_split', rows=line.split_rows))}</small>"
    return (
        f'<tr class="{" ".join(marks)}" data-code="{esc(line.code)}">'
        f'<th scope="row">{_name(registry, line)}</th>{cells}'
        f'<td class="fg-number">{line.rows}{shared}</td>'
        f'<td class="fg-things">{esc(things)}</td></tr>'
    )


def _name(registry: Registry, line: Line) -> str:
    chosen = selection.current()
    if line.zone:
        name = line.zone.name if chosen.language == "zh" else line.zone.name_en
        return esc(t("county.zone", name=name))
    if line.kind is not LineKind.COUNTY:
        return esc(t(f"county.{line.kind}"))
    name = esc(district_name(registry, line.code, chosen.language))
    if not chosen.per_km2:
        return name
    area = t("county.area", value=format_number(round(line.area_km2)))
    return f"{name}<small>{esc(area)}</small>"


def _retired(table: PlanTable) -> str:
    """MW that leave: beside the total, neither in it nor taken from it."""
    cells = ""
    for each in table.technologies:
        watts = table.total.cell(each).retired_w
        shown = esc(number(watts)) if watts else '<span class="fg-absent">·</span>'
        cells += f'<td class="fg-number">{shown}</td>'
    return (
        f'<tr class="fg-line-retired"><th scope="row">{esc(t("county.retires"))}</th>{cells}'
        "<td></td><td></td></tr>"
    )
