"""One county in the panel: which rows of the selection touch it, what is located in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from layers.browse import area_note
from layers.figures import DistrictFigures, district_figures
from layers.paint import plan_label
from layers.styles import STYLES
from registry.areas import plan_districts
from registry.registry import Registry
from terms.kinds import Layer
from terms.records import Project
from views import actions, cache, selection
from views.data.briefs import draw_brief_of
from views.detail.own import own_notes
from views.detail.parts import heading, link_to, symbol
from views.districts.filters import counting_of
from views.headline import power
from views.rasters.values import county_rasters
from views.words import esc, lab, plain, t


def draw_county(registry: Registry, rows: Sequence[Project], code: str) -> None:
    """Draw a county's summary with a button that narrows the selection to it."""
    language, inferred = selection.current().language, selection.current().inferred
    here = district_figures(registry, rows, code, inferred=inferred)
    plan = plan_districts(registry).get(code)
    under = plan_label(registry, plan, language) if plan else t("detail.county_outside")
    title = registry.districts.label(code, language)
    count = len(here.rows)
    counts = {"count": count, "here": count - here.shared, "shared": here.shared}
    lead = t("detail.county_rows", **counts) if count else t("detail.county_none")
    st.html(
        f'<div class="fg-detail" tabindex="0">{heading(title, layer=None, under=esc(under))}'
        f'<p class="fg-lead">{esc(lead)}</p>{_layers(here.by_layer)}{_capacity(here)}'
        f"{county_rasters(registry, code)}{own_notes(registry, code)}</div>"
    )
    if selection.current().area == code:
        _say_unplaced(registry, code)
    elif here.rows:
        st.button(
            t("detail.county_only"), key="only-county", on_click=actions.go_into, args=(code,)
        )
    draw_brief_of(registry, code, counting_of(registry).counting)
    if here.rows:
        with st.container(key="related", gap=None):
            for row in here.rows:
                link_to(row, key="county")


def _say_unplaced(registry: Registry, code: str) -> None:
    """Which rows of the selection stay outside a county because the plan names only its city."""
    chosen = selection.current()
    city = registry.districts.city_code(code)
    waiting = sum(not row.district_codes for row in cache.rows(replace(chosen, area=city)))
    if waiting:
        name = registry.districts.city_name(city, chosen.language)
        said = t("area.only_city", count=waiting, name=name)
        st.html(f'<p class="fg-caption">{esc(said)}</p>')


def draw_area(registry: Registry, rows: Sequence[Project], city: str) -> None:
    """Draw the city that the map has gone into: its counties, with the rows of each, to go on."""
    chosen, districts = selection.current(), registry.districts
    note = area_note(registry, rows, chosen)
    under = f'<p class="fg-lead">{esc(note)}</p>' if note else ""
    counts = Counter(row.layer for row in rows)
    st.html(
        f'<div class="fg-detail"><h2>{esc(districts.city_name(city, chosen.language))}</h2>{under}'
        f"<p>{esc(t('area.rows', count=len(rows)))}</p><h3>{esc(t('area.counties'))}</h3></div>"
    )
    with st.container(key="counties", gap=None):
        for code in districts.codes_in(city):
            count = sum(code in row.district_codes for row in rows)
            name = districts.name(code, chosen.language)
            st.button(
                plain(t("area.county", name=name, count=count)),
                key=f"go-{code}",
                type="tertiary",
                on_click=actions.go_into,
                args=(code,),
            )
    st.html(f'<div class="fg-detail">{_layers(counts)}</div>')


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
    if here.beside:
        note += f"<p>{esc(t('own.county_beside', count=here.beside))}</p>"
    if not lines:
        return note
    title = esc(t("detail.county_capacity"))
    return f"<section><h3>{title}</h3><dl>{lines}</dl></section>{note}"
