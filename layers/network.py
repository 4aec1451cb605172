"""Every address that a browser would ask beside the app's own, derived from what is set up.

Without base layers, and with the shipped settings of the server, there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from geo.rasters.record import RasterRecord
from layers.basemaps import attribution, hosts, name_of
from store.basemaps import Basemap
from terms.language import Language

Asker = Literal["browser", "server"]
# What Streamlit asks by itself where its shipped settings are overridden: option → addresses.
_LIBRARY: Mapping[str, tuple[Asker, tuple[str, ...]]] = {
    "usage": ("browser", ("https://data.streamlit.io",)),
    "listen": ("server", ("http://checkip.amazonaws.com", "https://checkip.amazonaws.com")),
}
# The variables that decide whether anything is asked.
VARIABLES = (
    "FENGTU_HOME",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS",
    "STREAMLIT_SERVER_ADDRESS",
)


@dataclass(frozen=True)
class Asked:
    """One purpose with its addresses (scheme and host); `name` is what the user called it.

    `purpose` is `base`, `raster`, or the setting of the library that makes it ask: `usage`,
    `listen`.
    """

    asker: Asker
    purpose: str
    addresses: tuple[str, ...]
    name: str = ""
    source: str = ""
    crs: str = ""


def asked(
    bases: Iterable[Basemap],
    language: Language,
    *,
    rasters: Iterable[RasterRecord] = (),
    gathers_usage: bool = False,
    listens_anywhere: bool = False,
) -> tuple[Asked, ...]:
    """What would be asked, one entry per base layer, raster far away and overridden setting."""
    layers = [
        Asked(
            "browser",
            "base",
            hosts(base),
            name_of(base, language),
            attribution(base, language),
            base.crs,
        )
        for base in bases
    ]
    far = [
        Asked("server", "raster", (_host(each.path),), each.title_in(language), each.source)
        for each in rasters
        if each.is_remote
    ]
    on = {"usage": gathers_usage, "listen": listens_anywhere}
    library = [
        Asked(asker, name, addresses) for name, (asker, addresses) in _LIBRARY.items() if on[name]
    ]
    return (*layers, *far, *library)


def _host(place: str) -> str:
    """Scheme, host and port; the rest of an address may be a secret."""
    where = urlsplit(place)
    port = f":{where.port}" if where.port else ""
    return f"{where.scheme}://{where.hostname or ''}{port}"
