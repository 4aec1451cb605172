"""The counties of a run as rows: areas, scores, indicative MW, every term of the score."""

from __future__ import annotations

from geo.siting.explain import Opened, open_county
from geo.siting.ranking import M2_PER_KM2, CountyScore
from layers.siting.run import Run
from terms.columns import Row
from terms.language import Language

BASIC = (
    "rank",
    "district_code",
    "district",
    "city",
    "area_km2",
    "eligible_km2",
    "eligible_share",
    "mean_score",
    "best_score",
)
OF_TERM = ("value", "score", "weight", "contribution")


def columns(run: Run) -> tuple[str, ...]:
    """The columns of a run: the basic ones, MW by technology, four for each criterion."""
    capacity = (f"indicative_mw_{each.technology}" for each in run.recipe.densities)
    terms = (f"{term.id}_{part}" for term in run.recipe.active_criteria for part in OF_TERM)
    return (*BASIC, *capacity, *terms)


def rows(run: Run, language: Language) -> list[Row]:
    """One row per county, best first; what is not eligible has areas and no score."""
    return [_row(run, county, language) for county in run.counties]


def _row(run: Run, county: CountyScore, language: Language) -> Row:
    districts = run.registry.districts
    row: Row = {
        "rank": county.rank,
        "district_code": county.code,
        "district": districts.name(county.code, language),
        "city": districts.city_name(districts.city_code(county.code), language),
        "area_km2": round(county.area_m2 / M2_PER_KM2, 3),
        "eligible_km2": round(county.eligible_km2, 3),
        "eligible_share": round(county.eligible_m2 / county.area_m2, 5),
        "mean_score": _rounded(county.mean_score),
        "best_score": _rounded(county.best_score),
    }
    for technology, mw in county.capacity_mw.items():
        row[f"indicative_mw_{technology}"] = round(mw, 1)
    opened = {term.id: term for term in open_county(run.result, county.code)}
    for term in run.recipe.active_criteria:
        row |= _of_term(term.id, opened.get(term.id))
    return row


def _of_term(name: str, opened: Opened | None) -> Row:
    return {
        f"{name}_{part}": None if opened is None else _rounded(getattr(opened, part))
        for part in OF_TERM
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
