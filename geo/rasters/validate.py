"""What a file or an address says of itself, and why it may not serve as a raster."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio.warp import transform_bounds
from rasterio.windows import Window

from geo.rasters.source import host_of, is_address, open_place
from terms.errors import RasterError

Box = tuple[float, float, float, float]
MAX_PLAIN_BYTES = 4 * 1024**3  # above it only tiles with overviews, as a COG has them
MAX_BLOCK_BYTES = 512 * 1024**2  # one tile or strip is always read whole
MAX_BANDS = 400
MAX_PROOF_BYTES = 512 * 1024**2  # up to here every cell is read before a raster is taken
_PROBES = 64  # blocks that are read of a larger one
_TURNED = 1e-9  # of a cell's side


@dataclass(frozen=True)
class RasterFacts:
    """What a record needs to know of the file: CRS, nodata, band, size, box in WGS-84 degrees."""

    name: str
    crs: str
    nodata: float | None
    band: int
    bands: int
    width: int
    height: int
    dtype: str
    bounds: Box
    size_bytes: int


def inspect(
    place: str, *, band: int | None = None, over: Box | None = None, name: str = ""
) -> RasterFacts:
    """Look through a file or an http(s) address; raises RasterError with the first thing wrong.

    `band` must be said where there are several. `over` is the box (WGS-84) that it has to touch,
    `name` what a person calls the file.
    """
    is_far = is_address(place)
    name = name or (host_of(place) if is_far else Path(place).name)
    if is_far and "@" in place.partition("://")[2].partition("/")[0]:
        raise _refused(
            name, "地址中不得含用户名和口令", "the address must not hold a user name or password"
        )
    with open_place(place, name=name) as dataset:
        chosen = _band(dataset, name, band)
        crs = _crs(dataset, name)
        _check_lie(dataset, name)
        size = _check_size(dataset, name)
        bounds = _bounds(dataset, name, over)
        _check_cells(dataset, name, chosen, size)
        nodata = dataset.nodatavals[chosen - 1]
        return RasterFacts(
            name=name,
            crs=crs,
            nodata=None if nodata is None or math.isnan(nodata) else float(nodata),
            band=chosen,
            bands=dataset.count,
            width=dataset.width,
            height=dataset.height,
            dtype=str(dataset.dtypes[chosen - 1]),
            bounds=bounds,
            size_bytes=size,
        )


def _band(dataset: rasterio.DatasetReader, name: str, band: int | None) -> int:
    count = dataset.count
    if not 1 <= count <= MAX_BANDS:
        raise _refused(
            name,
            f"有 {count} 个波段，最多 {MAX_BANDS} 个：请用 gdal_translate -b 取出一个",
            f"it has {count} bands, at most {MAX_BANDS}: take one out with gdal_translate -b",
        )
    if band is None and count > 1:
        raise _refused(
            name,
            f"有 {count} 个波段：请指明用第几个（1–{count}）",
            f"it has {count} bands: say which one to take (1–{count})",
        )
    if band is not None and not 1 <= band <= count:
        raise _refused(
            name,
            f"没有第 {band} 波段，只有 {count} 个：请指明 1–{count}",
            f"there is no band {band}, only {count}: say one of 1–{count}",
        )
    chosen = band or 1
    if dataset.dtypes[chosen - 1].startswith("complex"):
        raise _refused(
            name,
            "像元是复数：请先用 gdal_translate -ot Float32 取实部",
            "its cells are complex numbers: take the real part with gdal_translate -ot Float32",
        )
    return chosen


def _crs(dataset: rasterio.DatasetReader, name: str) -> str:
    crs = dataset.crs
    if crs is None or not (crs.is_geographic or crs.is_projected):
        raise _refused(
            name,
            "没有写明坐标系：请用 gdal_edit.py -a_srs EPSG:代号 写入",
            "it declares no reference system: write it in with gdal_edit.py -a_srs EPSG:code",
        )
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else str(crs.to_wkt())


def _check_lie(dataset: rasterio.DatasetReader, name: str) -> None:
    place = dataset.transform
    remedy = "请先用 gdalwarp 转正", "straighten it with gdalwarp first"
    if place.is_identity or dataset.gcps[0]:
        raise _refused(
            name,
            "没有格网的位置（仿射变换）：请先用 gdalwarp 配准",
            "it has no place on the ground (no geotransform): register it with gdalwarp first",
        )
    side = max(abs(place.a), abs(place.e))
    if max(abs(place.b), abs(place.d)) > _TURNED * side:
        raise _refused(name, f"格网是旋转的：{remedy[0]}", f"its grid is rotated: {remedy[1]}")
    if place.e >= 0 or place.a <= 0:
        raise _refused(
            name,
            f"格网上下或左右颠倒：{remedy[0]}",
            f"its grid is upside down or mirrored: {remedy[1]}",
        )


def _check_size(dataset: rasterio.DatasetReader, name: str) -> int:
    """Bytes of all cells as the header gives them."""
    cell = max(np.dtype(each).itemsize for each in dataset.dtypes)
    size = dataset.width * dataset.height * dataset.count * cell
    rows, columns = dataset.block_shapes[0]
    block = rows * columns * cell
    is_tiled = columns < dataset.width
    if size > MAX_PLAIN_BYTES and not (is_tiled and dataset.overviews(1)):
        gigabytes, most = size / 1024**3, MAX_PLAIN_BYTES // 1024**3
        raise _refused(
            name,
            f"展开后有 {gigabytes:.0f} GB，超过 {most} GB 的须分块并带概视图：请用 "
            "gdal_translate -of COG 转换，或用 gdalwarp -te 裁出本省",
            f"it holds {gigabytes:.0f} GB of cells; above {most} GB it must have tiles and "
            "overviews: make it so with gdal_translate -of COG, or cut it with gdalwarp -te",
        )
    if block > MAX_BLOCK_BYTES:
        raise _refused(
            name,
            f"单个分块展开后有 {block // 1024**2} MB：请用 gdal_translate -of COG 转换",
            f"a single block holds {block // 1024**2} MB: convert it with gdal_translate -of COG",
        )
    return int(size)


def _bounds(dataset: rasterio.DatasetReader, name: str, over: Box | None) -> Box:
    try:
        found = transform_bounds(dataset.crs, "EPSG:4326", *dataset.bounds, densify_pts=21)
    except rasterio.errors.RasterioError:
        found = (math.nan,) * 4
    west, south, east, north = found
    if not all(map(math.isfinite, found)) or not (west >= -181 and east <= 541 and north <= 91):
        raise _refused(
            name,
            "坐标与它写明的坐标系不符：请核对坐标系",
            "its coordinates do not fit the reference system it declares: check that",
        )
    if over is not None and not (
        west < over[2] and east > over[0] and south < over[3] and north > over[1]
    ):
        raise _refused(
            name,
            f"范围是 {west:.2f}–{east:.2f}°E、{south:.2f}–{north:.2f}°N，不在本图范围内："
            "请核对坐标系或换一幅",
            f"it lies at {west:.2f}–{east:.2f}°E, {south:.2f}–{north:.2f}°N, off this map: check "
            "its reference system, or take another",
        )
    return west, south, east, north


def _check_cells(dataset: rasterio.DatasetReader, name: str, band: int, size: int) -> None:
    """Read what can be read soon: a broken block is found now, and whether there is any data."""
    has_data = False
    for window in _windows(dataset, band, is_whole=size <= MAX_PROOF_BYTES):
        cells = dataset.read(band, window=window, masked=True)
        has_data = has_data or bool(np.isfinite(cells.compressed()).any())
    if not has_data:
        raise _refused(
            name,
            "没有一个有效像元（全部为无数据）：请核对文件、波段和无数据值",
            "not one of its cells has data: check the file, its band and its nodata value",
        )


def _windows(dataset: rasterio.DatasetReader, band: int, *, is_whole: bool) -> Iterator[Window]:
    """All blocks in rows of them, or some spread over the whole with the first and the last."""
    rows, columns = dataset.block_shapes[band - 1]
    if is_whole:
        tall = max(rows, rows * (4096 // rows))
        for top in range(0, dataset.height, tall):
            yield Window(0, top, dataset.width, min(tall, dataset.height - top))
        return
    across, down = -(-dataset.width // columns), -(-dataset.height // rows)
    picked = np.unique(np.linspace(0, across * down - 1, _PROBES).astype(int))
    for each in picked:
        left, top = each % across * columns, each // across * rows
        wide, tall = min(columns, dataset.width - left), min(rows, dataset.height - top)
        yield Window(left, top, wide, tall)


def _refused(name: str, chinese: str, english: str) -> RasterError:
    return RasterError(f"“{name}”{chinese} · {name}: {english}")
