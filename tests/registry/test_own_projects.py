"""Users' own projects: rows of their own group that count where a person says, once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from geo.districts import Districts
from registry.additions import record_faults, with_additions
from registry.own import origin_words, with_remark
from registry.registry import Registry, build_registry
from registry.search import found
from registry.select import select
from store.book import Book
from terms.errors import RecordsError
from terms.kinds import PlaceBasis, PlanStatus, Precision, Relation, Status, Technology
from terms.own_records import Note, OwnProject
from terms.records import InstalledFigure, Progress
from terms.selection import Selection
from tests.registry.own_builders import AT_FEICHENG, FEICHENG, added, inside, own, position

OPEN = own("1", 20, district_codes=(FEICHENG,), name="石横镇光伏")
PART = inside("2", "taian-pv-01", 5)


def _book(*projects: OwnProject) -> Book:
    return Book(projects=projects)


def _fields(registry: Registry, *projects: OwnProject) -> list[str]:
    return [fault.field for fault in record_faults(registry, _book(*projects))]


def _parent(registry: Registry) -> str:
    return next(
        r.id for r in registry.projects if r.plan == "taian" and r.technology and r.capacity_mw
    )


def test_an_empty_book_changes_nothing(registry: Registry, districts: Districts) -> None:
    empty = build_registry(districts, book=Book())
    assert empty.digest == registry.digest
    assert (empty.groups, empty.plan_by_id) == (registry.plans, registry.plan_by_id)
    whole = with_additions(registry, _book(OPEN))
    assert whole.digest != registry.digest
    assert with_additions(whole, Book()).digest == registry.digest
    assert with_additions(whole, Book()).projects == registry.projects


def test_a_row_of_the_group_user(registry: Registry) -> None:
    whole = with_additions(registry, _book(OPEN))
    row = whole.by_id["user-1"]
    assert (row.plan, row.plan_status, row.city) == ("user", PlanStatus.USER, "泰安市")
    assert (row.districts, row.place_basis) == (("肥城市",), PlaceBasis.USER)
    assert (row.precision, len(whole.labels["user-1"])) == (Precision.DISTRICT, 1)
    assert (row.source_title, row.source_section) == ("项目台账.xlsx", "第 7 行")
    assert "不计入任何方案" in row.note
    assert whole.plan_by_id["user"].title_en == "User data"
    assert [plan.id for plan in whole.plans] == [plan.id for plan in registry.plans]
    assert whole.plan_of(row) == "user"


def test_it_is_found_and_selected_with_its_group_and_with_the_plan_it_counts_in(
    registry: Registry,
) -> None:
    parent = _parent(registry)
    whole = with_additions(registry, _book(OPEN, inside("2", parent, 1), added("3", "jining", 9)))
    assert [row.id for row in select(whole, Selection(plans=("user",)))] == [
        "user-1",
        "user-2",
        "user-3",
    ]
    taian = {row.id for row in select(whole, Selection(plans=("taian",)))}
    assert "user-2" in taian and not {"user-1", "user-3"} & taian
    for words in ("石横", "shiheng", "台账", "user-1", "Tai'an"):
        assert "user-1" in found(whole, words), words


def test_a_status_is_progress_of_its_day_and_a_later_record_replaces_it(
    registry: Registry,
) -> None:
    begun = replace(OPEN, status=Status.CONSTRUCTION, status_date="2025-03-01")
    undated = replace(own("5"), status=Status.OPERATING)
    runs = Progress("user-1", "2026-01-31", Status.OPERATING, None, "并网通知")
    book = Book(projects=(begun, undated), progress=(runs,))
    whole = with_additions(registry, book)
    assert whole.by_id["user-1"].status is Status.OPERATING
    assert whole.by_id["user-1"].status_source == "并网通知"
    only = with_additions(registry, _book(begun, undated))
    row = only.by_id["user-1"]
    assert (row.status, row.status_source) == (Status.CONSTRUCTION, "项目台账.xlsx")
    assert (only.by_id["user-5"].status, only.by_id["user-5"].status_date) == (Status.OPERATING, "")


def test_a_row_in_a_row_counts_where_that_one_does(registry: Registry) -> None:
    book = _book(inside("a", "user-b"), inside("b", "user-c"), added("c", "binzhou"))
    whole = with_additions(registry, book)
    assert set(whole.counted_in.values()) == {"binzhou"}


@pytest.mark.parametrize(
    ("project", "field"),
    [
        (replace(OPEN, id="taian-caes-01"), "id"),
        (replace(OPEN, district_codes=("999999",)), "district_codes"),
        (replace(OPEN, city_code="370100"), "district_codes"),
        (replace(OPEN, city_code="123456"), "city_code"),
        (replace(OPEN, technology=None), "technology"),
        (replace(OPEN, capacity_mw=Decimal("0.00000001")), "capacity_mw"),
        (replace(OPEN, capacity_mw=Decimal(-1)), "capacity_mw"),
        (replace(OPEN, capacity_mw=Decimal("NaN")), "capacity_mw"),
        (replace(OPEN, capacity_mw=Decimal(500_000)), "capacity_mw"),
        (replace(OPEN, status_date="去年"), "status_date"),
        (replace(OPEN, by_year=20255), "by_year"),
        (replace(OPEN, lon=116.7), "lon, lat"),
        (replace(OPEN, precision=Precision.SITE), "precision"),
        (replace(OPEN, part_of="taian-caes-01"), "part_of"),
        (replace(OPEN, counts_in="taian"), "counts_in"),
        (inside("9", "taian-none-99"), "part_of"),
        (inside("9", "user-9"), "part_of"),
        (inside("9", ""), "part_of"),
        (added("9", "user"), "counts_in"),
        (added("9", "qingdao"), "counts_in"),
        (added("9", "jining", 5, district_codes=(FEICHENG,)), "counts_in"),
        (inside("9", "jining-pv-01", 5, district_codes=(FEICHENG,)), "part_of"),
    ],
)
def test_what_does_not_fit_is_named(registry: Registry, project: OwnProject, field: str) -> None:
    if project.part_of == "jining-pv-01":
        parent = next(
            r.id for r in registry.projects if r.plan == "jining" and not r.district_codes
        )
        project = replace(project, part_of=parent)
    faults = record_faults(registry, _book(project))
    assert field in {fault.field for fault in faults}
    assert all(" · " in fault.expected for fault in faults)


def test_all_faults_at_once_and_no_false_ones(registry: Registry) -> None:
    wrong = replace(own("x", 5), district_codes=("999999",))
    book = Book(
        installed=(InstalledFigure("user", "", "", "pv", "2024-12-31", Decimal(1), "MW", "x"),),
        projects=(wrong, inside("y", "user-x", 1), inside("p", "user-q"), inside("q", "user-p")),
        progress=(Progress("user-x", "2024-01-01", Status.APPROVED, None, "s"),),
        notes=(Note("user-x", "a"), Note("nobody", "b")),
    )
    faults = record_faults(registry, book)
    assert [fault.field for fault in faults] == [
        "district_codes",
        "part_of",
        "part_of",
        "plan",
        "subject",
    ]
    with pytest.raises(RecordsError):
        with_additions(registry, book)


def test_two_of_one_id(registry: Registry) -> None:
    assert _fields(registry, OPEN, OPEN) == ["id", "id"]


def test_its_point_must_lie_in_its_county(registry: Registry) -> None:
    lon, lat = AT_FEICHENG
    there = replace(OPEN, lon=lon, lat=lat, precision=Precision.SITE, place_source="核准文件")
    whole = with_additions(registry, _book(there, replace(there, id="user-4", district_codes=())))
    assert (whole.by_id["user-1"].lon, whole.by_id["user-1"].lat) == AT_FEICHENG
    assert whole.by_id["user-4"].district_codes == (FEICHENG,)
    assert _fields(registry, replace(there, lon=118.0)) == ["lon, lat"]


def test_public_mode_shows_no_point_and_no_township(
    registry: Registry, districts: Districts
) -> None:
    lon, lat = AT_FEICHENG
    there = replace(OPEN, lon=lon, lat=lat, precision=Precision.SITE, township="石横镇")
    public = build_registry(districts, public=True, book=_book(there))
    row = public.by_id["user-1"]
    assert (row.lon, row.lat, row.township) == (None, None, "")
    assert row.precision is Precision.DISTRICT


def test_a_thing_without_technology_states_no_plant(registry: Registry) -> None:
    station = own("h", technology=None, layer="hydrogen_station", relation=Relation.OPEN)
    row = with_additions(registry, _book(station)).by_id["user-h"]
    assert (row.technology, row.asset, row.capacity_mw) == (None, "station", None)
    assert row.technology is not Technology.PV


def test_what_hangs_on_a_withdrawn_project_says_what_to_take_back_first(
    registry: Registry,
) -> None:
    """Whoever undoes an import is told of the order, and not to name a row of a plan."""
    book = Book(
        progress=(Progress("user-9", "2025-06-30", Status.OPERATING, None, "x"),),
        positions=(position("user-9"),),
        projects=(own("user-1", relation=Relation.PART_OF, part_of="user-9"),),
        notes=(Note("user-9", "x"),),
    )
    faults = record_faults(registry, book)
    assert len(faults) == 4
    assert all("先撤回依附它的这一条" in each.expected for each in faults)


@pytest.mark.parametrize(
    ("row", "zh", "en"),
    [
        ("5", "第 5 行", "row 5"),
        ("5 · A-3 · b", "第 5 行，原编号 A-3 · b", "row 5, id A-3 · b there"),
        ("附表三", "附表三", "附表三"),
        ("", "", ""),
    ],
)
def test_where_a_row_came_from_is_said_in_words(row: str, zh: str, en: str) -> None:
    assert (origin_words(row, "zh"), origin_words(row, "en")) == (zh, en)


def test_our_remark_stands_in_brackets_only_behind_a_note() -> None:
    assert with_remark("", "用户录入。") == "用户录入。"
    assert with_remark("待核", "用户录入。") == "待核（用户录入。）"
