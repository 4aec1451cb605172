"""The map page as a colleague would write it in an afternoon: the mark that Fengtu is held to.

Data, filters and what the map shows are the same. The map is built anew at every change with the
counties inside and a marker for every place, `st_folium` keeps its defaults, the table has all
columns.
"""

from __future__ import annotations

from typing import Any

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from bench.offline import map_without_network
from geo.districts import load_districts
from layers.styles import STYLES
from registry.registry import Registry, build_registry
from registry.select import select
from terms.columns import PROJECT_COLUMNS, flat_row
from terms.kinds import LandMode, Layer
from terms.messages import label
from terms.records import Project
from terms.selection import OwnerFilter, Selection

OWNERS: dict[str, OwnerFilter] = {"不限": "any", "已载明": "named", "未载明": "unnamed"}


@st.cache_resource
def whole() -> Registry:
    """The five plans."""
    return build_registry(load_districts())


@st.cache_data
def outlines() -> dict[str, Any]:
    """The counties as GeoJSON."""
    frame = whole().districts.display.copy()
    frame["name"] = [whole().districts.name(code) for code in frame.index]
    collection: dict[str, Any] = frame[["name", "geometry"]].__geo_interface__
    return collection


def chosen() -> Selection:
    """The filters in the sidebar."""
    registry = whole()
    named = sorted({code for row in registry.projects for code in row.district_codes})
    with st.sidebar:
        plans = st.pills(
            "方案",
            [plan.id for plan in registry.plans],
            format_func=lambda plan: label("plan", plan, "zh"),
            selection_mode="multi",
        )
        words = st.text_input("搜索")
        districts = st.multiselect("县（市、区）", named, format_func=registry.districts.label)
        lands = st.multiselect(
            "用地方式", list(LandMode), format_func=lambda mode: label("land_mode", mode, "zh")
        )
        owner = st.segmented_control("业主", list(OWNERS), default="不限")
        layers = [
            layer
            for layer in Layer
            if st.checkbox(label("layer", layer, "zh"), value=True, key=f"layer-{layer.value}-zh")
        ]
    return Selection(
        plans=tuple(plans),
        words=words,
        districts=tuple(districts),
        land_modes=tuple(mode.value for mode in lands),
        owner=OWNERS[owner or "不限"],
        layers=tuple(layer.value for layer in layers) if len(layers) < len(Layer) else (),
    )


def draw_map(rows: tuple[Project, ...]) -> None:
    """The counties, and a marker at every place of every row."""
    frame = map_without_network()
    folium.GeoJson(
        outlines(),
        style_function=lambda _: {"color": "#8ea29f", "weight": 1, "fillColor": "#fbfaf4"},
        tooltip=folium.GeoJsonTooltip(["name"], labels=False),
    ).add_to(frame)
    for row in rows:
        for lon, lat in whole().labels[row.id]:
            folium.CircleMarker(
                (lat, lon),
                radius=6,
                color=STYLES[row.layer].colour,
                fill=True,
                tooltip=f"{row.name} {row.capacity_printed}",  # a popup would ask for jQuery
                class_name="bench-mark",
            ).add_to(frame)
    st_folium(frame, height=680, use_container_width=True)


def main() -> None:
    """Filters, figures, map, table."""
    st.set_page_config(page_title="峰图", layout="wide")
    rows = select(whole(), chosen())
    placed = sum(bool(whole().labels[row.id]) for row in rows)
    left, right = st.columns(2)
    left.metric("项目", len(rows))
    right.metric("有位置", placed)
    draw_map(rows)
    st.dataframe(pd.DataFrame([flat_row(row, PROJECT_COLUMNS) for row in rows]))


main()
