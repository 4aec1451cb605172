"""The folium map: an empty offline frame once, then one small message per change.

The frame loads Leaflet from the addresses it is given and two data files; `paint_group` wraps what
is to be seen. No tiles, no popups, no canvas (it would swallow clicks on districts).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import folium
from branca.element import MacroElement
from jinja2 import Template

from layers.browser_files import BrowserFiles
from layers.script_json import script_json


@dataclass(frozen=True)
class MapAssets:
    """Addresses relative to the map's frame; `data` is the folder of the data files."""

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    data: str


class _Call(MacroElement):
    """One call into the map's own script with JSON that cannot leave its place."""

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "fengtu.{{ this.function }}({{ this.target }}{{ this.argument }});\n"
        "{% endmacro %}"
    )

    def __init__(self, function: str, target: str, argument: Any) -> None:
        super().__init__()
        self._name = "Call"
        self.function = function
        self.target = target
        self.argument = script_json(argument)


def build_map(assets: MapAssets, files: BrowserFiles) -> folium.Map:
    """The frame of the map; the same for every selection, so that the browser keeps it."""
    frame = folium.Map(
        location=(36.2, 117.2),
        zoom_start=8,
        tiles=None,
        attributionControl=False,
        zoomSnap=0.25,
        zoomDelta=0.5,
        wheelPxPerZoomLevel=160,
        minZoom=6,
        maxZoom=11,  # the outlines are simplified to 200 m: closer would feign exactness
    )
    frame.default_js = [(f"script{n}", address) for n, address in enumerate(assets.scripts)]
    frame.default_css = [(f"style{n}", address) for n, address in enumerate(assets.styles)]
    addresses = {
        "districts": assets.data + files.districts,
        "projects": assets.data + files.projects,
    }
    frame.add_child(_Call("start", f"{frame.get_name()}, ", addresses))
    return frame


def paint_group(state: Mapping[str, Any]) -> folium.FeatureGroup:
    """The change to send: a feature group that draws nothing itself and calls the script."""
    group = folium.FeatureGroup()
    group.add_child(_Call("paint", "", state))
    return group
