"""Users' areas on the map: which are outlined, and where the browser fetches them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from layers.own_areas import area_state, shown_areas, write_area
from registry.registry import Registry
from views import selection
from views.assets import browser_folder, data_address
from views.words import t, unique_labels


def over_areas(registry: Registry, state: Mapping[str, Any]) -> dict[str, Any]:
    """The message for the map with the chosen areas; each file is written once."""
    chosen = selection.current()
    shown = [
        {
            **area_state(area, colour, chosen.language),
            "url": data_address(write_area(area, browser_folder())),
        }
        for area, colour in shown_areas(registry, chosen)
    ]
    return {**state, "areas": shown} if shown else dict(state)


def draw_area_choice(registry: Registry) -> None:
    """Draw the switch of users' areas; nothing where there are none."""
    titles = {area.id: area.title for area in registry.own.areas}
    if not titles:
        return
    twice = len(set(titles.values())) < len(titles)
    names = unique_labels(titles, lambda id: f"{titles[id]} [{id}]" if twice else titles[id])
    st.multiselect(
        t("own.areas"),
        list(names),
        format_func=names.__getitem__,
        key=selection.widget_key("areas"),
        on_change=selection.take_widgets,
        placeholder=t("own.areas_hint"),
        select_all=False,
    )
