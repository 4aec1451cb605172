"""What a change of the installed figures does to the check: verdicts before and after, in words."""

from __future__ import annotations

from collections.abc import Sequence

from capacity.check import Check, Rules, check
from terms.records import InstalledFigure
from views import cache, selection
from views.widget_values import day_of
from views.words import lab, t

MAX_MOVED = 3  # as much as a toast holds


def concerned(figures: Sequence[InstalledFigure]) -> tuple[Check, ...]:
    """The check, as it stands now, of the targets that some figures are for."""
    chosen = selection.current()
    rules = Rules(day_of(chosen), chosen.inferred, chosen.external, chosen.pumped)
    metrics = {(each.plan, each.metric) for each in figures}
    return tuple(
        result
        for result in check(cache.registry(), rules)
        if (result.target.plan, result.target.metric) in metrics
    )


def checked(plans: Sequence[str]) -> tuple[Check, ...]:
    """The check, as it stands now, of these plans' targets."""
    chosen = selection.current()
    rules = Rules(day_of(chosen), chosen.inferred, chosen.external, chosen.pumped)
    return tuple(
        result for result in check(cache.registry(), rules) if result.target.plan in set(plans)
    )


def moved(before: Sequence[Check], after: Sequence[Check]) -> list[str]:
    """A sentence for each verdict that changed; many are cut and counted."""
    was = {result.target.key: result.verdict for result in before}
    changed = [each for each in after if was.get(each.target.key, each.verdict) != each.verdict]
    is_chinese = selection.current().language == "zh"
    said = [
        t(
            "installed.moved",
            target=each.target.name if is_chinese else each.target.name_en,
            year=each.target.year,
            before=lab("verdict", was[each.target.key]),
            after=lab("verdict", each.verdict),
        )
        for each in changed[:MAX_MOVED]
    ]
    rest = len(changed) - MAX_MOVED
    return [*said, t("installed.moved_more", count=rest)] if rest > 0 else said
