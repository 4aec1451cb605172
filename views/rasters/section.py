"""The section 栅格 of the page 数据: what there is, and one's own added, put in place, removed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from geo.own_boundaries import active_districts
from geo.rasters.record import RasterRecord
from geo.rasters.source import host_of
from registry.mode import mode
from registry.own_rasters import MAX_TEXT, MAX_TITLE, Told, add_raster, choose_raster, remove_raster
from registry.raster_records import missing_words
from store.access import may_name_places
from store.home import rasters_path
from store.rasters import MAX_UPLOAD_MB
from store.store import open_store
from terms.errors import RasterError
from terms.kinds import RasterKind
from terms.language import half
from views import cache_rasters, editing, saving, selection
from views.choices import choose
from views.look import name_file_button
from views.rasters.choice import year_of
from views.words import esc, joined, lab, t, unique_labels

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
    for fault in faults:
        _notice(fault)
    refusal = editing.refusal()
    in_force = {each.id for each in cache_rasters.rasters_in_force()}
    for record in records:
        with st.container(key=f"raster-{record.id}", gap=None):
            st.html(_card(record, is_in_force=record.id in in_force))
            if record.is_own and not refusal:
                _draw_ways(record)
    for lacking in cache_rasters.missing():
        _notice(missing_words(lacking))
        if not refusal:
            _draw_removal(lacking.id, lacking.title)
    saving.draw_saved(_NAME)
    if not refusal:
        with st.expander(t("raster.add")):
            _draw_form()
    elif mode() != "public":
        said = joined(t("editing.closed"), t(f"editing.{refusal}"))
        st.html(f'<p class="fg-caption">{esc(said)}</p>')


def _notice(words: str) -> None:
    saving.say(half(words, selection.current().language))


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
    id, chosen = record.id, not record.is_chosen
    with st.container(key=f"raster-ways-{id}", horizontal=True):
        name = "take_place" if chosen else "give_back"
        if st.button(t(f"raster.{name}"), key=f"raster-choose-{id}"):
            _changed(
                lambda: choose_raster(open_store(), editing.actor(), id, chosen=chosen),
                t(f"raster.{name}_done"),
            )
        _draw_removal(id, record.title)


def _draw_removal(id: str, title: str) -> None:
    with st.popover(t("raster.remove"), key=f"raster-removal-{id}"):
        st.html(f"<p>{esc(t('raster.remove_note', title=title))}</p>")
        why = saving.ask_why(_NAME, id)
        if st.button(t("raster.remove_sure"), key=f"raster-remove-{id}"):
            _changed(
                lambda: remove_raster(open_store(), editing.actor(), id, why=why),
                t("raster.removed", title=title),
            )


def _draw_form() -> None:
    kinds = unique_labels(RasterKind, lambda kind: lab("raster_kind", kind))
    first = RasterKind(next(iter(kinds)))
    kind = RasterKind(
        choose(t("raster.item_kind"), kinds, "kind", keyed=_key, start=first) or first
    )
    may_name = may_name_places(editing.actor())
    name_file_button("raster-file", t("raster.file_button"))
    with st.form(_key(f"form-{kind}"), border=False):
        file = st.file_uploader(
            t("raster.file"),
            type=["tif", "tiff"],
            key=f"raster-file-{selection.round_of(_NAME)}",
            max_upload_size=MAX_UPLOAD_MB,
        )
        place = _draw_place() if may_name else ""
        note = "raster.place_note" if may_name else "raster.file_note"
        st.caption(t(note, most=MAX_UPLOAD_MB))
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
        why = saving.ask_why(_NAME)
        sent = st.form_submit_button(t("raster.save"), type="primary")
    if not sent:
        return
    place = place.strip().strip('"')
    if (file is None) == (not place):
        saving.say(t("raster.one_of_two" if may_name else "raster.no_file"))
        return
    told = Told(title, kind, unit, year, source, licence, caveat, band)
    offered: bytes | str = file.getvalue() if file is not None else place
    name = file.name if file is not None else ""
    west, south, east, north = active_districts().frame.total_bounds
    over = (west, south, east, north)
    _changed(
        lambda: add_raster(
            open_store(),
            editing.actor(),
            rasters_path(),
            told,
            offered,
            why=why,
            name=name,
            over=over,
        )[1],
        t("raster.saved", title=title.strip()),
    )


def _draw_place() -> str:
    """A path or an address: only for who may have the server read it."""
    typed = st.text_input(
        t("raster.place"), placeholder="https:// … .tif", key=_key("place"), max_chars=2000
    )
    return str(typed)


def _changed(change: Callable[[], str], words: str) -> None:
    """Write, if this visitor still may, and draw the page anew; else say why nothing was saved."""
    try:
        with st.spinner(t("raster.looking")):
            saving.write(_NAME, change, words)
    except RasterError as error:
        _notice(str(error))


def _key(name: str) -> str:
    return saving.key(_NAME, name)
