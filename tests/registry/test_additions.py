"""Records held against the plans: what fits is taken, every misfit is named at its place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from geo.districts import Districts
from registry.additions import metric_units, record_faults, with_additions
from registry.registry import Registry, build_registry
from store.book import Book, Place
from terms.errors import RecordsError
from terms.kinds import Status
from terms.records import InstalledFigure, Progress
from terms.units import COUNT_UNITS, POWER_UNITS

PV = InstalledFigure("jining", "", "", "pv", "2024-12-31", Decimal(500), "万千瓦", "月报")
SITE = Progress("taian-caes-01", "2024-06-30", Status.CONSTRUCTION, None, "通报")


def _fields(registry: Registry, *records: InstalledFigure | Progress) -> list[tuple[str, str]]:
    book = Book(
        installed=tuple(each for each in records if isinstance(each, InstalledFigure)),
        progress=tuple(each for each in records if isinstance(each, Progress)),
    )
    return [(fault.row, fault.field) for fault in record_faults(registry, book)]


def test_no_records_change_nothing(registry: Registry, districts: Districts) -> None:
    empty = build_registry(districts, book=Book())
    assert empty.digest == registry.digest
    assert empty.projects == registry.projects
    assert (registry.installed, registry.progress) == ((), ())


def test_records_stand_in_the_registry_and_its_digest(registry: Registry) -> None:
    book = Book(installed=(PV,), progress=(SITE,))
    whole = with_additions(registry, book)
    assert (whole.installed, whole.progress) == ((PV,), (SITE,))
    digests = {registry.digest, whole.digest}
    digests.add(with_additions(registry, Book(installed=(PV,))).digest)
    assert len(digests) == 3
    assert with_additions(whole, Book()).digest == registry.digest


def test_a_project_shows_its_latest_status(registry: Registry) -> None:
    running = Progress("taian-caes-01", "2024-12-01", None, Decimal(10), "并网通知")
    later = replace(SITE, date="2024-07-01", status=Status.PARTLY_OPERATING, source="次日更正")
    earlier = replace(SITE, date="2023-01-01", status=Status.APPROVED)
    whole = with_additions(registry, Book(progress=(running, SITE, later, earlier)))
    row = whole.by_id["taian-caes-01"]
    assert (row.status, row.status_date) == (Status.PARTLY_OPERATING, "2024-07-01")
    assert row.status_source == "次日更正"
    others = [each for each in whole.projects if each.id != row.id]
    assert all((each.status, each.status_date) == (Status.LISTED, "") for each in others)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"plan": "qingdao"}, "plan"),
        ({"metric": "moonlight"}, "metric"),
        ({"metric": "hydrogen_stations"}, "unit"),
        ({"metric": "hydrogen_stations", "unit": "座", "value": Decimal(100_001)}, "value"),
        ({"unit": "座"}, "unit"),
        ({"value": Decimal(20_001)}, "value"),
        ({"value": Decimal(201), "unit": "GW"}, "value"),
        ({"district_code": "370999"}, "district"),
        ({"district_code": "370911"}, "district"),  # Tai'an's, not Jining's
        ({"district_code": "370800"}, "district"),  # the whole city is nothing
        ({"plan": "lixia", "district_code": "370103"}, "district"),
        ({"zone": "月球高新区"}, "zone"),
        ({"zone": "太白湖新区", "district_code": "370812"}, "district"),
        ({"plan": "binzhou", "metric": "base_pv", "date": "2020-12-31"}, "date"),
        ({"plan": "binzhou", "metric": "coal_start", "date": "2020-12-31"}, "date"),
    ],
)
def test_a_figure_that_does_not_fit(
    changes: dict[str, object], field: str, registry: Registry
) -> None:
    assert _fields(registry, replace(PV, **changes)) == [("installed 1", field)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"value": Decimal(0)},
        {"metric": "wind", "unit": "kW"},  # no target of Jining, but a technology
        {"metric": "hydrogen_stations", "unit": "座", "value": Decimal(3)},
        {"district_code": "370812"},
        {"district_code": "370812", "zone": "高新区"},
        {"zone": "太白湖新区"},
        {"plan": "lixia", "value": Decimal(1), "district_code": "370102"},
        {"plan": "binzhou", "metric": "base_pv", "date": "2021-01-01"},
        {"plan": "binzhou", "metric": "coal_start", "date": "2021-01-01"},
        {"plan": "binzhou", "metric": "pv", "date": "2020-12-31"},
    ],
)
def test_a_figure_that_fits(changes: dict[str, object], registry: Registry) -> None:
    assert _fields(registry, replace(PV, **changes)) == []  # type: ignore[arg-type]


def test_each_mapped_metric_has_units_and_no_share_has_any(registry: Registry) -> None:
    for target in registry.targets:
        units = metric_units(registry, target.plan, target.metric)
        if target.mapped:
            assert target.unit in units
        assert units in ((), POWER_UNITS, COUNT_UNITS)
        if target.unit == "%" and not units:
            figure = replace(PV, plan=target.plan, metric=target.metric)
            assert _fields(registry, figure) == [("installed 1", "metric")]


def test_a_name_beside_a_code_must_be_its_name(registry: Registry) -> None:
    figure = replace(PV, district_code="370812")
    for name, count in (("兖州区", 0), ("", 0), ("任城区", 1)):
        place = Place("records.yaml", "installed 7", name)
        faults = record_faults(registry, Book(installed=(figure,), installed_places=(place,)))
        assert len(faults) == count
    assert (faults[0].row, faults[0].found) == ("installed 7", "370812 任城区")
    assert faults[0].expected == "370812 兖州区"


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("20001", "万千瓦", "不超过 20,000 万千瓦", "at most 20,000 ×10⁴ kW"),
        ("200000001", "kW", "不超过 200,000,000 kW", "at most 200,000,000 kW"),
        ("201", "GW", "不超过 200 GW", "at most 200 GW"),
        ("200001", "MW", "不超过 200,000 MW", "at most 200,000 MW"),
    ],
)
def test_the_ceiling_is_told_in_the_unit_written(
    value: str, unit: str, zh: str, en: str, registry: Registry
) -> None:
    figure = replace(PV, value=Decimal(value), unit=unit)
    (fault,) = record_faults(registry, Book(installed=(figure,)))
    assert zh in fault.told("zh").expected and en in fault.told("en").expected


def test_what_is_allowed_stands_in_both_languages(registry: Registry) -> None:
    wrong = [{"metric": "moon"}, {"plan": "x"}, {"unit": "座"}, {"zone": "月球"}]
    for changes, known in zip(
        wrong, ["compressed_air_storage", "binzhou", "GW", "太白湖新区"], strict=True
    ):
        figure = replace(PV, **changes)  # type: ignore[arg-type]
        (fault,) = record_faults(registry, Book(installed=(figure,)))
        assert known in fault.told("zh").expected and known in fault.told("en").expected
        assert "one of" not in fault.told("zh").expected
        assert "其中" not in fault.told("en").expected


def test_two_figures_for_one_place_and_day(registry: Registry) -> None:
    short = replace(PV, zone="高新区", district_code="370812")
    full = replace(short, zone="济宁高新区", value=Decimal(1))
    assert _fields(registry, short, full) == [("installed 2", "date")]
    others = (
        replace(PV, date="2023-12-31"),
        replace(PV, metric="wind"),
        replace(PV, district_code="370812"),
    )
    assert _fields(registry, PV, *others, short) == []
    assert _fields(registry, PV, replace(PV, unit="MW")) == [("installed 2", "date")]


def _done(project: str, mw: str, day: str = "2024-06-30") -> Progress:
    return Progress(project, day, None, Decimal(mw), "并网通知")


def test_progress_that_does_not_fit(registry: Registry) -> None:
    factory = next(row for row in registry.projects if row.technology is None)
    assert _fields(registry, replace(SITE, project="taian-none-99")) == [("progress 1", "project")]
    assert _fields(registry, _done(factory.id, "1")) == [("progress 1", "commissioned_mw")]


@pytest.mark.parametrize(
    ("project", "most", "words"),
    [
        ("taian-pv-02", "180", "at most 180 MW (1.2 times the stated 150 MW)"),
        ("taian-coal-02", "1800", "不超过 1,800 MW（方案所载 1,200 MW 的 1.5 倍）"),  # 2×60万千瓦级
        ("taian-caes-01", "20000", "at most 20,000 MW; more"),  # a class word
        ("binzhou-biomass-01", "20000", "不超过 20,000 MW，"),  # none
        ("binzhou-base-01", "25416", "1.2 times"),
    ],
)
def test_what_runs_has_a_ceiling(project: str, most: str, words: str, registry: Registry) -> None:
    assert _fields(registry, _done(project, most)) == []
    book = Book(progress=(_done(project, f"{most}.000001"),))
    (fault,) = record_faults(registry, book)
    assert fault.field == "commissioned_mw" and words in fault.expected


def test_all_faults_at_once(registry: Registry) -> None:
    bad = Book(
        installed=(replace(PV, plan="x"), replace(PV, metric="y", unit="座", zone="z")),
        progress=(replace(SITE, project="q"),),
    )
    with pytest.raises(RecordsError) as caught:
        with_additions(registry, bad)
    assert len(caught.value.faults) == 4
