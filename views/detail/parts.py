"""Pieces of the detail panel: headings, definition lists, links to other rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from layers.styles import STYLES
from layers.symbols import Look, data_uri, symbol_svg
from terms.kinds import Layer, PlanStatus
from terms.records import PlanRecord, Project
from views import selection
from views.words import esc, lab, plain, t

Pair = tuple[str, str]


def draft_mark() -> str:
    """The mark of a consultation draft."""
    return f'<em class="fg-draft">{esc(lab("plan_status", PlanStatus.DRAFT))}</em>'


def symbol(layer: Layer, look: Look = "hollow") -> str:
    """The symbol of a layer as an image (our own HTML lets no inline SVG through)."""
    return f'<img src="{esc(data_uri(symbol_svg(STYLES[layer], look)))}" alt="" width="22">'


def heading(title: str, *, layer: Layer | None, under: str, look: Look = "hollow") -> str:
    """The title of the panel with the symbol of its layer."""
    drawn = f"<i>{symbol(layer, look)}</i>" if layer else ""
    return f'<header class="fg-head">{drawn}<div><h2>{esc(title)}</h2><p>{under}</p></div></header>'


def facts(
    title: str, pairs: Iterable[Pair], *, words: str = "detail", when_open: str = "word.not_stated"
) -> str:
    """A titled definition list; an empty value reads "not stated", never 0.

    `words` is the part of the catalogue that names title and terms; a term with a dot is a key.
    """
    lines = ""
    for key, value in pairs:
        shown = esc(value) if value else f'<span class="fg-none">{esc(t(when_open))}</span>'
        term = t(key if "." in key else f"{words}.{key}")
        lines += f"<div><dt>{esc(term)}</dt><dd>{shown}</dd></div>"
    return f"<section><h3>{esc(t(f'{words}.{title}'))}</h3><dl>{lines}</dl></section>"


def plan_list(plans: Iterable[PlanRecord], line: Callable[[PlanRecord], str]) -> str:
    """The plans by title with their draft marks, and a small line under each."""
    is_chinese = selection.current().language == "zh"
    items = ""
    for plan in plans:
        title = plan.title if is_chinese else plan.title_en
        mark = draft_mark() if plan.status is PlanStatus.DRAFT else ""
        items += f"<li><b>{esc(title)}</b>{mark}<small>{esc(line(plan))}</small></li>"
    return f'<ul class="fg-plans">{items}</ul>'


def link_to(row: Project, *, prefix: str = "", key: str) -> None:
    """A button that opens another row."""
    name = row.name if selection.current().language == "zh" else row.name_en
    st.button(
        plain(f"{prefix}{name}"),
        key=f"go-{key}-{row.id}",
        type="tertiary",
        on_click=selection.focus_on,
        args=(row.id,),
    )
