"""A small picture of what a file would bring: points, counties' marks, shaded counties, outlines.

One SVG of at most a few hundred kilobytes, whatever the file: marks that would cover one another
are drawn once, and beyond MOST_MARKS they are only counted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from geo.districts import Districts
from layers.own_areas import drawn_area
from layers.own_tables import table_fills
from layers.styles import STYLES
from terms.own_records import OwnArea, OwnProject, OwnTable

WIDTH_PX = 620
MOST_MARKS = 1_500
_FINEST_PX = 0.6
_PAD = 0.04  # of the frame, around what is shown
_LAND, _EMPTY, _LINE, _AREA = "#f4f5f3", "#fbfaf4", "#aab4b0", "#8a3b6f"
_AREA_CORNERS = 6_000
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Picture:
    """The SVG, how many rows stand in it as points and by county, and how many in neither."""

    svg: str
    points: int = 0
    by_county: int = 0
    left_out: int = 0


@dataclass(frozen=True)
class _Frame:
    box: Box
    height: int

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Pixels of a place, from the upper left."""
        west, south, east, north = self.box
        x = (lon - west) / (east - west) * WIDTH_PX
        return round(x, 1), round((north - lat) / (north - south) * self.height, 1)

    def path(self, shape: shapely.Geometry) -> str:
        """The outlines of polygons as the data of a path."""
        finest = (self.box[2] - self.box[0]) / WIDTH_PX * _FINEST_PX
        parts = shapely.get_parts(shapely.simplify(shape, finest))
        return "".join(map(self._ring, (ring for each in parts for ring in _rings(each))))

    def _ring(self, ring: shapely.LinearRing) -> str:
        places = (self.at(lon, lat) for lon, lat in shapely.get_coordinates(ring))
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in places) + "Z"


def projects_picture(projects: Sequence[OwnProject], districts: Districts) -> Picture:
    """Filled marks where a row has a point, hollow ones in the county that it only names."""
    placed = [
        each
        for each in projects
        if each.lon is not None or _is_known(each.district_codes, districts)
    ]
    points = sum(each.lon is not None for each in placed)
    spots = [
        (each.lon, each.lat)
        if each.lon is not None and each.lat is not None
        else districts.inner_point(each.district_codes[0])
        for each in placed
    ]
    if not spots:
        return Picture("", left_out=len(projects))
    codes = {code for each in placed for code in each.district_codes if districts.has(code)}
    frame = _frame([*_boxes(districts, codes), *((x, y, x, y) for x, y in spots)])
    marks = list(_marks(placed, spots, frame))
    body = _counties(districts, frame, {}) + "".join(marks[:MOST_MARKS])
    return Picture(_svg(frame, body), points, len(placed) - points, len(projects) - len(placed))


def table_picture(table: OwnTable, districts: Districts) -> Picture:
    """The counties in the colours of the table's classes."""
    codes = [code for code, _ in table.values if districts.has(code)]
    frame = _frame(_boxes(districts, codes or districts.codes))
    svg = _svg(frame, _counties(districts, frame, table_fills(table)))
    return Picture(svg, by_county=len(codes), left_out=len(table.values) - len(codes))


def area_picture(area: OwnArea, districts: Districts) -> Picture:
    """The outlines of an area's shapes over the counties."""
    drawn = drawn_area(area)
    if not drawn.shapes:
        return Picture("", left_out=drawn.left_out)
    frame = _frame([shape.bounds for _, shape in drawn.shapes])
    paths, corners = [], 0
    for _, shape in drawn.shapes:
        corners += int(shapely.get_num_coordinates(shape))
        if corners > _AREA_CORNERS and paths:
            break
        paths.append(frame.path(shape))
    outlines = f'<path d="{"".join(paths)}" fill="{_AREA}" fill-opacity=".18" stroke="{_AREA}"/>'
    svg = _svg(frame, _counties(districts, frame, {}) + outlines)
    return Picture(svg, points=len(paths), left_out=len(area.shapes) - len(paths))


def _marks(
    rows: Sequence[OwnProject], spots: Sequence[tuple[float, float]], frame: _Frame
) -> Iterable[str]:
    """One mark a place; those of one county stand around its inner point."""
    seen: set[tuple[float, float, str]] = set()
    count: Counter[str] = Counter()
    for row, spot in zip(rows, spots, strict=True):
        x, y = frame.at(*spot)
        colour = STYLES[row.layer].colour
        if row.lon is None:
            number = count[row.district_codes[0]]
            count[row.district_codes[0]] += 1
            if number > 60:  # a county's middle is full
                continue
            turn, far = number * 2.4, 4.2 * math.sqrt(number)
            x, y = round(x + far * math.cos(turn), 1), round(y + far * math.sin(turn), 1)
            yield f'<circle cx="{x:g}" cy="{y:g}" r="3.2" fill="#fff" stroke="{colour}"/>'
        elif (mark := (round(x), round(y), colour)) not in seen:
            seen.add(mark)
            yield f'<circle cx="{x:g}" cy="{y:g}" r="3.6" fill="{colour}" stroke="#fff"/>'


def _counties(districts: Districts, frame: _Frame, fills: Mapping[str, str]) -> str:
    shown = shapely.box(*frame.box)
    return "".join(
        f'<path d="{frame.path(shape)}" fill="{fills.get(code, _EMPTY if fills else _LAND)}"/>'
        for code, shape in _outlines(districts).items()
        if shapely.intersects(shape, shown)
    )


@lru_cache(maxsize=2)
def _outlines(districts: Districts) -> Mapping[str, shapely.Geometry]:
    """The counties coarser than on the map, each border still one line."""
    shapes = shapely.coverage_simplify(districts.display.geometry.to_numpy(), 0.01)
    return dict(zip(districts.codes, shapes, strict=True))


def _boxes(districts: Districts, codes: Iterable[str]) -> list[Box]:
    outlines = _outlines(districts)
    return [outlines[code].bounds for code in codes]


def _frame(boxes: Sequence[Box]) -> _Frame:
    found = np.array(boxes)
    west, south = found[:, 0].min(), found[:, 1].min()
    east, north = found[:, 2].max(), found[:, 3].max()
    pad = max(float(east - west), float(north - south), 0.3) * _PAD
    west, south, east, north = (
        float(each) for each in (west - pad, south - pad, east + pad, north + pad)
    )
    shrink = math.cos(math.radians((south + north) / 2))
    height = WIDTH_PX * (north - south) / ((east - west) * shrink)
    return _Frame((west, south, east, north), round(min(max(height, 200), 700)))


def _is_known(codes: Sequence[str], districts: Districts) -> bool:
    return bool(codes) and districts.has(codes[0])


def _rings(shape: shapely.Geometry) -> Iterable[shapely.LinearRing]:
    if isinstance(shape, shapely.Polygon) and not shape.is_empty:
        yield shape.exterior
        yield from shape.interiors


def _svg(frame: _Frame, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_PX}" height="{frame.height}" '
        f'viewBox="0 0 {WIDTH_PX} {frame.height}" stroke="{_LINE}" stroke-width=".8" '
        f'fill-rule="evenodd">{body}</svg>'
    )
