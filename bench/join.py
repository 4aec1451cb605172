"""How fast a million points find their districts, beside geopandas, DuckDB and GeoToolCN.

All ways get the same arrays and run on one processor in turns; `identical` says that they found
the same district for every point and the same sums. Then GeoParquet files of growing length are
counted, and the longest once more on dask with two workers.
"""

from __future__ import annotations

import gc
import math
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np
from distributed import LocalCluster

from bench import join_ways
from bench.check import slope
from bench.join_files import Floats, inland, peak_mb, seconds, write_points
from bench.join_ways import Answer, Way
from geo.districts import Districts, load_districts
from geo.join.cells import build_cells
from geo.join.cluster import tally_on_cluster
from geo.join.run import tally_source
from geo.join.source import open_source
from geo.join.tally import Tally
from layers.join_table import join_rows

Result = dict[str, float | int | bool | None]
POINTS = 1_000_000
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
_BYTES_A_POINT = 16 + 4 + 2  # two coordinates read; a place and two marks written


def measure(
    *,
    points: int = POINTS,
    sizes: tuple[int, ...] = SIZES,
    runs: int = 3,
    workers: int = 2,
    processes: bool = True,
) -> Result:
    """Ratios of processor time; above 1 means that ours takes less."""
    districts = load_districts()
    start = time.process_time()
    build_cells(districts.frame.geometry.to_numpy())
    grid = time.process_time() - start
    lon, lat, mw = inland(districts, points, seed=7)
    times, answers = _in_turns(_ways(lon, lat, mw, districts), runs)
    ours = times["ours"]
    located = _median_seconds(partial(districts.places_of, lon, lat), runs)
    return {
        "points": points,
        "identical": _is_identical(answers, lon, lat, districts),
        "speedup_vs_geopandas": round(times["geopandas"] / ours, 1),
        "speedup_with_laying_the_grid": round(times["geopandas"] / (ours + grid), 1),
        "speedup_vs_duckdb": _ratio(times.get("duckdb"), ours),
        **_beside_geotoolcn(lon[::10], lat[::10], mw[::10], districts),
        "grid_ms": round(grid * 1000),
        "points_per_second": round(points / located),
        "memory_bandwidth_share": round(_BYTES_A_POINT * points / located / _copy_rate(), 4),
        **_files(districts, sizes, runs),
        **_beside_dask(districts, sizes[-1], workers, processes=processes),
    }


def _ways(lon: Floats, lat: Floats, mw: Floats, districts: Districts) -> Mapping[str, Way]:
    ways: dict[str, Way | None] = {
        "ours": partial(join_ways.ours, lon, lat, mw, districts),
        "geopandas": partial(join_ways.geopandas, lon, lat, mw, districts),
        "duckdb": join_ways.duckdb(lon, lat, mw, districts),
    }
    return {name: way for name, way in ways.items() if way is not None}


def _in_turns(ways: Mapping[str, Way], runs: int) -> tuple[dict[str, float], dict[str, Answer]]:
    """The median processor time of each way, and its answer; the first turn warms up."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    answers: dict[str, Answer] = {}
    for run in range(runs + 1):
        for name, way in ways.items():
            gc.collect()
            start = time.process_time()
            answers[name] = way()
            if run:
                times[name].append(time.process_time() - start)
    return {name: median(taken) for name, taken in times.items()}, answers


def _median_seconds(call: partial[object], runs: int) -> float:
    taken = []
    for _ in range(2 * runs + 1):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return median(taken)


def _is_identical(
    answers: Mapping[str, Answer], lon: Floats, lat: Floats, districts: Districts
) -> bool:
    """The same district for each point as geopandas finds, and the same sums by every way."""
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    outlines = districts.frame[["geometry"]].reset_index(drop=True)
    joined = gpd.sjoin(points, outlines, predicate="intersects", how="left")
    first = joined["index_right"].fillna(-1).groupby(level=0).min()
    same_places = np.array_equal(first.to_numpy(), districts.places_of(lon, lat)[0])
    return same_places and all(same(answers["ours"], answer) for answer in answers.values())


def same(ours: Answer, theirs: Answer) -> bool:
    """The same places with as many points and, but for the rounding of a float's sum, as much."""
    return ours.keys() == theirs.keys() and all(
        count == theirs[code][0] and math.isclose(total, theirs[code][1], rel_tol=1e-9)
        for code, (count, total) in ours.items()
    )


def _ratio(theirs: float | None, ours: float) -> float | None:
    return None if theirs is None else round(theirs / ours, 1)


def _beside_geotoolcn(lon: Floats, lat: Floats, mw: Floats, districts: Districts) -> Result:
    """A tenth of the points, since it takes them one by one; its boundaries are its own.

    `agreement` is the share of points that both count in one county, at best.
    """
    theirs = join_ways.geotoolcn(lon, lat, mw)
    if theirs is None:
        return {"speedup_vs_geotoolcn": None, "agreement_with_geotoolcn": None}
    ours = partial(join_ways.ours, lon, lat, mw, districts)
    times, answers = _in_turns({"ours": ours, "theirs": theirs}, 1)
    pairs = [
        (found[0], answers["theirs"].get(code, (0, 0.0))[0])
        for code, found in answers["ours"].items()
    ]
    return {
        "speedup_vs_geotoolcn": _ratio(times["theirs"], times["ours"]),
        "agreement_with_geotoolcn": round(sum(map(min, pairs)) / len(lon), 4),
    }


def _copy_rate() -> float:
    """Bytes that one processor reads and writes in a second when it only copies."""
    source = np.ones(25_000_000)
    target = source.copy()
    return 2 * source.nbytes / _median_seconds(partial(np.copyto, target, source), 3)


def _files(districts: Districts, sizes: tuple[int, ...], runs: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        files = [write_points(Path(folder) / f"{n}.parquet", districts, n) for n in sizes]
        times = [median(seconds(file, districts) for _ in range(runs)) for file in files]
        return {
            "slope": round(slope(sizes, times), 3),
            "file_points": sizes[-1],
            "file_seconds": round(times[-1], 2),
            f"peak_mb_{_short(sizes[-1])}": peak_mb(files[-1]),
        }


def _beside_dask(districts: Districts, points: int, workers: int, *, processes: bool) -> Result:
    """Seconds on the clock in one process over those with workers, which are started before."""
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=processes,
            protocol="tcp",
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
        ) as cluster,
    ):
        file = write_points(Path(folder) / "points.parquet", districts, points)
        source = open_source(file, columns=["mw"])
        address = cluster.scheduler_address
        alone, one = _on_the_clock(partial(tally_source, source, districts))
        together, two = _on_the_clock(
            partial(tally_on_cluster, source, districts, scheduler=address)
        )
    return {
        "dask_workers": workers,
        "dask_ratio": round(alone / together, 3),
        "dask_identical": _lines(one, districts) == _lines(two, districts),
    }


def _on_the_clock(way: Callable[[], Tally]) -> tuple[float, Tally]:
    """The shorter of two runs: in the first the workers still load their libraries."""
    taken = []
    for _ in range(2):
        start = time.perf_counter()
        tally = way()
        taken.append(time.perf_counter() - start)
    return min(taken), tally


def _lines(tally: Tally, districts: Districts) -> list[Mapping[str, object]]:
    return list(join_rows(tally, districts))


def _short(count: int) -> str:
    return f"{count // 1_000_000}m" if count >= 1_000_000 else f"{count // 1000}k"
