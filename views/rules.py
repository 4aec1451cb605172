"""The sidebar of the page of targets: which targets, and how they are counted."""

from __future__ import annotations

import streamlit as st

from registry.registry import Registry
from views import actions, selection
from views.filters import draw_plans
from views.parameters import FIRST_DAY, LAST_DAY
from views.words import t


def draw_rules(registry: Registry) -> None:
    """Draw the filters and the rules of counting; every one of them stands in the link."""
    with st.sidebar:
        draw_plans(registry)
        _choices(registry)
        with st.container(key="rules", gap="small"):
            _toggles()
            st.button(
                t("targets.usual"), key="usual", on_click=actions.usual_rules, width="stretch"
            )


def _choices(registry: Registry) -> None:
    mapped = [target for target in registry.targets if target.mapped]
    st.pills(
        t("targets.year"),
        sorted({str(target.year) for target in mapped}),
        selection_mode="multi",
        key=selection.widget_key("year"),
        on_change=selection.take_widgets,
    )
    st.multiselect(
        t("targets.department"),
        list(dict.fromkeys(name for target in mapped for name in target.departments)),
        key=selection.widget_key("department"),
        on_change=selection.take_widgets,
        placeholder=t("targets.department_hint"),
        select_all=False,  # its words stay English
    )


def _toggles() -> None:
    st.date_input(
        t("targets.day"),
        key=selection.widget_key("asof"),
        on_change=selection.take_widgets,
        format="YYYY-MM-DD",
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        help=t("targets.day_help"),
    )
    for name in ("inferred", "pumped", "external"):
        st.toggle(
            t(f"targets.{name}"),
            key=selection.widget_key(name),
            on_change=selection.take_widgets,
            help=t(f"targets.{name}_help"),
        )
