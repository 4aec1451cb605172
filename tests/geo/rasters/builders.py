"""Small GeoTIFFs made in code, and records for them."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from affine import Affine

from geo.rasters.record import RasterRecord
from terms.kinds import RasterKind

WEST, NORTH, SIDE = 116.0, 37.0, 0.01


def geotiff(path: Path, cells: npt.ArrayLike, **changes: Any) -> Path:
    """A GeoTIFF of 0.01° cells from 116° E, 37° N (WGS-84) unless `changes` say otherwise."""
    values = np.asarray(cells)
    bands = values if values.ndim == 3 else values[None]
    profile = {
        "driver": "GTiff",
        "width": bands.shape[2],
        "height": bands.shape[1],
        "count": bands.shape[0],
        "dtype": values.dtype,
        "crs": "EPSG:4326",
        "transform": Affine(SIDE, 0, WEST, 0, -SIDE, NORTH),
        "nodata": -9999,
        **changes,
    }
    with rasterio.open(path, "w", **profile) as made:
        made.write(bands)
    return path


def record(path: Path | str, **changes: Any) -> RasterRecord:
    """A record of an own raster of heights."""
    told: dict[str, Any] = {
        "id": "own",
        "title": "测试栅格",
        "title_en": "Test raster",
        "kind": RasterKind.HEIGHT,
        "unit": "m",
        "unit_en": "m",
        "crs": "EPSG:4326",
        "nodata": -9999.0,
        "year": "2024",
        "source": "a test",
        "licence": "none",
        "caveat": "",
        "caveat_en": "",
        "path": str(path),
        "is_own": True,
    }
    return RasterRecord(**{**told, **changes})


def record_json(one: RasterRecord) -> str:
    """A record as an earlier version kept it beside its file."""
    path, nodata = Path(one.path), one.nodata
    place = {"address": one.path} if one.is_remote else {"file": path.name}
    kept = {name: value for name, value in asdict(one).items() if name not in ("path", "is_own")}
    number = nodata if nodata is not None and math.isfinite(nodata) else None
    return json.dumps(kept | {"nodata": number, "sha256": kept.pop("digest"), **place})


def bumpy(rows: int = 120, columns: int = 150) -> npt.NDArray[np.float32]:
    """Values that differ from cell to cell, with a hole of no data."""
    y, x = np.mgrid[:rows, :columns].astype(np.float32)
    values = 100 * np.sin(x / 9) + 80 * np.cos(y / 7) + x + 2 * y
    values[20:30, 40:60] = -9999
    return values.astype(np.float32)
