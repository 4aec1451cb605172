"""More terms and shapes of one's own: distance to a layer, a raster's range, counties, areas."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.siting.edit import changed, with_new
from geo.siting.recipe import Recipe
from layers.siting.words import KM
from registry.registry import Registry
from terms.errors import FengtuError
from terms.kinds import Technology
from terms.language import half
from views import selection
from views.look import name_file_button
from views.siting.runs import ROUND, add_shapes, drop_shapes, keep_draft, shapes
from views.siting.sources import sources_of
from views.words import esc, lab, t

_KINDS = (
    *("exclusions_distance", "exclusions_raster", "exclusions_district", "exclusions_polygons"),
    *("criteria_distance", "criteria_raster", "criteria_county", "criteria_share"),
)
_CRS = ("declared", "wgs84", "cgcs2000", "gcj02", "bd09")
_MAX_NAME = 20
_MAX_MB = 20


def draw_add(registry: Registry, recipe: Recipe) -> None:
    """Draw the three ways to bring more into the recipe, each folded until it is asked for."""
    for name, draw in (("own", _own), ("add", _term), ("add_density", _density)):
        box = st.expander(
            t(f"siting.{name}"), key=selection.widget_key(f"siting-{name}"), on_change="rerun"
        )
        if box.open:
            with box:
                draw(recipe)


def _own(recipe: Recipe) -> None:
    """Shapes of one's own: a file, or a box or GeoJSON that is typed."""
    st.html(f'<p class="fg-hint">{esc(t("siting.own_lead"))}</p>')
    for each in shapes():
        with st.container(key=f"own-{each.name}", horizontal=True, vertical_alignment="center"):
            st.html(
                f"<span>{esc(t('siting.own_held', name=each.name, count=len(each.wkb)))}</span>"
            )
            st.button(
                t("siting.remove"), key=f"drop-{each.name}", on_click=drop_shapes, args=(each.name,)
            )
    refused = t("siting.own_refused", most=_MAX_MB)
    name_file_button("own-file", t("siting.file_button"), refused)
    with st.form("own", border=False):
        given = _own_inputs(f"{selection.round_of('own')}")
        is_sent = st.form_submit_button(t("siting.own_take"), key="own-take")
    if is_sent:
        _take(*given)


def _own_inputs(key: str) -> tuple[str, Any, str, str]:
    """Name, file, what was typed and the reference system, all sent at once."""
    name = st.text_input(
        t("siting.own_name"),
        max_chars=_MAX_NAME,
        key=selection.widget_key(f"own-name-{key}"),
        placeholder=t("siting.own_name_hint"),
    )
    file = st.file_uploader(
        t("siting.own_file", most=_MAX_MB),
        type=["geojson", "json", "gpkg", "zip", "parquet"],
        key=selection.widget_key(f"own-file-{key}"),
        max_upload_size=_MAX_MB,
    )
    systems = {each: t(f"siting.crs_{each}") for each in _CRS}
    crs = st.selectbox(
        t("siting.own_crs"),
        _CRS,
        format_func=systems.__getitem__,
        key=selection.widget_key(f"own-crs-{key}"),
    )
    typed = st.text_area(
        t("siting.own_typed"),
        key=selection.widget_key(f"own-typed-{key}"),
        placeholder=t("siting.own_typed_hint"),
        height=90,
    )
    return name.strip(), file, typed, "" if crs == "declared" else crs


def _take(name: str, file: Any, typed: str, crs: str) -> None:
    if not name or not (file or typed.strip()):
        st.html(f'<p class="fg-notice" role="alert">{esc(t("siting.own_lacks"))}</p>')
        return
    data, title = (file.getvalue(), file.name) if file else (b"", "")
    try:
        with st.spinner(t("siting.own_reading")):
            add_shapes(name, data=data, file=title, typed="" if file else typed, crs=crs)
    except FengtuError as error:
        _say(error)
        return
    selection.end_round("own")
    st.rerun()


def _term(recipe: Recipe) -> None:
    """One more exclusion or criterion."""
    names = {each: t(f"siting.kind_{each}") for each in _KINDS}
    what = st.selectbox(
        t("siting.add_what"),
        _KINDS,
        format_func=names.__getitem__,
        key=selection.widget_key("add-what"),
    )
    section, _, kind = what.partition("_")
    sources = sources_of(kind)
    if not sources:
        st.html(f'<p class="fg-notice">{esc(t("siting.add_none"))}</p>')
        return
    source = st.selectbox(
        t("siting.add_source"),
        list(sources),
        format_func=sources.__getitem__,
        key=selection.widget_key(f"add-source-{kind}"),
    )
    key = f"{what}-{source}-{selection.round_of(ROUND)}"
    title = sources[source]
    term: dict[str, Any] = {"kind": kind, "source": source, "title": title, "title_en": title}
    fill = _criterion if section == "criteria" else _exclusion
    term |= fill(kind, key)
    if st.button(t("siting.add_take"), key="add-take"):
        _added(recipe, section, term)


def _added(recipe: Recipe, section: str, term: dict[str, Any]) -> None:
    try:
        keep_draft(with_new(recipe, section, term))
    except FengtuError as error:
        _say(error)
        return
    st.rerun()


def _exclusion(kind: str, key: str) -> dict[str, Any]:
    if kind in ("district", "polygons"):
        options = ("named", "others") if kind == "district" else ("inside", "outside")
        labels = {each: t(f"siting.drop_{each}") for each in options}
        return {
            "drop": st.radio(
                t("siting.drop"),
                options,
                format_func=labels.__getitem__,
                key=selection.widget_key(f"add-drop-{key}"),
            )
        }
    names, unit = (("within_m", "beyond_m"), KM) if kind == "distance" else (("min", "max"), 1.0)
    given = {name: _number(f"siting.field_{name}", key, None) for name in names}
    return {name: value * unit for name, value in given.items() if value is not None}


def _criterion(kind: str, key: str) -> dict[str, Any]:
    """Where the score begins and where it is full; a falling score has them the other way."""
    unit = KM if kind == "distance" else 1.0
    usual = {"distance": (50.0, 0.0), "share": (0.0, 1.0), "county": (0.0, 3.0)}
    least, most = usual.get(kind, (0.0, 1.0))
    none = (_number(f"siting.none_at_{kind}", key, least) or 0.0) * unit
    full = (_number(f"siting.full_at_{kind}", key, most) or 0.0) * unit
    points = sorted([[none, 0.0], [full, 1.0]])
    weight = st.slider(
        t("siting.weight"), 0.5, 10.0, 2.0, 0.5, key=selection.widget_key(f"add-weight-{key}")
    )
    said = {"distance": {"unit": "m", "unit_en": "m"}, "county": {"unit": "项", "unit_en": "rows"}}
    return {"weight": weight, "curve": points, **said.get(kind, {})}


def _number(label: str, key: str, value: float | None) -> float | None:
    found: float | None = st.number_input(
        t(label),
        value=value,
        key=selection.widget_key(f"add-{label}-{key}"),
        placeholder=t("siting.no_limit"),
    )
    return found


def _density(recipe: Recipe) -> None:
    """MW per square kilometre for one more technology; its source is asked for."""
    taken = {each.technology for each in recipe.densities}
    names = {each.value: lab("technology", each) for each in Technology if each not in taken}
    with st.form("add-density", border=False):
        technology = st.selectbox(
            t("siting.technology"), list(names), format_func=names.__getitem__
        )
        density = st.number_input(t("siting.density"), 0.1, 1000.0, 50.0)
        share = st.number_input(t("siting.share"), 0.1, 100.0, 5.0)
        source = st.text_input(t("siting.density_source"), max_chars=200)
        if not st.form_submit_button(t("siting.add_take")):
            return
    row = {
        "technology": technology,
        "mw_per_km2": density,
        "land_share": share / 100,
        "approximate": True,
        "source": source,
        "source_en": source,
    }
    rows = [each.model_dump(mode="json") for each in recipe.densities]
    try:
        keep_draft(changed(recipe, densities=[*rows, row]))
    except FengtuError as error:
        _say(error)
        return
    st.rerun()


def _say(error: FengtuError) -> None:
    words = half(str(error), selection.current().language)
    st.html(f'<div class="fg-notice fg-bad" role="alert">{esc(words)}</div>')
