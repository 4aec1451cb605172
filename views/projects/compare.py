"""Up to four projects of the shortlist side by side; a difference has a sign, not only a colour."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from layers.comparison import Compared, comparison
from layers.project_list import Manner
from registry.registry import Registry
from terms.records import Project
from views import actions, selection
from views.grid import COMPARED_AT_MOST
from views.words import esc, t


def draw_comparison(registry: Registry, rows: Sequence[Project]) -> None:
    """Draw the matrix of the chosen projects; below two, say how to choose."""
    chosen = selection.current()
    manner = Manner(registry, chosen.language, chosen.unit)
    shown, beyond = rows[:COMPARED_AT_MOST], rows[COMPARED_AT_MOST:]
    with st.container(key="comparison"):
        st.html(
            f'<div class="fg-title"><h3>{esc(t("projects.compare_title"))}</h3>'
            f"<p>{esc(t('projects.compare_lead'))}</p></div>"
        )
        if beyond:
            names = t("word.list").join(manner.cell(row, "name") for row in beyond)
            words = t("projects.compare_beyond", names=names)
            st.html(f'<p class="fg-notice" role="status">{esc(words)}</p>')
        if len(shown) < 2:
            st.html(f'<p class="fg-hint">{esc(t("projects.compare_choose"))}</p>')
            return
        st.html(_matrix(manner, shown, comparison(manner, shown, inferred=chosen.inferred)))
        st.button(
            t("projects.compare_clear"),
            key="clear-compared",
            on_click=actions.clear,
            args=("compared",),
        )


def _matrix(manner: Manner, rows: Sequence[Project], fields: Sequence[Compared]) -> str:
    heads = "".join(f'<th scope="col">{esc(manner.cell(row, "name"))}</th>' for row in rows)
    body = "".join(_line(each) for each in fields)
    return (
        f'<div class="fg-scroll"><table class="fg-matrix"><thead><tr>'
        f'<th scope="col">{esc(t("projects.compare_field"))}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _line(each: Compared) -> str:
    cells = "".join(f"<td>{_value(value)}</td>" for value in each.values)
    sign = f"<i>{esc(t('projects.compare_differs'))}</i>" if each.differs else ""
    kind = ' class="fg-differs"' if each.differs else ""
    return (
        f'<tr{kind} data-field="{esc(each.field)}">'
        f'<th scope="row">{esc(each.title)}{sign}</th>{cells}</tr>'
    )


def _value(value: str) -> str:
    if value:
        return esc(value)
    return f'<span class="fg-none">{esc(t("word.not_stated"))}</span>'
