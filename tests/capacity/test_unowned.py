"""What has no owner yet: every row on one side, sums equal to the ledger's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from capacity.ledger import ledger
from capacity.unowned import Taken, unowned
from geo.districts import Districts
from registry.registry import Registry
from terms.kinds import Action, Kind, Status, Technology
from tests.capacity.builders import W as MW
from tests.capacity.builders import programme, registry_of, row


@pytest.mark.parametrize("inferred", [True, False])
def test_every_row_is_open_or_aside(registry: Registry, inferred: bool) -> None:
    found = unowned(registry, registry.projects, inferred=inferred)
    assert len(found.rows) + sum(found.aside.values()) == len(registry.projects)
    assert sum(each.rows for each in found.sums) == len(found.rows)
    assert all(not each.owner and each.technology for each in found.rows)


@pytest.mark.parametrize("inferred", [True, False])
def test_sums_are_those_of_the_ledger(registry: Registry, inferred: bool) -> None:
    """Counted anew from the ledger's lines and the plans' own fields."""
    expected: Counter[tuple[str, str, str]] = Counter()
    for id, entry in ledger(registry, inferred=inferred).items():
        each = registry.by_id[id]
        if not each.owner and each.status == "listed" and each.action not in ("retire", "retrofit"):
            expected[each.plan, each.kind, entry.technology] += entry.counted_w
    sums = unowned(registry, registry.projects, inferred=inferred).sums
    got = {(each.plan, each.kind, each.technology): each.counted_w for each in sums}
    assert {key: watts for key, watts in got.items() if watts} == dict(+expected)


def test_figures_of_the_five_plans(registry: Registry) -> None:
    found = unowned(registry, registry.projects)
    sums = {(each.plan, each.kind, each.technology): each for each in found.sums}
    jining = sums["jining", Kind.PROGRAMME, Technology.PV]
    assert (jining.counted_w, jining.rows) == (2130 * MW, 3)
    taian = sums["taian", Kind.PROJECT, Technology.PV]
    assert (taian.counted_w, taian.rows, taian.unstated) == (780 * MW, 7, 1)
    assert found.aside[Taken.OWNED] == 20
    assert sums["jining", Kind.PROGRAMME, Technology.NEW_STORAGE].restating == 1


def test_a_remainder_is_what_members_leave(districts: Districts) -> None:
    base = programme("base", 1000)
    rows = (
        base,
        row("a", 300, part_of="base", owner="甲"),
        row("b", 200, part_of="base"),
        row("c", None, part_of="base"),
    )
    found = unowned(registry_of(districts, *rows), rows)
    by_kind = {each.kind: each for each in found.sums}
    assert (by_kind[Kind.PROGRAMME].counted_w, by_kind[Kind.PROGRAMME].inside) == (500 * MW, 1)
    assert (by_kind[Kind.PROJECT].counted_w, by_kind[Kind.PROJECT].unstated) == (200 * MW, 1)
    assert found.aside == {Taken.OWNED: 1}


def test_what_is_under_way_or_used_up_is_not_open(districts: Districts) -> None:
    rows = (
        row("built", 10, status=Status.CONSTRUCTION),
        row("approved", 10, status=Status.APPROVED),
        row("proposed", 10, status=Status.PROPOSED),
        row("shelved", 10, status=Status.SHELVED),
        row("leaving", 10, action=Action.RETIRE),
        programme("full", 100),
        row("all", 100, part_of="full", owner="甲"),
        replace(row("mill", None), technology=None),
    )
    found = unowned(registry_of(districts, *rows), rows)
    assert [each.id for each in found.rows] == ["proposed"]
    assert found.aside == {
        Taken.UNDER_WAY: 2,
        Taken.LEFT_OUT: 2,
        Taken.DETAILED: 1,
        Taken.OWNED: 1,
        Taken.NO_PLANT: 1,
    }
