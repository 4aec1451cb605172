"""How fast a layer of 100,000 features becomes GeoJSON, beside `GeoDataFrame.to_json`.

The features are the rows of the five plans over and over, each with id, names and note of its own.
Our side starts at the rows and ends with a file; geopandas starts at a finished GeoDataFrame.
"""

from __future__ import annotations

import gc
import json
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import geopandas as gpd
import pandas as pd
import shapely

from geo.districts import load_districts
from layers.geojson import geojson_chunks, points
from layers.output import write_chunks
from registry.registry import Registry, build_registry
from terms.columns import PROJECT_COLUMNS, flat_row

DAY = date(2026, 1, 1)
SIZES = (10_000, 100_000)
_MB = 1024 * 1024
_DISTINCT = ("id", "name", "name_en", "source_item", "note")  # as the rows of a real layer are


def measure(*, sizes: tuple[int, int] = SIZES, runs: int = 3) -> dict[str, float | int | bool]:
    """Processor time of both ways in turns, and the memory that ours takes at both sizes.

    `peak_mb` is what the export holds at most beyond the rows themselves, `memory_growth` its
    ratio between the sizes: 1 where it does not grow with the layer.
    """
    registry = build_registry(load_districts())
    small, large = (repeated(registry, size) for size in sizes)
    frame = as_frame(large)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "layer.geojson"
        ours, theirs = _seconds(lambda: _write(large, out), lambda: frame.to_json(na="null"), runs)
        is_identical = identical(out, frame)
        peaks = [_peak_mb(each, out) for each in (small, large)]
    return {
        "features": len(large.projects),
        "identical": is_identical,
        "speedup_vs_geopandas": round(theirs / ours, 2),
        "features_per_second": round(len(large.projects) / ours),
        f"peak_mb_{_short(sizes[0])}": round(peaks[0], 2),
        f"peak_mb_{_short(sizes[1])}": round(peaks[1], 2),
        "memory_growth": round(peaks[1] / peaks[0], 3),
    }


def repeated(registry: Registry, size: int) -> Registry:
    """A registry of as many rows as asked for, with the points of the rows that they repeat."""
    rows = [
        replace(row, **{name: f"{getattr(row, name)}-{number}" for name in _DISTINCT})
        for number, row in enumerate(islice(cycle(registry.projects), size))
    ]
    labels = {row.id: registry.labels[row.id.rpartition("-")[0]] for row in rows}
    made = replace(registry, projects=tuple(rows), labels=labels)
    _ = made.digest  # made once for a registry and kept: no part of an export
    return made


def as_frame(registry: Registry) -> gpd.GeoDataFrame:
    """The same layer as geopandas holds it, ready to be written."""
    table = pd.DataFrame(
        [flat_row(row, PROJECT_COLUMNS) for row in registry.projects],
        index=[row.id for row in registry.projects],
        dtype=object,  # whole numbers stay whole beside empty cells
    )
    shapes = []
    for row in registry.projects:
        places = points(registry, row)
        one = shapely.Point(places[0]) if len(places) == 1 else shapely.MultiPoint(places)
        shapes.append(one if places else None)
    return gpd.GeoDataFrame(table, geometry=shapes, crs=4326)


def identical(written: Path, frame: gpd.GeoDataFrame) -> bool:
    """Are the features of the file those that geopandas writes, one by one?"""
    ours = json.loads(written.read_text(encoding="utf-8"))["features"]
    theirs = json.loads(frame.to_json(na="null"))["features"]
    return bool(ours == theirs)


def _write(registry: Registry, out: Path) -> None:
    write_chunks(geojson_chunks(registry, registry.projects, extract_date=DAY), out)


def _seconds(
    ours: Callable[[], object], theirs: Callable[[], object], runs: int
) -> tuple[float, float]:
    """Median processor time of each; they take turns, so that what noise there is hits both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for work, taken in zip((ours, theirs), times, strict=True):
            gc.collect()
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return median(times[0]), median(times[1])


def _peak_mb(registry: Registry, out: Path) -> float:
    gc.collect()
    tracemalloc.start()
    _write(registry, out)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / _MB


def _short(size: int) -> str:
    return f"{size // 1000}k" if size >= 1000 else str(size)
