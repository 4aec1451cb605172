"""Every hostile text in every call that renders markdown, made inert as the pages make it."""

from __future__ import annotations

import streamlit as st

from tests.hostile import VISIBLE
from views.words import plain

for number, words in enumerate(each for each in VISIBLE if len(each) <= 200):
    inert = plain(words)
    with st.container(key=f"text-{number}"):
        st.button(inert, key=f"button-{number}")
        st.toggle(inert, key=f"toggle-{number}")
        st.caption(inert)
        st.markdown(inert)
        st.error(inert)
        st.expander(inert)
        st.page_link("http://127.0.0.1:9/", label=inert)
