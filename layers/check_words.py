"""A check in words: the rule that decided, what would change it, what another rule changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from capacity.check import Check
from capacity.verdict import Verdict
from terms.language import Language
from terms.messages import label, text

Amount = Callable[[int], str]
_COVERED = (Verdict.COVERED_NAMED, Verdict.COVERED_PROGRAMME)


def rule_text(result: Check, language: Language, amount: Amount) -> str:
    """The comparison behind a verdict; `amount` writes watts or pieces with their unit.

    A cover says on what it rests: rows that may run already would be counted twice.
    """
    words = _filled("rule", result, language, amount)
    if result.verdict in _COVERED and result.unrecorded:
        count = len(result.unrecorded)
        words += text("rule.premise", language, count=count, date=result.existing_date)
    return words


def change_text(result: Check, language: Language, amount: Amount) -> str:
    """What would change the verdict."""
    return _filled("change", result, language, amount)


def _filled(kind: str, result: Check, language: Language, amount: Amount) -> str:
    listed, finding = result.pipeline, result.finding
    return text(
        f"{kind}.{finding.rule}",
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
        reach=text(f"rule.{_reach(result)}", language),
    )


def _reach(result: Check) -> str:
    """Whether the high end would suffice beside what exists."""
    have = result.existing.amount if result.existing else 0
    is_enough = have + result.pipeline.high >= result.goal
    return "reach_enough" if is_enough else "reach_open"


@dataclass(frozen=True)
class Change:
    """One target under the usual rules and under the chosen ones."""

    before: Check
    after: Check


def changes(before: Iterable[Check], after: Iterable[Check]) -> Iterator[Change]:
    """The targets whose low end, high end, open end or verdict differ."""
    usual = {result.target.key: result for result in before}
    for result in after:
        other = usual[result.target.key]
        if _figures(other) != _figures(result):
            yield Change(other, result)


def _figures(result: Check) -> tuple[object, ...]:
    listed = result.pipeline
    return (listed.named, listed.programme, listed.high, len(listed.open_rows), result.verdict)
