"""The names of the page's downloads: what they were counted by is in the name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from layers.county_lines import Counting
from registry.registry import Registry
from terms.kinds import PlanStatus


def csv_name(
    registry: Registry, what: str, *, counting: Counting, plans: Iterable[str], day: date
) -> str:
    """`fengtu-<what>-<rule>`, `no-inferred` if off, `draft` if a plan is one, and the day."""
    parts = ["fengtu", what, counting.rule]
    parts += [] if counting.inferred else ["no-inferred"]
    parts += ["draft"] if any(_is_draft(registry, plan) for plan in plans) else []
    return "-".join([*parts, f"{day:%Y%m%d}.csv"])


def _is_draft(registry: Registry, plan: str) -> bool:
    return registry.plan_by_id[plan].status is PlanStatus.DRAFT
