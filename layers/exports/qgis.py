"""QGIS styles (QML) that make a table look as on our map: symbols, outlines, names, titles, codes.

Symbols are our own drawings inside the style, so that no file has to stand beside it. Those of one
place are spread on the screen by an offset in millimetres, as QGIS displaces no row of several
places; the geometry stays the label point. Read by QGIS 3.22 and later.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from itertools import count
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from geo.place import Point
from layers.exports.fields import codes
from layers.exports.tables import Table
from layers.styles import STYLES
from layers.symbols import LOOKS, Look, symbol_svg
from layers.table import without_controls
from terms.kinds import Layer
from terms.language import Language
from terms.messages import label, text

SYMBOL = "symbol"  # layer and look: one more column of the projects in a GeoPackage
OFFSET = "symbol_offset"  # and where the symbol stands beside its point, in millimetres
_FONT = "Microsoft YaHei"
_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_SIZES_MM = {True: "6", False: "5"}
_SHARED_MM = "4"
_STEP_MM = 6.2
_PINS: tuple[Look, ...] = ("site", "approximate")
_NAMES_FROM = 300_000  # names of projects appear at this scale and at larger ones
# Far out the symbols are smaller and nearer to each other, as on our map.
_SHRINK = (
    "(CASE WHEN @map_scale > 2500000 THEN 0.4 WHEN @map_scale > 1200000 THEN 0.55 "
    "WHEN @map_scale > 700000 THEN 0.75 ELSE 1 END)"
)


def layer_style(table: Table, language: Language) -> str:
    """The style of one table as QML."""
    root = Element("qgis", version="3.22.0", styleCategories="AllStyleCategories")
    if table.key == "projects":
        _project_symbols(root, table, language)
        _names(root, "name", size="8", colour="#1d2b2a", from_scale=_NAMES_FROM)
    elif table.key == "districts":
        _outlines(root, fill="#fbfaf4", line="#8ea29f", width="0.26")
        _names(root, "district", size="9", colour="#42514f")
    elif table.key == "areas":
        _outlines(root, fill=None, line="#5d7376", width="0.6")
    _fields(root, table, language)
    return _HEAD + ElementTree.tostring(root, encoding="unicode")


def offsets(places: Sequence[Sequence[Point]], looks: Sequence[str]) -> list[str]:
    """Where each symbol stands beside its point, as "right,down" in millimetres.

    No two rows that share a point get one place; a row of several points gets one that is free at
    all of them. Pins stand on their points.
    """
    taken: dict[Point, set[int]] = {}
    found = []
    for points, look in zip(places, looks, strict=True):
        used = set().union(*(taken.get(point, set()) for point in points)) if points else set()
        is_pin = look in _PINS
        slot = 0 if is_pin else next(number for number in count() if number not in used)
        for point in points:
            taken.setdefault(point, set()).add(slot)
        right, down = _step(slot)
        found.append(f"{right * _STEP_MM:g},{down * _STEP_MM:g}")
    return found


def _step(slot: int) -> tuple[int, int]:
    """The steps of a square spiral around the middle, nearest first."""
    reach = 0
    while (2 * reach + 1) ** 2 <= slot:
        reach += 1
    around = [
        (right, down)
        for down in range(-reach, reach + 1)
        for right in range(-reach, reach + 1)
        if max(abs(right), abs(down)) == reach
    ]
    around.sort(key=lambda at: (at[0] ** 2 + at[1] ** 2, at[1], at[0]))
    return around[slot - (2 * reach - 1) ** 2 if reach else 0]


def _project_symbols(root: Element, table: Table, language: Language) -> None:
    """One category per layer and look, in the order of the legend."""
    drawn = SubElement(
        root,
        "renderer-v2",
        type="categorizedSymbol",
        attr=SYMBOL,
        forceraster="0",
        symbollevels="0",
        enableorderby="0",
    )
    categories, symbols = SubElement(drawn, "categories"), SubElement(drawn, "symbols")
    used = set(table.by_column[SYMBOL])
    pairs = [(layer, look) for layer in STYLES for look in LOOKS if f"{layer.value}/{look}" in used]
    for number, (layer, look) in enumerate(pairs):
        title = f"{label('layer', layer, language)} · {text(f'extract.look_{look}', language)}"
        SubElement(
            categories,
            "category",
            value=f"{layer.value}/{look}",
            symbol=str(number),
            label=title,
            render="true",
        )
        _svg_symbol(symbols, str(number), layer, look)


def _svg_symbol(parent: Element, name: str, layer: Layer, look: Look) -> None:
    style = STYLES[layer]
    drawing = base64.b64encode(symbol_svg(style, look).encode("utf-8")).decode("ascii")
    is_pin = look in _PINS
    size = _SHARED_MM if look == "shared" else _SIZES_MM[style.names_product]
    _symbol(
        parent,
        name,
        "marker",
        "SvgMarker",
        {
            "name": f"base64:{drawing}",
            "size": size,
            "size_unit": "MM",
            "horizontal_anchor_point": "1",
            "vertical_anchor_point": "2" if is_pin else "1",  # a pin stands on its point
            "offset": "0,0",
            "angle": "0",
            "scale_method": "diameter",
        },
        by_expression={"size": f"{size} * {_SHRINK}", "offset": _offset(_SHRINK)},
    )


def _outlines(root: Element, *, fill: str | None, line: str, width: str) -> None:
    drawn = SubElement(
        root,
        "renderer-v2",
        type="singleSymbol",
        forceraster="0",
        symbollevels="0",
        enableorderby="0",
    )
    options = {
        "style": "solid" if fill else "no",
        "color": _rgba(fill or line),
        "outline_style": "solid",
        "outline_color": _rgba(line),
        "outline_width": width,
        "outline_width_unit": "MM",
        "joinstyle": "round",
    }
    _symbol(SubElement(drawn, "symbols"), "0", "fill", "SimpleFill", options)


def _symbol(
    parent: Element,
    name: str,
    kind: str,
    drawn_as: str,
    options: Mapping[str, str],
    by_expression: Mapping[str, str] | None = None,
) -> None:
    symbol = SubElement(
        parent, "symbol", name=name, type=kind, alpha="1", clip_to_extent="1", force_rhr="0"
    )
    layer = SubElement(symbol, "layer", {"class": drawn_as}, enabled="1", locked="0")
    layer.set("pass", "0")
    held = SubElement(layer, "Option", type="Map")
    for key, value in options.items():
        SubElement(held, "Option", type="QString", name=key, value=value)
    if by_expression:
        _by_expression(SubElement(layer, "data_defined_properties"), by_expression)


def _by_expression(parent: Element, expressions: Mapping[str, str]) -> None:
    held = SubElement(parent, "Option", type="Map")
    SubElement(held, "Option", type="QString", name="name", value="")
    each = SubElement(held, "Option", type="Map", name="properties")
    for key, expression in expressions.items():
        one = SubElement(each, "Option", type="Map", name=key)
        SubElement(one, "Option", type="bool", name="active", value="true")
        SubElement(one, "Option", type="QString", name="expression", value=expression)
        SubElement(one, "Option", type="int", name="type", value="3")
    SubElement(held, "Option", type="QString", name="type", value="collection")


def _offset(factor: str, right: float = 0) -> str:
    """Millimetres right and down of the point, as an expression over the offset column."""
    parts = [
        f'to_real(coalesce(array_get(string_to_array("{OFFSET}"), {at}), 0)) * {factor}'
        for at in (0, 1)
    ]
    return f"array({parts[0]} + {right}, {parts[1]})"


def _names(
    root: Element, column: str, *, size: str, colour: str, from_scale: int | None = None
) -> None:
    """Names beside the shapes, from a certain scale on, none over another."""
    settings = SubElement(SubElement(root, "labeling", type="simple"), "settings")
    style = SubElement(
        settings,
        "text-style",
        fieldName=column,
        isExpression="0",
        fontFamily=_FONT,
        fontSize=size,
        fontSizeUnit="Point",
        textColor=_rgba(colour),
        namedStyle="Regular",
        allowHtml="0",
    )
    families = SubElement(style, "families")
    for family in (_FONT, "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC"):
        SubElement(families, "family", name=family)
    SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.7",
        bufferSizeUnits="MM",
        bufferColor=_rgba("#fbfaf4"),
    )
    if from_scale is None:
        SubElement(settings, "placement", placement="0", dist="2", distUnits="MM")
        SubElement(settings, "rendering", drawLabels="1", obstacle="0")
        return
    SubElement(settings, "placement", placement="1", quadOffset="5", offsetUnits="MM")
    scales = {"scaleVisibility": "1", "scaleMin": "1", "scaleMax": str(from_scale)}
    SubElement(settings, "rendering", {"drawLabels": "1", "obstacle": "1", **scales})
    _by_expression(SubElement(settings, "dd_properties"), {"OffsetXY": _offset("1", right=3.5)})


def _fields(root: Element, table: Table, language: Language) -> None:
    """Titles of the columns, and words instead of codes in the attribute table."""
    settings, aliases = SubElement(root, "fieldConfiguration"), SubElement(root, "aliases")
    for number, column in enumerate(table.columns, start=1):  # the first field is GDAL's own fid
        title = without_controls(table.headings[column])
        SubElement(aliases, "alias", field=column, index=str(number), name=title)
        if meanings := codes(column, language):
            widget = SubElement(
                SubElement(settings, "field", name=column), "editWidget", type="ValueMap"
            )
            held = SubElement(SubElement(widget, "config"), "Option", type="Map")
            choices = SubElement(held, "Option", type="List", name="map")
            for code, words in meanings.items():
                choice = SubElement(choices, "Option", type="Map")
                SubElement(choice, "Option", type="QString", name=words, value=code)
    if table.key in ("projects", "tray"):
        SubElement(root, "previewExpression").text = '"name"'


def _rgba(colour: str) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
