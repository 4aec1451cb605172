"""Statistics of a raster in each of several areas, by exactextract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from exactextract import exact_extract
from exactextract.raster import RasterioRasterSource

from geo.rasters.record import RasterRecord
from geo.rasters.source import opened
from terms.errors import CrsError, RasterError

STATS = ("mean", "min", "max", "count", "median", "stdev", "majority", "minority", "variety")
USUAL = ("mean", "min", "max", "count")
MAX_CELLS = 4_000_000_000  # of all areas' boxes together: minutes, not hours


def zonal(
    record: RasterRecord, areas: gpd.GeoDataFrame, stats: Sequence[str] = USUAL
) -> pd.DataFrame:
    """One row per area, under its own index: the statistics asked for, and `coverage`.

    A cell weighs by the share of it that lies in the area; `count` is the sum of these shares.
    `stats` are those of STATS and quantiles as "p10" or "p90". `coverage` is the share of an
    area, 0 to 1, that has data. Areas are in WGS-84 and are brought into the raster's CRS.
    """
    operations = {name: operation(name) for name in stats}
    if areas.crs is None or not areas.crs.equals("EPSG:4326"):
        raise CrsError(
            f"the areas are in {areas.crs}, zonal takes EPSG:4326: bring them there with to_crs"
        )
    with opened(record) as dataset:
        if areas.empty:
            return pd.DataFrame(index=areas.index, columns=[*operations, "coverage"], dtype=float)
        placed = areas.geometry.to_crs(dataset.crs.to_wkt())
        cell = abs(dataset.transform.a * dataset.transform.e)
        _check_size(record, placed, cell)
        source = _Finite(dataset, record.band)
        wanted = list(dict.fromkeys([*(name for name, _ in operations.values()), "count"]))
        plain = gpd.GeoDataFrame(geometry=placed)
        found = exact_extract(source, plain, wanted, output="pandas").set_axis(areas.index)
    columns = {name: found[column].astype(float) for name, (_, column) in operations.items()}
    whole = shapely.area(placed.to_numpy()) / cell
    share = np.divide(found["count"], whole, out=np.zeros(len(whole)), where=whole > 0)
    return pd.DataFrame({**columns, "coverage": np.clip(share, 0.0, 1.0)}, index=areas.index)


class _Finite(RasterioRasterSource):
    """The cells of a band, without those that are infinite: one would make a mean of no use."""

    def read_window(self, x0: int, y0: int, nx: int, ny: int) -> npt.NDArray[Any]:
        cells = np.asanyarray(super().read_window(x0, y0, nx, ny))
        if cells.dtype.kind == "f" and not np.isfinite(np.asarray(cells).sum(dtype=np.float64)):
            return np.ma.masked_where(np.isinf(np.asarray(cells)), cells)
        return cells


def operation(stat: str) -> tuple[str, str]:
    """What exactextract calls a statistic, and the column it answers in."""
    if stat in STATS:
        return stat, stat
    number = stat[1:] if stat.startswith("p") else ""
    if not (number.isascii() and number.isdigit() and int(number) <= 100):
        listed = ", ".join(STATS)
        raise RasterError(
            f"没有统计量 {stat}：可用 {listed}，或 p10、p90 等分位数 · "
            f"there is no statistic {stat}: take {listed}, or a quantile such as p10 or p90"
        )
    return f"quantile(q={int(number) / 100})", f"quantile_{int(number)}"


def _check_size(record: RasterRecord, areas: gpd.GeoSeries, cell: float) -> None:
    boxes = areas.bounds
    if not np.isfinite(boxes.to_numpy()).all():
        raise RasterError(
            f"“{record.title}”的坐标系到不了所求区域：请核对坐标系或换一幅 · "
            f"the reference system of {record.title} does not reach these areas: check it, or "
            "take another raster"
        )
    cells = ((boxes.maxx - boxes.minx) * (boxes.maxy - boxes.miny)).sum() / cell
    if cells > MAX_CELLS:
        raise RasterError(
            f"“{record.title}”在所求区域内约有 {cells:.3g} 个像元，超过 {MAX_CELLS:,} 个："
            "请先用 gdalwarp 降低分辨率 · "
            f"{record.title} has about {cells:.3g} cells in these areas, more than {MAX_CELLS:,}: "
            "coarsen it with gdalwarp first"
        )
