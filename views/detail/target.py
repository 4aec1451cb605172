"""One target in the panel, with the same promise for other years beside it."""

from __future__ import annotations

import streamlit as st

from layers.paint import HYDROGEN_METRIC, plan_label
from registry.registry import Registry
from terms.kinds import Layer, PlanStatus
from terms.records import Target
from terms.units import format_number
from views import selection
from views.detail.own import own_notes
from views.detail.parts import draft_mark, facts, heading
from views.link import to_query
from views.words import esc, lab, t


def draw_target(registry: Registry, target: Target) -> None:
    """Draw a target and its siblings of other years."""
    language = selection.current().language
    plan = registry.plan_by_id[target.plan]
    layer = Layer.HYDROGEN_STATION if target.metric == HYDROGEN_METRIC else None
    under = f"{esc(t('detail.target'))} · {esc(plan_label(registry, plan.id, language))}"
    siblings = [t for t in registry.targets if (t.plan, t.metric) == (target.plan, target.metric)]
    parts = "".join(_facts(each) for each in sorted(siblings, key=lambda each: each.year))
    source = [("source_title", plan.title)]
    note = f'<p class="fg-lead">{esc(t("detail.target_note"))}</p>' if layer else ""
    draft = draft_mark() if plan.status is PlanStatus.DRAFT else ""
    title = target.name if language == "zh" else target.name_en
    st.html(
        f'<div class="fg-detail" tabindex="0">{heading(title, layer=layer, under=under)}'
        f"{draft}{note}{parts}"
        f"{facts('part_source', source)}{own_notes(registry, target.key)}</div>"
    )
    if target.mapped:
        query = to_query(selection.current())
        st.page_link("views/pages/targets.py", label=t("detail.to_check"), query_params=query)


_SIGNS = {">=": "≥", "<=": "≤", "~": "≈"}


def _facts(target: Target) -> str:
    sign = _SIGNS.get(target.operator, target.operator.value)
    pairs = [
        ("target_year", str(target.year)),
        ("target_value", f"{sign} {format_number(target.value)} {target.unit}"),
        ("capacity_printed", target.printed),
        ("target_nature", lab("nature", target.nature)),
        ("target_firm", t("detail.firm_yes" if target.firm else "detail.firm_no")),
        ("source_section", target.source_section),
        ("departments", t("word.comma").join(target.departments)),
    ]
    if target.note:
        pairs.append(("note", target.note))
    return facts("target", pairs)
