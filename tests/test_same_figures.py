"""The same figure everywhere: map page, counties, breakdown, ledger, check and command line."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

import cli
from layers.breakdown import breakdown
from layers.figures import figures
from registry.registry import Registry
from terms.kinds import Technology

Sums = dict[tuple[str, str], Decimal]


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    with pytest.raises(SystemExit) as stop:
        cli.main([*arguments, "--format", "json"])
    assert stop.value.code == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out, parse_float=Decimal)
    return rows


def _of_districts(rows: list[dict[str, Any]]) -> Sums:
    sums: Sums = defaultdict(Decimal)
    for row in rows:
        both = Decimal(row["located_mw"] or 0) + Decimal(row["shared_mw"] or 0)
        sums[row["plan"], row["technology"]] += both
    return dict(sums)


@pytest.mark.parametrize("switch", ["--inferred", "--no-inferred"])
def test_capacity_is_the_same_on_every_way(
    registry: Registry, capsys: pytest.CaptureFixture[str], switch: str
) -> None:
    inferred = switch == "--inferred"
    on_the_map = figures(registry, registry.projects, inferred=inferred).capacity
    wanted = {
        (plan, technology.value): Decimal(sums.counted_w) / 1_000_000
        for (plan, technology), sums in on_the_map.items()
    }
    for rule in ("none", "equal", "area"):
        assert _of_districts(_run(capsys, "districts", "--rule", rule, switch)) == wanted
    ledger: Sums = defaultdict(Decimal)
    for row in _run(capsys, "ledger", switch):
        plan = registry.by_id[row["id"]].plan
        ledger[plan, row["technology"]] += Decimal(row["counted_mw"] or 0)
        stated = [row[name] or 0 for name in ("gross_mw", "counted_mw", "excluded_mw")]
        assert stated[0] == stated[1] + stated[2]
    assert ledger == wanted
    for plan, technology in wanted:
        found = breakdown(registry, plan, by="layer", inferred=inferred)
        counted = found.sums[Technology(technology)].counted_w
        assert Decimal(counted) / 1_000_000 == wanted[plan, technology]


def test_a_target_of_one_technology_lists_what_the_ledger_counts(
    registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    """Jining's solar: the check's low end is the ledger's PV, in another unit."""
    check = next(row for row in _run(capsys, "check", "--city", "jining") if row["metric"] == "pv")
    counted = sum(
        Decimal(row["counted_mw"] or 0)
        for row in _run(capsys, "ledger", "--city", "jining")
        if row["technology"] in {"pv", "pv_distributed"}
    )
    assert check["pipeline_low"] * 10 == counted == 5230
    assert check["named"] + check["programme"] == check["pipeline_low"]
