"""A check in words: the rule that decided, with its figures filled in."""

from __future__ import annotations

from collections.abc import Callable

from capacity.check import Check
from terms.language import Language
from terms.messages import label, text

Amount = Callable[[int], str]


def rule_text(result: Check, language: Language, amount: Amount) -> str:
    """The comparison behind a verdict; `amount` writes watts or pieces with their unit."""
    listed, finding = result.pipeline, result.finding
    return text(
        f"rule.{finding.rule}",
        language,
        existing=label("existing", result.target.nature, language),
        installed=amount(result.existing.amount) if result.existing else "",
        date=result.existing_date,
        year=result.target.year,
        target=amount(result.goal),
        named=amount(listed.named),
        programme=amount(listed.programme),
        low=amount(listed.low),
        high=amount(listed.high),
        gap=amount(finding.gap or 0),
        needed=amount(result.needed_installed or 0),
    )
