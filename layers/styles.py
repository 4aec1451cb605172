"""The layer registry: one row per layer with its group, frame, glyph and colour.

Symbols differ in shape as well as colour: the frame tells the group (each of the six layers that
name the product has a frame of its own), the glyph inside tells the layer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from terms.kinds import Layer

Group = Literal["product", "generation", "storage", "grid", "sink", "industry"]

GROUPS: tuple[Group, ...] = ("product", "generation", "storage", "grid", "sink", "industry")


@dataclass(frozen=True)
class LayerStyle:
    """How a layer looks; `frame` and `glyph` name shapes of `layers.symbols`."""

    key: Layer
    group: Group
    frame: str
    glyph: str
    colour: str

    @property
    def names_product(self) -> bool:
        """Is this one of the six layers that name the product?"""
        return self.group == "product"

    @property
    def shape(self) -> str:
        """Frame and glyph together; unique per layer."""
        return f"{self.frame}+{self.glyph}"


_ROWS = (
    LayerStyle(Layer.SUBSIDENCE_PV, "product", "square", "panel", "#b45309"),
    LayerStyle(Layer.SALINE_WIND_SOLAR, "product", "octagon", "windsun", "#0e7490"),
    LayerStyle(Layer.PUMPED_STORAGE, "product", "triangle", "fall", "#1d4ed8"),
    LayerStyle(Layer.SUBSTATION_500KV, "product", "diamond", "bolt", "#6d28d9"),
    LayerStyle(Layer.HYDROGEN_STATION, "product", "hexagon", "h", "#be185d"),
    LayerStyle(Layer.WETLAND_SINK, "product", "drop", "reed", "#15803d"),
    LayerStyle(Layer.PV, "generation", "circle", "sun", "#946200"),
    LayerStyle(Layer.PV_DISTRIBUTED, "generation", "circle", "roof", "#b4450f"),
    LayerStyle(Layer.WIND, "generation", "circle", "turbine", "#1f6690"),
    LayerStyle(Layer.BIOMASS, "generation", "circle", "leaf", "#5d6b0e"),
    LayerStyle(Layer.GAS_POWER, "generation", "circle", "flame", "#a8401f"),
    LayerStyle(Layer.COAL_POWER, "generation", "circle", "stack", "#574740"),
    LayerStyle(Layer.NEW_STORAGE, "storage", "battery", "bars", "#3f51a3"),
    LayerStyle(Layer.INTEGRATED_ENERGY, "storage", "battery", "nodes", "#5a4fa0"),
    LayerStyle(Layer.GRID, "grid", "squircle", "pylon", "#6b4e9b"),
    LayerStyle(Layer.OIL_GAS, "grid", "squircle", "barrel", "#7a4a6e"),
    LayerStyle(Layer.HEAT, "grid", "squircle", "heat", "#a23b52"),
    LayerStyle(Layer.FOREST_SINK, "sink", "petal", "tree", "#2e6b3a"),
    LayerStyle(Layer.OCEAN_SINK, "sink", "petal", "wave", "#1f6f78"),
    LayerStyle(Layer.CCUS, "sink", "petal", "inject", "#3f6552"),
    LayerStyle(Layer.MANUFACTURING, "industry", "house", "gear", "#44546a"),
    LayerStyle(Layer.INDUSTRY, "industry", "house", "works", "#5f5b52"),
    LayerStyle(Layer.DIGITAL, "industry", "house", "chip", "#3d5a80"),
    LayerStyle(Layer.TRANSPORT, "industry", "house", "bus", "#4b5563"),
    LayerStyle(Layer.CIRCULAR_ECONOMY, "industry", "house", "cycle", "#56663a"),
)

STYLES: Mapping[Layer, LayerStyle] = {row.key: row for row in _ROWS}


def layers_of(group: Group) -> tuple[Layer, ...]:
    """The layers of a group, in the order of the legend."""
    return tuple(row.key for row in _ROWS if row.group == group)
