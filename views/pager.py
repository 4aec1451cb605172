"""Which part of a long table is shown, of how many; the buttons reach all others."""

from __future__ import annotations

import streamlit as st

from layers.project_list import Part
from views import selection
from views.words import esc, t


def draw_pager(part: Part) -> None:
    """Draw the line under a table that has more than one part; say where a link asked beyond."""
    asked = selection.current().part
    if asked != part.number:
        words = t("projects.part_beyond", asked=f"{asked:,}", part=f"{part.number:,}")
        st.html(f'<p class="fg-notice" role="alert">{esc(words)}</p>')
    if part.parts == 1:
        return
    words = t(
        "projects.part",
        first=f"{part.first:,}",
        last=f"{part.first + len(part.rows) - 1:,}",
        total=f"{part.total:,}",
        part=f"{part.number:,}",
        parts=f"{part.parts:,}",
    )
    steps = {"first": 1, "before": part.number - 1, "after": part.number + 1, "last": part.parts}
    with st.container(key="parts", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="fg-part-words" role="status">{esc(words)}</p>')
        for name, number in steps.items():
            st.button(
                t(f"projects.part_{name}"),
                key=f"part-{name}",
                on_click=selection.change,
                kwargs={"part": number},
                disabled=number == part.number or not 1 <= number <= part.parts,
            )
