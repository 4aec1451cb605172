"""The five plans' targets against amounts read off the documents by hand, in the targets' units.

Every figure here was worked out from the text of the plans and DESIGN's rules 3 and 4 before the
program was asked. The sums are written out so that a reader can find their terms in the clauses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from capacity.check import Check, Rules, check
from capacity.standing import Standing
from capacity.verdict import Verdict
from registry.registry import Registry

TODAY, AHEAD = date(2026, 1, 1), date(2024, 6, 1)


@dataclass(frozen=True)
class Expected:
    """What a target's clause and its plan's sidebars come to; `now` is the verdict in 2026."""

    named: float
    programme: float
    high: float
    open_rows: str
    now: Verdict
    before: Verdict = Verdict.UNDETERMINED


UNKNOWN, UNDETERMINED = Verdict.OUTCOME_UNKNOWN, Verdict.UNDETERMINED
NOTHING = Verdict.NO_PROJECT_NAMED
# Binzhou: the five named PV plants of sidebar 1, of which HG1 prints no size.
PLANTS = 200 + 85 + 20 + 15
# The base: 2118 in all, of it 700 PV and 100 wind by 2025; the rest is not told apart.
REST = 2118 - 700 - 100
OPEN_PV = "binzhou-pv-02 binzhou-integrated-01 binzhou-base-04 binzhou-pv-06 binzhou-pvd-01"
OPEN_BIOMASS = "binzhou-biomass-01 binzhou-biomass-02 binzhou-biomass-03"

EXPECTED: Mapping[str, Expected] = {
    # Jining: 110 of the base's 300 are the Yongfu plant; 15, 8 and 200 are envelopes.
    "jining:pv:2030": Expected(110, 190 + 15 + 8 + 200, 523, "jining-pvd-02", UNDETERMINED),
    # Nobody names the plant or plants of the 5.4; the 3.2 stand in Yanzhou.
    "jining:biomass:2030": Expected(3.2, 5.4, 8.6, "", UNDETERMINED),
    # The 100 of sidebar 1 repeat the target; Weishan's station prints no size.
    "jining:storage:2030": Expected(0, 0, 0, "jining-storage-01", UNDETERMINED),
    "jining:hydrogen_stations:2030": Expected(0, 0, 0, "", NOTHING, NOTHING),
    # Zaozhuang prints no size for any renewable row.
    "zaozhuang:renewable:2030": Expected(
        0,
        0,
        0,
        "zaozhuang-pv-base-01 zaozhuang-pv-01 zaozhuang-pvd-01 zaozhuang-wind-01",
        UNDETERMINED,
    ),
    "zaozhuang:pv:2025": Expected(
        0, 0, 0, "zaozhuang-pv-base-01 zaozhuang-pv-01 zaozhuang-pvd-01", UNKNOWN
    ),
    "zaozhuang:biomass:2025": Expected(0, 0, 0, "", UNKNOWN, NOTHING),
    # Tai'an: 150 + 200 of the base, then 200, 150, 30, 800, 50, 40, 40 MW; Zhangdian, Dayang, the
    # base itself (等项目) and the county pilots print none.
    "taian:renewable:2030": Expected(
        (150 + 200 + 200 + 150 + 30 + 800 + 50 + 40 + 40) / 10,
        0,
        166,
        "taian-pv-base-01 taian-pv-06 taian-pv-08 taian-pvd-01",
        UNDETERMINED,
    ),
    "taian:pumped_storage:2030": Expected(0, 0, 0, "taian-ps-01", UNDETERMINED),
    # 2×300, 350, 300, 300 MW; 百兆瓦级 is a class word.
    "taian:new_storage:2030": Expected(60 + 35 + 30 + 30, 0, 155, "taian-caes-01", UNDETERMINED),
    # 2025: the base's 700 + 100 are due. The plants print no year: high end only, and besides the
    # 700 only if they are not of the base. What the plan promises for 2030 covers nothing.
    "binzhou:renewable:2025": Expected(
        0, 700 + 100, 800 + PLANTS, f"{OPEN_PV} {OPEN_BIOMASS}", UNKNOWN
    ),
    "binzhou:base_wind:2025": Expected(0, 0, 0, "", UNKNOWN, NOTHING),
    "binzhou:base_pv:2025": Expected(0, 0, PLANTS, "binzhou-base-04", UNKNOWN),
    # 2030: the plants stand in the 700; what is left of the base may be any of its technologies.
    "binzhou:renewable:2030": Expected(
        PLANTS,
        700 - PLANTS + 100,
        700 + 100 + REST + PLANTS,
        f"{OPEN_PV} {OPEN_BIOMASS}",
        UNDETERMINED,
    ),
    "binzhou:pv:2030": Expected(PLANTS, 700 - PLANTS, 700 + REST + PLANTS, OPEN_PV, UNDETERMINED),
    "binzhou:wind:2030": Expected(0, 100, 100 + REST, "binzhou-integrated-01", UNDETERMINED),
    "binzhou:biomass:2030": Expected(0, 0, 0, OPEN_BIOMASS, UNDETERMINED),
    "binzhou:base_total:2030": Expected(
        PLANTS, 700 - PLANTS + 100, 800, "binzhou-base-04", UNDETERMINED
    ),
    "binzhou:hydrogen_stations:2025": Expected(0, 0, 0, "", UNKNOWN, NOTHING),
    "binzhou:hydrogen_stations:2030": Expected(0, 0, 0, "", NOTHING, NOTHING),
    "binzhou:storage:2025": Expected(0, 0, 0, "binzhou-integrated-01", UNKNOWN),
    "binzhou:storage:2030": Expected(0, 0, REST, "binzhou-integrated-01", UNDETERMINED),
    # Boxing 2×100 (print of the railway's clause) and 35 print no year; 435 is the pledge. The 5
    # and 8 of two parks are no 大型高效 units.
    "binzhou:coal_start:2025": Expected(0, 0, 200 + 35, "", UNKNOWN),
    "lixia:pv:2030": Expected(0, 0, 0, "lixia-pvd-01", UNDETERMINED),
}


def _by_key(registry: Registry, as_of: date, **rules: bool) -> dict[str, Check]:
    results = check(registry, Rules(as_of=as_of, **rules))
    return {result.target.key: result for result in results}


def test_every_mapped_target_is_read(registry: Registry) -> None:
    assert set(_by_key(registry, TODAY)) == set(EXPECTED)


@pytest.mark.parametrize("key", EXPECTED)
def test_target_as_read_by_hand(registry: Registry, key: str) -> None:
    expected, result = EXPECTED[key], _by_key(registry, TODAY)[key]
    listed, unit = result.pipeline, result.measure.unit_size
    assert listed.named == round(expected.named * unit)
    assert listed.programme == round(expected.programme * unit)
    assert listed.low == round((expected.named + expected.programme) * unit)
    assert listed.high == round(expected.high * unit)
    assert set(listed.open_rows) == set(expected.open_rows.split())
    assert result.verdict is expected.now
    assert _by_key(registry, AHEAD)[key].verdict is expected.before


@pytest.mark.parametrize("key", EXPECTED)
def test_a_target_s_year_decides_and_nothing_else(registry: Registry, key: str) -> None:
    """The date of the reading changes no amount while nobody has entered any."""
    now, before = _by_key(registry, TODAY)[key], _by_key(registry, AHEAD)[key]
    assert now.pipeline == before.pipeline


def test_what_each_target_needs_beside_the_low_end(registry: Registry) -> None:
    needed = {
        key: float(result.in_unit(result.needed_installed) or 0)
        for key, result in _by_key(registry, AHEAD).items()
    }
    assert needed == {
        "zaozhuang:renewable:2030": 600,
        "zaozhuang:pv:2025": 400,
        "zaozhuang:biomass:2025": 28,
        "jining:pv:2030": 800 - 523,
        "jining:hydrogen_stations:2030": 15,
        "jining:biomass:2030": 24.4,
        "jining:storage:2030": 100,
        "taian:renewable:2030": 800 - 166,
        "taian:pumped_storage:2030": 280,
        "taian:new_storage:2030": 300 - 155,
        "binzhou:renewable:2025": 1500 - 800,
        "binzhou:base_wind:2025": 100,
        "binzhou:base_pv:2025": 700,
        "binzhou:renewable:2030": 3000 - 800,
        "binzhou:pv:2030": 2470 - 700,
        "binzhou:wind:2030": 500 - 100,
        "binzhou:biomass:2030": 30,
        "binzhou:base_total:2030": 2118 - 800,
        "binzhou:hydrogen_stations:2025": 4,
        "binzhou:hydrogen_stations:2030": 13,
        "binzhou:storage:2025": 100,
        "binzhou:storage:2030": 200,
        "binzhou:coal_start:2025": 435,
        "lixia:pv:2030": 2,
    }


def test_no_plan_is_ever_short_or_covered_without_figures(registry: Registry) -> None:
    wrong = {Verdict.SHORT, Verdict.REACHED, Verdict.COVERED_NAMED, Verdict.COVERED_PROGRAMME}
    for as_of in (AHEAD, TODAY):
        for external in (False, True):
            for result in _by_key(registry, as_of, external=external).values():
                assert result.verdict not in wrong, result.target.key


def test_no_programme_covers_its_own_target(registry: Registry) -> None:
    found: set[str] = set()
    for key, result in _by_key(registry, TODAY).items():
        for line in result.pipeline.lines:
            if registry.by_id[line.row].restates_target == key:
                assert (line.standing, line.low, line.high) == (Standing.PLEDGE, 0, 0)
                found.add(key)
    assert found == {
        "jining:storage:2030",
        "binzhou:base_total:2030",
        "binzhou:base_pv:2025",
        "binzhou:base_wind:2025",
        "binzhou:coal_start:2025",
    }


@pytest.mark.parametrize("as_of", [AHEAD, TODAY, date.today()])
@pytest.mark.parametrize("inferred", [True, False])
def test_only_large_units_speak_to_binzhou_s_coal(
    registry: Registry, as_of: date, inferred: bool
) -> None:
    """Its members are read into the programme: with that off they still stand in the high end."""
    result = _by_key(registry, as_of, inferred=inferred)["binzhou:coal_start:2025"]
    found = {line.row: (line.standing, line.low, line.high) for line in result.pipeline.lines}
    assert found == {
        "binzhou-coal-02": (Standing.HIGH_ONLY, 0, 200 * 10**7),
        "binzhou-coal-03": (Standing.HIGH_ONLY, 0, 35 * 10**7),
        "binzhou-coal-06": (Standing.PLEDGE, 0, 0),
    }
    assert registry.by_id["binzhou-coal-06"].capacity_mw == 4350


def test_with_inferred_memberships_off(registry: Registry) -> None:
    """Nobody prints that the plants belong to the base: then its 700 stand whole beside them."""
    results = _by_key(registry, TODAY, inferred=False)
    listed = results["binzhou:pv:2030"].pipeline
    assert [amount / 10**7 for amount in (listed.named, listed.programme, listed.high)] == [
        PLANTS,
        700,
        700 + REST + PLANTS,
    ]
    base = results["binzhou:base_total:2030"].pipeline
    assert [amount / 10**7 for amount in (base.named, base.programme, base.high)] == [0, 800, 800]


def test_with_outside_figures_on(registry: Registry) -> None:
    """Tai'an's second pumped-storage plant, 1800 MW, is the only one that a target can use."""
    results = _by_key(registry, TODAY, external=True, pumped=True)
    plain = _by_key(registry, TODAY)
    pumped = results["taian:pumped_storage:2030"].pipeline
    assert (pumped.low, pumped.high / 10**7, pumped.open_rows) == (0, 180, ())
    assert results["taian:renewable:2030"].pipeline.high / 10**7 == 166 + 180
    assert results["zaozhuang:renewable:2030"].pipeline.high / 10**7 == 120  # Zhuangli, 1200 MW
    for key, result in results.items():
        if not key.startswith(("taian:", "zaozhuang:")):
            assert result.pipeline.high == plain[key].pipeline.high
