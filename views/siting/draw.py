"""Drawing an area on the picture of the score, to be left out or to be kept alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo.siting.edit import with_new
from layers.siting.drawn import drawn_polygon
from layers.siting.picture import view_box
from layers.siting.run import Run
from terms.errors import FengtuError
from terms.language import half
from views import selection
from views.acts import done_of, script, taker
from views.siting.runs import add_shapes, draft, keep_draft, shapes
from views.words import esc, t

_KEY, _REFUSED = "siting-draw", "siting-draw-refused"
_DROPS = ("inside", "outside")
_WORDS = ("start", "hint", *_DROPS, "undo", "cancel")


def draw_drawing(found: Run) -> None:
    """Draw the button under the picture; the script lays a sheet over it while one draws."""
    told = {
        "words": {name: t(f"siting.draw_{name}") for name in _WORDS},
        "drops": _DROPS,
        "box": view_box(found),
        "done": done_of(_KEY),
    }

    def take(act: Mapping[str, Any]) -> None:
        if act.get("do") in _DROPS:
            _take(found, str(act["do"]), act.get("what") or [])

    sheet = st.components.v2.component("fengtu-draw", js=script("draw.js"), isolate_styles=False)
    sheet(
        key=_KEY,
        data=json.dumps(told).encode("utf-8"),
        on_act_change=taker(_KEY, take),
    )
    if refused := selection.kept(_REFUSED):
        words = half(refused, selection.current().language)
        st.html(f'<div class="fg-notice fg-bad" role="alert">{esc(words)}</div>')
        selection.keep(_REFUSED, None)


def _take(found: Run, drop: str, corners: list[list[float]]) -> None:
    """Keep the area as a shape of one's own and use it at once."""
    name = _free_name()
    try:
        add_shapes(name, typed=drawn_polygon(found.result.ground.grid, corners), crs="")
        term = {"kind": "polygons", "source": f"own:{name}", "drop": drop}
        recipe = draft(selection.current())
        keep_draft(with_new(recipe, "exclusions", {**term, "title": name, "title_en": name}))
    except FengtuError as error:
        selection.keep(_REFUSED, str(error))


def _free_name() -> str:
    taken = {each.name for each in shapes()}
    number = next(n for n in range(1, len(taken) + 2) if t("siting.drawn", n=n) not in taken)
    return t("siting.drawn", n=number)
