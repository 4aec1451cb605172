"""The ground that is screened: the grid's cells in the area, and what each holds of each county.

A cell on a border counts to every county with the part that lies there, exactly, in whole square
metres: so exclusions add up to the metre and the parts of a county make its area. A cell's true
area is its side squared divided by the projection's areal scale at its centre.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource

from geo.rasters.grid import Grid, grid_over
from terms.errors import CrsError, SitingError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
WORKING_CRS = "EPSG:4326"


@dataclass(frozen=True, eq=False)
class Ground:
    """The cells of an area, and the pieces in which its counties divide them.

    `cells` are the flat indices of the grid's cells that touch the area; `piece_cell` (an index
    into `cells`), `piece_county` (an index into `codes`) and `piece_m2` have one entry per cell
    and county that meet.
    """

    grid: Grid
    codes: tuple[str, ...]
    cells: Ints
    piece_cell: Ints
    piece_county: Ints
    piece_m2: Ints

    @cached_property
    def centres_m(self) -> tuple[Floats, Floats]:
        """x and y of the cells' centres in the grid's own reference system."""
        rows, columns = np.divmod(self.cells, self.grid.width)
        x = self.grid.west_m + (columns + 0.5) * self.grid.cell_m
        return x, self.grid.north_m - (rows + 0.5) * self.grid.cell_m

    @cached_property
    def centres(self) -> tuple[Floats, Floats]:
        """Longitudes and latitudes (WGS-84) of the cells' centres."""
        to_degrees = pyproj.Transformer.from_crs(self.grid.epsg, WORKING_CRS, always_xy=True)
        lon, lat = to_degrees.transform(*self.centres_m)
        return np.asarray(lon), np.asarray(lat)

    @cached_property
    def area_m2(self) -> int:
        """The whole area."""
        return int(self.piece_m2.sum())

    @cached_property
    def county_of_cell(self) -> Ints:
        """The county with the largest part of each cell (the first by code among equals)."""
        order = np.lexsort((-self.piece_county, self.piece_m2))  # the last written is the largest
        largest = np.zeros(len(self.cells), dtype=np.int64)
        largest[self.piece_cell[order]] = self.piece_county[order]
        return largest

    def m2_by_cell(self, is_counted: npt.NDArray[np.bool_] | None = None) -> Ints:
        """Square metres of each cell that lie in the area, of all pieces or of some."""
        weights = self.piece_m2 if is_counted is None else self.piece_m2 * is_counted
        return np.bincount(self.piece_cell, weights, len(self.cells)).astype(np.int64)

    def on_grid(self, values: npt.ArrayLike, fill: float = np.nan) -> Floats:
        """One value per cell laid out as the grid, `fill` outside the area."""
        laid = np.full(self.grid.width * self.grid.height, fill, dtype=np.float64)
        laid[self.cells] = values
        return laid.reshape(self.grid.shape)


def lay(outlines: gpd.GeoSeries, *, cell_m: float) -> Ground:
    """The ground under the outlines of counties (indexed by code); the grid lies over them all.

    Raises SitingError where there is none, CrsError where they are not in WGS-84.
    """
    if outlines.empty:
        raise SitingError(
            "范围内没有县：请选方案、市或县 · "
            "the area holds no county: choose a plan, a city or a county"
        )
    if outlines.crs != WORKING_CRS:
        raise CrsError(
            f"the counties come in {outlines.crs}, siting works from {WORKING_CRS}: "
            "convert them with to_crs first"
        )
    ordered = outlines.sort_index()
    west, south, east, north = (float(each) for each in ordered.total_bounds)
    grid = grid_over((west, south, east, north), cell_m=cell_m)
    cells, counties, shares = _pieces(ordered, grid)
    touched, piece_cell = np.unique(cells, return_inverse=True)
    bare = Ground(grid, tuple(ordered.index), touched, piece_cell, counties, counties)
    m2 = shares * _true_m2(bare)[piece_cell]
    return Ground(grid, bare.codes, touched, piece_cell, counties, np.rint(m2).astype(np.int64))


def _pieces(outlines: gpd.GeoSeries, grid: Grid) -> tuple[Ints, Ints, Floats]:
    """Flat cell, county and covered share of every cell that a county meets, exactly."""
    west, south, east, north = grid.bounds_m
    crs = pyproj.CRS(grid.epsg)
    blank = NumPyRasterSource(
        np.zeros(grid.shape, dtype=np.uint8), west, south, east, north, srs_wkt=crs.to_wkt()
    )
    projected = gpd.GeoDataFrame(geometry=outlines.to_crs(crs).to_numpy(), crs=crs)
    found = exact_extract(blank, projected, ["cell_id", "coverage"], output="pandas")
    lengths = [len(each) for each in found["cell_id"]]
    cells = np.concatenate([np.asarray(each, dtype=np.int64) for each in found["cell_id"]])
    shares = np.concatenate([np.asarray(each, dtype=np.float64) for each in found["coverage"]])
    counties = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    is_met = shares > 0
    return cells[is_met], counties[is_met], shares[is_met]


def _true_m2(ground: Ground) -> Floats:
    """The ellipsoidal area of each cell; in a 3° zone it is up to 0.1 % below the square."""
    lon, lat = ground.centres
    scale = pyproj.Proj(pyproj.CRS(ground.grid.epsg)).get_factors(lon, lat).areal_scale
    return np.asarray(ground.grid.cell_m**2 / scale, dtype=np.float64)
