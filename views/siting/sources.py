"""What a term of siting may be measured on, in words."""

from __future__ import annotations

from layers.siting.sources import GROUPS
from terms.kinds import Layer, RasterKind
from views import selection
from views.siting.runs import records, shapes
from views.words import lab, t

_RECKONED = ("slope", "relief")


def source_name(source: str) -> str:
    """What a source is called on the page; one that nobody brought keeps its key."""
    for kind in ("distance", "raster", "polygons"):
        if found := sources_of(kind).get(source):
            return found
    return source


def sources_of(kind: str) -> dict[str, str]:
    """What a term of a kind may be measured on, with a label each."""
    own = {f"own:{each.name}": t("siting.source_own", name=each.name) for each in shapes()}
    if kind in ("polygons", "share"):
        return own
    if kind == "raster":
        return _rasters()
    layers = {
        f"layer:{each.value}": t("siting.source_layer", name=lab("layer", each)) for each in Layer
    }
    groups = {f"feature:{each}": t(f"siting.feature_{each}") for each in GROUPS}
    return {**own, **layers, **groups} if kind == "distance" else {**layers, **groups}


def _rasters() -> dict[str, str]:
    language = selection.current().language
    known = records()
    kinds = {record.kind for record in known}
    found = {
        f"raster:{kind}": t(f"siting.raster_{kind}")
        for kind in (RasterKind.IRRADIATION, RasterKind.HEIGHT)
        if kind in kinds
    }
    if RasterKind.HEIGHT in kinds:
        found |= {f"raster:{each}": t(f"siting.raster_{each}") for each in _RECKONED}
    own = (record for record in known if record.is_own)
    return found | {f"raster:{each.id}": each.title_in(language) for each in own}
