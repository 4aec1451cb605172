"""The page 选址: screen an area by a recipe, see what each term takes and gives, take it away."""

from __future__ import annotations

import streamlit as st

from geo.siting.recipe import Recipe
from layers.siting.run import Run
from terms.errors import FengtuError
from terms.language import half
from views import cache, selection
from views.siting.add import draw_add
from views.siting.files import draw_files, draw_recipe_file
from views.siting.map import draw_score
from views.siting.opened import draw_opened
from views.siting.recipe import draw_choice, draw_head, draw_missing, draw_restore
from views.siting.runs import draft, keep_draft, run
from views.siting.solar_yield import draw_yield, has_yield
from views.siting.tables import draw_ranking, draw_waterfall
from views.siting.terms import draw_terms
from views.words import esc, t


def draw_page() -> None:
    """Compose the page: the recipe on the left decides the picture on the right."""
    registry = cache.registry()
    chosen = selection.current()
    before = draft(chosen)
    recipe = draw_choice(registry, before)
    draw_head(recipe)
    left, right = st.columns([1, 1.15], gap="medium")
    with left:
        recipe = draw_terms(recipe)
        draw_restore(recipe)
        draw_add(registry, recipe)
        draw_missing(recipe)
        draw_recipe_file(recipe)
    if recipe != before:
        keep_draft(recipe)
        st.rerun()  # what stands above still says what was before
    with right, st.container(key="siting-result"):
        found = _found(recipe)
        if found is not None:
            draw_score(found)
    if found is not None:
        _below(found)


def _below(found: Run) -> None:
    draw_waterfall(found)
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        draw_ranking(found)
    with right:
        draw_opened(found)
    if has_yield(found.recipe):
        draw_yield(found)
    draw_files(found)


def _found(recipe: Recipe) -> Run | None:
    """The run, or in its place why there is none."""
    try:
        with st.spinner(t("siting.running")):
            return run(recipe)
    except FengtuError as error:
        words = half(str(error), selection.current().language)
        st.html(f'<div class="fg-notice fg-bad" role="alert">{esc(words)}</div>')
        return None


draw_page()
