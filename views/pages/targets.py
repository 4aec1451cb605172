"""The page 目标: each target against what its plan lists, with the ledger behind each figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from capacity.check import Check, Rules
from capacity.existing import figures_aside
from layers.check_words import Change, changes
from layers.paint import plan_label
from registry.registry import Registry
from terms.selection import Selection
from views import cache, selection
from views.amounts import amounts_of
from views.installed.section import draw_installed
from views.rules import draw_rules
from views.self_checks import draw_self_checks
from views.targets.card import draw_card, target_name, verdict_chip
from views.targets.downloads import draw_downloads
from views.targets.ledger import draw_ledger
from views.targets.others import draw_others
from views.widget_values import day_of
from views.words import esc, lab, t


def draw_page() -> None:
    """Compose the page."""
    registry, chosen = cache.registry(), selection.current()
    draw_rules(registry)
    rules = Rules(day_of(chosen), chosen.inferred, chosen.external, chosen.pumped)
    results = cache.checks(chosen, rules)
    with st.container(key="listing-head", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="fg-title"><h2>{esc(t("targets.title"))}</h2>'
            f"<p>{esc(t('targets.lead'))}</p></div>"
        )
        draw_downloads(registry, results, rules)
    _draw_summary(results, rules)
    with st.container(key="changes"):  # always there, so that nothing below changes its place
        _draw_changes(registry, results, rules, chosen)
    if not results:
        st.html(f'<div class="fg-empty">{esc(t("targets.none"))}</div>')
    for plan in registry.plans:
        mine = [result for result in results if result.target.plan == plan.id]
        if mine:
            _draw_plan(registry, plan.id, mine, rules)
    draw_installed(registry, chosen.plans)


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
    entered = t("targets.entered", count=len(cache.registry().installed))
    st.html(
        f'<div class="fg-card fg-summary"><div><b>{esc(head)}</b><span>{esc(day)}</span>{chips}'
        f"<span>{esc(entered)}</span>"
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
    lines = "".join(f"<li>{esc(_change(registry, change))}</li>" for change in found)
    head = t("targets.changed", count=len(found)) if found else t("targets.unchanged")
    st.html(f'<div class="fg-notice" role="status">{esc(head)}<ul>{lines}</ul></div>')


def _change(registry: Registry, change: Change) -> str:
    """One target's figures that moved, before and after."""
    before, after, target = change.before.pipeline, change.after.pipeline, change.after.target
    amount = amounts_of(change.after)
    figures = (
        ("named", amount(before.named), amount(after.named)),
        ("programme", amount(before.programme), amount(after.programme)),
        ("low", amount(before.low), amount(after.low)),
        ("high", amount(before.high), amount(after.high)),
        ("open", str(len(before.open_rows)), str(len(after.open_rows))),
        (
            "verdict",
            lab("verdict", change.before.verdict),
            lab("verdict", change.after.verdict),
        ),
    )
    moved = t("word.comma").join(
        t(f"targets.moved_{name}", before=old, after=new)
        for name, old, new in figures
        if old != new
    )
    plan = plan_label(registry, target.plan, selection.current().language)
    return t(
        "targets.change_line", plan=plan, name=target_name(target), year=target.year, moved=moved
    )


def _draw_plan(registry: Registry, plan: str, results: Sequence[Check], rules: Rules) -> None:
    chosen = selection.current()
    with st.container(key=f"targets-of-{plan}", gap=None):
        st.html(f'<h3 class="fg-plan">{esc(plan_label(registry, plan, chosen.language))}</h3>')
        for result in results:
            is_open = chosen.focus == result.target.key
            aside = figures_aside(registry, result.target, rules.as_of.isoformat())
            with draw_card(result, is_open=is_open, aside=len(aside)):
                if is_open:
                    draw_ledger(registry, result, rules)
        draw_self_checks(registry, plan)
        draw_others(registry, plan)


draw_page()
