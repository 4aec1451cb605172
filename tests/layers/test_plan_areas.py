"""The area of a plan: the union of its districts, dissolved once."""

from __future__ import annotations

import pytest
import shapely

from layers.paint import paint_state
from layers.plan_areas import plan_areas
from registry.areas import governed, plan_districts
from registry.registry import Registry
from terms.selection import Selection


def test_lixia_governs_its_district_only(registry: Registry) -> None:
    owners = plan_districts(registry)
    assert [code for code, plan in owners.items() if plan == "lixia"] == ["370102"]
    assert len(owners) == 31


def test_an_area_is_the_union_of_its_districts(registry: Registry) -> None:
    outlines = registry.districts.display.geometry
    for plan in registry.plans:
        area = plan_areas(registry)[plan.id]
        parts = [outlines[code].area for code in governed(plan, registry.districts)]
        assert area.outline.area == pytest.approx(sum(parts))
        assert area.bounds == pytest.approx(area.outline.bounds, abs=1e-4)
        assert area.outline.contains(shapely.Point(area.point))


def test_areas_are_dissolved_once_a_registry(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_areas(registry)
    monkeypatch.setattr(shapely, "union_all", lambda _: pytest.fail("dissolved again"))
    for plans in ((), ("taian",)):
        paint_state(registry, registry.projects, selection=Selection(plans=plans))


def test_the_frame_of_several_plans_just_holds_them(registry: Registry) -> None:
    both = paint_state(registry, (), selection=Selection(plans=("jining", "binzhou")))
    areas = plan_areas(registry)
    outline = shapely.union(areas["jining"].outline, areas["binzhou"].outline)
    assert both["frame"]["bounds"] == pytest.approx(outline.bounds, abs=1e-4)
