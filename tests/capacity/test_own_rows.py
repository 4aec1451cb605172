"""Users' rows in the sums: beside the plans until a person decides, then once, to the watt."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.allocate import allocate
from capacity.check import Check, Rules, check, check_target
from capacity.ledger import Reason, ledger
from capacity.picked import subtotals
from capacity.rollup import Dimension, roll_up
from capacity.things import thing_ledger
from capacity.unowned import unowned
from geo.districts import Districts
from layers.capacity_tables import district_rows
from layers.county_lines import Counting
from layers.county_table import plan_tables
from layers.figures import district_figures, figures
from registry.additions import with_additions
from registry.registry import Registry
from registry.select import select
from store.book import Book
from terms.kinds import Layer, Status, Technology
from terms.own_records import OwnProject
from terms.records import InstalledFigure
from terms.selection import Selection
from tests.capacity.builders import COUNTIES, W, programme, registry_of, row, target
from tests.capacity.generated import CODES, Draw, draws, watts_as_mw
from tests.registry.own_builders import added, inside, own

DAY = Rules(as_of=date(2024, 6, 1))


def _plans(districts: Districts) -> Registry:
    """A programme of 100 MW with a named member of 30, and a target of 200."""
    return registry_of(
        districts,
        programme("jining-base", 100),
        row("jining-a", 30, "jining-base", at=COUNTIES[:1]),
        targets=[target(200)],
    )


def _with(districts: Districts, *projects: OwnProject, **more: object) -> Registry:
    return with_additions(_plans(districts), Book(projects=projects, **more))  # type: ignore[arg-type]


def _check(registry: Registry, rules: Rules = DAY) -> Check:
    return check_target(registry, registry.targets[0], rules)


def _counted(registry: Registry, plan: str) -> int:
    entries = ledger(registry)
    rows = [each for each in registry.projects if registry.plan_of(each) == plan]
    return sum(entries[each.id].counted_w for each in rows if each.id in entries)


def test_a_row_beside_the_plans_is_in_none_of_their_sums(districts: Districts) -> None:
    whole = _with(districts, own("1", 40, district_codes=COUNTIES[:1]))
    assert (_counted(whole, "jining"), _counted(whole, "user")) == (100 * W, 40 * W)
    assert _check(whole).pipeline == _check(_plans(districts)).pipeline
    sums = figures(whole, whole.projects).capacity
    assert sums["user", Technology.PV].counted_w == 40 * W
    assert sums["jining", Technology.PV].counted_w == 100 * W
    county = district_figures(whole, whole.projects, COUNTIES[0])
    assert (county.located_w, county.beside) == ({Technology.PV: 30 * W}, 1)


def test_a_project_that_fulfils_a_programme_counts_once(districts: Districts) -> None:
    whole = _with(districts, inside("1", "jining-base", 50, district_codes=COUNTIES[:1]))
    entries = ledger(whole)
    assert _counted(whole, "jining") == 100 * W
    assert entries["user-1"].counted_w == 50 * W
    assert (entries["jining-base"].counted_w, entries["jining-base"].excluded_w) == (20 * W, 80 * W)
    listed = _check(whole).pipeline
    assert (listed.low, listed.named, listed.programme) == (100 * W, 80 * W, 20 * W)
    assert "user-1" in [line.row for line in listed.lines]
    by_plan = {(r["plan"], r["district_code"]): r["located_mw"] for r in district_rows(whole)}
    assert by_plan == {("jining", None): 20, ("jining", COUNTIES[0]): 80}


def test_members_above_their_parent_are_flagged(districts: Districts) -> None:
    entries = ledger(_with(districts, inside("1", "jining-base", 90)))
    assert entries["jining-base"].over_w == 20 * W
    nested = _with(districts, inside("1", "user-2", 10), inside("2", "jining-a", 20))
    assert _counted(nested, "jining") == 100 * W
    assert ledger(nested)["jining-a"].counted_w == 10 * W


def test_a_new_row_adds_to_the_plan_it_counts_in(districts: Districts) -> None:
    whole = _with(districts, added("1", "jining", 40), own("2", 7))
    assert (_counted(whole, "jining"), _counted(whole, "user")) == (140 * W, 7 * W)
    assert _check(whole).pipeline.low == _check(_plans(districts)).pipeline.low + 40 * W
    assert whole.by_id["user-1"].by_year == 2030


def test_what_was_given_up_is_left_out_by_that_reason(districts: Districts) -> None:
    for status, why in (
        (Status.SHELVED, Reason.SHELVED),
        (Status.CANCELLED, Reason.CANCELLED),
        (Status.RETIRED, Reason.RETIRE),
    ):
        off = replace(inside("1", "jining-base", 50), status=status)
        entry = ledger(_with(districts, off))["user-1"]
        assert (entry.counted_w, entry.excluded_w, entry.reason) == (0, 50 * W, why)
        assert _counted(_with(districts, off), "jining") == 100 * W


def test_what_runs_is_not_counted_beside_what_is_installed(districts: Districts) -> None:
    figure = InstalledFigure("jining", "", "", "pv", "2023-12-31", Decimal(60), "MW", "月报")
    runs = replace(added("1", "jining", 40), status=Status.OPERATING, status_date="2023-06-30")
    later = replace(runs, status_date="2024-03-31")
    undated = replace(runs, status_date="")
    for project, low in ((runs, 100), (later, 140), (undated, 100)):
        listed = _check(_with(districts, project, installed=(figure,))).pipeline
        assert listed.low == low * W, project.status_date
    member = replace(
        inside("1", "jining-base", 40), status=Status.OPERATING, status_date="2023-06-30"
    )
    assert _check(_with(districts, member, installed=(figure,))).pipeline.low == 60 * W


def test_a_station_fills_a_counted_programme(districts: Districts) -> None:
    stations = {"technology": None, "layer": Layer.HYDROGEN_STATION}
    promise = programme(
        "jining-h", asset="station", quantity_value=Decimal(15), quantity_unit="座", **stations
    )
    bare = registry_of(districts, promise)
    whole = with_additions(bare, Book(projects=(inside("h", "jining-h", **stations),)))
    entries = thing_ledger(whole)
    assert (entries["user-h"].counted, entries["jining-h"].counted) == (1, 14)


def test_users_rows_stand_in_tables_of_their_own(districts: Districts) -> None:
    whole = _with(
        districts, own("1", 40, district_codes=COUNTIES[:1]), inside("2", "jining-base", 1)
    )
    tables = {table.plan: table for table in plan_tables(whole, Counting())}
    assert list(tables) == ["jining", "user"]
    assert tables["user"].total.cell(Technology.PV).watts == 40 * W
    assert [line.code for line in tables["user"].counties] == [COUNTIES[0]]
    assert tables["jining"].total.cell(Technology.PV).watts == 100 * W
    assert [each.plan for each in subtotals(whole, whole.projects)] == ["jining", "user"]
    assert {each.plan for each in unowned(whole, whole.projects).sums} == {"jining", "user"}
    only = _with(districts, inside("2", "jining-base", 1))
    assert [table.plan for table in plan_tables(only, Counting())] == ["jining"]
    taian = select(whole, Selection(plans=("jining",)))
    assert [each.id for each in taian] == ["jining-base", "jining-a", "user-2"]


def _users(random: Random, registry: Registry, count: int) -> list[OwnProject]:
    """Own projects in every relation, also in one another."""
    made: list[OwnProject] = []
    for number in range(count):
        mw = watts_as_mw(random) if random.random() < 0.7 else None
        mw = None if mw is not None and mw > 20_000 else mw
        plan = random.choice(("jining", "taian"))
        kind = random.random()
        rows = [each.id for each in registry.projects if each.plan == plan]
        project = own(str(number), mw)
        if kind < 0.3 and rows:
            project = inside(str(number), random.choice(rows), mw)
        elif kind < 0.5 and made:
            project = inside(str(number), random.choice(made).id, mw)
        elif kind < 0.7:
            project = added(str(number), plan, mw)
        status = random.choice((None, None, Status.SHELVED, Status.OPERATING, Status.CANCELLED))
        codes: tuple[str, ...] = ()
        if not project.part_of:
            size = random.randint(0, 2)
            codes = tuple(random.sample(CODES[project.counts_in or plan], size))
        made.append(replace(project, status=status, district_codes=codes))
    return made


@settings(max_examples=300, deadline=None)
@given(draw=draws(8), count=st.integers(0, 6))
def test_nothing_is_lost_or_doubled_with_users_rows(
    districts: Districts, draw: Draw, count: int
) -> None:
    bare = draw.registry(districts)
    whole = with_additions(bare, Book(projects=tuple(_users(Random(draw.seed), bare, count))))
    entries = ledger(whole)
    by_plan: Counter[tuple[str, ...]] = Counter()
    for each in whole.projects:
        if entry := entries.get(each.id):
            assert (entry.gross_w or 0) == entry.counted_w + entry.excluded_w
            by_plan[whole.plan_of(each), entry.technology.value] += entry.counted_w
    for rule in ("none", "equal", "area"):
        pieces = allocate(whole, rule=rule)
        totals = roll_up(whole, pieces, entries, by=(Dimension.PLAN, Dimension.TECHNOLOGY))
        assert {key: each.counted_w for key, each in totals.items()} == dict(by_plan)
    for each in check(whole, DAY):
        low, high = each.pipeline.low, each.pipeline.high
        assert 0 <= low <= high
        assert not {line.row for line in each.pipeline.lines} - {
            one.id for one in whole.projects if whole.plan_of(one) == each.target.plan
        }


@settings(max_examples=100, deadline=None)
@given(draw=draws(8), count=st.integers(0, 6))
def test_rows_beside_the_plans_change_no_plan(districts: Districts, draw: Draw, count: int) -> None:
    bare = with_additions(draw.registry(districts), Book())
    rows = tuple(
        replace(each, relation="open", part_of="", counts_in="")
        for each in _users(Random(draw.seed), bare, count)
    )
    whole = with_additions(bare, Book(projects=rows))
    before, after = ledger(bare), ledger(whole)
    assert {id: after[id] for id in before} == dict(before)
    assert [each.pipeline for each in check(whole, DAY)] == [
        each.pipeline for each in check(bare, DAY)
    ]
