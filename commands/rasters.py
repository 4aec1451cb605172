"""The commands about rasters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import City, District, Format, Out, selection_of
from commands.store import named_rasters
from geo.own_boundaries import active_districts
from layers.output import write_table
from registry.areas import plan_districts
from registry.mode import mode
from registry.registry import Registry, build_registry
from terms.errors import RasterError

if TYPE_CHECKING:
    from geo.rasters.record import RasterRecord

Raster = Annotated[str, typer.Argument(help="A raster by its id, or a GeoTIFF by path or address.")]
Stats = Annotated[
    list[str] | None,
    typer.Option("--stats", help="mean, min, max, count, median, p10 … Repeat; commas do."),
]
Band = Annotated[int | None, typer.Option("--band", help="The band of a GeoTIFF with several.")]
USUAL = ("mean", "min", "max", "count")


def zonal(
    raster: Raster,
    city: City = None,
    district: District = None,
    stats: Stats = None,
    band: Band = None,
    format: Format = "csv",
    out: Out = None,
) -> None:
    """Statistics of a raster in each county: its cells weigh by the share that lies inside."""
    # Late: rasterio and exactextract take a third of a second that no other command waits for.
    from geo.rasters.zonal import operation
    from layers.raster_values import PLACE_COLUMNS, zonal_rows

    registry = build_registry(active_districts(), public=mode() == "public")
    selection = selection_of(registry, city, None, district)
    wanted = tuple(dict.fromkeys(_parts(stats))) or USUAL
    try:
        for each in wanted:
            operation(each)
    except RasterError as error:
        raise typer.BadParameter(str(error)) from None
    record = _record(raster, band, registry)
    codes = _codes(registry, selection.plans, selection.districts)
    columns = (*PLACE_COLUMNS, *wanted, "coverage")
    write_table(zonal_rows(registry, record, codes, wanted), columns, format, out)


def _parts(stats: list[str] | None) -> list[str]:
    return [part.strip() for each in stats or () for part in each.split(",") if part.strip()]


def _record(raster: str, band: int | None, registry: Registry) -> RasterRecord:
    """The raster of an id, else of a path or an address; neither is bad use."""
    from geo.rasters.library import find, rasters
    from geo.rasters.source import is_address
    from geo.rasters.validate import inspect
    from layers.raster_values import plain_record

    known = rasters()
    is_named = raster in {each.id for each in known}
    if not is_named and not is_address(raster) and not Path(raster).is_file():
        known = rasters(named_rasters(registry))
    if raster in {each.id for each in known}:
        if band is not None:
            raise typer.BadParameter(f"--band {band}: {raster} has its band already")
        return find(known, raster)
    if not is_address(raster) and not Path(raster).is_file():
        listed = ", ".join(each.id for each in known)
        raise typer.BadParameter(f"{raster}: neither a file nor a raster; rasters: {listed}")
    west, south, east, north = (float(each) for each in registry.districts.frame.total_bounds)
    return plain_record(inspect(raster, band=band, over=(west, south, east, north)), raster)


def _codes(
    registry: Registry, plans: tuple[str, ...], districts: tuple[str, ...]
) -> tuple[str, ...]:
    """The counties of the plans, narrowed to those that are named; all of the province without."""
    owners = plan_districts(registry)
    return tuple(
        code
        for code in registry.districts.codes
        if (not plans or owners.get(code) in plans) and (not districts or code in districts)
    )
