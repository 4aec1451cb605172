"""Every address that a browser would ask beside the app's own, derived from what is set up.

Without base layers, and with the shipped settings of the server, there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

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
    """One purpose with its addresses (scheme and host); `name` is a base layer's own name.

    `purpose` is `base`, or the setting of the library that makes it ask: `usage`, `listen`.
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
    gathers_usage: bool = False,
    listens_anywhere: bool = False,
) -> tuple[Asked, ...]:
    """What would be asked, one entry per base layer and per overridden setting."""
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
    on = {"usage": gathers_usage, "listen": listens_anywhere}
    library = [
        Asked(asker, name, addresses) for name, (asker, addresses) in _LIBRARY.items() if on[name]
    ]
    return (*layers, *library)
