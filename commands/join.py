"""`cli.py join`: points of a file counted and summed by district or city."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from commands.options import Format, LanguageOption, Out
from geo.crs import Crs
from geo.own_boundaries import active_districts
from layers.join_table import JoinBy, join_columns, join_rows
from layers.output import write_table
from terms.errors import CrsError, JoinError

Engine = Literal["numpy", "dask"]


def join(
    file: Annotated[Path, typer.Argument(help="A CSV, Parquet or GeoParquet file of points.")],
    crs: Annotated[
        Crs | None,
        typer.Option("--crs", help="Of the coordinates; not needed where GeoParquet says it."),
    ] = None,
    lon: Annotated[str | None, typer.Option("--lon", help="The column of longitudes.")] = None,
    lat: Annotated[str | None, typer.Option("--lat", help="The column of latitudes.")] = None,
    sums: Annotated[
        list[str] | None, typer.Option("--sum", help="A column to add up. Repeat for more.")
    ] = None,
    by: Annotated[JoinBy, typer.Option("--by")] = "district",
    engine: Annotated[
        Engine, typer.Option("--engine", help="dask: on all processors, or on a cluster.")
    ] = "numpy",
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="A dask cluster's, e.g. tcp://10.0.0.5:8786.")
    ] = None,
    language: LanguageOption = "zh",
    format: Format = "csv",
    out: Out = None,
) -> None:
    """Count the points of a file by district, and add its columns up."""
    # Late: reading files takes libraries that no other command waits for.
    from geo.join.run import tally_source
    from geo.join.source import open_source

    if scheduler is not None and engine != "dask":
        raise typer.BadParameter("--scheduler goes with --engine dask")
    try:
        source = open_source(
            file, crs=crs, lon=lon, lat=lat, columns=tuple(dict.fromkeys(sums or ()))
        )
    except (CrsError, JoinError) as error:
        raise typer.BadParameter(str(error)) from None
    districts = active_districts()
    if engine == "dask":
        from geo.join.cluster import tally_on_cluster

        workers = os.cpu_count() or 1
        tally = tally_on_cluster(source, districts, scheduler=scheduler, workers=workers)
    else:
        tally = tally_source(source, districts)
    rows = join_rows(tally, districts, by=by, language=language)
    write_table(rows, join_columns(tally), format, out)
