"""Names of things without MW, counted by kind: 500千伏变电站（扩建）, Wetland carbon sinks."""

from __future__ import annotations

from capacity.things import ThingKind, ThingSum
from terms.kinds import Action, Asset, Layer
from terms.language import Language
from terms.messages import label, text

_TOLD_BY_LAYER = {Layer.SUBSTATION_500KV, Layer.HYDROGEN_STATION, Layer.WETLAND_SINK}
_SEVERAL = {Asset.STATION: "county.substation", Asset.LINE: "county.line"}
_USUAL = {Action.NEW, Action.RESTORE}


def thing_name(kind: ThingKind, language: Language) -> str:
    """What a kind of thing is called; the voltage where one is stated, the action if not new."""
    layer, asset = label("layer", kind.layer, language), label("asset", kind.asset, language)
    if kind.layer is Layer.GRID and kind.voltage_kv:
        several = _SEVERAL.get(kind.asset)
        works = text(several, language) if several else asset
        name = text("county.with_voltage", language, voltage=kind.voltage_kv, thing=works)
    elif kind.layer in _TOLD_BY_LAYER:
        name = layer
    else:
        name = text("county.layer_and_asset", language, layer=layer, asset=asset)
    if kind.action in _USUAL:
        return name
    return text("county.with_action", language, name=name, action=_action(kind, language))


def thing_line(thing: ThingSum, language: Language) -> str:
    """A kind of thing with its number, and how many rows print none."""
    name = thing_name(thing.kind, language)
    if not thing.unnumbered:
        return text("county.thing", language, name=name, count=thing.counted)
    if not thing.counted:
        return text("county.thing_unnumbered", language, name=name, rows=thing.unnumbered)
    return text(
        "county.thing_both", language, name=name, count=thing.counted, rows=thing.unnumbered
    )


def _action(kind: ThingKind, language: Language) -> str:
    return label("action", kind.action, language)
