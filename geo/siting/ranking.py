"""The counties of a screening: eligible land, indicative MW, scores, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geo.siting.ground import Floats
from geo.siting.screen import Result
from terms.kinds import Technology

M2_PER_KM2 = 1_000_000
BEST_SHARE = 0.1
_TIE_DECIMALS = 9


@dataclass(frozen=True)
class CountyScore:
    """One county: areas in whole square metres, scores 0 to 1 over its eligible land.

    `best_score` is the mean over the best tenth of the eligible land. `capacity_mw` is land ×
    density × share of land used, by technology: an indication, not a plan. `rank` is None, and the
    scores too, where nothing is eligible.
    """

    code: str
    area_m2: int
    eligible_m2: int
    mean_score: float | None
    best_score: float | None
    capacity_mw: Mapping[Technology, float]
    rank: int | None = None

    @property
    def eligible_km2(self) -> float:
        """Eligible land in square kilometres."""
        return self.eligible_m2 / M2_PER_KM2


def rank_counties(result: Result) -> tuple[CountyScore, ...]:
    """One row per county of the area: best mean score first, then more land, ties by code."""
    rows = [_county(result, index) for index in range(len(result.ground.codes))]
    return tuple(
        CountyScore(**(vars(row) | {"rank": place if row.eligible_m2 else None}))
        for place, row in enumerate(sorted(rows, key=_order), start=1)
    )


def _order(row: CountyScore) -> tuple[bool, float, int, str]:
    mean = round(row.mean_score or 0.0, _TIE_DECIMALS)
    return not row.eligible_m2, -mean, -row.eligible_m2, row.code


def _county(result: Result, index: int) -> CountyScore:
    ground = result.ground
    is_here = ground.piece_county == index
    pieces = is_here & result.is_eligible
    weights = ground.piece_m2[pieces].astype(np.float64)
    scores = result.score[ground.piece_cell[pieces]]
    eligible_m2 = int(ground.piece_m2[pieces].sum())
    return CountyScore(
        code=ground.codes[index],
        area_m2=int(ground.piece_m2[is_here].sum()),
        eligible_m2=eligible_m2,
        mean_score=float(np.average(scores, weights=weights)) if eligible_m2 else None,
        best_score=_best(scores, weights) if eligible_m2 else None,
        capacity_mw={
            each.technology: eligible_m2 / M2_PER_KM2 * each.mw_per_km2 * each.land_share
            for each in result.recipe.densities
        },
    )


def _best(scores: Floats, weights: Floats) -> float:
    """The mean score of the best tenth of the land; the last cell counts with its needed part."""
    order = np.argsort(-scores, kind="stable")
    wanted = BEST_SHARE * weights.sum()
    before = np.cumsum(weights[order]) - weights[order]
    used = np.clip(wanted - before, 0.0, weights[order])
    return float(np.average(scores[order], weights=used))
