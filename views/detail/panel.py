"""The panel beside the map: the chosen project, target or county, else how to read the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from layers.symbols import Look
from registry.county_names import counties_named
from registry.registry import Registry
from terms.kinds import Layer
from terms.records import Project
from views import actions, selection
from views.detail.county import draw_area, draw_county
from views.detail.parts import plan_list, symbol
from views.detail.project import draw_project
from views.detail.target import draw_target
from views.link import to_query
from views.notes import draw_notes
from views.own.edit import draw_own_edit, draw_own_gone
from views.place.section import draw_place
from views.projects.list import draw_empty
from views.projects.progress_entry import draw_way_to_progress
from views.words import esc, plain, t

_SIGNS: tuple[tuple[str, Layer, Look], ...] = (
    ("sign_site", Layer.COAL_POWER, "site"),
    ("sign_approximate", Layer.PUMPED_STORAGE, "approximate"),
    ("sign_hollow", Layer.WETLAND_SINK, "hollow"),
    ("sign_shared", Layer.PV_DISTRIBUTED, "shared"),
)


def draw_detail(registry: Registry, rows: Sequence[Project]) -> None:
    """Draw the panel; it is always there, so that the columns of the page never change."""
    focus, area = selection.current().focus, selection.current().area
    with st.container(key="detail"):
        if focus in registry.by_id:
            if all(row.id != focus for row in rows):
                st.html(f'<p class="fg-notice">{esc(t("detail.outside_selection"))}</p>')
            draw_place(registry, registry.by_id[focus])
            draw_project(registry, registry.by_id[focus])
            st.page_link(
                "views/pages/projects.py",
                label=t("projects.open_sheet"),
                query_params=to_query(selection.current()),
            )
            draw_way_to_progress(registry.by_id[focus])
            draw_own_edit(registry, registry.by_id[focus])
            draw_notes(focus)
        elif focus in registry.target_by_key:
            draw_target(registry, registry.target_by_key[focus])
            draw_notes(focus)
        elif registry.districts.has(focus or area):
            draw_county(registry, rows, focus or area)
            draw_notes(focus or area)
        elif area:
            draw_area(registry, rows, area)
        else:
            draw_own_gone(registry)
            if not rows:
                draw_empty()
            _draw_named_counties(registry)
            _draw_start(registry)
            return
        if focus:
            st.button(t("detail.close"), key="close", on_click=selection.focus_on, args=("",))


def _draw_named_counties(registry: Registry) -> None:
    """Search words that name a county: a search finds rows, the county itself is one click away."""
    chosen = selection.current()
    codes = counties_named(registry, chosen.words)
    if not codes:
        return
    with st.container(key="named-counties", gap="small"):
        said = t("detail.named_counties", words=chosen.words)
        st.html(f'<p class="fg-caption">{esc(said)}</p>')
        for code in codes:
            name = registry.districts.label(code, chosen.language)
            st.button(
                plain(t("detail.go_into", name=name)),
                key=f"named-{code}",
                on_click=actions.go_into_alone,
                args=(code,),
                width="stretch",
            )


def _draw_start(registry: Registry) -> None:
    signs = "".join(
        f"<li><i>{symbol(layer, look)}</i><span>{esc(t(f'detail.{key}'))}</span></li>"
        for key, layer, look in _SIGNS
    )
    extra = "".join(
        f'<li><i class="fg-sign-{key}"></i><span>{esc(t(f"detail.sign_{key}"))}</span></li>'
        for key in ("ring", "tint", "badge", "tray")
    )
    st.html(
        f'<div class="fg-detail" tabindex="0"><h2>{esc(t("detail.start_title"))}</h2>'
        f"<p>{esc(t('detail.start_lead'))}</p><ul class='fg-signs'>{signs}{extra}</ul>"
        f"<h3>{esc(t('detail.plans_title'))}</h3>{_plans(registry)}</div>"
    )


def _plans(registry: Registry) -> str:
    counts = Counter(row.plan for row in registry.projects)
    return plan_list(
        registry.plans,
        lambda plan: t(
            "detail.plan_line", rows=counts[plan.id], date=plan.date or t("detail.no_date")
        ),
    )
