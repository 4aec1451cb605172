"""Opening a raster: only as a GeoTIFF, without looking for files beside it or named inside it.

A file is opened with the GTiff driver alone, so that one whose content names others (VRT, WMS)
can make no request; GDAL looks for no side-car files. An address is read through GDAL's own
range requests, only when a person typed it, with a timeout.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import rasterio
from rasterio.errors import RasterioError, RasterioIOError

from geo.rasters.record import RasterRecord
from terms.errors import RasterError

CONNECT_TIMEOUT_S = 5
TIMEOUT_S = 20
_SHOWN = 200  # signs of a path in a message
# Nothing beside the file is read or written; nothing is fetched but the address itself.
ENVIRONMENT: dict[str, Any] = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": False,
    "GDAL_HTTP_CONNECTTIMEOUT": CONNECT_TIMEOUT_S,
    "GDAL_HTTP_TIMEOUT": TIMEOUT_S,
    "GDAL_HTTP_MAX_RETRY": 0,
    "GDAL_HTTP_NETRC": False,
    "CPL_VSIL_CURL_USE_HEAD": False,
}


@contextmanager
def opened(record: RasterRecord, level: int | None = None) -> Iterator[rasterio.DatasetReader]:
    """The dataset of a record, or one of its overviews; raises RasterError if it cannot be read."""
    with open_place(record.path, name=record.title, level=level) as dataset:
        if record.band > dataset.count:
            raise RasterError(
                f"“{record.title}”没有第 {record.band} 波段，只有 {dataset.count} 个：请重新添加 · "
                f"{record.title} has no band {record.band}, only {dataset.count}: add it anew"
            )
        yield dataset


@contextmanager
def open_place(
    place: str, *, name: str = "", level: int | None = None
) -> Iterator[rasterio.DatasetReader]:
    """Open a file or an http(s) address; what goes wrong while it is read is a RasterError, too."""
    is_far = is_address(place)
    if not is_far:
        file_at(place)
    told = name or (host_of(place) if is_far else Path(place).name)
    chosen = {} if level is None else {"overview_level": level}
    target = f"/vsicurl/{place}" if is_far else place
    with rasterio.Env(**ENVIRONMENT):
        try:
            with rasterio.open(target, driver="GTiff", **chosen) as dataset:
                yield dataset
        except (RasterioError, RasterioIOError) as error:
            raise _unreadable(told, is_far) from error


def file_at(place: str) -> Path:
    """The file at a path as somebody typed it; raises RasterError where none can be seen."""
    with suppress(OSError, RuntimeError, ValueError):  # too long, closed, the home of nobody
        path = Path(place).expanduser()
        if path.is_file():
            return path
    shown = place if len(place) <= _SHOWN else f"{place[:_SHOWN]}…"
    raise RasterError(f"没有文件 {shown}：请检查路径 · there is no file {shown}: check the path")


def is_address(place: str) -> bool:
    """Is it an http(s) address, not a file?"""
    return place.startswith(("http://", "https://"))


def host_of(address: str) -> str:
    """An address without what may be a secret: no user, no query."""
    plain = address.partition("?")[0].partition("#")[0]
    scheme, _, rest = plain.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2] if '@' in rest.partition('/')[0] else rest}"


def _unreadable(name: str, is_far: bool) -> RasterError:
    if is_far:
        return RasterError(
            f"“{name}”取不到或不是 GeoTIFF：请检查网络、地址与权限，断网时请改用本地文件 · "
            f"{name} does not come, or is no GeoTIFF: check network, address and rights; without "
            "a network use a file"
        )
    return RasterError(
        f"“{name}”不是完好的 GeoTIFF：请重新下载，或用 gdal_translate 另存为 GeoTIFF · "
        f"{name} is no sound GeoTIFF: download it again, or save it as GeoTIFF with gdal_translate"
    )
