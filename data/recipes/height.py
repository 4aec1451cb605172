"""Make the terrain height of Shandong from pvlib's altitude grid: python -m data.recipes.height

`Altitude.h5` of pvlib holds one byte a cell of 5', 2160 × 4320, rows from 90° N, columns from
180° W; height = 28 × byte − 450 m, 255 is no data (pvlib.location.lookup_altitude).
"""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt

from data.recipes.raster_file import COLUMNS, FIRST_COLUMN, FIRST_ROW, ROWS, write

STEP_M, LOWEST_M, NO_DATA_BYTE = 28, -450, 255
NODATA = -9999


def heights(
    first_row: int = FIRST_ROW,
    rows: int = ROWS,
    first_column: int = FIRST_COLUMN,
    columns: int = COLUMNS,
) -> npt.NDArray[np.int16]:
    """Metres above the sea of a block of 5' cells, NODATA over the sea."""
    with h5py.File(str(files("pvlib") / "data/Altitude.h5"), "r") as source:
        raw = source["Altitude"][
            first_row : first_row + rows, first_column : first_column + columns
        ]
    metres = raw.astype(np.int16) * STEP_M + LOWEST_M
    return np.where(raw == NO_DATA_BYTE, NODATA, metres).astype(np.int16)


def record(cells: npt.NDArray[np.int16]) -> dict[str, Any]:
    """The record of origin, with what was measured."""
    land = cells[cells != NODATA]
    return {
        "id": "height",
        "title": "地形高度（5′，约 9 × 7.5 千米）",
        "title_en": "Terrain height (5′, about 9 × 7.5 km)",
        "kind": "height",
        "unit": "m",
        "unit_en": "m",
        "year": "",  # the source states none
        "source": f"pvlib {version('pvlib')} Altitude.h5 (Mapzen, Tilezen Joerd)",
        "licence": "BSD-3-Clause (pvlib); terrain data: GMTED2010 and SRTM courtesy of the U.S. "
        "Geological Survey, ETOPO1 U.S. NOAA",
        "caveat": "格网 5′、按 28 米一级编码，单个像元可差 100 米以上（pvlib 自注）。"
        "只分平原与山地，"
        "不能用来算坡度或选址；请换用本单位的高程（如 Copernicus DEM）。海上无数据。",
        "caveat_en": "Cells of 5′ in steps of 28 m; a single cell may be wrong by more than 100 m "
        "(as pvlib says). It tells plain from mountain and is no ground for slopes or siting; put "
        "your own heights (such as Copernicus DEM) in its place. No data over the sea.",
        "origin": "Data aggregated by Mapzen from several open sources, as pvlib's documentation "
        "of lookup_altitude states (https://github.com/tilezen/joerd); for this part of the "
        "world SRTM and GMTED2010",
        "measured": {
            "lowest_m": int(land.min()),
            "highest_m": int(land.max()),
            "mean_m": round(float(land.mean()), 1),
            "cells_without_data": int((cells == NODATA).sum()),
        },
    }


def main() -> None:
    """Write the raster and its record."""
    cells = heights()
    write("height", cells, NODATA, record(cells))


if __name__ == "__main__":
    main()
