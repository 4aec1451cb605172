"""The choice of a base layer under the map; nothing is drawn until the user has set one up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from layers.basemaps import name_of, with_base
from store.basemaps import Basemap
from views import cache, selection
from views.errors import fault_table
from views.words import esc, t, unique_labels


def over_base(state: Mapping[str, Any]) -> dict[str, Any]:
    """The message for the map with the chosen base layer under it."""
    return with_base(state, chosen_base(), selection.current().language)


def chosen_base() -> Basemap | None:
    """The base layer of the selection, if it is still set up."""
    bases, _ = cache.basemaps()
    wanted = selection.current().base
    return next((base for base in bases if base.id == wanted), None)


def draw_base_choice() -> None:
    """Draw the choice where there is one, and what is wrong with the file where it has faults."""
    bases, faults = cache.basemaps()
    language = selection.current().language
    if faults:
        said = t("base.faults", count=len(faults))
        st.html(
            f'<div class="fg-faults" role="alert">{esc(said)}{fault_table(faults, language)}</div>'
        )
    if not bases:
        return
    labels = _labels(bases)
    with st.container(key="base-choice", horizontal=True, vertical_alignment="center"):
        st.selectbox(
            t("base.label"),
            list(labels),
            format_func=lambda key: labels.get(key, key),
            key=selection.widget_key("base"),
            on_change=selection.take_widgets,
            placeholder=t("base.label"),
        )
        base = chosen_base()
        said = t(f"base.crs_{base.crs}") if base else t("base.none_hint")
        st.html(f'<p class="fg-caption">{esc(said)}</p>')


def _labels(bases: Sequence[Basemap]) -> dict[str, str]:
    """The choices by id; a base layer that is no longer set up keeps its id until it is left."""
    chosen = selection.current()
    names = {"": t("base.none"), **{base.id: name_of(base, chosen.language) for base in bases}}
    count = Counter(names.values())
    return unique_labels(
        dict.fromkeys((*names, chosen.base)),
        lambda key: names[key] if count[names.get(key)] == 1 else f"{names.get(key, key)} [{key}]",
    )
