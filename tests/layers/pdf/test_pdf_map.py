"""The map on paper: true to scale, symbols apart and inside, every located row drawn."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import shapely

from geo.crs import GEOD
from layers.pdf.map_frame import frame_around
from layers.pdf.map_marks import Mark, place_marks
from registry.registry import Registry
from terms.kinds import GeometryRole, Precision

_SIZE = {"x": 10.0, "y": 20.0, "width": 90.0, "height": 80.0}


def _marks(registry: Registry, code: str) -> list[Mark]:
    outline = registry.districts.display.geometry[code]
    rows = [row for row in registry.projects if code in row.district_codes]
    frame = frame_around(outline.bounds, **_SIZE)
    numbers = {row.id: n for n, row in enumerate(rows, start=1)}
    return place_marks(registry, rows, frame, codes=[code], numbers=numbers)


def test_the_bounds_fill_the_frame() -> None:
    frame = frame_around((116.0, 35.0, 117.0, 36.0), **_SIZE)
    paper = frame.to_paper([(116.0, 35.0), (117.0, 36.0), (116.0, 36.0), (117.0, 35.0)])
    assert paper.min(axis=0)[0] > 10 and paper.max(axis=0)[0] < 100
    assert paper.min(axis=0)[1] >= 20 and paper.max(axis=0)[1] <= 100
    assert np.ptp(paper[:, 1]) == pytest.approx(80 * 0.88, rel=0.01)


def test_the_scale_bar_is_true() -> None:
    frame = frame_around((116.0, 35.0, 117.0, 36.0), **_SIZE)
    km, long = frame.scale_bar()
    (x0, _), (x1, _) = frame.to_paper([(116.4, 35.5), (116.6, 35.5)])
    metres = GEOD.inv(116.4, 35.5, 116.6, 35.5)[2]
    assert long / km == pytest.approx((x1 - x0) / (metres / 1000), rel=0.002)
    assert km in {1, 2, 5, 10, 20, 50, 100}


@pytest.mark.parametrize("code", ["370983", "370811", "371623", "370923"])
def test_each_row_has_its_number_and_no_symbol_covers_another(
    registry: Registry, code: str
) -> None:
    marks = _marks(registry, code)
    rows = [row for row in registry.projects if code in row.district_codes]
    assert sorted(int(mark.label) for mark in marks) == list(range(1, len(rows) + 1))
    loose = [m for m in marks if m.look not in ("site", "approximate")]
    for one, other in combinations(loose, 2):
        assert max(abs(one.x - other.x), abs(one.y - other.y)) >= one.size


def test_symbols_that_are_no_points_stand_in_their_county(registry: Registry) -> None:
    outline = registry.districts.display.geometry["370983"]
    frame = frame_around(outline.bounds, **_SIZE)
    drawn = frame.drawn(outline)
    assert all(shapely.contains_xy(drawn, mark.x, mark.y) for mark in _marks(registry, "370983"))


def test_a_county_too_small_says_how_many(registry: Registry) -> None:
    rows = [row for row in registry.projects if "370983" in row.district_codes]
    frame = frame_around((114.0, 34.0, 122.0, 38.0), x=0, y=0, width=30, height=30)
    (mark,) = place_marks(registry, rows, frame, codes=["370983"])
    assert mark.layer is None and mark.label == str(len(rows))


def test_groups_count_every_row(registry: Registry) -> None:
    rows = [r for r in registry.projects if "370983" in r.district_codes]
    outline = registry.districts.display.geometry["370983"]
    frame = frame_around(outline.bounds, **_SIZE)
    marks = place_marks(registry, rows, frame, codes=["370983"])
    assert sum(int(mark.label.removeprefix("×") or 1) for mark in marks) == len(rows)


def test_a_pin_stands_with_its_tip_at_the_point(registry: Registry) -> None:
    row = next(r for r in registry.projects if r.geometry_role is GeometryRole.SITE)
    (code,) = row.district_codes
    frame = frame_around(registry.districts.display.geometry[code].bounds, **_SIZE)
    (mark,) = place_marks(registry, [row], frame, codes=[code])
    x, y = frame.to_paper([(row.lon, row.lat)])[0]
    assert mark.x == pytest.approx(x) and mark.y + 0.475 * mark.size == pytest.approx(y)


def test_offshore_rows_stand_off_their_coast(registry: Registry) -> None:
    rows = [row for row in registry.projects if row.precision is Precision.OFFSHORE]
    assert rows
    code = rows[0].district_codes[0]
    points = [point for row in rows for point in registry.labels[row.id]]
    outline = registry.districts.display.geometry[code]
    bounds = shapely.union_all([outline, *map(shapely.Point, points)]).bounds
    frame = frame_around(bounds, **_SIZE)
    marks = place_marks(registry, rows, frame, codes=[code])
    drawn = frame.drawn(outline)
    assert marks and not any(shapely.contains_xy(drawn, mark.x, mark.y) for mark in marks)
