"""Users' areas on the map: as few corners as the limit, inside the frame, named as text."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import shapely

from layers.own_areas import (
    FRAME,
    MOST_NAMES,
    MOST_VERTICES,
    area_collection,
    area_state,
    area_words,
    drawn_area,
    shown_areas,
    write_area,
)
from registry.additions import record_faults, with_additions
from registry.registry import Registry
from store.book import Book
from terms.own_records import OwnArea
from terms.selection import Selection


def _area(*shapes: shapely.Geometry, name: str = "红线") -> OwnArea:
    named = tuple((f"{name}{n}", shapely.to_wkb(shape)) for n, shape in enumerate(shapes))
    return OwnArea("area-red", "生态保护红线", "自然资源局", named)


SQUARE = shapely.box(117, 36, 117.1, 36.1)


def test_a_small_area_is_drawn_as_it_is() -> None:
    drawn = drawn_area(_area(SQUARE))
    assert drawn.shapes == (("红线0", SQUARE),)
    assert (drawn.vertices, drawn.original, drawn.left_out) == (5, 5, 0)
    assert "simpl" not in area_words(_area(SQUARE), "en")


def test_huge_areas_stay_under_the_limit() -> None:
    angles = np.linspace(0, 2 * np.pi, 300_000)
    radius = 0.3 + 0.05 * np.sin(angles * 40_000)
    rough = shapely.Polygon(
        np.column_stack([117.5 + radius * np.cos(angles), 36.5 + radius * np.sin(angles)])
    )
    many = [
        shapely.box(x, y, x + 0.004, y + 0.004)
        for x in np.arange(115, 118, 0.03)
        for y in np.arange(34.5, 37.5, 0.03)
    ]
    for area in (_area(rough), _area(*many)):
        drawn = drawn_area(area)
        assert 0 < drawn.vertices <= MOST_VERTICES
        assert len(json.dumps(area_collection(area))) < 3_000_000
        assert str(drawn.vertices) in area_words(area, "en")


def test_wild_shapes_are_cut_to_the_frame() -> None:
    bow = shapely.Polygon([(110, 30), (126, 42), (126, 30), (110, 42)])
    area = _area(shapely.box(-170, -80, 170, 80), shapely.box(0, 0, 1, 1), bow, SQUARE)
    drawn = drawn_area(area)
    assert [name for name, _ in drawn.shapes] == ["红线0", "红线2", "红线3"]
    assert drawn.left_out == 1
    for _, shape in drawn.shapes:
        west, south, east, north = shape.bounds
        assert FRAME[0] <= west and FRAME[1] <= south and east <= FRAME[2] and north <= FRAME[3]
    assert "1 shapes" in area_words(area, "en")


def test_only_the_largest_carry_names() -> None:
    shapes = [shapely.box(116 + n / 50, 36, 116 + n / 50 + 0.01, 36.01) for n in range(60)]
    assert len(area_collection(_area(*shapes))["names"]) == MOST_NAMES


def test_the_file_is_named_by_its_content(tmp_path: Path) -> None:
    first, again = write_area(_area(SQUARE), tmp_path), write_area(_area(SQUARE), tmp_path)
    assert first == again and first.startswith("area-") and first.endswith(".geojson")
    assert write_area(_area(SQUARE, name="<script>"), tmp_path) != first
    read = json.loads((tmp_path / first).read_text(encoding="utf-8"))
    assert read["features"][0]["properties"] == {"name": "红线0"}


def test_only_the_chosen_are_shown_each_in_its_colour(registry: Registry) -> None:
    one, two = _area(SQUARE), OwnArea("area-mine", "矿区", "", _area(SQUARE).shapes)
    whole = with_additions(registry, Book(areas=(one, two)))
    assert shown_areas(whole, Selection()) == ()
    ((area, colour),) = shown_areas(whole, Selection(areas=("area-mine",)))
    assert area is two
    assert area_state(area, colour, "zh")["note"] == "来源：未注明；1 个图斑"
    both = shown_areas(whole, Selection(areas=("area-red", "area-mine")))
    assert (two, colour) in both


def test_areas_that_cannot_be_are_named(registry: Registry) -> None:
    broken = OwnArea(
        "area-x", "x", "", (("a", b"not wkb"), ("b", shapely.to_wkb(shapely.Point(1, 1))))
    )
    far = OwnArea("wrong", "x", "", (("c", shapely.to_wkb(shapely.box(0, 0, 1e300, 1))),))
    faults = record_faults(registry, Book(areas=(broken, far)))
    assert [fault.field for fault in faults] == ["1 a", "2 b", "id", "1 c"]
