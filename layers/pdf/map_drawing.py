"""The map of a brief: counties, symbols, names, a scale bar and what belongs beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import shapely
from fpdf.drawing import PaintedPath
from fpdf.svg import SVGObject

from layers.browser_files import look_of, short_english
from layers.pdf.document import INK, SOFT, Document, height_of_line
from layers.pdf.map_frame import Bounds, MapFrame, around, frame_around
from layers.pdf.map_marks import Box, Mark, place_marks
from layers.pdf.words import Words
from layers.styles import STYLES
from layers.symbols import Look, symbol_svg
from registry.registry import Registry
from terms.kinds import GeometryRole, Layer
from terms.records import Project

_LAND, _OWN, _TINT = "#f4f5f3", "#ffffff", "#e3ebe8"
_BORDER, _OUTLINE = "#aab4b0", "#37413e"
_FOOT = 7.0  # mm below the counties, for the scale bar
_NAME_SIZE, _NEIGHBOUR_SIZE = 7.0, 6.0


@dataclass(frozen=True)
class MapPlan:
    """What a map shows: its own counties, which of them are tinted, its rows, their numbers."""

    codes: tuple[str, ...]
    rows: Sequence[Project]
    tinted: Collection[str] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    names: bool = True


def draw_map(
    document: Document, plan: MapPlan, *, x: float, y: float, width: float, height: float
) -> list[Mark]:
    """Draw the map in its frame; returns the symbols as they were placed."""
    registry = document.words.registry
    frame = frame_around(
        _bounds(registry, plan), x=x, y=y, width=width, height=height, foot=_FOOT
    )
    document.rect(x, y, width, height, fill="#fbfcfb")
    shown = _shown(registry, frame)
    for code in sorted(shown, key=lambda each: each in plan.codes):
        fill = (_TINT if code in plan.tinted else _OWN) if code in plan.codes else _LAND
        if code not in plan.codes and code in plan.tinted:
            fill = _TINT
        _outline(document, shown[code], fill=fill, line=_BORDER, weight=0.15)
    whole = shapely.union_all([shown[code] for code in plan.codes if code in shown])
    _outline(document, whole, fill=None, line=_OUTLINE, weight=0.45)
    boxes = _names(document, frame, plan, shown)
    marks = place_marks(
        registry, plan.rows, frame, codes=plan.codes, numbers=plan.numbers or None, taken=boxes
    )
    for mark in marks:
        _mark(document, mark)
    _neighbours(document, frame, plan, shown, marks)
    _scale(document, frame)
    document.frame(x, y, width, height, colour=_OUTLINE)
    return marks


def draw_legend(
    document: Document, plan: MapPlan, marks: Sequence[Mark], *, x: float, width: float
) -> None:
    """Set below the map what its symbols mean: layers with their rows, then the looks."""
    words, registry = document.words, document.words.registry
    rows = [row for row in plan.rows if registry.labels[row.id]]
    counts = Counter(row.layer for row in rows)
    half = width / 2
    entries = [layer for layer in STYLES if layer in counts]
    for place, layer in enumerate(entries):
        column, top = place % 2, document.y
        at = x + column * half
        _symbol(document, layer, "hollow", at + 1.7, top + 1.9, 3.2)
        said = words.t("brief.legend_line", name=words.lab("layer", layer), count=counts[layer])
        for line in document.lines(said, half - 6, size=7)[:2]:
            document.line(at + 4.4, line, y=document.y + 0.2, size=7)
        if column == 1 or place == len(entries) - 1:
            document.y += 4.1
    document.y += 0.6
    said = " ".join(words.t(f"brief.look_{look}") for look in _looks(registry, rows, marks, plan))
    edition = words.registry.districts
    caption = f"{said} {words.either(edition.edition, edition.edition_en)}"
    document.block(caption.strip(), x=x, width=width, size=6.3, colour=SOFT)


def _looks(
    registry: Registry, rows: Sequence[Project], marks: Sequence[Mark], plan: MapPlan
) -> list[str]:
    """The remarks that this map needs, in a fixed order."""
    found = {look_of(registry, row) for row in rows}
    is_ring = any(mark.layer is None for mark in marks)
    is_numbered = bool(plan.numbers) and any(mark.label.isdigit() and mark.layer for mark in marks)
    needed = (
        ("number", is_numbered),
        ("hollow", bool(found & {"hollow", "shared"})),
        ("shared", "shared" in found),
        ("tint", bool(plan.tinted)),
        ("site", "site" in found),
        ("approximate", "approximate" in found),
        ("times", any(mark.label.startswith("×") for mark in marks)),
        ("ring", is_ring),
    )
    return [name for name, holds in needed if holds]


def _bounds(registry: Registry, plan: MapPlan) -> Bounds:
    outlines = registry.districts.display.geometry
    parts: list[Bounds] = [tuple(outlines[code].bounds) for code in plan.codes]
    for row in plan.rows:
        if row.geometry_role is GeometryRole.SITE or not set(row.district_codes) - {*plan.codes}:
            parts += [(*point, *point) for point in registry.labels[row.id]]
    return around(parts)


def _shown(registry: Registry, frame: MapFrame) -> dict[str, shapely.Geometry]:
    """The counties in the frame, cut off at it."""
    found = {}
    for code, outline in registry.districts.display.geometry.items():
        drawn = _near(frame, outline)
        if drawn is not None:
            found[str(code)] = drawn
    return found


def _near(frame: MapFrame, outline: shapely.Geometry) -> shapely.Geometry | None:
    west, south, east, north = outline.bounds
    (x0, y0), (x1, y1) = frame.to_paper([(west, north), (east, south)])
    if x1 < frame.x or y1 < frame.y or x0 > frame.x + frame.width or y0 > frame.y + frame.height:
        return None
    drawn = frame.drawn(outline)
    return None if drawn.is_empty else drawn


def _outline(
    document: Document, drawn: shapely.Geometry, *, fill: str | None, line: str, weight: float
) -> None:
    """Draw polygons with their holes."""
    path = PaintedPath()
    for part in shapely.get_parts(drawn):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        for ring in (part.exterior, *part.interiors):
            (x, y), *others = shapely.get_coordinates(ring).round(2).tolist()
            path.move_to(x, y)
            for x, y in others[:-1]:
                path.line_to(x, y)
            path.close()
    path.style.fill_color = fill
    path.style.stroke_color = line
    path.style.stroke_width = weight
    path.style.intersection_rule = "evenodd"
    path.style.stroke_join_style = "round"
    with document.pdf.drawing_context() as context:
        context.add_item(path, clone=False)


def _names(
    document: Document, frame: MapFrame, plan: MapPlan, shown: Mapping[str, shapely.Geometry]
) -> list[Box]:
    """Set the counties' own names at their inner points; returns the room they take."""
    if not plan.names:
        return []
    boxes = []
    for code in plan.codes:
        if code not in shown:
            continue
        name = _short(document.words, code)
        x, y = frame.to_paper(document.words.registry.districts.inner_point(code))[0]
        wide = document.width_of(name, _NAME_SIZE, bold=True)
        high = height_of_line(_NAME_SIZE)
        document.line(x, name, y=y - high / 2, size=_NAME_SIZE, bold=True, align="centre")
        boxes.append((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))
    return boxes


def _neighbours(
    document: Document,
    frame: MapFrame,
    plan: MapPlan,
    shown: Mapping[str, shapely.Geometry],
    marks: Sequence[Mark],
) -> None:
    """Name the neighbours where there is room inside the frame."""
    bar = shapely.box(frame.x, frame.y + frame.height - _FOOT, frame.x + frame.width / 2,
                      frame.y + frame.height)  # fmt: skip
    free = [shapely.Point(mark.x, mark.y).buffer(mark.size) for mark in marks]
    blocked = shapely.union_all([bar, *free])
    for code, drawn in shown.items():
        if code in plan.codes:
            continue
        name = _short(document.words, code)
        wide = document.width_of(name, _NEIGHBOUR_SIZE)
        high = height_of_line(_NEIGHBOUR_SIZE)
        spot = shapely.point_on_surface(shapely.difference(drawn, blocked))
        if spot.is_empty:
            continue
        box = shapely.box(spot.x - wide / 2, spot.y - high / 2, spot.x + wide / 2,
                          spot.y + high / 2)  # fmt: skip
        if shapely.contains(shapely.difference(drawn, blocked), box):
            document.line(spot.x, name, y=spot.y - high / 2, size=_NEIGHBOUR_SIZE, colour=SOFT,
                          align="centre")  # fmt: skip


def _short(words: Words, code: str) -> str:
    name = words.district(code)
    return name if words.language == "zh" else short_english(name)


def _mark(document: Document, mark: Mark) -> None:
    if mark.layer is None:
        pdf = document.pdf
        pdf.set_draw_color(INK)
        pdf.set_fill_color(255)
        pdf.set_line_width(0.3)
        pdf.ellipse(mark.x - mark.size / 2, mark.y - mark.size / 2, mark.size, mark.size, "DF")
        document.line(mark.x, mark.label, y=mark.y - height_of_line(5.5) / 2, size=5.5,
                      align="centre")  # fmt: skip
        return
    _symbol(document, mark.layer, mark.look, mark.x, mark.y, mark.size)
    if mark.label:
        top = mark.y + mark.size / 2 - 0.35
        document.line(mark.x, mark.label, y=top, size=5.2, align="centre")


def _symbol(
    document: Document, layer: Layer, look: Look, x: float, y: float, size: float
) -> None:
    """Draw one symbol around its centre."""
    drawing = _drawing(layer, look, size)
    drawing.draw_to_page(document.pdf, x - size / 2, y - size / 2)


@lru_cache(maxsize=512)
def _drawing(layer: Layer, look: Look, size: float) -> SVGObject:
    svg = symbol_svg(STYLES[layer], look)
    return SVGObject(svg.replace("<svg ", f'<svg width="{size}mm" height="{size}mm" ', 1))


def _scale(document: Document, frame: MapFrame) -> None:
    km, long = frame.scale_bar()
    x, y = frame.x + 3, frame.y + frame.height - 2.6
    pdf = document.pdf
    pdf.set_draw_color(INK)
    pdf.set_line_width(0.35)
    for start, end in (((x, y), (x + long, y)), ((x, y), (x, y - 1.2)),
                       ((x + long, y), (x + long, y - 1.2))):  # fmt: skip
        pdf.line(*start, *end)
    said = document.words.t("brief.scale", km=km)
    document.line(x + long + 1.5, said, y=y - 2.4, size=6.5)


