"""In place of a page that does not exist: what was asked for, and the way back."""

from __future__ import annotations

import streamlit as st

from views import selection
from views.address import unknown_page
from views.link import to_query
from views.pages import PAGES
from views.words import esc, t


def draw_page() -> None:
    """Go on where only the case of letters differs; else say that there is no such page."""
    name, query = unknown_page(PAGES), to_query(selection.current())
    if name.lower() in PAGES:
        st.switch_page(PAGES[name.lower()], query_params=query)
    words = esc(t("lost.said", name=name[:40]))
    with st.container(key="lost"):
        st.html(
            f'<div class="fg-error" role="alert"><h1>{esc(t("lost.title"))}</h1>'
            f"<p>{words}</p></div>"
        )
        st.page_link("views/pages/map.py", label=t("lost.back"), query_params=query)


draw_page()
