"""PDF on the page 数据: the brief of a county or a city."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from capacity.check import Rules
from layers.county_lines import Counting
from layers.paint import plan_label
from layers.pdf.brief import brief_name, brief_pdf
from layers.pdf.typeface import typeface
from registry.registry import Registry
from terms.errors import SetupError
from terms.language import half
from views import cache, selection
from views.filters import district_options
from views.widget_values import day_of
from views.words import esc, t, unique_labels


def draw_briefs(registry: Registry, counting: Counting) -> None:
    """The brief of one place, chosen from the plans' areas and the counties in them."""
    chosen = selection.current()
    with st.container(key="briefs", gap="small"):
        title, lead = esc(t("data.brief_title")), esc(t("data.brief_lead"))
        st.html(f'<h2 id="briefs">{title}</h2><p>{lead}</p>')
        if fault := without_font():
            st.html(f'<p class="fg-notice" role="alert">{esc(fault)}</p>')
            return
        places = _places(registry)
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        with left:
            usual = _usual(registry)
            place = st.selectbox(
                t("data.brief_place"),
                list(places),
                index=list(places).index(usual) if usual in places else 0,
                format_func=places.__getitem__,
                key=f"brief-{chosen.language}",
                placeholder=t("data.brief_place"),
            )
        with right:
            _take(registry, place, counting, label=t("data.take", kind="PDF"))


def draw_brief_of(registry: Registry, code: str, counting: Counting) -> None:
    """The brief of a county where the county is shown; nothing where no plan or no font is."""
    if code in _places(registry) and not without_font():
        _take(registry, code, counting, label=t("data.brief_of_county"))


def _take(registry: Registry, place: str, counting: Counting, *, label: str) -> None:
    chosen = selection.current()
    day = day_of(chosen)
    rules = Rules(day, chosen.inferred, chosen.external, chosen.pumped)
    st.download_button(
        label,
        data=lambda: brief_pdf(
            cache.registry(),
            place,
            rules=rules,
            counting=counting,
            language=chosen.language,
            unit=chosen.unit,
        ),
        file_name=brief_name(registry, place, day=day),
        mime="application/pdf",
        key="take-brief",
        on_click="ignore",
        width="stretch",
    )


def _usual(registry: Registry) -> str:
    """The place that the selection speaks of: where the map has gone, a county, a plan's area."""
    chosen = selection.current()
    plans = [registry.plan_by_id[plan].governs_code for plan in chosen.plans]
    return next(iter((*filter(None, [chosen.area]), *chosen.districts, *plans)), "")


def _places(registry: Registry) -> dict[str, str]:
    """The areas that plans govern by their code, then every county of their cities."""
    language = selection.current().language
    areas = {plan.governs_code: plan_label(registry, plan.id, language) for plan in registry.plans}
    counties: Sequence[str] = [code for code in district_options(registry) if code not in areas]
    return unique_labels(
        (*areas, *counties),
        lambda code: areas.get(code) or registry.districts.label(code, language),
    )


def without_font() -> str:
    """Why no PDF can be made on this machine, in the language of this run; empty if it can."""
    try:
        typeface()
    except SetupError as error:
        return half(str(error), selection.current().language)
    return ""
