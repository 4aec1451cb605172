"""The page 目标: each target against what its plan lists, with the ledger behind each figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from capacity.check import Check, Rules
from layers.check_words import changes
from layers.paint import plan_label
from registry.registry import Registry
from terms.selection import Selection
from views import cache, selection
from views.amounts import amounts_of
from views.rules import draw_rules
from views.target_card import draw_card, target_name, verdict_chip
from views.target_downloads import draw_downloads
from views.target_ledger import draw_ledger
from views.target_others import draw_others
from views.words import esc, lab, t


def draw_page() -> None:
    """Compose the page."""
    registry, chosen = cache.registry(), selection.current()
    draw_rules(registry)
    rules = Rules(selection.day_of(chosen), chosen.inferred, chosen.external, chosen.pumped)
    results = cache.checks(chosen, rules)
    with st.container(key="listing-head", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="fg-title"><h2>{esc(t("targets.title"))}</h2>'
            f"<p>{esc(t('targets.lead'))}</p></div>"
        )
        draw_downloads(results)
    _draw_summary(results, rules)
    _draw_changes(registry, results, rules, chosen)
    if not results:
        st.html(f'<div class="fg-empty">{esc(t("targets.none"))}</div>')
    for plan in registry.plans:
        mine = [result for result in results if result.target.plan == plan.id]
        if mine:
            _draw_plan(registry, plan.id, mine, rules)


def _draw_summary(results: Sequence[Check], rules: Rules) -> None:
    """How many targets, of which verdicts, and the key to the bars."""
    counts = Counter(result.verdict for result in results)
    chips = "".join(
        f"<span>{verdict_chip(verdict)}<b>{count}</b></span>"
        for verdict, count in counts.most_common()
    )
    keys = "".join(
        f'<span><i class="fg-{kind}"></i>{esc(t(f"targets.key_{kind}"))}</span>'
        for kind in ("installed", "needed", "named", "programme", "possible", "open", "goal")
    )
    head = t("targets.summary", count=len(results))
    day = t("targets.as_of", day=rules.as_of.isoformat())
    st.html(
        f'<div class="fg-card fg-summary"><div><b>{esc(head)}</b><span>{esc(day)}</span>{chips}'
        f'</div><div class="fg-keys">{keys}</div></div>'
    )


def _draw_changes(
    registry: Registry, results: Sequence[Check], rules: Rules, chosen: Selection
) -> None:
    """What the chosen rules changed against the usual ones; silent under the usual rules."""
    usual = Rules(rules.as_of)
    if rules == usual:
        return
    found = list(changes(cache.checks(chosen, usual), results))
    lines = ""
    for change in found:
        before, after = change.before.pipeline, change.after.pipeline
        amount = amounts_of(change.after)
        words = t(
            "targets.change_line",
            plan=plan_label(registry, change.after.target.plan, chosen.language),
            name=target_name(change.after.target),
            year=change.after.target.year,
            low_before=amount(before.low),
            low_after=amount(after.low),
            high_before=amount(before.high),
            high_after=amount(after.high),
        )
        if change.before.verdict is not change.after.verdict:
            words += t(
                "targets.change_verdict",
                before=lab("verdict", change.before.verdict),
                after=lab("verdict", change.after.verdict),
            )
        lines += f"<li>{esc(words)}</li>"
    head = t("targets.changed", count=len(found)) if found else t("targets.unchanged")
    st.html(f'<div class="fg-notice" role="status">{esc(head)}<ul>{lines}</ul></div>')


def _draw_plan(registry: Registry, plan: str, results: Sequence[Check], rules: Rules) -> None:
    chosen = selection.current()
    with st.container(key=f"targets-of-{plan}", gap=None):
        st.html(f'<h3 class="fg-plan">{esc(plan_label(registry, plan, chosen.language))}</h3>')
        for result in results:
            is_open = chosen.focus == result.target.key
            draw_card(result, is_open=is_open)
            if is_open:
                draw_ledger(registry, result, rules)
        draw_others(registry, plan)


draw_page()
