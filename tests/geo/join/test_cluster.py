"""Dask: the same answer as one process, to the last digit, from every kind of file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from distributed import LocalCluster
from shapely import points

from geo.districts import Districts
from geo.join import cluster
from geo.join.cluster import tally_on_cluster
from geo.join.run import tally_source
from geo.join.source import open_source
from layers.join_table import join_rows
from terms.errors import JoinError, SetupError

ROWS = 3000


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A small cluster within this process, addressed as one elsewhere would be."""
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    ) as started:
        yield started.scheduler_address


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    draw = np.random.default_rng(3)
    lon, lat = draw.uniform(114, 123, ROWS), draw.uniform(34, 38.5, ROWS)
    lon[::97], lat[::89] = np.nan, np.inf
    mw = draw.uniform(0, 50, ROWS)
    mw[::13] = np.nan
    return pd.DataFrame({"lon": lon, "lat": lat, "mw": mw, "n": np.arange(ROWS), "名": "甲"})


@pytest.mark.parametrize("kind", ["csv", "gbk", "parquet", "geoparquet"])
def test_a_cluster_counts_as_one_process_does(
    shipped: Districts, table: pd.DataFrame, tmp_path: Path, scheduler: str, kind: str, monkeypatch
) -> None:
    monkeypatch.setattr(cluster, "_PART_BYTES", 40_000)
    path = tmp_path / ("points.csv" if kind in ("csv", "gbk") else "points.parquet")
    if kind == "geoparquet":
        spots = points(table["lon"].fillna(0), table["lat"].clip(-90, 90))
        frame = gpd.GeoDataFrame(table[["mw", "n"]], geometry=spots, crs=4326)
        frame.to_parquet(path, row_group_size=700)
    elif kind == "parquet":
        table.to_parquet(path, row_group_size=700)
    else:
        table.to_csv(path, index=False, encoding="utf-8-sig" if kind == "csv" else "gb18030")
    source = open_source(path, crs="gcj02", columns=["mw", "n"])
    assert cluster._parts(source).npartitions > 3
    alone = tally_source(source, shipped)
    together = tally_on_cluster(source, shipped, scheduler=scheduler)
    assert alone.points == together.points == ROWS
    assert list(join_rows(alone, shipped)) == list(join_rows(together, shipped))
    assert alone.outside().points and alone.line(shipped.codes).missing[0]


def test_without_a_scheduler_processes_start_here(shipped: Districts, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("lon,lat,mw\n117,36,1\n", encoding="utf-8")
    source = open_source(path, crs="wgs84", columns=["mw"])
    together = tally_on_cluster(source, shipped, workers=1)
    assert together.line(shipped.codes) == tally_source(source, shipped).line(shipped.codes)


def test_line_breaks_in_cells_are_refused_not_torn(shipped: Districts, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text('lon,lat,name\n117,36,"a ""b"", c"\n', encoding="utf-8")
    cluster._refuse_torn_cells(path)
    path.write_text('lon,lat,name\n117,36,"a\nb"\n', encoding="utf-8")
    with pytest.raises(JoinError, match="use --engine numpy"):
        cluster._refuse_torn_cells(path)


def test_a_fault_in_a_part_is_the_command_s_fault(
    shipped: Districts, tmp_path: Path, scheduler: str
) -> None:
    path = tmp_path / "points.csv"
    path.write_text("lon,lat,mw\n117,36,x\n", encoding="utf-8")
    with pytest.raises(JoinError, match="a row, column mw: 'x' is no number"):
        tally_on_cluster(
            open_source(path, crs="wgs84", columns=["mw"]), shipped, scheduler=scheduler
        )


def test_a_cluster_that_does_not_answer(shipped: Districts, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", "100ms")
    path = tmp_path / "points.csv"
    path.write_text("lon,lat\n117,36\n", encoding="utf-8")
    source = open_source(path, crs="wgs84")
    for address in ("tcp://127.0.0.1:9", "no address"):
        with pytest.raises(SetupError, match="no dask scheduler answers at"):
            tally_on_cluster(source, shipped, scheduler=address)
