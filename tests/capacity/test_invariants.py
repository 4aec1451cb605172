"""What holds for every registry: ten thousand generated ones, shared out over the properties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from capacity.allocate import Place, allocate
from capacity.check import Check, Rules, check
from capacity.ledger import Entry, ledger, left_out_whole, stated_w
from capacity.once import ancestors
from capacity.rollup import Dimension, roll_up
from capacity.splits import SplitLine, Splits
from capacity.things import thing_ledger
from geo.districts import Districts
from layers.capacity_tables import check_rows, district_rows, ledger_rows
from layers.check_words import rule_text
from registry.registry import Registry
from terms.language import Language
from terms.messages import label
from terms.records import Progress
from terms.selection import AllocationRule
from tests.capacity.builders import figure
from tests.capacity.generated import CODES, Draw, draws

DAYS = date(2024, 6, 1), date(2025, 12, 31), date(2026, 1, 1)
RULES: tuple[AllocationRule, ...] = ("none", "equal", "area", "custom")


def _many(count: int) -> Callable[[Any], Any]:
    """A property over so many registries; the counts add up to 10,000 (see the last test)."""

    def wrap(test: Any) -> Any:
        limits = settings(
            max_examples=count,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture],
        )
        return limits(given(draw=draws())(test))

    return wrap


def _roots(registry: Registry, entries: Mapping[str, Entry], *, inferred: bool) -> Counter[str]:
    """Counted watts of each tree, by the row on top of it."""
    sums: Counter[str] = Counter()
    for id, entry in entries.items():
        *_, root = id, *ancestors(registry, id, inferred=inferred)
        sums[root] += entry.counted_w
    return sums


def _accounts(registry: Registry, row: str, *, inferred: bool) -> int:
    """What a row stands for: the larger of its own figure and its members', by recursion."""
    members = registry.members.get(row, ())
    below = sum(
        _accounts(registry, each.id, inferred=inferred)
        for each in members
        if next(iter(ancestors(registry, each.id, inferred=inferred)), "") == row
    )
    each = registry.by_id[row]
    own = 0 if left_out_whole(each) else stated_w(each) or 0
    return max(own, below)


@_many(2500)
def test_the_ledger_loses_and_doubles_nothing(districts: Districts, draw: Draw) -> None:
    registry = draw.registry(districts)
    for inferred in (True, False):
        entries = ledger(registry, inferred=inferred)
        assert set(entries) == {row.id for row in registry.projects if row.technology}
        for entry in entries.values():
            assert (entry.gross_w or 0) == entry.counted_w + entry.excluded_w
            assert min(entry.counted_w, entry.excluded_w, entry.over_w) >= 0
        for root, watts in _roots(registry, entries, inferred=inferred).items():
            assert watts == _accounts(registry, root, inferred=inferred)
        for thing in thing_ledger(registry, inferred=inferred).values():
            assert (thing.gross or 0) == thing.counted + thing.excluded
            assert min(thing.counted, thing.excluded) >= 0
        assert None not in [
            each["reason"]
            for each in ledger_rows(registry, entries.values())
            if each["gross_mw"] is None
        ]


def _splits(registry: Registry, seed: int) -> Splits:
    """A breakdown that fits: a part of each row that has no county, and of the rest."""
    random, entries = Random(seed), ledger(registry)
    lines: list[SplitLine] = []
    for row in registry.projects:
        entry = entries.get(row.id)
        is_free = not row.district_codes or row.list_open or len(row.district_codes) > 1
        is_inside = row.place_basis != "outside"
        if entry and entry.counted_w and is_free and is_inside and random.random() < 0.5:
            codes = row.district_codes or CODES[row.plan]
            shares = [Decimal(random.randint(0, 10**6)) for _ in codes]
            whole = sum(shares) + random.randint(1, 10**6)
            lines += [
                SplitLine(0, code, row.id, None, share / whole)
                for code, share in zip(codes, shares, strict=True)
            ]
    if random.random() < 0.5:
        lines += [
            SplitLine(0, code, "pv", None, Decimal(random.randint(0, 10)) / 30)
            for code in CODES["jining"]
        ]
    return Splits(tuple(lines))


@_many(2000)
def test_no_rule_loses_a_watt(districts: Districts, draw: Draw) -> None:
    registry = draw.registry(districts)
    entries = ledger(registry)
    wanted: Counter[tuple[str, str]] = Counter()
    for id, entry in entries.items():
        wanted[registry.by_id[id].plan, entry.technology.value] += entry.counted_w
    splits = _splits(registry, draw.seed)
    for rule in RULES:
        options = {"rule": rule, "splits": splits if rule == "custom" else Splits()}
        pieces = allocate(registry, **options)
        by_row: Counter[str] = Counter(dict.fromkeys(entries, 0))
        for piece in pieces:
            assert piece.watts is None or piece.watts >= 0
            assert (piece.watts is None) is (entries[piece.row].gross_w is None)
            assert piece.code or piece.place is not Place.LOCATED
            by_row[piece.row] += piece.watts or 0
        assert by_row == {id: entry.counted_w for id, entry in entries.items()}
        by = Dimension.PLAN, Dimension.TECHNOLOGY
        totals = roll_up(registry, pieces, entries, by=by)
        assert {key: total.counted_w for key, total in totals.items()} == dict(wanted)
        table: Counter[tuple[str, str]] = Counter()
        exact: dict[tuple[str, str], Decimal] = dict.fromkeys(wanted, Decimal(0))
        for line in district_rows(registry, **options):
            key = str(line["plan"]), str(line["technology"])
            for column in ("located_mw", "shared_mw"):
                exact[key] += Decimal(str(line[column] or 0))
            table[key] += 1
        assert exact == {key: Decimal(watts) / 10**6 for key, watts in wanted.items()}


@_many(1000)
def test_the_order_of_the_rows_means_nothing(districts: Districts, draw: Draw) -> None:
    registry = draw.registry(districts)
    rows, records = list(registry.projects), list(registry.progress)
    Random(draw.seed).shuffle(rows)
    records.reverse()
    other = replace(registry, projects=tuple(rows), progress=tuple(records))
    assert ledger(other) == ledger(registry)
    assert thing_ledger(other) == thing_ledger(registry)
    for rule in ("none", "equal"):
        assert set(allocate(other, rule=rule)) == set(allocate(registry, rule=rule))
    for here, there in zip(_checks(registry), _checks(other), strict=True):
        assert _sums(here) == _sums(there)
        assert here.existing == there.existing and here.finding == there.finding
        assert {line.row: line for line in here.pipeline.lines} == {
            line.row: line for line in there.pipeline.lines
        }


def _checks(registry: Registry, **rules: Any) -> tuple[Check, ...]:
    return check(registry, Rules(**{"as_of": DAYS[0]} | rules))


def _sums(result: Check) -> tuple[int, int, int, int]:
    listed = result.pipeline
    return listed.named, listed.programme, listed.low, listed.high


@_many(2000)
def test_the_pipeline_runs_from_low_to_high(districts: Districts, draw: Draw) -> None:
    registry = draw.registry(districts)
    for day in DAYS:
        for inferred in (True, False):
            for result in _checks(registry, as_of=day, inferred=inferred):
                lines = result.pipeline.lines
                named, programme, low, high = _sums(result)
                assert 0 <= low == named + programme
                assert low <= high
                assert low == sum(line.low for line in lines)
                assert high == sum(line.high for line in lines)
                assert len({line.row for line in lines}) == len(lines)
                assert all(min(line.low, line.high, line.running) >= 0 for line in lines)
                _verdict_is_justified(result)


def _verdict_is_justified(result: Check) -> None:
    """What no verdict may say, whatever the rows."""
    have = result.existing.amount if result.existing else 0
    low, high = result.pipeline.low, result.pipeline.high
    match result.verdict:
        case "short":
            assert result.existing and not result.existing.is_partial
            assert not result.has_passed and not result.pipeline.open_rows
            assert result.finding.gap == result.goal - have - high
            assert have + high < result.goal
        case "covered_named":
            assert have + result.pipeline.named >= result.goal and not result.has_passed
        case "covered_programme":
            assert have + low >= result.goal > have + result.pipeline.named
            assert not result.has_passed
        case "reached":
            assert result.existing and have >= result.goal
        case "missed":
            assert result.has_passed and result.existing and have < result.goal
            assert result.existing_date == f"{result.target.year}-12-31"
        case "outcome_unknown":
            assert (result.has_passed and have < result.goal) or not result.existing
        case "no_project_named":
            assert (low, high, result.pipeline.open_rows) == (0, 0, ())
        case _:
            assert not result.has_passed and have + low < result.goal


@_many(1000)
def test_outside_figures_never_lower_the_high_end(districts: Districts, draw: Draw) -> None:
    registry = draw.registry(districts)
    for inferred in (True, False):
        off = _checks(registry, inferred=inferred)
        on = _checks(registry, inferred=inferred, external=True)
        for without, with_them in zip(off, on, strict=True):
            assert with_them.pipeline.high >= without.pipeline.high
            assert with_them.pipeline.low == without.pipeline.low
            assert set(with_them.pipeline.open_rows) <= set(without.pipeline.open_rows)


@_many(1000)
def test_a_later_figure_never_raises_the_pipeline(districts: Districts, draw: Draw) -> None:
    """The low end neither, unless a record of the time between told more than before.

    Records fit the figures of their rows here: what is built larger than planned was no promise.
    """
    drawn = draw.registry(districts)
    registry = replace(drawn, progress=tuple(r for r in drawn.progress if _fits(drawn, r)))
    firsts = tuple(
        figure(1, "2022-12-31", each.metric, plan=each.plan, unit=each.unit)
        for each in registry.targets
    )
    seconds = tuple(replace(each, date="2024-05-31") for each in firsts)
    before = _checks(replace(registry, installed=firsts))
    after = _checks(replace(registry, installed=firsts + seconds))
    for earlier, later in zip(before, after, strict=True):
        assert later.pipeline.high <= earlier.pipeline.high
    silent = replace(registry, progress=())
    before = _checks(replace(silent, installed=firsts))
    after = _checks(replace(silent, installed=firsts + seconds))
    for earlier, later in zip(before, after, strict=True):
        assert later.pipeline.low <= earlier.pipeline.low


def _fits(registry: Registry, record: Progress) -> bool:
    stated = stated_w(registry.by_id[record.project])
    return not record.commissioned_mw or record.commissioned_mw * 10**6 <= (stated or 0)


@_many(500)
def test_everything_has_its_words(districts: Districts, draw: Draw) -> None:
    registry = draw.registry(districts)
    for day in DAYS:
        results = _checks(registry, as_of=day, external=True)
        languages: tuple[Language, ...] = ("zh", "en")
        for language in languages:
            for result in results:
                words = rule_text(result, language, str)
                assert words and "{" not in words
                assert label("verdict", result.verdict, language)
                assert all(label("cause", each, language) for each in result.causes)
                for line in result.pipeline.lines:
                    assert label("standing", line.standing, language)
                    assert all(label("doubt", each, language) for each in line.doubts)
            for cells in check_rows(results, language=language):
                assert "nan" not in str(cells).lower()


def test_ten_thousand_registries_were_asked() -> None:
    tests = [each for name, each in globals().items() if name.startswith("test_")]
    counts = [getattr(each, "_hypothesis_internal_use_settings", None) for each in tests]
    assert sum(each.max_examples for each in counts if each) == 10_000


@pytest.mark.parametrize("seed", range(3))
def test_a_draw_gives_the_same_registry_each_time(districts: Districts, seed: int) -> None:
    draw = Draw(seed, 12)
    assert draw.registry(districts).digest == draw.registry(districts).digest
