"""The benchmark of the join on a small scale: it measures what it says, and can fail."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench import join, join_ways
from bench.join_files import inland, peak_mb, seconds, write_points
from geo.districts import Districts
from geo.join.run import tally_source
from geo.join.source import open_source


def test_the_ways_agree_and_a_wrong_one_shows(districts: Districts) -> None:
    points = inland(districts, 3000, seed=1)
    mine = join_ways.ours(*points, districts)
    assert sum(count for count, _ in mine.values()) == 3000
    theirs = join_ways.geopandas(*points, districts)
    duckdb = join_ways.duckdb(*points, districts)
    assert duckdb is not None
    assert join.same(mine, theirs) and join.same(mine, duckdb())
    code = next(iter(theirs))
    count, total = theirs[code]
    for wrong in ({code: (count + 1, total)}, {code: (count, total * 1.001)}, {"0": (1, 1.0)}):
        assert not join.same(mine, theirs | wrong)


def test_a_point_in_another_county_is_not_identical(
    districts: Districts, monkeypatch: pytest.MonkeyPatch
) -> None:
    lon, lat, mw = inland(districts, 500, seed=2)
    answers = {"ours": join_ways.ours(lon, lat, mw, districts)}
    assert join._is_identical(answers, lon, lat, districts)
    places, marks = districts.places_of(lon, lat)
    places[7] = (places[7] + 1) % 136
    monkeypatch.setattr(Districts, "places_of", lambda *_, **__: (places, marks))
    assert not join._is_identical(answers, lon, lat, districts)


def test_files_hold_what_they_say(districts: Districts, tmp_path: Path) -> None:
    path = write_points(tmp_path / "points.parquet", districts, 2000)
    tally = tally_source(open_source(path, columns=["mw"]), districts)
    _, _, mw = inland(districts, 2000, seed=0)
    line = tally.line(districts.codes)
    assert line.points == 2000 and line.sums[0] == pytest.approx(float(np.sum(mw)))
    assert seconds(path, districts) > 0
    peak = peak_mb(path)
    assert peak is None or 50 < peak < 1000


def test_the_benchmark_s_keys(districts: Districts) -> None:
    result = join.measure(points=5000, sizes=(1000, 4000), runs=1, workers=1, processes=False)
    assert result["identical"] is True and result["dask_identical"] is True
    assert result["speedup_vs_geopandas"] > 1 and result["speedup_vs_duckdb"] > 1
    assert result["points_per_second"] > 0 and 0 < result["memory_bandwidth_share"] < 1
    assert {"slope", "peak_mb_4k", "dask_ratio", "speedup_vs_geotoolcn"} <= result.keys()
