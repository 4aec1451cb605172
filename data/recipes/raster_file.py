"""Writing a shipped raster: a small Cloud Optimized GeoTIFF and the record of origin beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from affine import Affine

FOLDER = Path(__file__).resolve().parents[1] / "rasters"
# The 5' cells over Shandong, counted from 90° N and 180° W: 114.5–123° E, 34.1667–38.6667° N.
CELLS_PER_DEGREE = 12
FIRST_COLUMN, COLUMNS = (1145 + 1800) * CELLS_PER_DEGREE // 10, 102
FIRST_ROW, ROWS = 616, 54
WEST = FIRST_COLUMN / CELLS_PER_DEGREE - 180
NORTH = 90 - FIRST_ROW / CELLS_PER_DEGREE


def longitudes(first: int = FIRST_COLUMN, count: int = COLUMNS) -> npt.NDArray[np.float64]:
    """Degrees east of the centres of columns."""
    return (first + np.arange(count) + 0.5) / CELLS_PER_DEGREE - 180


def latitudes(first: int = FIRST_ROW, count: int = ROWS) -> npt.NDArray[np.float64]:
    """Degrees north of the centres of rows, from the north."""
    return 90 - (first + np.arange(count) + 0.5) / CELLS_PER_DEGREE


def write(name: str, cells: npt.NDArray[Any], nodata: float, record: Mapping[str, Any]) -> None:
    """Write `name`.tif and `name`.json into data/rasters and say what was written."""
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"{name}.tif"
    side = 1 / CELLS_PER_DEGREE
    with rasterio.open(
        file,
        "w",
        driver="COG",
        width=cells.shape[1],
        height=cells.shape[0],
        count=1,
        dtype=cells.dtype,
        crs="EPSG:4326",
        transform=Affine(side, 0, WEST, 0, -side, NORTH),
        nodata=nodata,
        compress="DEFLATE",
        predictor="YES",
    ) as made:
        made.write(cells, 1)
    whole = {
        **record,
        "file": file.name,
        "crs": "EPSG:4326",
        "nodata": nodata,
        "recipe": f"data/recipes/{name}.py",
        "sha256": digest_of(cells),
        "sha256_of": f"the cells ({cells.dtype}, little-endian, rows from the north)",
        "shape": list(cells.shape),
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    print(f"{file.name}: {file.stat().st_size} bytes, sha256 {whole['sha256']}")


def digest_of(cells: npt.NDArray[Any]) -> str:
    """The hash of the cells, not of the file: its writer's version is inside the file."""
    little = np.ascontiguousarray(cells, dtype=cells.dtype.newbyteorder("<"))
    return hashlib.sha256(little.tobytes()).hexdigest()
