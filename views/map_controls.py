"""How the map is looked at: what colours the counties, what sizes the symbols; said in words."""

from __future__ import annotations

import streamlit as st

from layers.figures import Figures
from layers.own_tables import chosen_table, table_shades, table_words
from layers.plan_names import plan_label
from layers.shade import ROWS
from registry.registry import Registry
from terms.kinds import Technology
from views import selection
from views.headline import power
from views.words import esc, lab, t

_SIZES = ("fixed", "mw")


def draw_map_controls(registry: Registry, figures: Figures) -> None:
    """Draw the controls above the map and, under them, what the map cannot show by itself."""
    with st.container(key="map-controls", horizontal=True, vertical_alignment="center"):
        options = _shades(registry, figures)
        st.selectbox(
            t("shade.label"),
            list(options),
            format_func=options.__getitem__,
            key=selection.widget_key("shade"),
            placeholder=t("shade.none"),
            on_change=selection.take_widgets,
            label_visibility="collapsed",
        )
        st.segmented_control(
            t("symbols.label"),
            _SIZES,
            format_func=lambda size: t(f"symbols.{size}"),
            key=selection.widget_key("symbols"),
            on_change=selection.take_widgets,
            label_visibility="collapsed",
        )
        st.html(f'<p class="fg-map-note" role="status">{esc(_shade_note(registry, figures))}</p>')


def _shades(registry: Registry, figures: Figures) -> dict[str, str]:
    """None, rows, and the technologies of which MW are located; one that a link names stays."""
    located = {each for (_, each), sums in figures.capacity.items() if sums.located_w}
    wanted = selection.current().shade
    technologies = [each for each in Technology if each in located or each.value == wanted]
    return {
        "": t("shade.none"),
        ROWS: t("shade.option_rows"),
        **{each.value: t("shade.option_by", name=lab("technology", each)) for each in technologies},
        **_tables(registry),
    }


def _tables(registry: Registry) -> dict[str, str]:
    """Users' tables by id, told apart by it where two carry one title."""
    titles = table_shades(registry)
    twice = len(set(titles.values())) < len(titles)
    return {
        id: t("own.table_option", title=f"{title} [{id}]" if twice else title)
        for id, title in titles.items()
    }


def _shade_note(registry: Registry, figures: Figures) -> str:
    """Before MW are coloured: of each plan, how much of them lies in one county at all."""
    chosen = selection.current()
    if not chosen.shade:
        return ""
    if chosen.shade == ROWS:
        return t("shade.rows_note")
    if table := chosen_table(registry, chosen):
        words = table_words(table, chosen.language)
        return t("own.table_note", title=table.title, words=words)
    technology = Technology(chosen.shade)
    name = lab("technology", technology)
    parts = [
        t(
            "shade.located_part",
            plan=plan_label(registry, plan, chosen.language),
            located=power(sums.located_w),
            counted=power(sums.counted_w),
            share=f"{sums.located_w / sums.counted_w:.0%}",
        )
        for (plan, each), sums in sorted(figures.capacity.items())
        if each is technology and sums.counted_w
    ]
    if not parts:
        return t("shade.located_none", name=name)
    return t("shade.located", name=name, parts=t("word.comma").join(parts))
