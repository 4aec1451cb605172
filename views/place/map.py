"""What placing adds to the map's message: the projects' file, a click awaited, a provisional mark.

A viewer's message grows by the name of the file, by which the browser fetches the projects anew
once one of them was placed; the rest is sent only to who is placing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers.browser_files import BrowserFiles
from layers.paint import with_token
from registry.registry import Registry
from views import selection
from views.place.form import form_of, provisional
from views.words import t


def over_place(registry: Registry, state: Mapping[str, Any], files: BrowserFiles) -> dict[str, Any]:
    """The message for the map with what placing adds."""
    more: dict[str, Any] = {"file": files.projects}
    row = registry.by_id.get(selection.current().focus)
    picking = selection.picking()
    if row is not None:
        form = form_of(row, registry.own.position_of.get(row.id))
        spot = provisional(form)
        if picking.target == form.target:
            more["pick"] = t("put.pick_hint")
        if spot and not registry.is_public:
            more["spot"] = list(spot)
    return with_token({**state, **more})
