"""The caches of rasters, a part of `views.cache` of its own size: the library, pictures, values.

A raster that cannot be read gives a sentence in place of its values, kept for a while, so that a
network that is down is not asked at every run.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo.own_boundaries import active_districts
from geo.rasters.distribution import Spread
from geo.rasters.library import in_force, rasters
from geo.rasters.record import RasterRecord
from geo.rasters.source import opened
from layers.raster_overlay import Picture, write_picture
from layers.raster_values import Known, spread_at
from registry.mode import mode
from registry.raster_records import own_rasters, untaken
from registry.registry import Registry
from store.home import rasters_path
from terms.errors import RasterError
from terms.kinds import RasterKind
from terms.own_records import OwnRaster
from views import cache
from views.assets import browser_folder

_ASK_AGAIN_S = 300  # a raster that could not be read is tried again after so long

Key = tuple[str, ...]
Place = tuple[str | float, ...]
Library = tuple[tuple[RasterRecord, ...], tuple[str, ...]]


def library() -> Library:
    """The rasters that this app can read, and a sentence for each old record left where it is.

    In public mode those of the house stay in the house.
    """
    if mode() == "public":
        return _shipped(), ()
    own = own_rasters(cache.held().book, rasters_path())
    return (*_shipped(), *own.here), untaken(rasters_path())


def missing() -> tuple[OwnRaster, ...]:
    """The rasters of the house whose file is not on this machine."""
    if mode() == "public":
        return ()
    return own_rasters(cache.held().book, rasters_path()).missing


@st.cache_resource(max_entries=1, show_spinner=False)
def _shipped() -> tuple[RasterRecord, ...]:
    return rasters()


def rasters_in_force() -> tuple[RasterRecord, ...]:
    """One raster a kind: what values are taken from."""
    found = (in_force(library()[0], kind) for kind in RasterKind)
    return tuple(record for record in found if record is not None)


def picture(record: RasterRecord) -> Picture | str:
    """The picture of a raster over the province, or the sentence why there is none."""
    folder = str(browser_folder())
    key = (*_edition(record), active_districts().digest, folder)
    found = _drawn(key, _record=record)
    if isinstance(found, Picture) and not (Path(folder) / found.file).is_file():
        for cached in (_drawn, _picture):
            cached.clear()  # type: ignore[attr-defined]
        found = _drawn(key, _record=record)
    return found


def spread(registry: Registry, record: RasterRecord, known: Known) -> Spread | str | None:
    """The values at a place, None where there are none, or the sentence why none can be read."""
    if why := _unreadable(_edition(record), _record=record):
        return why
    place = (known.where, known.lon, known.lat, known.accuracy_m, *known.codes)
    key = (*_edition(record), registry.districts.digest)
    return _said(key, place, _registry=registry, _record=record, _known=known)


def _edition(record: RasterRecord) -> Key:
    return (record.id, record.digest, str(record.band))


# What went wrong is kept for a while only, what went right for as long as the edition stands.


@st.cache_data(max_entries=64, ttl=_ASK_AGAIN_S, show_spinner=False)
def _drawn(key: Key, *, _record: RasterRecord) -> Picture | str:
    try:
        return _picture(key, _record=_record)
    except RasterError as error:
        return str(error)


@st.cache_data(max_entries=64, show_spinner=False)
def _picture(key: Key, *, _record: RasterRecord) -> Picture:
    west, south, east, north = active_districts().frame.total_bounds
    return write_picture(_record, (west, south, east, north), Path(key[-1]))


@st.cache_data(max_entries=64, ttl=_ASK_AGAIN_S, show_spinner=False)
def _unreadable(key: Key, *, _record: RasterRecord) -> str:
    try:
        with opened(_record):
            return ""
    except RasterError as error:
        return str(error)


@st.cache_data(max_entries=2048, ttl=_ASK_AGAIN_S, show_spinner=False)
def _said(
    key: Key, place: Place, *, _registry: Registry, _record: RasterRecord, _known: Known
) -> Spread | str | None:
    try:
        return _spread(key, place, _registry=_registry, _record=_record, _known=_known)
    except RasterError as error:
        return str(error)


@st.cache_data(max_entries=2048, show_spinner=False)
def _spread(
    key: Key, place: Place, *, _registry: Registry, _record: RasterRecord, _known: Known
) -> Spread | None:
    return spread_at(_registry, _record, _known)
