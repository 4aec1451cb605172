"""The map of the counties with its legend; a click opens the county's sheet."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit_folium import st_folium

from layers.county_lines import PlanTable
from layers.county_map import (
    BLANK,
    NOT_STATED,
    UNDIVIDED,
    CountyMap,
    class_words,
    county_map,
    county_state,
    legend_unit,
    shown_tables,
)
from layers.map import build_map, paint_group
from layers.paint import plan_label
from registry.registry import Registry
from views import cache, selection
from views.assets import serve_assets
from views.base import over_base
from views.words import esc, lab, t

_HEIGHT_PX = 620  # the style sheet fits it to the window


def draw_district_map(registry: Registry, tables: Sequence[PlanTable]) -> None:
    """Draw the legend, which says what is coloured and what is not, and the map."""
    chosen = selection.current()
    made = county_map(tables, chosen)
    st.html(_legend(registry, tables, made))
    files = cache.browser_files()  # first: this makes the folder that the assets are served from
    st_folium(
        build_map(serve_assets(files), files),
        key=selection.COUNTY_MAP_KEY,
        height=_HEIGHT_PX,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=paint_group(over_base(county_state(registry, made, selection=chosen))),
        on_change=lambda: selection.take_click(selection.COUNTY_MAP_KEY),
    )


def _legend(registry: Registry, tables: Sequence[PlanTable], made: CountyMap) -> str:
    chosen, districts = selection.current(), registry.districts
    edition = districts.edition if chosen.language == "zh" else districts.edition_en
    plans = t("word.list").join(
        plan_label(registry, table.plan, chosen.language) for table in shown_tables(tables)
    )
    unit = legend_unit(chosen) if made.technology else t("county.map_rows_unit")
    notes = (t("county.map_units", unit=unit), t("county.map_source", plans=plans), edition)
    keys = "".join(
        _key(
            f"background:{each.colour}",
            class_words(each, chosen.language, is_whole=made.technology is None),
        )
        for each in made.classes
    )
    keys += "".join(_key_of(name, words) for name, words in _others(made))
    mark = f'<em class="fg-draft">{esc(t("county.sketch"))}</em>' if made.is_sketch else ""
    return (
        f'<div class="fg-county-legend"><h2>{esc(_title(made))}{mark}</h2>'
        f"{_without_mw(made)}<ul>{keys}</ul><p>{esc(' '.join(notes))}</p></div>"
    )


def _without_mw(made: CountyMap) -> str:
    """Said where the chosen technology cannot be coloured."""
    wanted = selection.current().technology
    if not wanted or made.technology is not None:
        return ""
    said = t("county.map_without_mw", name=lab("technology", wanted))
    return f'<p class="fg-contrary">{esc(said)}</p>'


def _title(made: CountyMap) -> str:
    if made.technology is None:
        return t("county.map_rows")
    name = lab("technology", made.technology)
    if not made.is_sketch:
        return t("county.map_by", name=name)
    return t("county.map_sketch", name=name, rule=lab("allocation", selection.current().rule))


def _others(made: CountyMap) -> list[tuple[str, str]]:
    """The fills that are no class, as far as the map shows them."""
    blank = "legend_blank" if made.technology else "legend_no_rows"
    fills = ((NOT_STATED, "hatch", "legend_not_stated"), (UNDIVIDED, "dots", "legend_undivided"))
    found = [(name, words) for fill, name, words in fills if made.has(fill)]
    found += [("blank", blank)] if made.has(BLANK) else []
    return [*found, ("beyond", "legend_beyond")]


def _key(style: str, words: str) -> str:
    return f'<li><i style="{style}"></i>{esc(words)}</li>'


def _key_of(name: str, words: str) -> str:
    return f'<li><i class="fg-key-{name}"></i>{esc(t(f"county.{words}"))}</li>'
