"""Slope from heights on a grid, in metres per metre."""

from __future__ import annotations

import numpy as np

from geo.rasters.grid import Grid


def slope(height: np.ma.MaskedArray, grid: Grid) -> np.ma.MaskedArray:
    """Rise over run by Horn's third-order difference over the eight cells around.

    Horn, B.K.P. (1981), Hill shading and the reflectance map, Proc. IEEE 69(1), 14–47. Masked
    where a cell or one of its neighbours has no height, hence along the edge of the grid.
    """
    z = np.ma.filled(np.ma.asarray(height).astype(np.float64), np.nan)
    steep = np.full(z.shape, np.nan, dtype=np.float32)
    if min(z.shape) >= 3:
        nw, n, ne = z[:-2, :-2], z[:-2, 1:-1], z[:-2, 2:]
        w, e = z[1:-1, :-2], z[1:-1, 2:]
        sw, s, se = z[2:, :-2], z[2:, 1:-1], z[2:, 2:]
        eastward = (ne + 2 * e + se - nw - 2 * w - sw) / (8 * grid.cell_m)
        northward = (nw + 2 * n + ne - sw - 2 * s - se) / (8 * grid.cell_m)
        inner = np.hypot(eastward, northward)
        inner[~np.isfinite(z[1:-1, 1:-1])] = np.nan
        steep[1:-1, 1:-1] = inner
    return np.ma.masked_invalid(steep)
