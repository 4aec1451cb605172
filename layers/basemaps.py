"""What the browser needs to show a base layer, and what an address book needs to say about it.

All base layers are drawn in Web Mercator (EPSG:3857). CGCS2000 is taken as WGS-84 (`geo.crs`). A
GCJ-02 layer is moved back tile by tile in the browser (web/base.js): exact in the middle of each
tile, elsewhere within a pixel at the zooms of the map.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from layers.paint import with_token
from store.basemaps import Basemap, address
from terms.language import Language
from terms.messages import text

TIANDITU_HOSTS = "01234567"
_TIANDITU = {"vector": ("vec", "cva"), "imagery": ("img", "cia")}
_OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


def with_base(state: Mapping[str, Any], base: Basemap | None, language: Language) -> dict[str, Any]:
    """The message for the map's script with the base layer to lie under it, if one is chosen."""
    if base is None:
        return dict(state)
    words = dict(state["words"])
    credit = text("base.credit", language, source=attribution(base, language))
    words["edition"] = text("base.edition", language, edition=words["edition"], credit=credit)
    return with_token({**state, "words": words, "base": base_layer(base, language)})


def base_layer(base: Basemap, language: Language) -> dict[str, Any]:
    """A base layer as the map's script takes it; its addresses may hold the user's token."""
    return {
        "id": base.id,
        "shifted": base.crs == "gcj02",
        "failed": text("base.failed", language, name=name_of(base, language)),
        "layers": _layers(base),
    }


def name_of(base: Basemap, language: Language) -> str:
    """The name that the user gave it."""
    return base.name_en if language == "en" and base.name_en else base.name


def attribution(base: Basemap, language: Language) -> str:
    """Whose map it is."""
    if base.attribution or base.kind not in ("tianditu", "osm"):
        return base.attribution
    return text(f"base.source_{base.kind}", language)


def hosts(base: Basemap) -> tuple[str, ...]:
    """Scheme, host and port of every address that a base layer asks; never its path or token."""
    if base.kind == "tianditu":
        return tuple(f"https://t{sign}.tianditu.gov.cn" for sign in TIANDITU_HOSTS)
    if base.kind == "osm":
        return ("https://tile.openstreetmap.org",)
    where = address(base)
    port = f":{where.port}" if where.port else ""
    signs = base.subdomains if "{s}" in (where.hostname or "") else "a"
    return tuple(
        f"{where.scheme}://{(where.hostname or '').replace('{s}', sign)}{port}" for sign in signs
    )


def _layers(base: Basemap) -> list[dict[str, Any]]:
    match base.kind:
        case "tianditu":
            names = _TIANDITU[base.style or "vector"]
            return [_tiles(_tianditu(name, base.token), base, TIANDITU_HOSTS) for name in names]
        case "osm":
            return [_tiles(_OSM, base, "")]
        case "wms":
            wms = {"layers": base.layer, "styles": base.style, "format": base.format}
            wms |= {"version": base.version}
            return [{**_tiles(_filled(base, {}), base, base.subdomains), "wms": wms}]
        case "wmts":
            return [_tiles(_wmts(base), base, base.subdomains)]
        case _:
            return [_tiles(_filled(base, {}), base, base.subdomains)]


def _tiles(url: str, base: Basemap, subdomains: str) -> dict[str, Any]:
    return {
        "url": url,
        "options": {
            "subdomains": subdomains,
            "minNativeZoom": base.min_zoom,
            "maxNativeZoom": base.max_zoom,
            "tms": base.tms,
        },
    }


def _tianditu(name: str, token: str) -> str:
    query = {
        "SERVICE": "WMTS",
        "REQUEST": "GetTile",
        "VERSION": "1.0.0",
        "LAYER": name,
        "STYLE": "default",
        "TILEMATRIXSET": "w",
        "FORMAT": "tiles",
    }
    tile = "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    base = f"https://t{{s}}.tianditu.gov.cn/{name}_w/wmts"
    return f"{base}?{urlencode(query)}{tile}&tk={quote(token, safe='')}"


def _wmts(base: Basemap) -> str:
    """A tile template from a RESTful one, or from the address that takes key-value pairs."""
    matrix = f"{base.matrix_prefix}{{z}}"
    style = base.style or "default"
    if "{TileMatrix}" in base.url:
        slots = {"TileMatrix": matrix, "TileRow": "{y}", "TileCol": "{x}"}
        names = {"TileMatrixSet": base.matrix_set, "Style": style, "Layer": base.layer}
        return _filled(base, {**slots, **{key: quote(name) for key, name in names.items()}})
    query = {
        "SERVICE": "WMTS",
        "REQUEST": "GetTile",
        "VERSION": "1.0.0",
        "LAYER": base.layer,
        "STYLE": style,
        "TILEMATRIXSET": base.matrix_set,
        "FORMAT": base.format,
    }
    start = _filled(base, {})
    sign = "" if start.endswith(("?", "&")) else "&" if "?" in start else "?"
    prefix = quote(base.matrix_prefix)
    tile = f"&TILEMATRIX={prefix}{{z}}&TILEROW={{y}}&TILECOL={{x}}"
    return f"{start}{sign}{urlencode(query)}{tile}"


def _filled(base: Basemap, slots: Mapping[str, str]) -> str:
    url = base.url
    for name, value in {**slots, "token": quote(base.token, safe="")}.items():
        url = url.replace(f"{{{name}}}", value)
    return url
