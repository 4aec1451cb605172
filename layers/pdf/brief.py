"""The brief of one county or city: map, figures, ledger and sources on A4, as PDF.

The figures are those of the page of counties and of the check: the same objects, printed.
"""

from __future__ import annotations

from datetime import date

from capacity.check import Check, Rules, check
from layers.county_lines import Counting
from layers.county_sheet import county_sheet
from layers.county_table import plan_tables
from layers.pdf.brief_city import CityBrief
from layers.pdf.brief_county import CountyBrief
from layers.pdf.words import Words
from registry.registry import Registry
from terms.errors import DistrictError
from terms.language import Language
from terms.records import PlanRecord
from terms.units import PowerUnit


def brief_pdf(
    registry: Registry,
    place: str,
    *,
    rules: Rules,
    counting: Counting | None = None,
    language: Language = "zh",
    unit: PowerUnit = PowerUnit.WAN_KW,
    day: date | None = None,
) -> bytes:
    """The brief of a district code, a plan, or the code of a city that a plan governs.

    `rules` are those of the check, `counting` those of the counties (by default not split, with
    the memberships as `rules` read them), `day` the date on it (by default that of the check).
    Raises DistrictError for an unknown place, SetupError without a Chinese font.
    """
    words = Words(registry, language, unit)
    counted = counting or Counting(inferred=rules.inferred)
    when = day or rules.as_of
    plan = _plan_of(registry, place)
    if registry.districts.has(place if plan is None else plan.governs_code):
        code = place if plan is None else plan.governs_code
        sheet = county_sheet(registry, counted, code)
        return CountyBrief(words, sheet, _checks(registry, rules, code), day=when).pdf()
    if plan is None:
        known = ", ".join(f"{each.id} ({each.governs_code})" for each in registry.plans)
        raise DistrictError(
            f"no brief for {place!r}: expected a district's six-digit code or one of {known}"
        )
    (table,) = plan_tables(registry, counted, plans=[plan.id])
    checks = _checks(registry, rules, plan.governs_code)
    return CityBrief(words, plan, table, checks, counting=counted, day=when).pdf()


def brief_name(registry: Registry, place: str, *, day: date) -> str:
    """A file name for the brief, in signs that every system takes."""
    plan = _plan_of(registry, place)
    code = plan.governs_code if plan else place
    return f"fengtu-brief-{code}-{day.isoformat()}.pdf"


def _plan_of(registry: Registry, place: str) -> PlanRecord | None:
    """The plan of that id, or the one that governs the city or district of that code."""
    return next((plan for plan in registry.plans if place in (plan.id, plan.governs_code)), None)


def _checks(registry: Registry, rules: Rules, governs_code: str) -> tuple[Check, ...]:
    """The targets of the plan that governs exactly this place."""
    plans = {plan.id for plan in registry.plans if plan.governs_code == governs_code}
    return tuple(each for each in check(registry, rules) if each.target.plan in plans)
