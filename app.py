"""峰图 Fengtu: page set-up, the selection from the URL, navigation, run."""

from __future__ import annotations

import streamlit as st

from views import cache, selection

PAGES = {"map": "views/map.py"}


def main() -> None:
    """Set up the page and run the one that was asked for."""
    st.set_page_config(page_title="峰图 Fengtu", layout="wide")
    page = st.navigation([st.Page("views/map.py", default=True)], position="hidden")
    selection.begin(cache.vocabulary())
    page.run()


main()
