"""The terms of the recipe, a line each: switched, weighed, limited, taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from geo.siting.edit import with_density, with_term, without_term
from geo.siting.recipe import Criterion, Density, Exclusion, Recipe
from layers.siting.sources import reach
from layers.siting.words import KM, curve_words, density_words, limits, said
from terms.errors import RecipeError
from views import cache, selection
from views.siting.runs import ROUND, keep_draft
from views.siting.sources import source_name
from views.words import esc, lab, plain, t

Changes = dict[str, Any]


def draw_terms(recipe: Recipe) -> Recipe:
    """Draw exclusions, criteria and densities; the recipe with what was changed."""
    for section, terms in (("exclusions", recipe.exclusions), ("criteria", recipe.criteria)):
        with st.container(key=f"siting-{section}", gap=None):
            st.html(
                f'<div class="fg-title"><h3>{esc(t(f"siting.{section}"))}</h3>'
                f"<p>{esc(t(f'siting.{section}_lead'))}</p></div>"
            )
            for term in terms:
                recipe = _line(recipe, term)
            if not terms:
                st.html(f'<p class="fg-hint">{esc(t("siting.no_exclusions"))}</p>')
    if recipe.densities:
        with st.container(key="siting-densities", gap=None):
            st.html(f'<div class="fg-title"><h3>{esc(t("siting.densities"))}</h3></div>')
            for density in recipe.densities:
                recipe = _density(recipe, density)
    return recipe


def _line(recipe: Recipe, term: Exclusion | Criterion) -> Recipe:
    language = selection.current().language
    is_criterion = isinstance(term, Criterion)
    with st.container(key=_key(recipe, term.id, "line"), horizontal=True, gap="small"):
        changes: Changes = {
            "enabled": st.toggle(
                plain(said(term, "title", language)),
                value=term.enabled,
                key=_key(recipe, term.id, "on"),
                width="stretch",
            )
        }
        words = t("siting.weight_said", weight=f"{term.weight:g}") if is_criterion else ""
        words = words or limits(term, language)
        st.html(f'<span class="fg-siting-limit">{esc(words)}</span>')
        box = st.popover(t("siting.adjust"), key=_key(recipe, term.id, "box"), on_change="rerun")
        if box.open:
            with box:
                changes |= _inputs(recipe, term)
    return tried(recipe, lambda: with_term(recipe, term.id, **changes), _differs(term, changes))


def _inputs(recipe: Recipe, term: Exclusion | Criterion) -> Changes:
    """Why the term is there, its figures, and the way to take it out."""
    language = selection.current().language
    why = said(term, "why", language) or t("siting.no_why")
    where = t("word.comma").join(filter(None, (source_name(term.source), _reach(term))))
    st.html(f'<p class="fg-siting-why">{esc(why)}<small>{esc(where)}</small></p>')
    found = _criterion(recipe, term) if isinstance(term, Criterion) else _limits(recipe, term)
    is_last = isinstance(term, Criterion) and len(recipe.criteria) == 1
    st.button(
        t("siting.remove"),
        key=_key(recipe, term.id, "remove"),
        on_click=lambda: keep_draft(without_term(recipe, term.id)),
        disabled=is_last,
    )
    return found


def _reach(term: Exclusion | Criterion) -> str:
    """How precisely the rows of a layer can be measured to, and how many not at all."""
    kind, _, layer = term.source.partition(":")
    if kind != "layer" or term.kind != "distance":
        return ""
    found = reach(cache.registry(), layer)
    return t(
        "siting.reach",
        points=found.points,
        by_county=found.by_county,
        unplaced=found.unplaced,
    )


def _criterion(recipe: Recipe, term: Criterion) -> Changes:
    weight = st.slider(
        t("siting.weight"), 0.0, 10.0, min(term.weight, 10.0), 0.5, key=_key(recipe, term.id, "w")
    )
    st.html(f'<p class="fg-siting-why">{esc(curve_words(term, selection.current().language))}</p>')
    shown = "; ".join(f"{x:g}: {score:g}" for x, score in term.curve)
    typed = st.text_input(
        t("siting.curve", unit=said(term, "unit", selection.current().language)),
        shown,
        key=_key(recipe, term.id, "curve"),
        max_chars=300,
    )
    curve = _curve(typed)
    if curve is None:
        st.html(f'<p class="fg-notice fg-bad" role="alert">{esc(t("siting.curve_unread"))}</p>')
    return {"weight": weight} | ({} if typed == shown or curve is None else {"curve": curve})


def _curve(typed: str) -> list[list[float]] | None:
    """Points as typed, 0: 1; 60000: 0; None where the text is none."""
    try:
        pairs = [
            part.split(":")
            for part in typed.replace("：", ":").replace("；", ";").strip("; ").split(";")
        ]
        return [[float(x), float(score)] for x, score in pairs]
    except ValueError:
        return None


def _limits(recipe: Recipe, term: Exclusion) -> Changes:
    if term.kind == "district":
        return {"drop": _drop(recipe, term.id, ("named", "others"), term.drop)}
    if term.kind == "polygons":
        return {"drop": _drop(recipe, term.id, ("inside", "outside"), term.drop)}
    if term.kind == "distance":
        given = {"within_m": term.within_m, "beyond_m": term.beyond_m}
        found = {name: _number(recipe, term.id, name, each, KM) for name, each in given.items()}
    else:
        found = {
            name: _number(recipe, term.id, name, each, 1.0)
            for name, each in (("min", term.min), ("max", term.max))
        }
    return dict(found)


def _drop(recipe: Recipe, name: str, options: tuple[str, ...], now: str) -> str:
    labels = {each: t(f"siting.drop_{each}") for each in options}
    found: str = st.radio(
        t("siting.drop"),
        options,
        index=options.index(now),
        format_func=labels.__getitem__,
        key=_key(recipe, name, "drop"),
    )
    return found


def _number(recipe: Recipe, name: str, field: str, now: float | None, unit: float) -> float | None:
    value = st.number_input(
        t(f"siting.field_{field}"),
        value=None if now is None else now / unit,
        key=_key(recipe, name, field),
        placeholder=t("siting.no_limit"),
        format="%.3f" if now is not None and abs(now) < 1 else "%.1f",
    )
    return None if value is None else float(value) * unit


def _density(recipe: Recipe, each: Density) -> Recipe:
    name = each.technology.value
    with st.container(key=_key(recipe, name, "density"), horizontal=True, gap="small"):
        st.html(f'<span class="fg-siting-limit"><b>{esc(lab("technology", name))}</b></span>')
        density = st.number_input(
            t("siting.density"), 0.1, 1000.0, each.mw_per_km2, key=_key(recipe, name, "mw")
        )
        share = st.number_input(
            t("siting.share"), 0.1, 100.0, each.land_share * 100, key=_key(recipe, name, "share")
        )
    st.html(
        f'<p class="fg-siting-why">{esc(density_words(each, selection.current().language))}</p>'
    )
    changes = {"mw_per_km2": density, "land_share": round(share / 100, 6)}
    return tried(recipe, lambda: with_density(recipe, name, **changes), _differs(each, changes))


def tried(recipe: Recipe, change: Callable[[], Recipe], is_asked: bool) -> Recipe:
    """The changed recipe; where it would be none, the old one and why."""
    if not is_asked:
        return recipe
    try:
        return change()
    except RecipeError as error:
        st.html(f'<p class="fg-notice fg-bad" role="alert">{esc(_refused(error))}</p>')
        return recipe


def _refused(error: RecipeError) -> str:
    """That a change was not taken and why, in a sentence: the form shows where it stands."""
    faults = [fault.told(selection.current().language) for fault in error.faults]
    return t("siting.refused") + t("word.list").join(
        t("siting.refused_part", found=each.found, expected=each.expected) for each in faults
    )


def _differs(term: Exclusion | Criterion | Density, changes: Changes) -> bool:
    return any(getattr(term, name) != value for name, value in changes.items())


def _key(recipe: Recipe, name: str, part: str) -> str:
    round_ = selection.round_of(ROUND)
    return selection.widget_key(f"siting-{recipe.id}-{name}-{part}-{round_}")
