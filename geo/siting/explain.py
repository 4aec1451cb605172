"""A score opened into its terms: value, score by the curve, weight, contribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyproj

from geo.siting.ground import WORKING_CRS
from geo.siting.screen import Booleans, Result
from terms.errors import SitingError


@dataclass(frozen=True)
class Opened:
    """One term of a score; the contributions of all terms add up to the score.

    Of a county, `value` and `score` are means over its eligible land.
    """

    id: str
    value: float
    score: float
    weight: float

    @property
    def contribution(self) -> float:
        """Weight × score."""
        return self.weight * self.score


@dataclass(frozen=True)
class Spot:
    """One cell: its centre, its county, its score with terms, and what excludes it (none: fit)."""

    lon: float
    lat: float
    code: str
    score: float
    terms: tuple[Opened, ...]
    is_eligible: bool


def open_county(result: Result, code: str) -> tuple[Opened, ...]:
    """The terms behind a county's mean score; () where nothing in it is eligible."""
    if code not in result.ground.codes:
        raise SitingError(
            f"{code} 不在本次范围内：请选范围内的县 · "
            f"{code} is not in the area of this run: choose one of its counties"
        )
    is_here = result.ground.piece_county == result.ground.codes.index(code)
    return _mean_terms(result, is_here & result.is_eligible)


def open_all(result: Result) -> tuple[Opened, ...]:
    """The terms behind the mean score of all eligible land."""
    return _mean_terms(result, result.is_eligible)


def open_point(result: Result, lon: float, lat: float) -> Spot:
    """The cell around a WGS-84 point; raises SitingError outside the area."""
    grid = result.ground.grid
    x, y = pyproj.Transformer.from_crs(WORKING_CRS, grid.epsg, always_xy=True).transform(lon, lat)
    column, row = int((x - grid.west_m) // grid.cell_m), int((grid.north_m - y) // grid.cell_m)
    is_in = 0 <= column < grid.width and 0 <= row < grid.height
    flat = row * grid.width + column
    place = int(np.searchsorted(result.ground.cells, flat)) if is_in else len(result.ground.cells)
    if place >= len(result.ground.cells) or result.ground.cells[place] != flat:
        raise SitingError(
            f"（{lon}, {lat}）不在本次范围内：请选范围内的点 · "
            f"({lon}, {lat}) lies outside the area of this run: choose a point in it"
        )
    return _spot(result, place)


def best_spots(result: Result, *, count: int, code: str = "") -> tuple[Spot, ...]:
    """The cells with the highest scores, of one county or of all; ties from north to south."""
    is_here = np.ones(len(result.ground.cells), dtype=bool)
    if code:
        is_here = result.ground.county_of_cell == result.ground.codes.index(code)
    places = np.flatnonzero((result.eligible_m2 > 0) & is_here)
    order = places[np.argsort(-np.round(result.score[places], 9), kind="stable")]
    return tuple(_spot(result, int(place)) for place in order[:count])


def _spot(result: Result, place: int) -> Spot:
    lon, lat = (each[place] for each in result.ground.centres)
    terms = tuple(
        Opened(term.id, float(value), float(score), float(weight))
        for term, value, score, weight in zip(
            result.recipe.active_criteria,
            result.values[:, place],
            result.scores[:, place],
            result.weights,
            strict=True,
        )
    )
    code = result.ground.codes[int(result.ground.county_of_cell[place])]
    is_eligible = bool(result.eligible_m2[place] > 0)
    return Spot(float(lon), float(lat), code, float(result.score[place]), terms, is_eligible)


def _mean_terms(result: Result, pieces: Booleans) -> tuple[Opened, ...]:
    weights = result.ground.piece_m2[pieces].astype(np.float64)
    if not weights.sum():
        return ()
    cells = result.ground.piece_cell[pieces]
    return tuple(
        Opened(
            term.id,
            float(np.average(values[cells], weights=weights)),
            float(np.average(scores[cells], weights=weights)),
            float(weight),
        )
        for term, values, scores, weight in zip(
            result.recipe.active_criteria,
            result.values,
            result.scores,
            result.weights,
            strict=True,
        )
    )
