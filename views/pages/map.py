"""The page 地图: the county map of the selection, its figures, details, table and downloads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit_folium import st_folium

from layers.aggregate import shorter
from layers.browse import map_state
from layers.map import build_map, paint_group
from registry.registry import Registry
from terms.records import Project
from views import cache, selection
from views.assets import serve_assets
from views.base import draw_base_choice, over_base
from views.charts import draw_charts
from views.detail.panel import draw_detail
from views.filters import draw_filters, hold_filters
from views.headline import draw_capacity, draw_counts
from views.listing import draw_listing
from views.map_controls import draw_map_controls
from views.own.areas import over_areas
from views.place.map import over_place
from views.rasters.choice import draw_raster_choice, over_raster
from views.words import esc, t

_HEIGHT_PX = 680  # the style sheet fits it to the window
_PATIENCE_S = 3


def draw_page() -> None:
    """Compose the page; its columns never change, since a remount would lose zoom and click.

    On a first visit the map comes alone and all else when it stands: it is what people wait for,
    and drawn beside a hundred elements it takes twice as long.
    """
    chosen, registry = selection.current(), cache.registry()
    comes_first = selection.is_map_alone()
    rows = cache.rows(chosen)
    figures = cache.headline(chosen)
    above = st.container(key="above-map")
    left, right = st.columns([2.15, 1], gap="small")
    with left:
        _draw_map(registry, rows, ask=comes_first)
    with above:
        draw_counts(figures)  # at once, so that the map stays where it is
    if comes_first:
        hold_filters()
        _follow()
        return
    with above:
        draw_map_controls(registry, figures)
    draw_filters(registry, cache.headline(replace(chosen, layers=())))
    with left:
        st.html(f'<p class="fg-caption">{esc(t("map.caption"))}</p>')
        draw_base_choice()
        draw_raster_choice()
    with right:
        draw_detail(registry, rows)
    draw_capacity(registry, figures)
    draw_charts(registry, rows, figures)
    draw_listing(registry, rows)


@st.fragment(run_every=_PATIENCE_S)
def _follow() -> None:
    """Draw the rest though the map has not reported, as where a browser shows no frames."""
    if not selection.is_first("map-late"):
        st.rerun()


def _draw_map(registry: Registry, rows: Sequence[Project], *, ask: bool) -> None:
    files = cache.browser_files()
    plain = shorter(registry, map_state(registry, rows, selection.current()))
    state = over_place(registry, over_areas(registry, over_raster(over_base(plain))), files)
    st_folium(
        build_map(serve_assets(files), files),
        key=selection.MAP_KEY,
        height=_HEIGHT_PX,
        use_container_width=True,
        # The answer carries the time of the click, so a second click on the same symbol counts
        # without last_object_clicked_count, which would cost a run at every start.
        returned_objects=["last_active_drawing"],
        feature_group_to_add=paint_group({**state, "ask": ask}),
        on_change=selection.take_click,
    )


draw_page()
