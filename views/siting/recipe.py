"""Which recipe and where: the choice in the sidebar, the head of the page, what is missing."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from geo.siting.edit import changed
from geo.siting.recipe import Recipe
from layers.siting.run import BLANK, shipped_recipes
from layers.siting.words import said
from registry.registry import Registry
from terms.kinds import Technology
from terms.selection import SitingRecipe
from views import selection
from views.filters import draw_places
from views.siting.runs import ROUND, keep_draft, original
from views.words import esc, lab, t

_CELLS_M = (250.0, 500.0, 1000.0, 2000.0)


def draw_choice(registry: Registry, recipe: Recipe) -> Recipe:
    """Draw the sidebar; the recipe with the cell and the technology that were chosen there."""
    names = {each: _name(each) for each in get_args(SitingRecipe)}
    with st.sidebar:
        st.selectbox(
            t("siting.recipe"),
            list(names),
            format_func=names.__getitem__,
            key=selection.widget_key("recipe"),
            on_change=selection.take_widgets,
            placeholder=t("siting.recipe"),
        )
        draw_places(registry)
        st.html(f'<p class="fg-caption">{esc(_where(recipe))}</p>')
        changes: dict[str, object] = {"cell_m": _cell(recipe)}
        if selection.current().recipe == BLANK:
            changes["technology"] = _technology(recipe)
    return recipe if _is_same(recipe, changes) else changed(recipe, **changes)


def draw_head(recipe: Recipe) -> None:
    """The title with what the screening is and is not."""
    language = selection.current().language
    note = said(recipe, "note", language)
    extra = f'<p class="fg-siting-note">{esc(note)}</p>' if note else ""
    st.html(
        f'<div class="fg-title fg-siting-head"><h2>{esc(_title(recipe))}'
        f'<em class="fg-draft">{esc(t("county.sketch"))}</em></h2>'
        f"<p>{esc(t('siting.sketch_note'))}</p>{extra}</div>"
    )


def draw_restore(recipe: Recipe) -> None:
    """The way back to the original, where something was changed."""
    if recipe != original(selection.current()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(t("siting.restore"), key="siting-restore", on_click=keep_draft, args=(None,))
            st.html(f'<p class="fg-hint">{esc(t("siting.restore_hint"))}</p>')


def draw_missing(recipe: Recipe) -> None:
    """What Fengtu has no data for, and how the user's own are used."""
    if not recipe.missing:
        return
    language = selection.current().language
    items = "".join(
        f"<li><b>{esc(said(each, 'title', language))}</b>"
        f"<em>{esc(t(f'siting.missing_{each.kind}'))}</em>"
        f"<span>{esc(said(each, 'why', language))}</span></li>"
        for each in recipe.missing
    )
    st.html(
        f'<div class="fg-card fg-siting-missing"><h3>{esc(t("siting.missing"))}</h3>'
        f"<p>{esc(t('siting.missing_lead'))}</p><ul>{items}</ul></div>"
    )


def _title(recipe: Recipe) -> str:
    title = said(recipe, "title", selection.current().language)
    if not recipe.technology or selection.current().recipe != BLANK:
        return title
    return f"{title}{t('word.colon')}{lab('technology', recipe.technology)}"


def _name(key: str) -> str:
    if key == BLANK:
        return t("siting.recipe_blank")
    return said(shipped_recipes()[key], "title", selection.current().language)


def _where(recipe: Recipe) -> str:
    """Which area is in force: the filters' or the recipe's own."""
    chosen = selection.current()
    if chosen.districts or chosen.area or chosen.plans:
        return t("siting.area_filters")
    return t("siting.area_recipe") if recipe.area else t("siting.area_all")


def _cell(recipe: Recipe) -> float:
    found: float = st.select_slider(
        t("siting.cell"),
        sorted({*_CELLS_M, recipe.cell_m}),
        value=recipe.cell_m,
        format_func=lambda each: f"{each:g} m",
        key=selection.widget_key(f"cell-{recipe.id}-{selection.round_of(ROUND)}"),
    )
    return found


def _technology(recipe: Recipe) -> str | None:
    names = {"": t("siting.technology_none")}
    names |= {each.value: lab("technology", each) for each in Technology}
    options = list(names)
    found: str = st.selectbox(
        t("siting.technology"),
        options,
        index=options.index(recipe.technology or ""),
        format_func=names.__getitem__,
        key=selection.widget_key(f"siting-technology-{selection.round_of(ROUND)}"),
        placeholder=t("siting.technology"),
    )
    return found or None


def _is_same(recipe: Recipe, changes: dict[str, object]) -> bool:
    return all(getattr(recipe, name) == value for name, value in changes.items())
