"""The slim head of every page: name, pages, unit and language."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from layers.symbols import data_uri
from terms.units import PowerUnit
from views import editing, selection
from views.copy_notice import copy_lines
from views.link import to_query
from views.parameters import MAX_WORDS
from views.sign_in import draw_person
from views.widget_values import LANGUAGE_KEY, UNIT_KEY
from views.words import esc, joined, lab, t

_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 28">'
    '<path d="M2 25L14 8L20 15L27 4L38 25Z" '
    'fill="none" stroke="#0f5e5a" stroke-width="2.6" stroke-linejoin="round"/>'
    '<path d="M10 25L20 15L26.5 25" fill="none" stroke="#c58a2b" stroke-width="2.2" '
    'stroke-linejoin="round"/></svg>'
)
_LANGUAGES = {"zh": "中文", "en": "English"}


def draw_header(*, whole: bool) -> None:
    """Draw the head, or at first the name alone; the switches are the same in both languages."""
    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="fg-brand"><img src="{data_uri(_MARK)}" alt="" width="40" height="28">'
            f"<div><b>{esc(t('app.name'))}</b><span>{esc(t('app.tagline'))}</span></div></div>"
        )
        if not whole:
            return
        query = to_query(selection.current())
        st.page_link("views/pages/map.py", label=t("nav.map"), query_params=query)
        st.page_link("views/pages/targets.py", label=t("nav.targets"), query_params=query)
        st.page_link("views/pages/districts.py", label=t("nav.districts"), query_params=query)
        st.page_link("views/pages/projects.py", label=t("nav.projects"), query_params=query)
        st.page_link("views/pages/siting.py", label=t("nav.siting"), query_params=query)
        st.page_link("views/pages/data.py", label=t("nav.data"), query_params=query)
        st.page_link("views/pages/about.py", label=t("nav.about"), query_params=query)
        units = {unit.value: lab("unit", unit) for unit in PowerUnit}
        _switch("unit", units, key=UNIT_KEY)
        _switch("language", _LANGUAGES, key=LANGUAGE_KEY)
        draw_person()


def _switch(name: str, labels: Mapping[str, str], *, key: str) -> None:
    st.segmented_control(
        t(f"filter.{name}"),
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=selection.take_widgets,
        label_visibility="collapsed",
    )


def draw_notices() -> None:
    """Say what of the link was not taken, where the data come from, what may be done no more."""
    unread = selection.unread_of_link()
    unknown = [part for part in unread if part.why == "unknown"]
    lines = []
    if unknown:
        items = t("word.comma").join(
            t("filter.unknown_item", key=part.key, value=part.value[:40]) for part in unknown
        )
        lines.append(t("filter.unknown", items=items))
    if unpicked := [part.value[:40] for part in unread if part.why == "unpicked"]:
        lines.append(t("filter.unpicked", items=t("word.comma").join(unpicked)))
    if any(part.why == "too_long" for part in unread):
        lines.append(t("filter.too_long", limit=MAX_WORDS))
    lines += copy_lines()
    if reason := editing.just_closed():  # the form that was sent is gone with what was typed
        lines.append(joined(t("editing.just_closed"), t(f"editing.{reason}")))
        st.toast(t("editing.just_closed"))
    if lines:
        st.html(f'<div class="fg-notice" role="alert">{"<br>".join(map(esc, lines))}</div>')
