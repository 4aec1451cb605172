"""The name of a plan as every page writes it."""

from __future__ import annotations

from registry.registry import Registry
from terms.kinds import PlanStatus
from terms.language import Language
from terms.messages import label, text


def plan_label(registry: Registry, plan: str, language: Language) -> str:
    """A plan's name with the draft mark where it is one."""
    name = label("plan", plan, language)
    if registry.plan_by_id[plan].status is PlanStatus.DRAFT:
        return text("word.with_draft", language, name=name)
    return name
