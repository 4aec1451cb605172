"""Positions: a user's point is the row's own, lies in its districts or says why not."""

from __future__ import annotations

import pytest

from geo.districts import Districts
from registry.additions import record_faults, with_additions
from registry.registry import Registry, build_registry
from store.book import Book
from terms.kinds import GeometryRole, PlaceBasis, Precision
from terms.own_records import Position
from terms.records import Project
from tests.registry.own_builders import AT_FEICHENG, FEICHENG, position

AT_RIZHAO = (119.46, 35.42)


def _row_in(registry: Registry, *codes: str) -> Project:
    return next(
        row
        for row in registry.projects
        if row.plan == "taian"
        and row.district_codes == codes
        and row.place_basis != "outside"
        and row.geometry_role != "site"
    )


def test_a_row_gets_its_point_and_says_whose_it_is(registry: Registry) -> None:
    row = _row_in(registry, FEICHENG)
    whole = with_additions(registry, Book(positions=(position(row.id),)))
    placed = whole.by_id[row.id]
    assert (placed.lon, placed.lat) == AT_FEICHENG
    assert (placed.precision, placed.geometry_role) == (Precision.SITE, GeometryRole.SITE)
    assert placed.accuracy_m == 30
    assert placed.place_basis is row.place_basis  # the plan still ties it to its county
    assert "位置由用户录入，来源：核准文件" in placed.note
    assert whole.labels[row.id] == (AT_FEICHENG,)
    assert row.id not in whole.approximate
    assert with_additions(whole, Book()).by_id[row.id] == row


def test_a_rough_point_is_approximate(registry: Registry) -> None:
    row = _row_in(registry, FEICHENG)
    for rough in (
        position(row.id, accuracy_m=2000),
        position(row.id, precision=Precision.TOWNSHIP),
    ):
        whole = with_additions(registry, Book(positions=(rough,)))
        assert row.id in whole.approximate


def test_a_row_without_a_county_takes_that_of_its_point(registry: Registry) -> None:
    row = _row_in(registry)
    placed = with_additions(registry, Book(positions=(position(row.id),))).by_id[row.id]
    assert placed.district_codes == (FEICHENG,)
    assert placed.place_basis is PlaceBasis.USER


def test_outside_its_counties_needs_a_reason(registry: Registry) -> None:
    row = _row_in(registry, FEICHENG)
    out = position(row.id, AT_RIZHAO)
    (fault,) = record_faults(registry, Book(positions=(out,)))
    assert fault.field == "lon, lat" and "日照" in fault.found
    why = position(row.id, AT_RIZHAO, outside_reason="迁址")
    placed = with_additions(registry, Book(positions=(why,))).by_id[row.id]
    assert placed.district_codes == (FEICHENG,)
    assert "迁址" in placed.note
    tray = position(_row_in(registry).id, AT_RIZHAO)
    assert [f.field for f in record_faults(registry, Book(positions=(tray,)))] == ["lon, lat"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (position("nobody"), "project"),
        (position("taian-caes-01", precision=Precision.DISTRICT), "precision"),
        (position("taian-caes-01", (float("nan"), 36.0)), "lon, lat"),
        (position("taian-caes-01", (36.0, 116.0)), "lon, lat"),
        (position("taian-caes-01", (1e300, 36.0)), "lon, lat"),
    ],
)
def test_what_does_not_fit_is_named(registry: Registry, wrong: Position, field: str) -> None:
    assert field in [f.field for f in record_faults(registry, Book(positions=(wrong,)))]


def test_one_position_a_project(registry: Registry) -> None:
    row = _row_in(registry, FEICHENG)
    twice = Book(positions=(position(row.id), position(row.id)))
    assert [f.field for f in record_faults(registry, twice)] == ["project"]


def test_public_mode_withholds_it(districts: Districts, registry: Registry) -> None:
    row = _row_in(registry, FEICHENG)
    public = build_registry(districts, public=True, book=Book(positions=(position(row.id),)))
    plain = build_registry(districts, public=True)
    assert public.by_id[row.id] == plain.by_id[row.id]
