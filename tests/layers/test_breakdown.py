"""Groups add up to their plan, whatever they are grouped by."""

from __future__ import annotations

from typing import get_args

import pytest

from layers.breakdown import breakdown
from registry.registry import Registry
from terms.kinds import Technology
from terms.selection import GroupedBy

W = 1_000_000


@pytest.mark.parametrize("by", get_args(GroupedBy))
@pytest.mark.parametrize("plan", ["jining", "zaozhuang", "lixia", "taian", "binzhou"])
def test_groups_add_up_to_the_plan(registry: Registry, plan: str, by: GroupedBy) -> None:
    found = breakdown(registry, plan, by=by)
    assert found.technologies
    for technology in found.technologies:
        parts = [group.totals[technology] for group in found.groups if technology in group.totals]
        assert sum(part.counted_w for part in parts) == found.sums[technology].counted_w
        assert set().union(*(part.rows for part in parts)) == found.sums[technology].rows


def test_taian_by_land_use(registry: Registry) -> None:
    """虎门 is the one forestry-PV row; rows that state no land use come last."""
    found = breakdown(registry, "taian", by="land_mode")
    by_value = {group.value: group.totals for group in found.groups}
    assert (
        sum(each[Technology.PV].counted_w for each in by_value.values() if Technology.PV in each)
        == 1660 * W
    )
    assert by_value["forest"][Technology.PV].counted_w == 50 * W
    assert found.groups[-1].value == ""
