"""The page 县区: which county carries what, how much of it is located at all, under which rule."""

from __future__ import annotations

import streamlit as st

from layers.county_table import plan_tables
from views import cache, selection
from views.base import draw_base_choice
from views.districts.breakdown import draw_breakdown
from views.districts.filters import counting_of, draw_district_filters
from views.districts.located import draw_located
from views.districts.map import draw_district_map
from views.districts.rule import draw_change
from views.districts.sheet import draw_sheet
from views.districts.split import draw_split
from views.districts.table import draw_tables
from views.words import esc, t


def draw_page() -> None:
    """Compose the page; its columns never change, since a remount would lose zoom and click."""
    chosen, registry = selection.current(), cache.registry()
    counted = counting_of(registry)
    tables = plan_tables(registry, counted.counting, plans=chosen.plans)
    draw_district_filters(registry, tables)
    draw_located(registry, tables)
    draw_split(registry, counted)
    draw_change(registry, counted.counting, tables)
    left, right = st.columns([1.15, 1], gap="small")
    with left:
        draw_district_map(registry, tables)
        st.html(f'<p class="fg-caption">{esc(t("county.map_click"))}</p>')
        draw_base_choice()
    with right:
        draw_sheet(registry, counted.counting)
    draw_tables(registry, counted.counting, tables)
    draw_breakdown(registry, [table.plan for table in tables])


draw_page()
