"""One county in the panel: which rows of the selection touch it, what is located in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from layers.figures import DistrictFigures, district_figures
from layers.paint import plan_label
from layers.styles import STYLES
from registry.areas import plan_districts
from registry.registry import Registry
from terms.kinds import Layer
from terms.records import Project
from views import actions, selection
from views.detail_parts import heading, link_to, symbol
from views.headline import power
from views.words import esc, lab, t


def draw_county(registry: Registry, rows: Sequence[Project], code: str) -> None:
    """Draw a county's summary with a button that narrows the selection to it."""
    language, inferred = selection.current().language, selection.current().inferred
    here = district_figures(registry, rows, code, inferred=inferred)
    plan = plan_districts(registry).get(code)
    under = plan_label(registry, plan, language) if plan else t("detail.county_outside")
    title = registry.districts.label(code, language)
    count = len(here.rows)
    lead = t("detail.county_rows", count=count) if count else t("detail.county_none")
    st.html(
        f'<div class="fg-detail" tabindex="0">{heading(title, layer=None, under=esc(under))}'
        f'<p class="fg-lead">{esc(lead)}</p>{_layers(here.by_layer)}{_capacity(here)}</div>'
    )
    if here.rows:
        st.button(
            t("detail.county_only"),
            key="only-county",
            on_click=actions.only_district,
            args=(code,),
        )
        with st.container(key="related", gap=None):
            for row in here.rows:
                link_to(row, key="county")


def _layers(counts: Mapping[Layer, int]) -> str:
    items = "".join(
        f"<li><i>{symbol(layer)}</i><span>{esc(lab('layer', layer))}</span>"
        f"<b>{counts[layer]}</b></li>"
        for layer in STYLES
        if layer in counts
    )
    return f'<ul class="fg-counts">{items}</ul>'


def _capacity(here: DistrictFigures) -> str:
    lines = "".join(
        f"<div><dt>{esc(lab('technology', each))}</dt><dd>{esc(power(watts))}</dd></div>"
        for each, watts in here.located_w.items()
    )
    note = f"<p>{esc(t('detail.county_shared', count=here.shared))}</p>" if here.shared else ""
    if not lines:
        return note
    title = esc(t("detail.county_capacity"))
    return f"<section><h3>{title}</h3><dl>{lines}</dl></section>{note}"
