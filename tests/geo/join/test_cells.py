"""The grid of cells: what it looks up is what the predicate says, and no cell claims too much."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPoint, Polygon, box

from geo.crs import Crs, from_wgs84
from geo.districts import Districts
from geo.join.cells import OUTSIDE, Cells, Floats, Outlines, build_cells
from geo.join.exact import locate_exactly
from geo.join.touched import segments, touched_cells

SQUARES = np.array(
    [box(117.0, 36.0, 117.1, 36.1), box(117.1, 36.0, 117.2, 36.1), box(117.0, 35.9, 117.1, 36.0)]
)
WEST, NORTH = 117.0, 36.0  # the corner of the made-up coverages


def brute(outlines: Outlines, lon: Floats, lat: Floats) -> list[int]:
    """The first outline that each point intersects, asked one pair at a time."""
    points = shapely.points(lon, lat)
    return [
        next((at for at, outline in enumerate(outlines) if outline.intersects(point)), OUTSIDE)
        for point in points
    ]


def test_squares_by_hand() -> None:
    cells = build_cells(SQUARES)
    lon = np.array([117.05, 117.15, 117.05, 117.15, 117.1, 117.05, 117.1, 117.2, 118.0])
    lat = np.array([36.05, 36.05, 35.95, 35.95, 36.05, 36.0, 36.0, 36.1, 36.05])
    found, is_on_border = cells.locate(lon, lat)
    assert found.tolist() == [0, 1, 2, OUTSIDE, 0, 0, 0, 1, OUTSIDE]
    assert is_on_border.tolist() == [False] * 4 + [True] * 4 + [False]


def test_no_points_and_no_outlines() -> None:
    nothing = np.empty(0)
    assert [len(each) for each in build_cells(SQUARES).locate(nothing, nothing)] == [0, 0]
    empty = build_cells(np.empty(0, dtype=object))
    assert empty.locate(np.array([117.0]), np.array([36.0]))[0].tolist() == [OUTSIDE]


def test_what_is_no_number_is_outside() -> None:
    odd = np.array([np.nan, np.inf, -np.inf, 1e300, 117.05])
    cells = build_cells(SQUARES)
    for lon, lat in ((odd, np.full(5, 36.05)), (np.full(5, 117.05), odd)):
        for crs in (Crs.WGS84, Crs.BD09):
            found, is_on_border = cells.locate(lon, lat, crs=crs)
            assert (found[:4] == OUTSIDE).all() and not is_on_border.any()


def test_the_first_of_two_that_overlap_and_a_hole() -> None:
    ring = box(117.0, 36.0, 117.3, 36.3).difference(box(117.1, 36.1, 117.2, 36.2))
    over = np.array([ring, box(117.0, 36.0, 117.3, 36.3), box(117.12, 36.12, 117.18, 36.18)])
    lon, lat = np.array([117.05, 117.11, 117.15, 117.12]), np.array([36.05, 36.11, 36.15, 36.15])
    for order, expected in (([0, 1, 2], [0, 1, 1, 1]), ([2, 0], [1, OUTSIDE, 0, 0])):
        assert build_cells(over[order]).locate(lon, lat)[0].tolist() == expected


coordinate = st.floats(0.0, 0.3, allow_subnormal=False)
place = st.tuples(coordinate, coordinate)


@st.composite
def coverages(draw: st.DrawFn) -> Outlines:
    """A few polygons that share their edges, some left out so that there are gaps."""
    seeds = draw(st.lists(place, min_size=2, max_size=7, unique=True))
    shifted = MultiPoint([(WEST + x, NORTH - y) for x, y in seeds])
    frame = box(WEST, NORTH - 0.3, WEST + 0.3, NORTH)
    parts = shapely.get_parts(shapely.voronoi_polygons(shifted, extend_to=frame))
    parts = [part for part in shapely.intersection(parts, frame) if isinstance(part, Polygon)]
    kept = draw(st.lists(st.booleans(), min_size=len(parts), max_size=len(parts)))
    chosen = [part for part, is_kept in zip(parts, kept, strict=True) if is_kept and part.area]
    return np.array(chosen or [frame])


@settings(max_examples=60, deadline=None)
@given(coverages(), st.lists(place, max_size=20), st.sampled_from([0.002, 0.0137, 0.1, 0.7]))
def test_cells_and_sweep_answer_as_the_predicate_does(
    outlines: Outlines, spots: list[tuple[float, float]], cell_deg: float
) -> None:
    """Among the points: every vertex, the middle of every side, corners and edges of cells."""
    cells = build_cells(outlines, cell_deg=cell_deg)
    ends = [np.array([(WEST + x, NORTH - y) for x, y in spots]).reshape(-1, 2)]
    for outline in outlines:
        start, end = segments(outline)
        ends += [start, (start + end) / 2]
    lattice = np.stack(np.meshgrid(np.arange(5), np.arange(5)), axis=-1).reshape(-1, 2)
    ends.append((cells.west, cells.north) + lattice * (cells.cell_deg, -cells.cell_deg))
    lon, lat = np.concatenate(ends).T.copy()
    expected = brute(outlines, lon, lat)
    found, is_on_border = cells.locate(lon, lat)
    assert found.tolist() == expected
    plain, is_on_border_too = locate_exactly(outlines, lon, lat)
    assert plain.tolist() == expected and (is_on_border == is_on_border_too).all()
    order = np.argsort(lon + 7 * lat)
    assert (cells.locate(lon[order], lat[order])[0] == found[order]).all()


@settings(max_examples=60, deadline=None)
@given(coverages(), st.sampled_from([0.002, 0.0137, 0.1]))
def test_no_cell_that_is_looked_up_is_crossed(outlines: Outlines, cell_deg: float) -> None:
    assert crossed(build_cells(outlines, cell_deg=cell_deg)) == 0


def crossed(cells: Cells) -> int:
    """How many cells with one answer an outline touches all the same, asked of shapely."""
    row, column = np.nonzero(cells.owner >= OUTSIDE)
    west, north = cells.west + column * cells.cell_deg, cells.north - row * cells.cell_deg
    boxes = shapely.box(west, north - cells.cell_deg, west + cells.cell_deg, north)
    tree = shapely.STRtree(boxes)
    sides = [np.stack(segments(outline), axis=1) for outline in cells.outlines]
    return tree.query(shapely.linestrings(np.concatenate(sides)), "intersects").shape[1]


def test_shandong_s_cells_are_whole_and_rightly_owned(shipped: Districts) -> None:
    cells = build_cells(shipped.frame.geometry.to_numpy(), cell_deg=0.01)
    assert crossed(cells) == 0
    row, column = np.nonzero(cells.owner >= OUTSIDE)
    lon = cells.west + (column + 0.5) * cells.cell_deg
    lat = cells.north - (row + 0.5) * cells.cell_deg
    expected, _ = locate_exactly(cells.outlines, lon, lat)
    assert (cells.owner[row, column] == expected).all()
    assert len(set(cells.owner[row, column].tolist())) == 137


@pytest.mark.parametrize("crs", list(Crs))
def test_a_hundred_thousand_points_as_by_the_sweep(shipped: Districts, crs: Crs) -> None:
    west, south, east, north = shipped.frame.total_bounds
    draw = np.random.default_rng(5)
    lon, lat = draw.uniform(west - 1, east + 1, 100_000), draw.uniform(south, north, 100_000)
    vertices = shapely.get_coordinates(shipped.frame.geometry.to_numpy())[::40]
    lon, lat = np.concatenate([lon, vertices[:, 0]]), np.concatenate([lat, vertices[:, 1]])
    given_lon, given_lat = from_wgs84(lon, lat, crs=crs)
    outlines = shipped.frame.geometry.to_numpy()
    found, is_on_border = shipped.cells.locate(given_lon, given_lat, crs=crs)
    expected, expected_on_border = locate_exactly(outlines, given_lon, given_lat, crs=crs)
    assert (found == expected).all() and (is_on_border == expected_on_border).all()
    assert (is_on_border[-len(vertices) :].all()) or crs in (Crs.GCJ02, Crs.BD09)


def test_a_side_within_one_column_and_one_that_crosses_many() -> None:
    start, end = np.array([[0.5, 0.5], [3.5, 2.5]]), np.array([[0.5, 2.5], [0.5, 2.5]])
    row, column = touched_cells(start, end, margin=1e-6)
    cells = set(zip(row.tolist(), column.tolist(), strict=True))
    assert cells == {(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (2, 3)}


def test_a_side_on_the_edge_of_cells_touches_both_rows() -> None:
    row, _ = touched_cells(np.array([[0.2, 1.0]]), np.array([[0.8, 1.0]]), margin=1e-6)
    assert set(row.tolist()) == {0, 1}
