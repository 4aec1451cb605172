"""The legend that is the switch of layers: one component, since 25 widgets cost each change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from layers.styles import GROUPS, layers_of
from terms.kinds import Layer
from views import actions, selection
from views.acts import done_of, script, taker
from views.words import lab, t

_KEY = "legend"
_BULK: Mapping[str, tuple[Layer, ...]] = {
    "all": tuple(Layer),
    "product": layers_of("product"),
    "nothing": (),
}


def draw_legend(counts: Mapping[Layer, int]) -> None:
    """Draw all layers in their groups with the rows of each, switched on or off."""
    on = selection.current().layers
    told = {
        "title": t("filter.layer"),
        "done": done_of(_KEY),
        "bulk": [(name, t(f"filter.{name}")) for name in _BULK],
        "groups": [
            (
                lab("layer_group", group),
                [
                    (each.value, lab("layer", each), counts.get(each, 0), not on or each in on)
                    for each in layers_of(group)
                ],
            )
            for group in GROUPS
        ],
    }
    legend = st.components.v2.component(
        "fengtu-layers", js=script("layers.js"), isolate_styles=False
    )
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    legend(
        key=_KEY,
        data=text.encode("utf-8"),
        on_act_change=taker(_KEY, _take),
    )


def _take(act: Mapping[str, Any]) -> None:
    do, what = act.get("do"), act.get("what")
    if do == "only" and what in _BULK:
        actions.switch_layers(tuple(layer.value for layer in _BULK[what]))
    elif do == "layer" and what in {layer.value for layer in Layer}:
        actions.switch_layer(what, on=act.get("on") is True)
