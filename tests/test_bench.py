"""The benchmarks on a small scale: they measure what they say, and can fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from bench import __main__ as command
from bench import check, crowd, desks, export, naive, zonal
from bench.generated import generated
from geo.districts import Districts
from layers.geojson import geojson_chunks
from layers.output import write_chunks
from registry.registry import Registry

SMALL = partial(check.measure, sizes=(140, 280), runs=1, small_runs=1)


def test_check_ends_with_one_line_of_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "NAMES", {"check": SMALL})
    command.main(["check", "--json"])
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert result["identical"] is True
    assert (result["projects"], result["targets"]) == (280, 160)
    assert result["five_plans_ms"] > 0 and result["generated_ms"] > 0


def test_without_json_one_figure_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "NAMES", {"check": lambda: {"one": 1, "two": 2.5}})
    command.main(["check"])
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["one", "1"],
        ["two", "2.5"],
    ]


def test_an_unknown_name_is_bad_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main(["chek"])
    assert stopped.value.code == 2 and "chek" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("growth", "slope"), [(lambda size: 3 * size, 1), (lambda size: size * size, 2)]
)
def test_the_slope_of_known_growth(growth: Callable[[int], float], slope: float) -> None:
    sizes = (10, 20, 40)
    assert check.slope(sizes, [growth(size) for size in sizes]) == pytest.approx(slope, abs=1e-9)


@pytest.mark.parametrize("name", ["counted", "by_county", "low"])
def test_a_wrong_sum_is_not_identical(
    districts: Districts, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    registry = generated(districts, 140)
    assert check.is_identical(registry)
    right = getattr(naive, name)

    def wrong(*arguments: object) -> object:
        found = right(*arguments)
        if isinstance(found, dict):
            return {key: value + 1 for key, value in found.items()}
        return found + 1

    monkeypatch.setattr(naive, name, wrong)
    assert not check.is_identical(registry)


def test_the_generated_plans_are_no_easy_ones(districts: Districts) -> None:
    registry = generated(districts, 1400)
    assert len(registry.projects) == 1400 and len(registry.plans) == 16
    assert {row.part_of_basis for row in registry.projects} > {None}
    assert sum(1 for row in registry.projects if row.part_of) > 700
    assert any(len(row.district_codes) > 1 for row in registry.projects)
    assert any(row.capacity_mw is None for row in registry.projects)
    assert registry.installed and registry.progress


def test_export_measures_both_ways_and_the_memory() -> None:
    result = export.measure(sizes=(1000, 4000), runs=1)
    assert result["identical"] is True and result["features"] == 4000
    assert result["speedup_vs_geopandas"] > 1 and result["features_per_second"] > 0
    assert result["peak_mb_1k"] > 0 and result["memory_growth"] < 1.3


def test_a_layer_that_differs_is_not_identical(registry: Registry, tmp_path: Path) -> None:
    out = tmp_path / "layer.geojson"
    layer = export.repeated(registry, 300)
    frame = export.as_frame(layer)
    write_chunks(geojson_chunks(layer, layer.projects, extract_date=export.DAY), out)
    assert export.identical(out, frame)
    frame.iloc[299, frame.columns.get_loc("capacity_mw")] = 1e9
    assert not export.identical(out, frame)


def test_zonal_measures_both_and_compares_every_number() -> None:
    result = zonal.measure(side=400, runs=1)
    assert result["identical"] is True and result["districts"] == 136
    assert result["cells"] == 160_000 and result["ratio_vs_exactextract"] > 0


def test_one_differing_statistic_is_not_identical() -> None:
    one = pd.DataFrame({"mean": [1.0], "min": [0.0], "max": [2.0], "count": [3.0]})
    assert zonal.identical(one, one.copy())
    for column in one:
        assert not zonal.identical(one, one.assign(**{column: one[column] + 1e-12}))


def test_the_desks_know_what_each_choice_holds_and_tell_a_wrong_answer() -> None:
    answers = desks.Answers(desks._expected())
    assert answers.expected[""] == sum(
        count for query, count in answers.expected.items() if query and "," not in query
    )
    answers.change_ms += [10.0, 30.0, 20.0]
    answers.rss_mb += [(float(second), 400.0 + (second < 30) * second) for second in range(60)]
    told = desks.told(answers, seconds=60, used_s=30)
    assert told["identical"] and told["median_ms"] == 20 and told["p95_ms"] == 30
    assert told["server_cores"] == 0.5 and told["rss_mb_per_minute_late"] == pytest.approx(0)
    answers.wrong.append("plan=jining: [3] rows in place of 4")
    assert not desks.told(answers, seconds=60, used_s=30)["identical"]


def test_the_crowd_tells_its_percentile_and_the_slope_of_memory() -> None:
    assert crowd.percentile([5.0], 95) == 5.0
    assert crowd.percentile([float(each) for each in range(100, 0, -1)], 95) == 95.0
    assert crowd.percentile([1.0, 2.0, 30.0], 95) == 30.0
    flat = [(float(at), 400.0 + at % 2) for at in range(121)]
    assert crowd.slope_per_minute(flat) == pytest.approx(0, abs=0.1)
    rising = [(float(at), 400 + at / 6) for at in range(60)]
    assert crowd.slope_per_minute(rising) == pytest.approx(10)
    with pytest.raises(ValueError, match="no process"):
        crowd.memory_mb("0")
    assert {"crowd", "desks"} <= set(command.NAMES)
