"""The names of the downloads say how they were counted."""

from __future__ import annotations

from datetime import date

from layers.county_lines import Counting
from registry.registry import Registry
from terms.kinds import PlanStatus
from views.districts.files import csv_name

DAY = date(2026, 1, 2)


def test_rule_inferred_and_draft_are_in_the_name(registry: Registry) -> None:
    drafts = [plan.id for plan in registry.plans if plan.status is PlanStatus.DRAFT]
    passed = [plan.id for plan in registry.plans if plan.status is not PlanStatus.DRAFT]
    assert drafts and passed
    usual = csv_name(registry, "districts", counting=Counting(), plans=passed[:1], day=DAY)
    assert usual == "fengtu-districts-none-20260102.csv"
    counting = Counting("area", inferred=False)
    plans = (passed[0], drafts[0])
    marked = csv_name(registry, "county-371623", counting=counting, plans=plans, day=DAY)
    assert marked == "fengtu-county-371623-area-no-inferred-draft-20260102.csv"
