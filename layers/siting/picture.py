"""The score as a picture: cells in five classes, outlines and names of the counties, a scale bar.

It is drawn in the grid's own metres, so that nothing is bent, as an SVG that stands alone.
"""

from __future__ import annotations

import base64
import html
import warnings

import geopandas as gpd
import numpy as np
import shapely
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import MemoryFile

from geo.siting.ground import WORKING_CRS
from layers.browser_files import short_english
from layers.siting.files import CLASS_COUNT
from layers.siting.run import Run
from terms.language import Language
from terms.messages import text

# From poor to good; each darker than the one before, so that a print without colour reads, too.
COLOURS = ("#f3ead2", "#cfdcae", "#8dbf9a", "#3f8f83", "#0b4a52")
LEFT_OUT = "#d9d5cf"
_LINE = "#5b6a69"
_BAR_KM = (1, 2, 5, 10, 20, 50, 100)
_MOST_NAMES = 60
_HEAD, _NAME, _LINE_HEIGHT = 16, 11, 13  # on a picture of 640: strip above, letters, a line
_STEPS = (0.0, 1.0, -1.0, 2.0, -2.0)  # lines up and down in which a name looks for room


def picture(run: Run, language: Language, *, marked: str = "") -> str:
    """The SVG as text; `marked` is the code of a county drawn with a bold outline."""
    grid = run.result.ground.grid
    size = _unit(run)
    shapes = _outlines(run)
    paths = "".join(
        f'<path d="{_path(shape, run)}" fill="none" stroke="{_LINE}" stroke-width="{size:.3f}"/>'
        for shape in shapes
    )
    if marked in shapes.index:
        paths += (
            f'<path d="{_path(shapes[marked], run)}" fill="none" stroke="#c2410c" '
            f'stroke-width="{3 * size:.3f}"/>'
        )
    image = base64.b64encode(_cells(run)).decode()
    left, top, width, height = view_box(run)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="{left} {top:.2f} {width} {height:.2f}" '
        f'width="{width}" height="{height:.2f}" font-family="sans-serif">'
        f'<image href="data:image/png;base64,{image}" width="{grid.width}" '
        f'height="{grid.height}" style="image-rendering:pixelated"/>'
        f"{paths}{_names(run, language, size)}{_bar(run, size)}"
        f'<text x="{grid.width - 4 * size:.2f}" y="{-5 * size:.2f}" font-size="{10 * size:.2f}" '
        f'text-anchor="end" fill="#9a3412">{html.escape(text("map.stamp", language))}</text></svg>'
    )


def view_box(run: Run) -> tuple[float, float, float, float]:
    """Left, top, width and height of the picture in columns and rows of its grid."""
    grid, head = run.result.ground.grid, _HEAD * _unit(run)
    return 0, -head, grid.width, grid.height + head


def _unit(run: Run) -> float:
    """What one of 640 parts of the picture measures in cells: letters and lines go by it."""
    grid = run.result.ground.grid
    return max(grid.width, grid.height) / 640


def picture_uri(run: Run, language: Language, *, marked: str = "") -> str:
    """The picture as an address for an image."""
    made = picture(run, language, marked=marked).encode("utf-8")
    return f"data:image/svg+xml;base64,{base64.b64encode(made).decode()}"


def _cells(run: Run) -> bytes:
    """The cells as a PNG: colours of the score, grey where left out, clear outside the area."""
    ground = run.result.ground
    score = run.result.score_on_grid()
    classes = np.clip((score.filled(0) * CLASS_COUNT).astype(int), 0, CLASS_COUNT - 1)
    colours = np.array([_rgba(each) for each in COLOURS], dtype=np.uint8)[classes]
    colours[np.ma.getmaskarray(score)] = _rgba(LEFT_OUT)
    # A cell on the outer border is drawn where most of it lies in the area.
    is_in = ground.on_grid(ground.m2_by_cell(), fill=0.0) >= ground.grid.cell_m**2 / 2
    colours[~is_in] = 0
    bands = np.moveaxis(colours, 2, 0)
    with MemoryFile() as memory, warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)  # a PNG stands nowhere
        with memory.open(
            driver="PNG", width=bands.shape[2], height=bands.shape[1], count=4, dtype="uint8"
        ) as file:
            file.write(bands)
        return bytes(memory.read())


def _rgba(colour: str) -> tuple[int, int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue, 255


def _outlines(run: Run) -> gpd.GeoSeries:
    ground = run.result.ground
    return run.registry.districts.display.geometry[list(ground.codes)].to_crs(ground.grid.epsg)


def _path(shape: shapely.Geometry, run: Run) -> str:
    grid = run.result.ground.grid
    rings = shapely.get_rings(shapely.get_parts(shape))
    parts = []
    for ring in rings:
        x, y = shapely.get_coordinates(ring).T
        columns, rows = (x - grid.west_m) / grid.cell_m, (grid.north_m - y) / grid.cell_m
        points = "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(columns, rows, strict=True))
        parts.append(f"M{points}Z")
    return "".join(parts)


def _names(run: Run, language: Language, size: float) -> str:
    ground, districts = run.result.ground, run.registry.districts
    if len(ground.codes) > _MOST_NAMES:
        return ""
    places = gpd.GeoSeries(
        [shapely.Point(districts.inner_point(code)) for code in ground.codes], crs=WORKING_CRS
    ).to_crs(ground.grid.epsg)
    areas_km2 = {code: districts.area_km2(code) for code in ground.codes}
    drafts = {plan.governs_code for plan in run.drafts}
    made, taken = [], list[shapely.Geometry]()
    largest_first = sorted(
        zip(ground.codes, places, strict=True), key=lambda each: -areas_km2[each[0]]
    )
    for code, place in largest_first:
        name = districts.name(code, language)
        name = short_english(name) if language == "en" else name
        name += text("siting.draft_mark", language) if code in drafts else ""
        column = (place.x - ground.grid.west_m) / ground.grid.cell_m
        row = (ground.grid.north_m - place.y) / ground.grid.cell_m
        boxes = (_box(name, column, row + step * _LINE_HEIGHT * size, size) for step in _STEPS)
        box = next((box for box in boxes if not any(map(box.intersects, taken))), None)
        if box is None:
            continue  # its place in the table stays
        taken.append(box)
        made.append(f'<text x="{column:.1f}" y="{box.bounds[3]:.1f}">{html.escape(name)}</text>')
    return (
        f'<g font-size="{_NAME * size:.2f}" text-anchor="middle" fill="#1d2b2a" stroke="#fff" '
        f'stroke-width="{2.6 * size:.2f}" paint-order="stroke">{"".join(made)}</g>'
    )


def _box(name: str, column: float, row: float, size: float) -> shapely.Geometry:
    """The room of a name whose letters stand on this row."""
    wide = sum(1.0 if sign > "\u2e7f" else 0.58 for sign in name) * _NAME * size
    return shapely.box(column - wide / 2, row - _NAME * size, column + wide / 2, row)


def _bar(run: Run, size: float) -> str:
    """A bar of a round length, about a fifth of the width."""
    grid = run.result.ground.grid
    across_km = grid.width * grid.cell_m / 1000
    length_km = max((each for each in _BAR_KM if each <= across_km / 4), default=_BAR_KM[0])
    length = length_km * 1000 / grid.cell_m
    x, y = 6 * size, grid.height - 8 * size
    return (
        f'<path d="M{x:.2f} {y - 4 * size:.2f}V{y:.2f}H{x + length:.2f}V{y - 4 * size:.2f}" '
        f'fill="none" stroke="#1d2b2a" stroke-width="{1.4 * size:.2f}"/>'
        f'<text x="{x + length / 2:.2f}" y="{y - 5 * size:.2f}" font-size="{10 * size:.2f}" '
        f'text-anchor="middle" fill="#1d2b2a">{length_km} km</text>'
    )
