"""Records that cannot both be true: one clear fault each, at the place of the later line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from registry.contradictions import contradictions
from store.book import Book
from terms.errors import Fault
from terms.kinds import Status
from terms.records import InstalledFigure, Progress

CITY = InstalledFigure("jining", "", "", "pv", "2024-12-31", Decimal(500), "万千瓦", "月报")
COUNTY = replace(CITY, district_code="370811", value=Decimal(80))
ZONE = replace(COUNTY, zone="太白湖新区", value=Decimal(8))
NOT_BEGUN = {Status.LISTED, Status.PROPOSED, Status.APPROVED}
SITE = Progress("taian-caes-01", "2024-06-30", Status.CONSTRUCTION, None, "通报")


def _faults(*records: InstalledFigure | Progress) -> Sequence[Fault]:
    book = Book(
        installed=tuple(each for each in records if isinstance(each, InstalledFigure)),
        progress=tuple(each for each in records if isinstance(each, Progress)),
    )
    return contradictions(book)


def _places(*records: InstalledFigure | Progress) -> list[tuple[str, str]]:
    return [(fault.row, fault.field) for fault in _faults(*records)]


def _done(mw: str, day: str, status: Status | None = None) -> Progress:
    return Progress("taian-caes-01", day, status, Decimal(mw), "并网通知")


def test_a_part_may_be_as_large_as_what_holds_it() -> None:
    equal = replace(COUNTY, value=Decimal(5000), unit="MW")
    assert _places(CITY, equal, replace(ZONE, value=Decimal(5), unit="GW")) == []
    assert _places(CITY, COUNTY, ZONE) == []


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (replace(COUNTY, value=Decimal("5000.1"), unit="MW"), CITY),
        (replace(ZONE, value=Decimal(501)), CITY),
        (replace(ZONE, value=Decimal(81)), COUNTY),
        (replace(ZONE, zone="北湖新区", district_code="", value=Decimal(81)), COUNTY),
        (
            replace(COUNTY, metric="hydrogen_stations", unit="座"),
            replace(CITY, metric="hydrogen_stations", unit="个", value=Decimal(79)),
        ),
    ],
)
def test_a_part_above_what_holds_it(part: InstalledFigure, whole: InstalledFigure) -> None:
    (fault,) = _faults(whole, part)
    assert (fault.row, fault.field) == ("installed 2", "value")
    assert fault.found == f"{part.value} {part.unit}" and "at most" in fault.expected
    assert f"installed 1: {whole.value} {whole.unit}" in fault.expected
    (fault,) = _faults(part, whole)
    assert (fault.row, fault.found) == ("installed 2", f"{whole.value} {whole.unit}")
    assert f"installed 1: {part.value} {part.unit}" in fault.expected


def test_a_zone_above_both_is_one_fault() -> None:
    assert _places(CITY, COUNTY, replace(ZONE, value=Decimal(600))) == [("installed 3", "value")]


@pytest.mark.parametrize(
    "changes",
    [
        {"metric": "wind"},
        {"date": "2024-12-30"},
        {"plan": "taian"},
        {"district_code": "370812"},
        {"district_code": "", "zone": "济宁高新区"},  # nobody knows of which county
    ],
)
def test_figures_of_different_things_are_not_compared(changes: dict[str, str]) -> None:
    other = {"zone": "", "value": Decimal(400)} | changes
    assert _places(COUNTY, replace(ZONE, **other)) == []  # type: ignore[arg-type]


def test_two_records_of_a_project_and_day() -> None:
    again = replace(SITE, status=Status.CANCELLED)
    assert _places(SITE, again) == [("progress 2", "date")]
    assert _places(SITE, _done("10", SITE.date)) == [("progress 2", "date")]
    assert _places(SITE, replace(again, date="2024-07-01")) == []
    assert _places(SITE, replace(again, project="taian-caes-02")) == []
    (fault,) = _faults(again, SITE)
    assert "progress 1" in fault.expected


def test_mw_never_fall() -> None:
    late, early = _done("1", "2024-12-31"), _done("2", "2023-12-31")
    assert _places(late, early) == [("progress 1", "commissioned_mw")]
    assert _places(replace(late, date="2023-12-31"), early) == [("progress 2", "date")]


@pytest.mark.parametrize("status", sorted(NOT_BEGUN))
def test_what_runs_is_no_longer_only_approved(status: Status) -> None:
    assert _places(_done("1", "2024-06-30", status)) == [("progress 1", "status")]
    back = replace(SITE, date="2024-07-01", status=status)
    assert _places(back, _done("1", "2024-06-30")) == [("progress 2", "status")]
    assert _places(back, _done("1", "2024-07-02")) == []


@pytest.mark.parametrize("status", sorted(set(Status) - NOT_BEGUN))
def test_what_runs_may_have_any_later_status(status: Status) -> None:
    assert _places(_done("1", "2024-06-30", status)) == []
