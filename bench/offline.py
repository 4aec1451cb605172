"""Leaflet from the installed package for the pages that the map page is held against.

Like Fengtu's own map they ask for nothing outside, so that only the design differs.
"""

from __future__ import annotations

from importlib import import_module

import folium
from streamlit.components.v1 import declare_component


def map_without_network() -> folium.Map:
    """A folium map over the middle of Shandong that draws on a closed network."""
    declare_component("leaflet", path=import_module("xstatic.pkg.leaflet").BASE_DIR)
    frame = folium.Map(location=(36.2, 117.2), zoom_start=8, tiles=None)
    frame.default_js = [("leaflet", "../bench.offline.leaflet/leaflet.js")]
    frame.default_css = [("leaflet", "../bench.offline.leaflet/leaflet.css")]
    return frame
