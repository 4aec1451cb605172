"""The caches of rasters, a part of `views.cache` of its own size: the library, pictures, values.

A raster that cannot be read gives a sentence in place of its values, kept for a while, so that a
network that is down is not asked at every run.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo.own_boundaries import active_districts
from geo.rasters.distribution import Spread
from geo.rasters.library import in_force, read_library
from geo.rasters.record import RasterRecord
from geo.rasters.source import opened
from layers.raster_overlay import Picture, write_picture
from layers.raster_values import Known, spread_at
from registry.mode import mode
from registry.registry import Registry
from store.home import rasters_path
from store.rasters import stamp_of
from terms.errors import RasterError
from terms.kinds import RasterKind
from views.assets import browser_folder

_ASK_AGAIN_S = 300  # a raster that could not be read is tried again after so long

Library = tuple[tuple[RasterRecord, ...], tuple[str, ...]]


def library() -> Library:
    """The rasters that this app knows, and a sentence for each record that is left out.

    In public mode those of the house stay in the house.
    """
    own = "" if mode() == "public" else str(rasters_path())
    return _library(own, stamp_of(Path(own)) if own else "")


@st.cache_resource(max_entries=2, show_spinner=False)
def _library(own: str, stamp: str) -> Library:
    return read_library(Path(own) if own else None)


def rasters_in_force() -> tuple[RasterRecord, ...]:
    """One raster a kind: what values are taken from."""
    found = (in_force(library()[0], kind) for kind in RasterKind)
    return tuple(record for record in found if record is not None)


def picture(record: RasterRecord) -> Picture | str:
    """The picture of a raster over the province, or the sentence why there is none."""
    folder = str(browser_folder())
    found = _picture(record.id, record.digest, active_districts().digest, folder, _record=record)
    if isinstance(found, Picture) and not (Path(folder) / found.file).is_file():
        _picture.clear()  # type: ignore[attr-defined]
        return picture(record)
    return found


@st.cache_data(max_entries=16, ttl=3600, show_spinner=False)
def _picture(
    id: str, digest: str, boundaries: str, folder: str, *, _record: RasterRecord
) -> Picture | str:
    west, south, east, north = active_districts().frame.total_bounds
    try:
        return write_picture(_record, (west, south, east, north), Path(folder))
    except RasterError as error:
        return str(error)


def spread(registry: Registry, record: RasterRecord, known: Known) -> Spread | str | None:
    """The values at a place, None where there are none, or the sentence why none can be read."""
    place = (known.where, known.lon, known.lat, known.accuracy_m, *known.codes)
    key = (record.id, record.digest, str(record.band), registry.districts.digest)
    if why := _unreadable(*key[:3], _record=record):
        return why
    return _spread(key, place, _registry=registry, _record=record, _known=known)


@st.cache_data(max_entries=32, ttl=_ASK_AGAIN_S, show_spinner=False)
def _unreadable(id: str, digest: str, band: str, *, _record: RasterRecord) -> str:
    try:
        with opened(_record):
            return ""
    except RasterError as error:
        return str(error)


@st.cache_data(max_entries=2048, show_spinner=False)
def _spread(
    key: tuple[str, ...],
    place: tuple[str | float, ...],
    *,
    _registry: Registry,
    _record: RasterRecord,
    _known: Known,
) -> Spread | str | None:
    try:
        return spread_at(_registry, _record, _known)
    except RasterError as error:
        return str(error)
