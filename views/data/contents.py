"""What stands on the page 数据, as links to its sections at its head."""

from __future__ import annotations

import streamlit as st

from registry.mode import mode
from views.words import esc, t

_SECTIONS = ("export", "briefs", "intake", "records", "changes", "rasters")
_IN_HOUSE = frozenset({"intake", "records", "changes"})  # not there in public mode


def draw_contents() -> None:
    """Draw a link to each section in the order of the page."""
    is_public = mode() == "public"
    links = "".join(
        f'<a href="#{name}">{esc(t(f"data.go_{name}"))}</a>'
        for name in _SECTIONS
        if not (is_public and name in _IN_HOUSE)
    )
    st.html(f'<nav class="fg-contents" aria-label="{esc(t("data.contents"))}">{links}</nav>')
