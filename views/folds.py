"""A fold that stays open when the language changes, so that what is typed in it stays."""

from __future__ import annotations

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from views import selection


def fold(title: str, name: str, key: str) -> ExpanderContainer:
    """An expander that says whether it is open; in another language it is another widget."""
    language, held = selection.current().language, f"fold-{name}"
    before, at_first, is_open = selection.kept(held) or (language, False, False)
    at_first = at_first if before == language else is_open
    box = st.expander(title, key=key, on_change="rerun", expanded=at_first)
    selection.keep(held, (language, at_first, bool(box.open)))
    return box
