"""What the terms of a recipe are measured on: rasters, shapes and figures by county, by source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np

from geo.siting.recipe import Criterion, Exclusion, Recipe
from terms.errors import SitingError

MaskedFloats = np.ma.MaskedArray[Any, Any]


@dataclass(frozen=True)
class Drivers:
    """The data behind the sources that recipes name.

    `rasters` are masked arrays of the grid's shape, `shapes` carry their reference system,
    `counties` gives a figure by county code (codes that are not there have 0); an exclusion by
    district takes the counties with a figure above 0 as named. `digests` says what content stood
    behind a source, so that a run can be told from another.
    """

    rasters: Mapping[str, MaskedFloats] = field(default_factory=dict)
    shapes: Mapping[str, gpd.GeoSeries] = field(default_factory=dict)
    counties: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)


def check_sources(recipe: Recipe, drivers: Drivers, shape: tuple[int, int]) -> None:
    """Every source of a term that is on must be there; raises SitingError that names them all."""
    faults = []
    for term in (*recipe.active_exclusions, *recipe.active_criteria):
        have = _table_of(term, drivers)
        if term.source not in have:
            faults.append((term.id, term.source))
        elif term.kind == "raster" and drivers.rasters[term.source].shape != shape:
            found = drivers.rasters[term.source].shape
            raise SitingError(
                f"栅格 {term.source} 的行列 {found} 与格网 {shape} 不一致：请先重采样到格网 · "
                f"the raster {term.source} has the shape {found}, the grid {shape}: bring it onto "
                "the grid first"
            )
    if faults:
        zh = "、".join(f"{name}（{source}）" for name, source in faults)
        en = ", ".join(f"{name} ({source})" for name, source in faults)
        raise SitingError(
            f"以下各条的来源没有数据：{zh}；请补上数据，或停用该条 · "
            f"no data behind the source of: {en}; bring the data, or switch the term off"
        )


def _table_of(term: Exclusion | Criterion, drivers: Drivers) -> Mapping[str, object]:
    if term.kind == "raster":
        return drivers.rasters
    if term.kind in ("district", "county"):
        return drivers.counties
    return drivers.shapes
