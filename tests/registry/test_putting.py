"""Before a project is put somewhere: its counties, the way from before, who comes next."""

from __future__ import annotations

import pytest

from registry.additions import with_additions
from registry.putting import allowed_codes, is_placeable, lying, unplaced
from registry.registry import Registry
from store.book import Book
from terms.kinds import GeometryRole, Kind, Precision
from tests.registry.own_builders import AT_FEICHENG, FEICHENG, own, position

AT_RIZHAO, AT_SEA = (119.46, 35.42), (121.5, 35.0)


@pytest.fixture(scope="module")
def row(registry: Registry) -> str:
    return next(
        each.id
        for each in registry.projects
        if each.district_codes == (FEICHENG,) and each.geometry_role != "site"
    )


def test_inside_its_county_no_reason_is_asked(registry: Registry, row: str) -> None:
    found = lying(registry, registry.by_id[row], *AT_FEICHENG)
    assert (found.code, found.allowed, found.needs_reason) == (FEICHENG, (FEICHENG,), False)
    assert found.moved_m and not found.was_site


def test_outside_it_a_reason_is_asked(registry: Registry, row: str) -> None:
    for at in (AT_RIZHAO, AT_SEA):
        assert lying(registry, registry.by_id[row], *at).needs_reason
    assert lying(registry, registry.by_id[row], *AT_SEA).code == ""


def test_once_placed_the_way_is_from_its_own_point(registry: Registry, row: str) -> None:
    whole = with_additions(registry, Book(positions=(position(row),)))
    found = lying(whole, whole.by_id[row], AT_FEICHENG[0], AT_FEICHENG[1] + 0.01)
    assert found.was_site and found.moved_m == pytest.approx(1109.6, abs=1)


def test_a_row_of_the_city_keeps_all_its_counties_once_placed(registry: Registry) -> None:
    row = next(r for r in registry.projects if r.plan == "taian" and not r.district_codes)
    whole = with_additions(registry, Book(positions=(position(row.id),)))
    assert whole.by_id[row.id].district_codes == (FEICHENG,)
    assert allowed_codes(whole, whole.by_id[row.id]) == registry.districts.codes_in("370900")


def test_a_users_row_without_counties_may_lie_anywhere_in_the_province(registry: Registry) -> None:
    whole = with_additions(registry, Book(projects=(own("1", 20),)))
    mine = whole.by_id["user-1"]
    assert not lying(whole, mine, *AT_RIZHAO).needs_reason
    assert lying(whole, mine, *AT_SEA).needs_reason


def test_the_next_ones_are_of_the_county_then_of_the_plan(registry: Registry, row: str) -> None:
    near, is_near = unplaced(registry, registry.by_id[row])
    assert is_near and near
    for each in near:
        assert each.district_codes == (FEICHENG,) and each.id != row
        assert each.geometry_role is not GeometryRole.SITE and each.kind is Kind.PROJECT
        assert each.precision is not Precision.CORRIDOR
    placed = tuple(position(each.id) for each in near)
    whole = with_additions(registry, Book(positions=(position(row), *placed)))
    rest, is_near = unplaced(whole, whole.by_id[row])
    assert not is_near and rest
    assert {whole.plan_of(each) for each in rest} == {"taian"}
    assert all(each.district_codes != (FEICHENG,) for each in rest)


def test_placing_each_next_one_ends(registry: Registry, row: str) -> None:
    """A clerk who goes on and on meets every project of the plan that one point can show, once."""
    wanted = {
        each.id
        for each in registry.projects
        if each.plan == "taian" and each.geometry_role != "site" and is_placeable(each)
    }
    met, now, positions = [], row, []
    whole = registry
    while True:
        met.append(now)
        positions.append(position(now, outside_reason="试"))
        whole = with_additions(registry, Book(positions=tuple(positions)))
        waiting, _ = unplaced(whole, whole.by_id[now])
        if not waiting:
            break
        now = waiting[0].id
    assert len(met) == len(set(met)) and set(met) == wanted | {row}
