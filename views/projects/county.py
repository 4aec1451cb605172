"""What else stands in the same county, county by county: each line opens its own sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from geo.zones import Zone
from layers.project_list import Manner
from layers.same_county import County, same_county
from registry.registry import Registry
from terms.kinds import PlanStatus
from terms.records import Project
from views import selection
from views.detail.own import row_mark
from views.grid import Column, Line, draw_grid
from views.link import to_query
from views.words import esc, plain, t

_MOST_OPEN = 1  # counties that are unfolded at once


def draw_counties(registry: Registry, row: Project) -> None:
    """Draw the counties of a project; with several, each says which and is folded."""
    counties = same_county(registry, row)
    if not counties:
        words = esc(t("projects.county_unknown"))
        title = esc(t("projects.county_title_none"))
        st.html(f'<div class="fg-card fg-sheet-card"><h3>{title}</h3><p>{words}</p></div>')
        return
    for county in counties:
        name = registry.districts.label(county.code, selection.current().language)
        count = len(county.grid) + len(county.others)
        title = t("projects.county_title", name=name, count=count)
        with st.expander(plain(title), expanded=len(counties) <= _MOST_OPEN):
            _draw_county(registry, county)


def _draw_county(registry: Registry, county: County) -> None:
    groups = (("grid", county.grid), ("others", county.others))
    for name, rows in groups:
        title = esc(t(f"projects.county_{name}", count=len(rows)))
        st.html(f'<h4 class="fg-county-group">{title}</h4>')
        if rows:
            _draw_rows(registry, rows, key=f"county-{county.code}-{name}")
        else:
            st.html(f'<p class="fg-hint">{esc(t(f"projects.county_no_{name}"))}</p>')
    _draw_zones(county)


def _draw_rows(registry: Registry, rows: Sequence[Project], *, key: str) -> None:
    chosen = selection.current()
    manner = Manner(registry, chosen.language, chosen.unit)
    columns = [
        Column("name", t("column.name")),
        Column("layer", t("column.layer")),
        Column("amount", t("table.amount")),
    ]
    lines = [
        Line(
            row.id,
            [
                manner.cell(row, "name"),
                manner.cell(row, "layer"),
                row.capacity_printed or row.quantity_printed,
            ],
            draft=row.plan_status is PlanStatus.DRAFT,
            note=t("projects.county_shared") if len(row.district_codes) > 1 else row_mark(row),
        )
        for row in rows
    ]
    draw_grid(columns, lines, key=key, opens=selection.focus_on, manner="slim")


def _draw_zones(county: County) -> None:
    title = t("projects.county_zones", count=len(county.zones))
    st.html(f'<h4 class="fg-county-group">{esc(title)}</h4>')
    if not county.zones:
        st.html(f'<p class="fg-hint">{esc(t("projects.county_no_zones"))}</p>')
        return
    query = to_query(replace(selection.current(), focus=county.code))
    with st.container(key=f"zones-{county.code}", gap=None):
        for zone in county.zones:
            st.page_link(
                "views/pages/districts.py", label=plain(_zone_name(zone)), query_params=query
            )


def _zone_name(zone: Zone) -> str:
    is_chinese = selection.current().language == "zh"
    name = zone.full_name if is_chinese else zone.name_en
    return name if zone.certain else t("projects.zone_uncertain", name=name)
