"""Zonal statistics of 136 districts on 100 million cells, beside exactextract alone."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np
import pandas as pd
import rasterio
from affine import Affine
from exactextract import exact_extract
from rasterio.windows import Window

from geo.districts import load_districts
from geo.rasters.record import RasterRecord
from geo.rasters.zonal import zonal
from terms.kinds import RasterKind

CELLS_A_SIDE = 10_000
_STATS = ("mean", "min", "max", "count")
_NODATA = -9999.0


def measure(*, side: int = CELLS_A_SIDE, runs: int = 5) -> dict[str, float | int | bool]:
    """The processor time of both in turns on one file, and whether every number is the same."""
    areas = load_districts().frame[["geometry"]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cells.tif"
        write_cells(path, tuple(areas.total_bounds), side)
        record = _record(path)
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(runs):
            ours = _timed(lambda: zonal(record, areas, _STATS), times[0])
            alone = _timed(lambda: _alone(path, areas), times[1])
    return {
        "districts": len(areas),
        "cells": side * side,
        "identical": identical(ours, alone),
        "seconds": round(median(times[0]), 2),
        "ratio_vs_exactextract": round(median(a / b for a, b in zip(*times, strict=True)), 3),
    }


def identical(ours: pd.DataFrame, alone: pd.DataFrame) -> bool:
    """Is every statistic of every district the very same number?"""
    return bool(
        np.array_equal(
            ours[list(_STATS)].to_numpy(), alone[list(_STATS)].to_numpy(), equal_nan=True
        )
    )


def write_cells(path: Path, bounds: tuple[float, ...], side: int) -> None:
    """A tiled GeoTIFF over a box whose cells all differ from their neighbours, with holes."""
    west, south, east, north = bounds
    place = Affine((east - west) / side, 0, west, 0, (south - north) / side, north)
    random = np.random.default_rng(136)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=side,
        height=side,
        count=1,
        dtype="float32",
        crs="EPSG:4326",
        transform=place,
        nodata=_NODATA,
        tiled=True,
        blockxsize=256,
        blockysize=256,
    ) as made:
        for top in range(0, side, 1024):
            rows = min(1024, side - top)
            cells = random.random((rows, side), dtype=np.float32) * 1000
            cells[cells < 20] = _NODATA
            made.write(cells, 1, window=Window(0, top, side, rows))


def _alone(path: Path, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    found = exact_extract(str(path), areas, list(_STATS), output="pandas")
    return found.set_axis(areas.index)


def _timed(run: Callable[[], pd.DataFrame], times: list[float]) -> pd.DataFrame:
    start = time.process_time()  # which other work on the machine hardly touches
    found = run()
    times.append(time.process_time() - start)
    return found


def _record(path: Path) -> RasterRecord:
    texts = dict.fromkeys(
        ("title_en", "unit", "unit_en", "year", "source", "licence", "caveat", "caveat_en"), ""
    )
    return RasterRecord(
        id="cells",
        title="cells",
        kind=RasterKind.OTHER,
        crs="EPSG:4326",
        nodata=_NODATA,
        path=str(path),
        is_own=True,
        **texts,
    )
