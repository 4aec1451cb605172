"""The same count on dask-geopandas: part by part, on this machine's processors or on a cluster.

Every part becomes a tally where it is read, and only tallies travel: some kilobytes a part.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa

from geo.districts import Districts
from geo.join.points import coordinates
from geo.join.run import add_batch
from geo.join.source import BATCH_ROWS, Source, batch_of
from geo.join.tally import Tally
from terms.errors import JoinError, SetupError

_PART_BYTES = "32MiB"
_PATIENCE = "10s"  # for a scheduler to answer
_LON, _LAT = "__lon", "__lat"  # beside a user's columns
_READ_BYTES = 16 << 20


def tally_on_cluster(
    source: Source, districts: Districts, *, scheduler: str | None = None, workers: int = 2
) -> Tally:
    """Count and sum as `tally_source` does, with the same answer to the last digit.

    `scheduler` is the address of a running cluster, such as tcp://10.0.0.5:8786, whose workers
    have Fengtu and see the file under the same path; without it `workers` processes start here.
    Raises SetupError where dask is missing or the cluster does not answer.
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        raise SetupError(
            f"--engine dask needs {error.name}: run pip install -r requirements-scale.txt"
        ) from error
    with _client(distributed, scheduler, workers) as client:
        # Without what is cached: each worker lays its own grid, once.
        here = client.scatter(replace(districts), broadcast=True, hash=False)
        parts = _parts(source).to_delayed()
        tallies = [dask.delayed(_tally_part, pure=False)(part, source, here) for part in parts]
        whole = Tally(districts.codes, source.columns)
        for future in distributed.as_completed(client.compute(tallies)):
            whole.merge(future.result())
            future.release()
    return whole


@contextmanager
def _client(distributed: Any, scheduler: str | None, workers: int) -> Iterator[Any]:
    if scheduler is not None:
        try:
            client = distributed.Client(scheduler, timeout=_PATIENCE)
        except (OSError, ValueError) as error:
            raise SetupError(
                f"no dask scheduler answers at {scheduler}; check the address, or leave it out to "
                "use this machine"
            ) from error
        with client:
            yield client
        return
    with (
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,  # a fault is told once, by the command
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def _parts(source: Source) -> Any:
    """The file as a dask frame; nothing is read yet."""
    import dask.dataframe as dd
    import dask_geopandas

    path = str(source.path.resolve())
    if source.is_csv:
        _refuse_torn_cells(source.path)
        return dd.read_csv(
            path,
            blocksize=_PART_BYTES,
            dtype=str,
            keep_default_na=False,
            usecols=source.wanted,
            encoding=source.encoding.replace("utf-8", "utf-8-sig"),
        )
    if source.geometry:
        return dask_geopandas.read_parquet(path, columns=source.wanted, split_row_groups=True)
    return dd.read_parquet(path, columns=source.wanted, split_row_groups=True)


def _tally_part(part: pd.DataFrame, source: Source, districts: Districts) -> Tally:
    """What a worker does with a part of the file."""
    tally = Tally(districts.codes, source.columns)
    if isinstance(part, gpd.GeoDataFrame):
        lon, lat = coordinates(part.geometry.to_numpy())
        part = pd.DataFrame({_LON: lon, _LAT: lat} | {name: part[name] for name in source.columns})
        source = replace(source, geometry="", lon=_LON, lat=_LAT)
    table = pa.Table.from_pandas(part, preserve_index=False)
    for rows in table.to_batches(max_chunksize=BATCH_ROWS):
        add_batch(tally, batch_of(source, rows), source=source, districts=districts)
    return tally


def _refuse_torn_cells(path: Path) -> None:
    """A CSV is cut at line ends; one within a quoted cell would tear its row in two."""
    quotes = 0
    with path.open("rb") as stream:
        while block := stream.read(_READ_BYTES):
            if b'"' not in block and quotes % 2 == 0:
                continue
            signs = np.frombuffer(block, dtype=np.uint8)
            before = quotes + np.cumsum(signs == ord('"'))
            if (before[signs == ord("\n")] % 2).any():
                raise JoinError(
                    f"{path.name} has line breaks within cells, which reading in parts would tear; "
                    "use --engine numpy, or save it as GeoParquet"
                )
            quotes = int(before[-1])
