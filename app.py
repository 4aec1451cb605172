"""峰图 Fengtu: page set-up, the selection from the URL, navigation, run."""

from __future__ import annotations

import streamlit as st

from terms.errors import FengtuError
from views import cache, selection
from views.address import unknown_page
from views.errors import draw_error
from views.header import draw_header, draw_notices
from views.look import dress
from views.pages import PAGES
from views.words import t


def main() -> None:
    """Set up the page, settle the selection, draw the head, run the page that was asked for."""
    dress()
    asked = unknown_page(PAGES)
    pages = {  # the first page stands at the root, but would reserve its name all the same
        name: st.Page(
            path, title=name, url_path=name + "-0" * (name == asked), default=name == "map"
        )
        for name, path in PAGES.items()
    }
    if asked:  # else the library says so in a box of its own, in English
        pages["lost"] = st.Page("views/pages/lost.py", title=asked, url_path=asked)
    page = st.navigation(list(pages.values()), position="hidden")
    try:
        name = next(name for name, each in pages.items() if each is page)
        selection.begin(cache.vocabulary(), page=name)
        _set_up(t(f"app.title_{name}"))
        draw_header(whole=not selection.comes_first(name))
        draw_notices()
        page.run()
    except FengtuError as error:
        _set_up("峰图 Fengtu")
        draw_error(error, selection.language_before_begin())
    selection.end()


def _set_up(title: str) -> None:
    """Once a run: every call costs the browser another look at the whole page."""
    st.set_page_config(page_title=title, layout="wide", initial_sidebar_state=296)


main()
