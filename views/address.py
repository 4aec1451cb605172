"""The address of this page as another person opens it."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import unquote, urlencode, urlsplit

import streamlit as st

from terms.selection import Selection
from views.link import link_of, to_query


def full_link(selection: Selection, *, page: str) -> str:
    """The whole address of the open page with a selection; without a browser its relative form."""
    here = st.context.url
    if not here:
        return link_of(selection, page=page)
    return f"{here.split('?')[0].split('#')[0]}?{urlencode(to_query(selection))}"


def unknown_page(known: Collection[str]) -> str:
    """The page that the address names, if there is none of this name; else the empty string."""
    base = "/" + str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = unquote(urlsplit(st.context.url or "").path)
    name = path.removeprefix(base).strip("/")
    is_default = name == "map"  # it stands at the root only
    return name if name and "/" not in name and (is_default or name not in known) else ""
