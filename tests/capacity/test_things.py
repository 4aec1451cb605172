"""Stations, lines and areas: counted in pieces, once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from capacity.ledger import Reason
from capacity.things import thing_ledger, things
from geo.districts import Districts
from registry.registry import Registry
from terms.kinds import Action, Asset, Layer, Status
from terms.records import Project
from tests.capacity.builders import programme, registry_of, row

STATION = {"layer": Layer.GRID, "asset": Asset.STATION, "technology": None, "voltage_kv": 110}
TWENTY_FIVE = STATION | {"quantity_value": Decimal(25), "quantity_unit": "座"}


def _counted(registry: Registry) -> dict[str, int]:
    return {id: entry.counted for id, entry in thing_ledger(registry).items()}


def test_twenty_five_stations_of_which_two_are_named(districts: Districts) -> None:
    rows = (
        programme("all", **TWENTY_FIVE),
        row("zhangzhuang", part_of="all", **STATION),
        row("xinbei", part_of="all", **STATION),
    )
    registry = registry_of(districts, *rows)
    assert _counted(registry) == {"all": 23, "zhangzhuang": 1, "xinbei": 1}
    (total,) = things(registry, rows)
    assert (total.counted, total.unnumbered) == (25, 0)
    assert total.rows == ("all", "zhangzhuang", "xinbei")


def test_binzhou_s_stations_as_printed(registry: Registry) -> None:
    """新建张庄、信北等25座110千伏变电站: 25; 新建安姜…邹平等8座220千伏变电站: 8."""
    rows = [each for each in registry.projects if each.plan == "binzhou"]
    new = {
        total.kind.voltage_kv: total.counted
        for total in things(registry, rows)
        if total.kind.action is Action.NEW and total.kind.asset is Asset.STATION
        if total.kind.layer in (Layer.GRID, Layer.SUBSTATION_500KV)
    }
    assert (new[110], new[220], new[500]) == (25, 8, 3)


def test_a_line_does_not_use_up_a_number_of_stations(districts: Districts) -> None:
    line = row("line", part_of="all", **(STATION | {"asset": Asset.LINE}))
    registry = registry_of(districts, programme("all", **TWENTY_FIVE), line)
    assert _counted(registry) == {"all": 25, "line": 1}


def test_an_envelope_without_a_number_is_not_one(districts: Districts) -> None:
    some = programme("some", **STATION)
    registry = registry_of(districts, some)
    assert thing_ledger(registry)["some"].gross is None
    (total,) = things(registry, [some])
    assert (total.counted, total.unnumbered) == (0, 1)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.SHELVED, Reason.SHELVED),
        (Status.CANCELLED, Reason.CANCELLED),
        (Status.RETIRED, Reason.RETIRE),
    ],
)
def test_what_is_off_is_left_out_and_empties_nothing(
    districts: Districts, status: Status, reason: Reason
) -> None:
    off = row("off", part_of="all", status=status, **STATION)
    registry = registry_of(districts, programme("all", **TWENTY_FIVE), off)
    entry = thing_ledger(registry)["off"]
    assert (entry.gross, entry.counted, entry.excluded, entry.reason) == (1, 0, 1, reason)
    assert _counted(registry)["all"] == 25
    assert [total.counted for total in things(registry, registry.projects)] == [25]


@pytest.mark.parametrize("action", [Action.RETIRE, Action.RETROFIT])
@pytest.mark.parametrize("status", [Status.LISTED, Status.RETIRED])
def test_retirements_and_retrofits_are_counted_as_such(
    districts: Districts, action: Action, status: Status
) -> None:
    rows = row("new", **STATION), row("other", action=action, status=status, **STATION)
    sums = things(registry_of(districts, *rows), rows)
    assert {total.kind.action: total.counted for total in sums} == {Action.NEW: 1, action: 1}


def test_an_inferred_member_counts_besides_when_switched_off(districts: Districts) -> None:
    member = row("a", part_of="all", inferred=True, **STATION)
    registry = registry_of(districts, programme("all", **TWENTY_FIVE), member)
    totals: list[int] = [
        sum(entry.counted for entry in thing_ledger(registry, inferred=inferred).values())
        for inferred in (True, False)
    ]
    assert totals == [25, 26]


def test_plants_are_not_things(districts: Districts) -> None:
    plant: Project = row("plant", 100)
    assert thing_ledger(registry_of(districts, plant)) == {}
