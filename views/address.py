"""The address of this page as another person opens it."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from terms.selection import Selection
from views.link import link_of, to_query


def full_link(selection: Selection, *, page: str) -> str:
    """The whole address of the open page with a selection; without a browser its relative form."""
    here = st.context.url
    if not here:
        return link_of(selection, page=page)
    return f"{here.split('?')[0].split('#')[0]}?{urlencode(to_query(selection))}"
