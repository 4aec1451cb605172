"""One county in the panel: which rows of the selection touch it, what is located in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from capacity.ledger import counted_w, ledger
from layers.browser_files import plan_districts
from layers.figures import is_located
from layers.paint import plan_label
from layers.styles import STYLES
from registry.registry import Registry
from terms.records import Project
from views import selection
from views.detail_parts import heading, link_to, symbol
from views.headline import power
from views.words import esc, lab, t


def draw_county(registry: Registry, rows: Sequence[Project], code: str) -> None:
    """Draw a county's summary with a button that narrows the selection to it."""
    language = selection.current().language
    here = [row for row in rows if code in row.district_codes]
    plan = plan_districts(registry).get(code)
    under = plan_label(registry, plan, language) if plan else t("detail.county_outside")
    title = registry.districts.label(code, language)
    lead = t("detail.county_rows", count=len(here)) if here else t("detail.county_none")
    st.html(
        f'<div class="fg-detail">{heading(title, layer=None, under=esc(under))}'
        f'<p class="fg-lead">{esc(lead)}</p>{_layers(here)}{_capacity(registry, here)}</div>'
    )
    if here:
        st.button(
            t("detail.county_only"),
            key="only-county",
            on_click=selection.only_district,
            args=(code,),
        )
        with st.container(key="related", gap=None):
            for row in here:
                link_to(row, key="county")


def _layers(rows: Sequence[Project]) -> str:
    counts = Counter(row.layer for row in rows)
    items = "".join(
        f"<li><i>{symbol(layer)}</i><span>{esc(lab('layer', layer))}</span>"
        f"<b>{counts[layer]}</b></li>"
        for layer in STYLES
        if counts[layer]
    )
    return f'<ul class="fg-counts">{items}</ul>'


def _capacity(registry: Registry, rows: Sequence[Project]) -> str:
    located = counted_w(ledger(registry), (row for row in rows if is_located(row)))
    lines = "".join(
        f"<div><dt>{esc(lab('technology', each))}</dt><dd>{esc(power(watts))}</dd></div>"
        for each, watts in located.items()
        if watts
    )
    shared = sum(len(row.district_codes) > 1 for row in rows)
    note = f"<p>{esc(t('detail.county_shared', count=shared))}</p>" if shared else ""
    if not lines:
        return note
    title = esc(t("detail.county_capacity"))
    return f"<section><h3>{title}</h3><dl>{lines}</dl></section>{note}"
