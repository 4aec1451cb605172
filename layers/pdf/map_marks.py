"""The symbols of a printed map: what stands where, none over another.

As on the screen, a symbol that is no sourced point says "in this county" and no more: it stands
on a grid around the county's inner point. Where the county is too small on paper for one symbol a
row, its rows are drawn by layer (×3), and in the end as one ring with their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from layers.browser_files import look_of
from layers.pdf.map_frame import MapFrame
from layers.styles import STYLES
from layers.symbols import Look
from registry.registry import Registry
from terms.kinds import GeometryRole, Layer, Precision
from terms.records import Project

SIZES = (5.2, 4.6, 4.0, 3.4, 2.9, 2.5)  # mm; the largest that leaves room for all
_GAP, _TEXT = 0.6, 1.8  # mm between symbols, and below one for its number
_PIN, _RING = 4.6, 3.0
_CROWDED = 2.5  # where no size has room for all; numbers may then stand on a border
_REACH = 0.5  # of a symbol's size: so far its middle stays from the border
_COARSE = 0.15  # mm
_SHIFTS = ((0, 0), (0, 0.5), (0.5, 0), (0.5, 0.5), (0.25, 0.75))  # of the grid, in cells
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Mark:
    """One symbol at its centre on paper; `layer` is None for the ring that stands for several."""

    x: float
    y: float
    size: float
    layer: Layer | None
    look: Look
    label: str


@dataclass(frozen=True)
class _Item:
    layer: Layer
    look: Look
    label: str


def place_marks(
    registry: Registry,
    rows: Sequence[Project],
    frame: MapFrame,
    *,
    codes: Iterable[str],
    numbers: Mapping[str, int] | None = None,
    taken: Sequence[Box] = (),
) -> list[Mark]:
    """The symbols of the rows in the counties `codes`; with `numbers` each bears its own.

    Boxes in `taken` (names, mm) stay free.
    """
    pins = _pins(registry, rows, frame, numbers or {})
    fixed = [*taken, *map(_box_of, pins)]
    places = _places(registry, rows, frame, codes)
    own = [[_each(registry, place.rows, numbers)] if numbers else [] for place in places]
    grouped = [_grouped(registry, place.rows) for place in places]
    either = [[*each, group] for each, group in zip(own, grouped, strict=True)]
    # One size for the whole map: a larger symbol would look like a larger project.
    for choices in (own, either):
        for size in SIZES:
            found = _all_in(places, choices, fixed, size=size, rings=False)
            if found is not None:
                return [*pins, *found]
    return [*pins, *(_all_in(places, either, fixed, size=_CROWDED, rings=True) or ())]


@dataclass(frozen=True)
class _Place:
    """Where symbols are spread: rows, the outline that holds them, the point around which."""

    rows: list[Project]
    outline: shapely.Geometry
    centre: np.ndarray


def _places(
    registry: Registry, rows: Sequence[Project], frame: MapFrame, codes: Iterable[str]
) -> list[_Place]:
    loose, places = _spread(rows), []
    for code in codes:
        if here := [row for row in loose if code in row.district_codes]:
            outline = frame.drawn(registry.districts.display.geometry[code])
            centre = frame.to_paper(registry.districts.inner_point(code))[0]
            places.append(_Place(here, outline, centre))
    sea = shapely.box(frame.x, frame.y, frame.x + frame.width, frame.y + frame.height)
    offshore = [row for row in rows if row.precision is Precision.OFFSHORE]
    for point, here in _by_label(registry, offshore).items():
        places.append(_Place(here, sea, frame.to_paper(point)[0]))
    return places


def _all_in(
    places: Sequence[_Place],
    choices: Sequence[Sequence[Sequence[_Item]]],
    fixed: Sequence[Box],
    *,
    size: float,
    rings: bool,
) -> list[Mark] | None:
    """The symbols of all places at one size, or None where some do not fit and no ring may."""
    marks: list[Mark] = []
    boxes = list(fixed)
    for place, items in zip(places, choices, strict=True):
        found = next(
            (at for each in items if (at := _fitted(place, each, size, boxes, is_crowded=rings))),
            None,
        )
        if found is None:
            if not rings:
                return None
            x, y = _ring_at(place.outline, place.centre, boxes)
            found = [Mark(x, y, _RING, None, "hollow", str(len(place.rows)))]
        marks += found
        boxes += map(_box_of, found)
    return marks


def _fitted(
    place: _Place,
    items: Sequence[_Item],
    size: float,
    taken: Sequence[Box],
    *,
    is_crowded: bool,
) -> list[Mark] | None:
    """The items of one place at a size, on the first grid that has room for all."""
    is_labelled = any(item.label for item in items)
    room = _room(place.outline, size)
    for shift in _SHIFTS:
        centre = place.centre + np.array(shift) * (size + _GAP)
        spots = _spots(
            room, centre, size, len(items), taken, is_labelled=is_labelled, is_crowded=is_crowded
        )
        if len(spots) == len(items):
            return [
                Mark(x, y, size, item.layer, item.look, item.label)
                for (x, y), item in zip(spots, items, strict=True)
            ]
    return None


def _spread(rows: Iterable[Project]) -> list[Project]:
    """What stands for its county only, by layer as the legend has them."""
    order = {layer: place for place, layer in enumerate(STYLES)}
    loose = [
        row
        for row in rows
        if row.geometry_role is not GeometryRole.SITE and row.precision is not Precision.OFFSHORE
    ]
    return sorted(loose, key=lambda row: order[row.layer])


def _by_label(
    registry: Registry, rows: Iterable[Project]
) -> dict[tuple[float, float], list[Project]]:
    found: dict[tuple[float, float], list[Project]] = defaultdict(list)
    for row in rows:
        for point in registry.labels[row.id]:
            found[point].append(row)
    return found


def _pins(
    registry: Registry, rows: Sequence[Project], frame: MapFrame, numbers: Mapping[str, int]
) -> list[Mark]:
    """Sourced points at their very place: the tip of a pin is its foot."""
    size = _PIN
    marks = []
    for row in rows:
        if row.geometry_role is GeometryRole.SITE and registry.labels[row.id]:
            x, y = frame.to_paper(registry.labels[row.id][0])[0]
            label = str(numbers[row.id]) if row.id in numbers else ""
            look = look_of(registry, row)
            marks.append(Mark(float(x), float(y) - 0.475 * size, size, row.layer, look, label))
    return marks


def _each(registry: Registry, rows: Sequence[Project], numbers: Mapping[str, int]) -> list[_Item]:
    return [_Item(row.layer, look_of(registry, row), str(numbers.get(row.id, ""))) for row in rows]


def _grouped(registry: Registry, rows: Sequence[Project]) -> list[_Item]:
    found: dict[tuple[Layer, Look], int] = defaultdict(int)
    for row in rows:
        found[row.layer, look_of(registry, row)] += 1
    return [
        _Item(layer, look, f"×{count}" if count > 1 else "")
        for (layer, look), count in found.items()
    ]


def _room(outline: shapely.Geometry, size: float) -> shapely.Geometry:
    """Where the middle of a symbol may stand, so that most of it lies inside."""
    coarse = shapely.simplify(outline, _COARSE)
    return shapely.buffer(coarse, -size * _REACH, quad_segs=2)


def _spots(
    room: shapely.Geometry,
    centre: np.ndarray,
    size: float,
    count: int,
    taken: Sequence[Box],
    *,
    is_labelled: bool,
    is_crowded: bool = False,
) -> list[tuple[float, float]]:
    """The nearest places on a grid around the centre that lie inside and are free."""
    wide, high = size + _GAP, size + _GAP + (_TEXT if is_labelled else 0)
    if room.is_empty:
        return []
    x_min, y_min, x_max, y_max = room.bounds
    columns = np.arange(np.floor((x_min - centre[0]) / wide), (x_max - centre[0]) / wide + 1)
    lines = np.arange(np.floor((y_min - centre[1]) / high), (y_max - centre[1]) / high + 1)
    grid = np.array([(centre[0] + i * wide, centre[1] + j * high) for j in lines for i in columns])
    inside = shapely.contains_xy(room, grid[:, 0], grid[:, 1])
    if is_labelled and not is_crowded:
        inside &= shapely.contains_xy(room, grid[:, 0], grid[:, 1] + _TEXT / 2)
    grid = grid[inside]
    order = np.lexsort((grid[:, 0], grid[:, 1], np.hypot(*(grid - centre).T).round(2)))
    spots: list[tuple[float, float]] = []
    for x, y in grid[order]:
        box = _box(float(x), float(y), size, is_labelled=is_labelled)
        if not any(touch(box, other) for other in taken):
            spots.append((float(x), float(y)))
        if len(spots) == count:
            break
    return sorted(spots, key=lambda spot: (round(spot[1], 1), spot[0]))


def _ring_at(
    outline: shapely.Geometry, centre: np.ndarray, taken: Sequence[Box]
) -> tuple[float, float]:
    """A free place for the ring near the centre, else the centre itself."""
    room = _room(outline, _RING)
    for shift in _SHIFTS:
        at = centre + np.array(shift) * _RING
        if spots := _spots(room, at, _RING, 1, taken, is_labelled=False):
            return spots[0]
    return float(centre[0]), float(centre[1])


def _box_of(mark: Mark) -> Box:
    return _box(mark.x, mark.y, mark.size, is_labelled=bool(mark.label))


def _box(x: float, y: float, size: float, *, is_labelled: bool) -> Box:
    half = size / 2
    return (x - half, y - half, x + half, y + half + (_TEXT if is_labelled else 0))


def touch(one: Box, other: Box) -> bool:
    """Do two boxes overlap?"""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
