"""The screening itself: what is left after each exclusion, and the score of what is left.

Exclusions are judged at the centre of a cell, those by county on the piece of the cell that lies in
the county. A cell in which a raster of any term has no value is set aside as `no_data` before the
first exclusion: what is not known is neither fit nor unfit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from geo.siting.distance import distance_m, is_inside, share
from geo.siting.drivers import Drivers, MaskedFloats, check_sources
from geo.siting.ground import Floats, Ground
from geo.siting.recipe import Criterion, DistanceExclusion, Exclusion, RasterExclusion, Recipe

Booleans = npt.NDArray[np.bool_]
NO_DATA = "no_data"


@dataclass(frozen=True)
class Step:
    """One exclusion: what it would take alone, what it took in its turn, what was left then."""

    id: str
    alone_m2: int
    taken_m2: int
    left_m2: int


@dataclass(frozen=True, eq=False)
class Result:
    """One run of a recipe over an area.

    `is_eligible` has one entry per piece of the ground (`Ground.piece_m2`); `values` and `scores`
    one row per criterion that is on, one column per cell. `steps` begins with `no_data`.
    """

    recipe: Recipe
    ground: Ground
    is_eligible: Booleans
    values: Floats
    scores: Floats
    steps: tuple[Step, ...]

    @cached_property
    def weights(self) -> Floats:
        """The criteria's weights, which sum to 1."""
        given = np.array([term.weight for term in self.recipe.active_criteria])
        return np.asarray(given / given.sum())

    @cached_property
    def score(self) -> Floats:
        """The score of each cell, 0 to 1: the weighted mean of its criteria's scores."""
        return np.asarray(np.clip(self.weights @ self.scores, 0.0, 1.0))

    @cached_property
    def eligible_m2(self) -> npt.NDArray[np.int64]:
        """Eligible square metres of each cell."""
        return self.ground.m2_by_cell(self.is_eligible)

    def score_on_grid(self) -> MaskedFloats:
        """The score laid out as the grid, masked where nothing is eligible."""
        shown = np.where(self.eligible_m2 > 0, self.score, np.nan)
        laid = self.ground.on_grid(shown).astype(np.float32)
        return np.ma.MaskedArray(laid, mask=np.isnan(laid))


def screen(recipe: Recipe, ground: Ground, drivers: Drivers) -> Result:
    """Run a recipe over the ground; raises SitingError where a source is missing."""
    check_sources(recipe, drivers, ground.grid.shape)
    criteria = recipe.active_criteria
    measured = _Measured(ground, drivers)
    values = np.stack([measured.criterion(term) for term in criteria])
    scores = np.stack(
        [
            np.interp(row, *np.array(term.curve).T)
            for row, term in zip(values, criteria, strict=True)
        ]
    )
    excluded = [(term.id, measured.is_excluded(term)) for term in recipe.active_exclusions]
    is_unknown = (np.isnan(values).any(axis=0) | measured.is_unknown)[ground.piece_cell]
    steps, is_eligible = _take(ground, [(NO_DATA, is_unknown), *excluded])
    return Result(recipe, ground, is_eligible, values, np.nan_to_num(scores), steps)


def _take(
    ground: Ground, exclusions: list[tuple[str, Booleans]]
) -> tuple[tuple[Step, ...], Booleans]:
    """Take the exclusions off one after the other; in whole square metres, so they add up."""
    is_left = np.ones(len(ground.piece_m2), dtype=bool)
    steps = []
    for name, is_excluded in exclusions:
        taken = int(ground.piece_m2[is_left & is_excluded].sum())
        is_left = is_left & ~is_excluded
        alone = int(ground.piece_m2[is_excluded].sum())
        steps.append(Step(name, alone, taken, int(ground.piece_m2[is_left].sum())))
    return tuple(steps), is_left


class _Measured:
    """Values of terms on the cells; remembers distances, and where a raster has no value."""

    def __init__(self, ground: Ground, drivers: Drivers) -> None:
        self.ground, self.drivers = ground, drivers
        self.is_unknown = np.zeros(len(ground.cells), dtype=bool)
        self._distances: dict[str, Floats] = {}

    def criterion(self, term: Criterion) -> Floats:
        """The value of a criterion in each cell, NaN where its raster has none."""
        match term.kind:
            case "raster":
                return self._raster(term.source)
            case "distance":
                return self._distance(term.source)
            case "share":
                return share(self.drivers.shapes[term.source], self.ground, source=term.source)
            case "county":
                return self._by_county(term.source)[self.ground.county_of_cell]

    def is_excluded(self, term: Exclusion) -> Booleans:
        """Is each piece of the ground left out by this exclusion?"""
        if term.kind == "district":
            is_named = (self._by_county(term.source) > 0)[self.ground.piece_county]
            return is_named if term.drop == "named" else ~is_named
        if term.kind == "raster":
            by_cell = _beyond(self._raster(term.source, is_needed=True), term)
        elif term.kind == "distance":
            by_cell = _by_distance(self._distance(term.source), term)
        else:
            shapes = self.drivers.shapes[term.source]
            by_cell = is_inside(shapes, self.ground, source=term.source)
            by_cell = by_cell if term.drop == "inside" else ~by_cell
        return by_cell[self.ground.piece_cell]

    def _raster(self, source: str, *, is_needed: bool = False) -> Floats:
        raster = self.drivers.rasters[source]
        found = np.ma.filled(raster.astype(np.float64), np.nan).ravel()[self.ground.cells]
        if is_needed:
            self.is_unknown |= ~np.isfinite(found)
        return np.where(np.isfinite(found), found, np.nan)

    def _distance(self, source: str) -> Floats:
        if source not in self._distances:
            shapes = self.drivers.shapes[source]
            self._distances[source] = distance_m(shapes, self.ground, source=source)
        return self._distances[source]

    def _by_county(self, source: str) -> Floats:
        figures = self.drivers.counties[source]
        return np.array([figures.get(code, 0.0) for code in self.ground.codes], dtype=np.float64)


def _beyond(values: Floats, term: RasterExclusion) -> Booleans:
    """Below the least or above the most; a cell without a value is `no_data`, not excluded here."""
    found = np.zeros(len(values), dtype=bool)
    if term.min is not None:
        found |= values < term.min
    if term.max is not None:
        found |= values > term.max
    return found


def _by_distance(distances: Floats, term: DistanceExclusion) -> Booleans:
    found = np.zeros(len(distances), dtype=bool)
    if term.within_m is not None:
        found |= distances <= term.within_m  # 以内 includes its limit (Civil Code, article 1259)
    if term.beyond_m is not None:
        found |= distances > term.beyond_m
    return found
