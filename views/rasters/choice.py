"""The choice of a raster to lie on the map, and what it is good for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo.rasters.record import RasterRecord
from layers.raster_overlay import Picture, legend_text, with_raster
from terms.language import half
from views import cache_rasters, selection
from views.assets import data_address
from views.words import esc, t, unique_labels


def over_raster(state: Mapping[str, Any]) -> dict[str, Any]:
    """The message for the map with the chosen raster on it, where its picture can be drawn."""
    record = chosen_raster()
    found = cache_rasters.picture(record) if record else None
    if record is None or not isinstance(found, Picture):
        return dict(state)
    address, language = data_address(found.file), selection.current().language
    return with_raster(state, record, found, address=address, language=language)


def chosen_raster() -> RasterRecord | None:
    """The raster of the selection, if it is still there."""
    wanted = selection.current().raster
    return next((each for each in cache_rasters.library()[0] if each.id == wanted), None)


def draw_raster_choice() -> None:
    """Draw the choice, with source, unit and caveat of what is chosen, or why it is not drawn."""
    labels = _labels()
    with st.container(key="raster-choice", horizontal=True, vertical_alignment="center"):
        st.selectbox(
            t("raster.label"),
            list(labels),
            format_func=lambda key: labels.get(key, key),
            key=selection.widget_key("raster"),
            on_change=selection.take_widgets,
            placeholder=t("raster.label"),
        )
        record = chosen_raster()
        st.html(_said(record) if record else _hint())


def _hint() -> str:
    if gone := selection.current().raster:
        return f'<div class="fg-notice" role="alert">{esc(t("raster.gone", name=gone))}</div>'
    return f'<p class="fg-caption">{esc(t("raster.none_hint"))}</p>'


def _said(record: RasterRecord) -> str:
    language = selection.current().language
    found = cache_rasters.picture(record)
    if not isinstance(found, Picture):
        return f'<div class="fg-notice" role="alert">{esc(half(found, language))}</div>'
    legend = legend_text(found.classes, language)
    facts = t("raster.facts", source=record.source or t("raster.not_stated"), year=year_of(record))
    said = t("raster.shown", legend=legend, unit=record.unit_in(language), facts=facts)
    return f'<p class="fg-caption">{esc(said)} {esc(record.caveat_in(language))}</p>'


def year_of(record: RasterRecord) -> str:
    """The years that a raster stands for, or that none is stated."""
    return record.year or t("raster.not_stated")


def raster_names(records: tuple[RasterRecord, ...]) -> dict[str, str]:
    """Titles by id, told apart by the id where two are the same."""
    language = selection.current().language
    names = {each.id: each.title_in(language) for each in records}
    count = Counter(names.values())
    return unique_labels(
        names, lambda key: names[key] if count[names[key]] == 1 else f"{names[key]} [{key}]"
    )


def _labels() -> dict[str, str]:
    """The choices by id; a raster that was removed keeps its id until it is left."""
    names = {"": t("raster.none"), **raster_names(cache_rasters.library()[0])}
    chosen = selection.current().raster
    return names if chosen in names else {**names, chosen: chosen}
