"""The slim head of every page: name, pages, unit and language."""

from __future__ import annotations

import streamlit as st

from layers.symbols import data_uri
from terms.units import PowerUnit
from views import selection
from views.link import to_query
from views.words import esc, lab, t

_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 28">'
    '<path d="M2 25L14 8L20 15L27 4L38 25Z" '
    'fill="none" stroke="#0f5e5a" stroke-width="2.6" stroke-linejoin="round"/>'
    '<path d="M10 25L20 15L26.5 25" fill="none" stroke="#c58a2b" stroke-width="2.2" '
    'stroke-linejoin="round"/></svg>'
)
_LANGUAGES = {"zh": "中文", "en": "English"}


def draw_header() -> None:
    """Draw the head; the two switches are the same widgets in both languages."""
    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="fg-brand"><img src="{data_uri(_MARK)}" alt="">'
            f"<div><b>{esc(t('app.name'))}</b><span>{esc(t('app.tagline'))}</span></div></div>"
        )
        query = to_query(selection.current())
        st.page_link("views/map.py", label=t("nav.map"), query_params=query)
        st.page_link("views/about.py", label=t("nav.about"), query_params=query)
        units = {unit.value: lab("unit", unit) for unit in PowerUnit}
        st.segmented_control(
            t("filter.unit"),
            list(units),
            format_func=units.__getitem__,
            key=selection.UNIT_KEY,
            label_visibility="collapsed",
        )
        st.segmented_control(
            t("filter.language"),
            list(_LANGUAGES),
            format_func=_LANGUAGES.__getitem__,
            key=selection.LANGUAGE_KEY,
            label_visibility="collapsed",
        )


def draw_notices() -> None:
    """Say what the link named that is not known."""
    unknown = selection.unknown_in_link()
    if unknown:
        items = t("word.comma").join(
            t("filter.unknown_item", key=part.key, value=part.value[:40]) for part in unknown
        )
        st.html(
            f'<div class="fg-notice" role="alert">{esc(t("filter.unknown", items=items))}</div>'
        )
