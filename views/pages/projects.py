"""The page 项目: the list to screen, what has no owner yet, the shortlist, a sheet per project."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from registry.mode import mode
from views import cache, selection
from views.filters import draw_filters
from views.own.edit import draw_own_new
from views.projects.list import draw_list
from views.projects.open_row import draw_open
from views.projects.progress import draw_progress
from views.projects.sheet import draw_sheet
from views.projects.shortlist import draw_shortlist
from views.words import t


def draw_page() -> None:
    """Compose the page: the sheet of the project in focus, else one of four views."""
    chosen, registry = selection.current(), cache.registry()
    if chosen.view == "progress" and mode() == "public":  # where nothing recorded is shown
        selection.change(view="all")
        st.rerun()
    draw_filters(registry, cache.headline(replace(chosen, layers=())))
    if chosen.focus in registry.by_id and chosen.view != "progress":
        draw_sheet(registry, registry.by_id[chosen.focus])
        return
    _draw_views()
    if chosen.view == "shortlist":
        draw_shortlist(registry)
    elif chosen.view == "progress":
        draw_progress(registry, cache.rows(chosen))
    elif chosen.view == "open":
        draw_open(registry, cache.rows(chosen))
    else:
        draw_list(registry, cache.rows(chosen))
        draw_own_new(registry)


def _draw_views() -> None:
    count = len(selection.current().shortlist)
    names = {
        "all": t("projects.view_all"),
        "open": t("projects.view_open"),
        "shortlist": t("projects.view_shortlist", count=count),
    }
    if mode() != "public":
        names["progress"] = t("progress.view")
    st.segmented_control(
        t("projects.view"),
        list(names),
        format_func=names.__getitem__,
        key=selection.widget_key("view"),
        on_change=selection.take_widgets,
        label_visibility="collapsed",
    )


draw_page()
