"""The section 栅格 of the page 数据: what there is, and one's own added, put in place, removed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from geo.own_boundaries import active_districts
from geo.rasters.record import RasterRecord
from geo.rasters.source import host_of
from registry.mode import mode
from registry.own_rasters import MAX_TEXT, MAX_TITLE, Told, add_raster, choose_raster, remove_raster
from store.home import rasters_path
from store.rasters import MAX_UPLOAD_MB
from terms.errors import AccessError, RasterError, StoreError
from terms.kinds import RasterKind
from terms.language import half
from views import cache_rasters, editing, selection
from views.look import name_file_button
from views.rasters.choice import year_of
from views.words import esc, lab, plain, t, unique_labels

_NAME = "raster"
_USUAL_UNITS = {
    RasterKind.IRRADIATION: "kWh/(m²·a)",
    RasterKind.HEIGHT: "m",
    RasterKind.SLOPE: "m/m",
    RasterKind.DEPTH: "m",
}


def draw_rasters() -> None:
    """Draw the records, what was left out, and the ways to change what is one's own."""
    with st.container(key="rasters", gap="small"):
        _draw_section()


def _draw_section() -> None:
    records, faults = cache_rasters.library()
    st.html(f'<h2 id="rasters">{esc(t("raster.title"))}</h2><p>{esc(t("raster.lead"))}</p>')
    language = selection.current().language
    for fault in faults:
        st.html(f'<div class="fg-notice" role="alert">{esc(half(fault, language))}</div>')
    refusal = editing.refusal()
    in_force = {each.id for each in cache_rasters.rasters_in_force()}
    for record in records:
        with st.container(key=f"raster-{record.id}", gap=None):
            st.html(_card(record, is_in_force=record.id in in_force))
            if record.is_own and not refusal:
                _draw_ways(record)
    if not refusal:
        with st.expander(t("raster.add")):
            _draw_form()
    elif mode() != "public":
        said = f"{t('editing.closed')}{t(f'editing.{refusal}')}"
        st.html(f'<p class="fg-caption">{esc(said)}</p>')


def _card(record: RasterRecord, *, is_in_force: bool) -> str:
    language = selection.current().language
    pairs = {
        "kind": lab("raster_kind", record.kind),
        "unit": record.unit_in(language),
        "year": year_of(record),
        "source": record.source,
        "licence": record.licence,
        "crs": record.crs if len(record.crs) < 20 else t("raster.crs_other"),
        "address": host_of(record.path) if record.is_remote else "",
        "caveat": record.caveat_in(language),
    }
    lines = "".join(
        f'<div data-item="{name}"><dt>{esc(t(f"raster.item_{name}"))}</dt>'
        f"<dd>{esc(words or t('raster.not_stated'))}</dd></div>"
        for name, words in pairs.items()
        if words or name not in ("address", "caveat")
    )
    whose = t("raster.own" if record.is_own else "raster.shipped")
    used = f" · {t('raster.in_force')}" if is_in_force else ""
    return (
        f'<div class="fg-card fg-raster-card" data-raster="{esc(record.id)}">'
        f"<h3>{esc(record.title_in(language))}</h3>"
        f"<p><code>{esc(record.id)}</code> · {esc(whose + used)}</p><dl>{lines}</dl></div>"
    )


def _draw_ways(record: RasterRecord) -> None:
    """Put in place or give the place back, and remove; the script's body does the writing."""
    folder, id = rasters_path(), record.id
    with st.container(key=f"raster-ways-{id}", horizontal=True):
        name = "give_back" if record.is_chosen else "take_place"
        if st.button(t(f"raster.{name}"), key=f"raster-choose-{id}"):
            _changed(
                lambda: choose_raster(editing.actor(), folder, id, chosen=not record.is_chosen),
                t(f"raster.{name}_done"),
            )
        with st.popover(t("raster.remove")):
            st.html(f"<p>{esc(t('raster.remove_note', title=record.title))}</p>")
            if st.button(t("raster.remove_sure"), key=f"raster-remove-{id}"):
                _changed(lambda: remove_raster(editing.actor(), folder, id), t("raster.removed"))


def _draw_form() -> None:
    kinds = unique_labels(RasterKind, lambda kind: lab("raster_kind", kind))
    kind = RasterKind(
        st.selectbox(
            t("raster.item_kind"),
            list(kinds),
            format_func=kinds.__getitem__,
            key=_key("kind"),
            placeholder=t("raster.item_kind"),
        )
    )
    name_file_button("raster-file", t("raster.file_button"))
    with st.form(_key(f"form-{kind}"), border=False):
        file = st.file_uploader(
            t("raster.file"),
            type=["tif", "tiff"],
            key=f"raster-file-{selection.round_of(_NAME)}",
            max_upload_size=MAX_UPLOAD_MB,
        )
        place = st.text_input(
            t("raster.place"), placeholder="https:// … .tif", key=_key("place"), max_chars=2000
        )
        st.caption(t("raster.place_note", most=MAX_UPLOAD_MB))
        left, right = st.columns(2)
        title = left.text_input(t("raster.item_title"), key=_key("title"), max_chars=MAX_TITLE)
        unit = right.text_input(
            t("raster.item_unit"),
            value=_USUAL_UNITS.get(kind, ""),
            key=_key(f"unit-{kind}"),
            max_chars=MAX_TITLE,
        )
        left, right = st.columns(2)
        year = left.text_input(t("raster.item_year"), key=_key("year"), max_chars=MAX_TITLE)
        band = right.number_input(
            t("raster.band"), min_value=1, value=None, key=_key("band"), placeholder="1"
        )
        source = st.text_input(t("raster.item_source"), key=_key("source"), max_chars=MAX_TEXT)
        licence = st.text_input(t("raster.item_licence"), key=_key("licence"), max_chars=MAX_TEXT)
        caveat = st.text_input(t("raster.item_caveat"), key=_key("caveat"), max_chars=MAX_TEXT)
        sent = st.form_submit_button(t("raster.save"), type="primary")
    if not sent:
        return
    place = place.strip().strip('"')
    if (file is None) == (not place):
        _say(t("raster.one_of_two"))
        return
    told = Told(title, kind, unit, year, source, licence, caveat, band)
    offered: bytes | str = file.getvalue() if file is not None else place
    name = file.name if file is not None else ""
    west, south, east, north = active_districts().frame.total_bounds
    _changed(
        lambda: add_raster(
            editing.actor(),
            rasters_path(),
            told,
            offered,
            name=name,
            over=(west, south, east, north),
        ),
        t("raster.saved", title=title.strip()),
    )


def _changed(change: Callable[[], object], words: str) -> None:
    """Write, if this visitor still may, and draw the page anew; else say why nothing was saved."""
    if reason := editing.refusal():
        _say(t(f"editing.{reason}"))
        return
    try:
        with st.spinner(t("raster.looking")):
            change()
    except (AccessError, RasterError, StoreError) as error:
        _say(half(str(error), selection.current().language))
    else:
        selection.end_round(_NAME)
        st.toast(plain(words))
        st.rerun()


def _say(words: str) -> None:
    st.html(f'<div class="fg-notice" role="alert">{esc(words)}</div>')


def _key(name: str) -> str:
    return f"{selection.widget_key(f'raster-{name}')}-{selection.round_of(_NAME)}"
