"""Figures and records as they stood on a date."""

from __future__ import annotations

import pytest

from capacity.existing import (
    amount,
    begun,
    commissioned,
    end_of,
    figures_for,
    has_begun,
    progress_until,
    started,
)
from capacity.measure import measure_of
from geo.districts import Districts
from terms.kinds import Nature, Status, Technology
from terms.records import Progress, Project
from tests.capacity.builders import W, figure, programme, progress, registry_of, row, target

START = target(435, "coal_start", 2025, nature=Nature.START, period_start=2021)


def test_figures_of_the_whole_area_oldest_first(districts: Districts) -> None:
    figures = (
        figure(5, "2024-12-31"),
        figure(3, "2022-12-31"),
        figure(9, "2023-12-31", district_code="370811"),
        figure(9, "2023-12-31", zone="济宁经开区"),
        figure(9, "2023-12-31", metric="wind"),
        figure(9, "2023-12-31", plan="taian"),
    )
    registry = registry_of(districts, installed=figures)
    assert figures_for(registry, target()) == (figures[1], figures[0])


@pytest.mark.parametrize(
    ("value", "unit", "base"), [(800, "万千瓦", 8000 * W), (1.5, "MW", 1_500_000), (15, "座", 15)]
)
def test_a_figure_in_watts_or_pieces(value: float, unit: str, base: int) -> None:
    assert amount(figure(value, "2024-12-31", unit=unit)) == base


def test_the_latest_record_up_to_a_date(districts: Districts) -> None:
    records = (
        progress("a", "2024-05-01", Status.PARTLY_OPERATING, 40),
        progress("a", "2023-01-01", Status.CONSTRUCTION),
        progress("a", "2025-01-01", Status.OPERATING),
    )
    registry = registry_of(districts, row("a", 100), progress=records)
    assert progress_until(registry, "2022-12-31") == {}
    assert progress_until(registry, "2024-04-30")["a"].status is Status.CONSTRUCTION
    assert commissioned(progress_until(registry, "2024-05-01")["a"], 100 * W) == 40 * W
    assert commissioned(progress_until(registry, "2025-01-01")["a"], 100 * W) == 100 * W


def test_mw_stay_those_last_recorded_until_it_all_runs(districts: Districts) -> None:
    records = (
        progress("a", "2023-01-01", Status.PARTLY_OPERATING, 40),
        progress("a", "2024-01-01", Status.CONSTRUCTION),
        progress("a", "2025-01-01", None, 70),
    )
    registry = registry_of(districts, row("a", 100), progress=records)
    assert commissioned(progress_until(registry, "2024-06-01")["a"], 100 * W) == 40 * W
    last = progress_until(registry, "2025-06-01")["a"]
    assert (last.status, commissioned(last, 100 * W)) == (Status.CONSTRUCTION, 70 * W)


@pytest.mark.parametrize(
    ("status", "mw", "runs"),
    [
        (Status.OPERATING, None, 100),
        (Status.OPERATING, 40, 40),
        (Status.PARTLY_OPERATING, None, None),
        (Status.PARTLY_OPERATING, 40, 40),
        (Status.CONSTRUCTION, None, 0),
        (None, 40, 40),
    ],
)
def test_what_a_record_says_runs(
    status: Status | None, mw: float | None, runs: float | None
) -> None:
    found = commissioned(progress("a", "2024-01-01", status, mw), 100 * W)
    assert found == (None if runs is None else runs * W)


def test_mw_say_nothing_of_stations() -> None:
    assert commissioned(progress("a", "2024-01-01", None, 2), 1, in_pieces=True) == 0
    operating = progress("a", "2024-01-01", Status.OPERATING, 2)
    assert commissioned(operating, 1, in_pieces=True) == 1


@pytest.mark.parametrize(
    ("status", "mw", "has"),
    [
        (Status.CONSTRUCTION, None, True),
        (Status.PARTLY_OPERATING, None, True),
        (Status.OPERATING, None, True),
        (None, 5, True),
        (None, 0, False),
        (Status.APPROVED, None, False),
        (Status.SHELVED, None, False),
    ],
)
def test_what_has_begun(status: Status | None, mw: float | None, has: bool) -> None:
    record = progress("a", "2024-01-01", status, mw)
    assert has_begun(record) is has
    assert begun(record, row("a", 100), 100) == (100 if has else 0)
    assert begun(record, programme("a", 100), 100) == (None if has else 0)


def _started(
    districts: Districts, *records: Progress, rows: tuple[Project, ...], until: str = "2025-12-31"
) -> float | None:
    registry = registry_of(districts, *rows, targets=[START], progress=records)
    found = started(registry, START, measure_of(START), rows=rows, until=until, inferred=True)
    return None if found is None else found / W


PAIR = (row("a", 300), row("b", 200, "a"))
BEGUN = tuple(progress(id, "2023-01-01", Status.CONSTRUCTION) for id in ("a", "b"))


def test_a_start_of_a_plant_and_of_its_part_counts_once(districts: Districts) -> None:
    assert _started(districts, *BEGUN, rows=PAIR) == 300
    assert _started(districts, BEGUN[1], rows=PAIR) == 200
    assert _started(districts, rows=PAIR) is None


@pytest.mark.parametrize(
    ("day", "mw"),
    [("2020-12-31", None), ("2021-01-01", 300), ("2025-12-31", 300), ("2026-01-01", None)],
)
def test_only_starts_within_the_period(districts: Districts, day: str, mw: float | None) -> None:
    record = progress("a", day, Status.CONSTRUCTION)
    assert _started(districts, record, rows=PAIR) == mw


def test_what_began_before_the_period_does_not_begin_again(districts: Districts) -> None:
    records = (
        progress("a", "2022-06-01", Status.OPERATING),
        progress("a", "2019-06-01", Status.CONSTRUCTION),
    )
    assert _started(districts, *records, rows=PAIR) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"restates_target": START.key},
        {"status": Status.CANCELLED},
        {"technology": Technology.WIND},
        {"technology": Technology.WIND_SOLAR_STORAGE},
        {"capacity_mw": None, "capacity_external_mw": PAIR[0].capacity_mw},
    ],
)
def test_what_is_no_start_of_the_target(districts: Districts, changes: dict[str, object]) -> None:
    rows = (row("a", **({"mw": 300} | changes)),)
    assert _started(districts, BEGUN[0], rows=rows) is None


def test_an_envelope_does_not_begin_by_a_word(districts: Districts) -> None:
    assert _started(districts, BEGUN[0], rows=(programme("a", 300),)) is None


def test_a_year_ends_on_its_last_day() -> None:
    assert end_of(2025) == "2025-12-31"
