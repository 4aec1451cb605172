"""The pipeline of one target, from low to high, against each way of counting twice or too much."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from capacity.pipeline import Pipeline
from capacity.standing import Doubt, Standing
from geo.districts import Districts
from terms.kinds import (
    Action,
    Asset,
    CapacityBasis,
    Layer,
    Nature,
    Status,
    Technology,
    YearBasis,
)
from terms.records import InstalledFigure, Progress, Project, Target
from tests.capacity.builders import (
    due,
    figure,
    in_mw,
    one,
    programme,
    progress,
    registry_of,
    row,
    target,
)

TARGET = target()
MIXED = {"technology": Technology.WIND_SOLAR_STORAGE}
ABOUT = {"capacity_basis": CapacityBasis.APPROXIMATE}
EXTERNAL = {"capacity_external_mw": Decimal(70)}
RUNS = progress("a", "2023-06-01", Status.OPERATING)
YEAR_END = figure(1, "2023-12-31")


def _pipeline(
    districts: Districts,
    *rows: Project,
    of: Target = TARGET,
    installed: tuple[InstalledFigure, ...] = (),
    records: tuple[Progress, ...] = (),
    **rules: bool,
) -> tuple[tuple[float, float, float], Pipeline]:
    """Named, programme, high in MW, and the pipeline."""
    registry = registry_of(districts, *rows, targets=[of], installed=installed, progress=records)
    result = one(registry, **rules)
    return in_mw(result), result.pipeline


def _standing(listed: Pipeline) -> dict[str, Standing]:
    return {line.row: line.standing for line in listed.lines}


def _doubts(listed: Pipeline) -> dict[str, tuple[Doubt, ...]]:
    return {line.row: line.doubts for line in listed.lines if line.doubts}


def test_named_projects_and_remainders_are_told_apart(districts: Districts) -> None:
    rows = programme("base", 100), row("a", 30, "base"), row("wind", 20, technology=Technology.WIND)
    amounts, listed = _pipeline(districts, *rows)
    assert amounts == (30, 70, 100)
    assert _standing(listed) == {"base": Standing.PROGRAMME, "a": Standing.NAMED}


def test_a_parent_detailed_by_its_members_adds_nothing(districts: Districts) -> None:
    amounts, listed = _pipeline(districts, programme("base", 30), row("a", 30, "base"))
    assert amounts == (30, 0, 30)
    assert _standing(listed)["base"] is Standing.DETAILED


def test_a_member_of_another_technology_takes_from_its_parent(districts: Districts) -> None:
    wind = row("wind", 40, "base", technology=Technology.WIND)
    amounts, _ = _pipeline(districts, programme("base", 100), wind)
    assert amounts == (0, 60, 60)


def test_an_approximate_member_of_a_printed_parent(districts: Districts) -> None:
    """Low is the parent's printed figure, whole; high the same, with the member named in it."""
    rows = programme("base", 100), row("a", 30, "base", **ABOUT)
    amounts, listed = _pipeline(districts, *rows)
    assert amounts == (0, 100, 100)
    assert [(line.low, line.high) for line in listed.lines] == [
        (100_000_000, 70_000_000),
        (0, 30_000_000),
    ]
    assert _doubts(listed) == {"a": (Doubt.APPROXIMATE,)}


def test_an_approximate_row_alone_is_high_only(districts: Districts) -> None:
    amounts, listed = _pipeline(districts, row("a", 30, **ABOUT))
    assert amounts == (0, 0, 30)
    assert _standing(listed) == {"a": Standing.HIGH_ONLY}


def test_members_of_the_horizon_do_not_empty_an_earlier_promise(districts: Districts) -> None:
    rows = programme("base", 700, **due(2025, YearBasis.PERIOD)), row("a", 320, "base")
    amounts, listed = _pipeline(districts, *rows, of=target(year=2025))
    assert amounts == (0, 700, 700)
    assert _doubts(listed) == {"a": (Doubt.HORIZON,)}


@pytest.mark.parametrize(
    ("when", "amounts"),
    [
        (due(2025), (50, 0, 50)),
        (due(2025, YearBasis.PERIOD), (50, 0, 50)),
        (due(2026), (0, 0, 0)),
        (due(2030, YearBasis.PERIOD), (0, 0, 0)),
        (due(2030, YearBasis.HORIZON), (0, 0, 50)),
    ],
)
def test_an_earlier_target_takes_what_is_due(
    districts: Districts, when: dict[str, Any], amounts: tuple[float, ...]
) -> None:
    assert _pipeline(districts, row("a", 50, **when), of=target(year=2025))[0] == amounts


def test_a_later_promise_neither_covers_nor_empties(districts: Districts) -> None:
    rows = programme("base", 100, **due(2025)), row("a", 30, "base", **due(2030))
    amounts, listed = _pipeline(districts, *rows, of=target(year=2025))
    assert amounts == (0, 100, 100)
    assert _standing(listed)["a"] is Standing.LATER


def test_a_pledge_that_repeats_the_target_is_no_coverage(districts: Districts) -> None:
    pledge = programme("pledge", 100, restates_target=TARGET.key)
    amounts, listed = _pipeline(districts, pledge)
    assert amounts == (0, 0, 0)
    assert _standing(listed) == {"pledge": Standing.PLEDGE}


def test_a_pledge_with_its_programme_and_project(districts: Districts) -> None:
    rows = (
        programme("pledge", 100, restates_target=TARGET.key),
        programme("programme", 60, "pledge"),
        row("a", 25, "programme"),
    )
    assert _pipeline(districts, *rows)[0] == (25, 35, 60)


def test_a_pledge_inside_a_counted_parent_does_not_come_back(districts: Districts) -> None:
    rows = programme("top", 300), programme("pledge", 200, "top", restates_target=TARGET.key)
    assert _pipeline(districts, *rows)[0] == (0, 100, 100)


def test_a_pledge_of_the_horizon_still_takes_from_its_parent(districts: Districts) -> None:
    of = target(year=2025)
    rows = (
        programme("top", 300, **due(2025)),
        programme("pledge", 200, "top", restates_target=of.key),
    )
    assert _pipeline(districts, *rows, of=of)[0] == (0, 100, 100)


def test_what_repeats_another_target_counts_for_this_one(districts: Districts) -> None:
    rows = programme("a", 100, restates_target="jining:pv:2025", **due(2025))
    assert _pipeline(districts, rows)[0] == (0, 100, 100)


def test_a_shelved_row_in_the_middle(districts: Districts) -> None:
    middle = programme("middle", 60, "top", status=Status.SHELVED)
    amounts, listed = _pipeline(districts, programme("top", 100), middle, row("leaf", 25, "middle"))
    assert amounts == (25, 75, 100)
    assert _standing(listed)["middle"] is Standing.LEFT_OUT


@pytest.mark.parametrize(
    "changes",
    [
        {"action": Action.RETIRE},
        {"action": Action.RETROFIT},
        {"status": Status.CANCELLED},
        {"status": Status.RETIRED},
    ],
)
def test_what_adds_nothing(districts: Districts, changes: dict[str, Any]) -> None:
    amounts, listed = _pipeline(districts, row("a", 50, **changes))
    assert amounts == (0, 0, 0)
    assert _standing(listed) == {"a": Standing.LEFT_OUT}


def test_a_mix_may_hold_what_its_members_leave(districts: Districts) -> None:
    rows = (
        programme("base", 100, **MIXED),
        row("sun", 30, "base"),
        row("wind", 20, "base", technology=Technology.WIND),
    )
    amounts, listed = _pipeline(districts, *rows)
    assert amounts == (30, 0, 80)
    assert _doubts(listed) == {"base": (Doubt.MIXED,)}


def test_a_doubtful_wind_row_does_not_empty_the_mix_for_solar(districts: Districts) -> None:
    wind = row("wind", 40, "base", technology=Technology.WIND, **ABOUT)
    assert _pipeline(districts, programme("base", 100, **MIXED), wind)[0] == (0, 0, 100)


def test_inferred_memberships_on_and_off(districts: Districts) -> None:
    rows = programme("base", 100), row("a", 30, "base", inferred=True)
    amounts, listed = _pipeline(districts, *rows)
    assert amounts == (30, 70, 130)
    assert _doubts(listed) == {"base": (Doubt.INFERRED,)}
    amounts, listed = _pipeline(districts, *rows, inferred=False)
    assert amounts == (30, 100, 130)
    assert _doubts(listed) == {}


def test_a_row_without_mw_opens_the_high_end(districts: Districts) -> None:
    amounts, listed = _pipeline(districts, row("a", 50), row("silent"))
    assert amounts == (50, 0, 50)
    assert listed.open_rows == ("silent",)


def test_a_class_word_opens_the_high_end(districts: Districts) -> None:
    rows = row("a", None, capacity_basis=CapacityBasis.CLASS)
    assert _pipeline(districts, rows)[1].open_rows == ("a",)


@pytest.mark.parametrize(
    ("holder", "opens"),
    [
        (programme("base", 100), False),
        (programme("base", 100, **MIXED), False),
        (programme("base", None), True),
        (programme("base", 100, restates_target=TARGET.key), True),
        (programme("base", 100, technology=Technology.COAL), True),
        (programme("base", 100, status=Status.CANCELLED), True),
    ],
)
def test_a_row_without_mw_inside_another(
    districts: Districts, holder: Project, opens: bool
) -> None:
    listed = _pipeline(districts, holder, row("silent", None, "base"))[1]
    assert ("silent" in listed.open_rows) is opens


def test_an_inferred_membership_may_open_the_high_end(districts: Districts) -> None:
    silent = row("silent", None, "base", inferred=True)
    listed = _pipeline(districts, programme("base", 100), silent)[1]
    assert listed.open_rows == ("silent",)
    assert _doubts(listed) == {"silent": (Doubt.INFERRED,)}


def test_outside_figures_only_when_switched_on(districts: Districts) -> None:
    rows = row("a", 30), row("outside", None, **EXTERNAL)
    amounts, listed = _pipeline(districts, *rows)
    assert amounts == (30, 0, 30) and listed.open_rows == ("outside",)
    amounts, listed = _pipeline(districts, *rows, external=True)
    assert amounts == (30, 0, 100) and listed.open_rows == ()
    assert _doubts(listed) == {"outside": (Doubt.EXTERNAL,)}


def test_an_outside_member_takes_from_the_high_end_of_its_parent_only(districts: Districts) -> None:
    rows = programme("base", 100), row("outside", None, "base", **EXTERNAL)
    assert _pipeline(districts, *rows, external=True)[0] == (0, 100, 100)


def test_an_outside_figure_takes_nothing_from_a_target(districts: Districts) -> None:
    """Neither as a pledge's figure nor as what is said to run of another technology."""
    pledge = programme("pledge", None, "base", restates_target=TARGET.key, **EXTERNAL)
    assert _pipeline(districts, programme("base", 100), pledge, external=True)[0] == (0, 100, 100)
    coal = row("a", None, "base", technology=Technology.COAL, **EXTERNAL)
    amounts, _ = _pipeline(
        districts,
        programme("base", 100),
        coal,
        records=(RUNS,),
        installed=(YEAR_END,),
        external=True,
    )
    assert amounts == (0, 100, 100)


def test_what_runs_leaves_only_beside_an_installed_figure(districts: Districts) -> None:
    rows = row("a", 30), row("b", 50)
    assert _pipeline(districts, *rows, records=(RUNS,))[0] == (80, 0, 80)
    amounts, listed = _pipeline(districts, *rows, records=(RUNS,), installed=(YEAR_END,))
    assert amounts == (50, 0, 50)
    assert _standing(listed)["a"] is Standing.RUNNING
    later = (progress("a", "2024-01-01", Status.OPERATING),)
    assert _pipeline(districts, *rows, records=later, installed=(YEAR_END,))[0] == (80, 0, 80)


def test_the_running_part_of_a_member_leaves_once(districts: Districts) -> None:
    rows = programme("base", 100), row("a", 30, "base")
    records = (
        progress("a", "2023-06-01", Status.PARTLY_OPERATING, 20),
        progress("base", "2023-07-01", Status.PARTLY_OPERATING, 45),
    )
    amounts, _ = _pipeline(districts, *rows, records=records, installed=(YEAR_END,))
    assert amounts == (10, 25, 35)  # 70 of its own less 45; 30 less 20


def test_a_base_recorded_as_running_takes_its_members_along(districts: Districts) -> None:
    rows = programme("base", 100), row("a", 30, "base"), row("b", 30, "base")
    whole = (progress("base", "2023-06-01", Status.OPERATING),)
    assert _pipeline(districts, *rows, records=whole, installed=(YEAR_END,))[0] == (0, 0, 0)
    most = (progress("base", "2023-06-01", Status.PARTLY_OPERATING, 75),)
    amounts, listed = _pipeline(districts, *rows, records=most, installed=(YEAR_END,))
    assert amounts == (0, 0, 25)  # which of them is not recorded
    assert Doubt.PARTLY in _doubts(listed)["b"]


def test_mw_beyond_a_base_s_remainder_bound_each_technology(districts: Districts) -> None:
    """90 of 100 run, 60 are the base's own: 30 more in the coal member or in the sun's."""
    rows = (
        programme("base", 100),
        row("coal", 20, "base", technology=Technology.COAL),
        row("a", 20, "base"),
    )
    records = (progress("base", "2023-06-01", Status.PARTLY_OPERATING, 90),)
    amounts, listed = _pipeline(districts, *rows, records=records, installed=(YEAR_END,))
    assert amounts == (0, 0, 10)
    assert Doubt.PARTLY in _doubts(listed)["a"]


def test_a_base_without_a_figure_that_runs_takes_its_members_along(districts: Districts) -> None:
    rows = programme("base"), row("a", 30, "base")
    whole = (progress("base", "2023-06-01", Status.OPERATING),)
    amounts, listed = _pipeline(districts, *rows, records=whole, installed=(YEAR_END,))
    assert amounts == (0, 0, 0) and listed.open_rows == ()


def test_what_runs_of_a_row_not_in_the_low_set_leaves_its_parent(districts: Districts) -> None:
    rows = programme("base", 100), row("a", 30, "base", **ABOUT)
    amounts, _ = _pipeline(districts, *rows, records=(RUNS,), installed=(YEAR_END,))
    assert amounts == (0, 70, 70)


def test_a_partly_running_row_without_mw_is_high_only(districts: Districts) -> None:
    records = (progress("a", "2023-06-01", Status.PARTLY_OPERATING),)
    amounts, listed = _pipeline(
        districts, row("a", 30), row("b", 50), records=records, installed=(YEAR_END,)
    )
    assert amounts == (50, 0, 80)
    assert _doubts(listed) == {"a": (Doubt.PARTLY,)}


def test_a_running_plant_does_not_come_back_with_an_outside_figure(districts: Districts) -> None:
    a = row("a", None, **EXTERNAL)
    for external in (False, True):
        amounts, listed = _pipeline(
            districts, a, records=(RUNS,), installed=(YEAR_END,), external=external
        )
        assert amounts == (0, 0, 0)
        assert _standing(listed) == {"a": Standing.RUNNING}


def test_a_finished_retrofit_takes_nothing_from_its_base(districts: Districts) -> None:
    rows = programme("base", 100), row("a", 30, "base", action=Action.RETROFIT)
    amounts, _ = _pipeline(districts, *rows, records=(RUNS,), installed=(YEAR_END,))
    assert amounts == (0, 100, 100)


def test_what_was_due_and_has_no_record_may_be_in_the_figure(districts: Districts) -> None:
    rows = row("a", 30, **due(2023)), row("b", 50, **due(2024))
    amounts, listed = _pipeline(districts, *rows, installed=(YEAR_END,))
    assert amounts == (50, 0, 80)
    assert _doubts(listed) == {"a": (Doubt.WAS_DUE,)}
    begun = (progress("a", "2023-12-01", Status.CONSTRUCTION),)
    assert _pipeline(districts, *rows, installed=(YEAR_END,), records=begun)[0] == (50, 0, 80)
    later = (figure(1, "2024-03-31"),)
    still = (progress("a", "2024-01-31", Status.CONSTRUCTION),)
    assert _pipeline(districts, *rows, installed=later, records=begun)[0] == (50, 0, 80)
    assert _pipeline(districts, *rows, installed=later, records=still)[0] == (80, 0, 80)


def test_an_increment_takes_nothing_that_ran_before_its_period(districts: Districts) -> None:
    of = target(nature=Nature.INCREMENT, period_start=2021)
    rows = row("a", 30), row("b", 50)
    before = (progress("a", "2020-12-31", Status.OPERATING),)
    within = (progress("a", "2021-01-01", Status.OPERATING),)
    assert _pipeline(districts, *rows, of=of, records=before)[0] == (50, 0, 50)
    assert _pipeline(districts, *rows, of=of, records=within)[0] == (80, 0, 80)
    added = (figure(30, "2023-12-31"),)
    assert _pipeline(districts, *rows, of=of, records=within, installed=added)[0] == (50, 0, 50)


def test_what_has_begun_is_not_listed_again(districts: Districts) -> None:
    of = target(nature=Nature.START, period_start=2021)
    rows = programme("base", 100), row("a", 30, "base"), row("b", 20, "base")
    records = (progress("a", "2023-06-01", Status.CONSTRUCTION),)
    amounts, listed = _pipeline(districts, *rows, of=of, records=records)
    assert amounts == (20, 50, 70)
    assert _standing(listed)["a"] is Standing.RUNNING
    begun = (figure(30, "2023-12-31"),)
    assert _pipeline(districts, *rows, of=of, records=records, installed=begun)[0] == (20, 50, 70)


STATION = {"technology": None, "layer": Layer.HYDROGEN_STATION, "asset": Asset.STATION}
STATIONS = target(15, "hydrogen_stations", unit="座", includes=(), includes_basis=None)
TEN = STATION | {"quantity_value": Decimal(10), "quantity_unit": "座"}


def test_stations_in_pieces(districts: Districts) -> None:
    rows = (
        programme("ten", **TEN),
        row("a", part_of="ten", **STATION),
        row("b", **STATION),
        programme("some", **STATION),
        row("plant", 100, "ten"),
    )
    listed = _pipeline(districts, *rows, of=STATIONS)[1]
    assert (listed.named, listed.programme, listed.high) == (2, 9, 11)
    assert listed.open_rows == ("some",)


def test_a_running_station_is_not_counted_beside_the_figure(districts: Districts) -> None:
    rows = programme("ten", **TEN), row("a", part_of="ten", **STATION)
    entered = (figure(3, "2023-12-31", "hydrogen_stations", unit="座"),)
    listed = _pipeline(districts, *rows, of=STATIONS, installed=entered, records=(RUNS,))[1]
    assert (listed.named, listed.programme, listed.high) == (0, 9, 9)


BASE = target(100, "base_pv", scope="base")


def test_a_base_s_target_takes_the_base_s_own_rows(districts: Districts) -> None:
    rows = (
        programme("base", 100, **MIXED),
        programme("part", 60, "base"),
        row("a", 25, "part"),
        row("elsewhere", 500),
    )
    amounts, listed = _pipeline(districts, *rows, of=BASE)
    assert amounts == (25, 35, 100)
    assert set(_standing(listed)) == {"base", "part", "a"}


def test_an_inferred_member_of_the_base_is_high_only_when_switched_off(
    districts: Districts,
) -> None:
    rows = programme("base", None), row("a", 25, "base", inferred=True)
    assert _pipeline(districts, *rows, of=BASE)[0] == (25, 0, 25)
    amounts, listed = _pipeline(districts, *rows, of=BASE, inferred=False)
    assert amounts == (0, 0, 25)
    assert _doubts(listed) == {"a": (Doubt.INFERRED,)}


def test_lines_add_up_and_other_plans_stay_out(districts: Districts) -> None:
    rows = row("a", 30), replace(row("b", 500), plan="taian")
    amounts, listed = _pipeline(districts, *rows)
    assert amounts == (30, 0, 30)
    assert [line.row for line in listed.lines] == ["a"]
