"""The exact predicate for every point, district by district: the plain way for few points."""

from __future__ import annotations

import numpy as np
import shapely

from geo.crs import Crs, to_wgs84
from geo.join.cells import OUTSIDE, Bools, Codes, Floats, Outlines, within_reach


def locate_exactly(
    outlines: Outlines, lon: Floats, lat: Floats, *, crs: Crs = Crs.WGS84
) -> tuple[Codes, Bools]:
    """What `Cells.locate` answers, without cells: the first outline that holds each point."""
    shapely.prepare(outlines)
    lon, lat = within_reach(lon, lat, bounds=shapely.total_bounds(outlines), crs=crs)
    lon, lat = to_wgs84(lon, lat, crs=crs)
    found = np.full(len(lon), OUTSIDE, dtype=np.int32)
    is_on_border = np.zeros(len(lon), dtype=np.bool_)
    order = np.argsort(lat, kind="stable")
    sorted_lat = lat[order]
    for place, (west, south, east, north) in enumerate(shapely.bounds(outlines)):
        first, stop = (
            np.searchsorted(sorted_lat, south),
            np.searchsorted(sorted_lat, north, "right"),
        )
        near = order[first:stop]
        near = near[(found[near] == OUTSIDE) & (lon[near] >= west) & (lon[near] <= east)]
        if len(near):
            mine = near[shapely.intersects_xy(outlines[place], lon[near], lat[near])]
            found[mine] = place
            is_on_border[mine] = ~shapely.contains_xy(outlines[place], lon[mine], lat[mine])
    return found, is_on_border
