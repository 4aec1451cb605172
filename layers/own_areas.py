"""Users' areas as outlines for the map: simplified for display, one file each, fetched once.

However large or wild a file is, the browser draws at most MOST_VERTICES corners of it, within
FRAME; what was left out is counted and said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from layers.browser_files import rounded, write_file
from registry.registry import Registry
from terms.language import Language
from terms.messages import text
from terms.own_records import OwnArea
from terms.selection import Selection

MOST_VERTICES = 20_000
MOST_NAMES = 40
FRAME = (112.0, 32.0, 125.0, 41.0)  # west, south, east, north: the province and what is around it
COLOURS = ("#8a3b6f", "#2f5d9b", "#9b5a12", "#4c6b1f", "#6a4bb0", "#a33a3a")
_MOST_SIMPLIFIED = 60_000  # corners of one shape
_FIRST_STEP = 0.0005  # degrees, about 50 m
_STEPS = 10
_DECIMALS = 5


@dataclass(frozen=True)
class DrawnArea:
    """An area as the map draws it; `left_out` shapes lie outside the frame or are too many."""

    shapes: tuple[tuple[str, shapely.Geometry], ...]
    vertices: int
    original: int
    left_out: int


@lru_cache(maxsize=32)
def drawn_area(area: OwnArea) -> DrawnArea:
    """The display version of an area: in the frame, and no more corners than the limit."""
    shapes = [shapely.from_wkb(wkb) for _, wkb in area.shapes]
    original = int(sum(map(shapely.get_num_coordinates, shapes)))
    simple = _within_limit(np.array(shapes, dtype=object))
    kept = [
        (name, shape)
        for (name, _), each in zip(area.shapes, simple, strict=True)
        if (shape := _in_frame(each)) is not None
    ]
    kept = _largest(kept)
    vertices = int(sum(shapely.get_num_coordinates(shape) for _, shape in kept))
    return DrawnArea(tuple(kept), vertices, original, len(shapes) - len(kept))


def area_collection(area: OwnArea) -> dict[str, Any]:
    """The display version as GeoJSON, with the points at which the largest carry their names."""
    drawn = drawn_area(area)
    named = sorted(drawn.shapes, key=lambda pair: -pair[1].area)[:MOST_NAMES]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": name},
                "geometry": rounded(shapely.geometry.mapping(shape)),
            }
            for name, shape in drawn.shapes
        ],
        "names": [
            [name, *(round(float(at), _DECIMALS) for at in shape.representative_point().coords[0])]
            for name, shape in named
            if name.strip()
        ],
    }


def write_area(area: OwnArea, folder: Path) -> str:
    """Write the area's file unless it stands there; the name is the digest of its content."""
    return write_file(folder, "area", ".geojson", area_collection(area))


def shown_areas(registry: Registry, chosen: Selection) -> tuple[tuple[OwnArea, str], ...]:
    """The areas that the selection shows, each with its colour, which no selection changes."""
    return tuple(
        (area, COLOURS[number % len(COLOURS)])
        for number, area in enumerate(registry.own.areas)
        if area.id in chosen.areas
    )


def area_state(area: OwnArea, colour: str, language: Language) -> dict[str, Any]:
    """What the map's message says of an area; the page adds where its file is."""
    return {
        "id": area.id,
        "title": f"{area.title} · {text('own.data', language)}",
        "colour": colour,
        "note": area_words(area, language),
    }


def area_words(area: OwnArea, language: Language) -> str:
    """Source, number of shapes, and how the display version differs from the file."""
    drawn = drawn_area(area)
    parts = [
        text(
            "own.table_source",
            language,
            value=area.source or text("own.not_stated", language),
        ),
        text("own.area_count", language, count=len(area.shapes)),
    ]
    if drawn.vertices < drawn.original:
        parts.append(
            text("own.area_simple", language, shown=drawn.vertices, all=f"{drawn.original:,}")
        )
    if drawn.left_out:
        parts.append(text("own.area_left_out", language, count=drawn.left_out))
    return text("word.semicolon", language).join(parts)


def _within_limit(shapes: np.ndarray[Any, Any]) -> Sequence[shapely.Geometry]:
    """All shapes, simplified more and more until they are few corners, or as few as may be."""
    step, simple = _FIRST_STEP, np.array([_thinned(each) for each in shapes], dtype=object)
    for _ in range(_STEPS):
        if shapely.get_num_coordinates(simple).sum() <= MOST_VERTICES:
            break
        fewer = shapely.simplify(simple, step, preserve_topology=False)
        simple = np.where(shapely.is_empty(fewer), simple, fewer)  # the smallest stay as they are
        step *= 2
    return list(simple)


def _thinned(shape: shapely.Geometry) -> shapely.Geometry:
    """Every so many corners of an outline of very many: its simplification takes quadratic time."""
    every = -(-int(shapely.get_num_coordinates(shape)) // _MOST_SIMPLIFIED)
    if every <= 1:
        return shape
    thin = [
        shapely.Polygon(ring[::every], [hole[::every] for hole in holes if len(hole) > 3 * every])
        for ring, *holes in map(_rings, shapely.get_parts(shape))
        if len(ring) > 3 * every
    ]
    return shapely.MultiPolygon(thin) if thin else shape


def _rings(polygon: shapely.Polygon) -> list[np.ndarray[Any, Any]]:
    return [shapely.get_coordinates(ring) for ring in (polygon.exterior, *polygon.interiors)]


def _in_frame(shape: shapely.Geometry) -> shapely.Geometry | None:
    """The part of a shape that lies in the frame; None where there is none."""
    if shape.is_empty or not shapely.box(*FRAME).intersects(shapely.box(*shape.bounds)):
        return None
    west, south, east, north = shape.bounds
    is_inside = FRAME[0] <= west and FRAME[1] <= south and east <= FRAME[2] and north <= FRAME[3]
    if is_inside and shape.is_valid:
        return shape
    cut = shapely.clip_by_rect(shapely.make_valid(shape), *FRAME)
    parts = [each for each in shapely.get_parts(cut) if each.geom_type in _AREAL and each.area]
    return shapely.union_all(parts) if parts else None


_AREAL = ("Polygon", "MultiPolygon")


def _largest(
    shapes: list[tuple[str, shapely.Geometry]],
) -> list[tuple[str, shapely.Geometry]]:
    """As many of the largest shapes as the limit has room for, in their order."""
    rest = MOST_VERTICES
    kept: set[int] = set()
    for number in sorted(range(len(shapes)), key=lambda n: -shapes[n][1].area):
        count = int(shapely.get_num_coordinates(shapes[number][1]))
        if count <= rest:
            kept.add(number)
            rest -= count
    return [pair for number, pair in enumerate(shapes) if number in kept]
