"""The map of a brief: counties, symbols, names, a scale bar and what belongs beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import shapely
from fpdf.drawing import PaintedPath

from layers.browser_files import look_of, short_english
from layers.pdf.document import INK, SOFT, Document, height_of_line
from layers.pdf.map_frame import Bounds, MapFrame, around, frame_around
from layers.pdf.map_marks import Box, Mark, place_marks, touch
from layers.pdf.words import Words
from layers.styles import STYLES
from layers.symbols import Look, symbol_svg
from registry.registry import Registry
from terms.kinds import GeometryRole, Layer
from terms.records import Project

_LAND, _OWN, _TINT = "#f4f5f3", "#ffffff", "#e3ebe8"
_BORDER, _OUTLINE = "#aab4b0", "#37413e"
_FINEST = 0.05  # mm; finer bends cannot be seen
_FOOT = 7.0  # mm below the counties, for the scale bar
_NAME_SIZE, _NEIGHBOUR_SIZE = 7.0, 6.0
_LEAST_NAMED = 60.0  # mm²: a smaller county bears its symbols, no name


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
    bounds = map_bounds(registry, plan)
    frame = frame_around(bounds, x=x, y=y, width=width, height=height, foot=_FOOT)
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


def fitted_height(
    registry: Registry, plan: MapPlan, *, width: float, least: float, most: float
) -> float:
    """The height at which the map fills a frame of that width."""
    frame = frame_around(map_bounds(registry, plan), x=0, y=0, width=width, height=10_000)
    return max(least, min(most, frame.height_used + _FOOT))


def draw_legend(document: Document, plan: MapPlan, *, x: float, width: float) -> None:
    """Set the layers of the map with the number of their rows, in two columns."""
    words, registry = document.words, document.words.registry
    counts = Counter(row.layer for row in plan.rows if registry.labels[row.id])
    if not counts:
        return
    document.y += 1
    document.block(words.t("brief.legend"), x=x, width=width, size=8, bold=True)
    document.y += 0.6
    entries = [layer for layer in STYLES if layer in counts]
    half = width / 2
    for first in range(0, len(entries), 2):
        pair = entries[first : first + 2]
        said = [_legend_line(document, layer, counts[layer], half - 5) for layer in pair]
        for at, layer, lines in zip((x, x + half), pair, said, strict=False):
            _symbol(document, layer, "hollow", at + 1.7, document.y + 1.75, 3.2)
            for place, line in enumerate(lines):
                document.line(at + 4.4, line, y=document.y + place * 3.4, size=7)
        document.y += 3.9 + 3.4 * (max(map(len, said)) - 1)


def _legend_line(document: Document, layer: Layer, count: int, width: float) -> list[str]:
    words = document.words
    said = words.t("brief.legend_line", name=words.lab("layer", layer), count=count)
    return document.lines(said, width, size=7)


def draw_caption(
    document: Document, plan: MapPlan, marks: Sequence[Mark], *, x: float, width: float
) -> None:
    """Set below the map what its looks mean, as far as they occur, and the boundaries' edition."""
    words, registry = document.words, document.words.registry
    looks = _looks(registry, [r for r in plan.rows if registry.labels[r.id]], marks, plan)
    said = [words.t(f"brief.look_{look}") for look in looks]
    said.append(words.either(registry.districts.edition, registry.districts.edition_en))
    document.block(words.either("", " ").join(said), x=x, width=width, size=6.3, colour=SOFT)


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


def map_bounds(registry: Registry, plan: MapPlan) -> Bounds:
    """What the map must show, in degrees: its counties, and rows that stand off them."""
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
    for part in shapely.get_parts(shapely.simplify(drawn, _FINEST)):
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
    boxes: list[Box] = []
    high = height_of_line(_NAME_SIZE)
    for code in plan.codes:
        if code not in shown or shown[code].area < _LEAST_NAMED:
            continue
        name = _short(document.words, code)
        x, y = frame.to_paper(document.words.registry.districts.inner_point(code))[0]
        half = document.width_of(name, _NAME_SIZE, bold=True) / 2
        tries = [(x - half, at - high / 2, x + half, at + high / 2) for at in _near_to(y, high)]
        box = next((each for each in tries if not any(touch(each, b) for b in boxes)), tries[0])
        document.line(x, name, y=box[1], size=_NAME_SIZE, bold=True, align="centre")
        boxes.append(box)
    return boxes


def _near_to(y: float, step: float) -> list[float]:
    """Heights at which a name may stand, the best first."""
    return [y, *(y + sign * n * step / 2 for n in (1, 2, 3) for sign in (-1, 1))]


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


def _symbol(document: Document, layer: Layer, look: Look, x: float, y: float, size: float) -> None:
    """Draw one symbol around its centre."""
    document.symbol(symbol_svg(STYLES[layer], look), x, y, size)


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


def draw_symbol(document: Document, row: Project, x: float, y: float, size: float) -> None:
    """Draw the symbol of one project around its centre."""
    _symbol(document, row.layer, look_of(document.words.registry, row), x, y, size)
