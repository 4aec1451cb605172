"""Said before any map: of each plan and technology, how much lies in one county at all."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from layers.county_lines import PlanTable
from layers.paint import plan_label
from registry.registry import Registry
from terms.kinds import PlaceBasis, Technology
from terms.language import Language
from views import selection
from views.districts.cells import number
from views.words import esc, lab, t


def draw_located(registry: Registry, tables: Sequence[PlanTable]) -> None:
    """One row a plan, one column a technology that stands in any table: located of counted."""
    shown = [each for each in Technology if any(each in table.technologies for table in tables)]
    unit = lab("unit", selection.current().unit)
    head = "".join(f"<th>{esc(lab('technology', each))}</th>" for each in shown)
    body = "".join(
        f'<tr><th scope="row">{esc(plan_label(registry, table.plan, _language()))}'
        f"<small>{esc(_rows(table))}</small></th>"
        f"{''.join(_cell(table, each) for each in shown)}</tr>"
        for table in tables
    )
    whole = f"<p>{esc(t('county.whole_plan'))}</p>" if _is_narrowed() else ""
    st.html(
        f'<div class="fg-card fg-located"><h2>{esc(t("county.located_title"))}</h2>'
        f"<p>{esc(t('county.located_lead'))}{esc(t('county.unit_of', unit=unit))}</p>{whole}"
        '<div class="fg-scroll" tabindex="0"><table class="fg-counties"><thead><tr>'
        f"<th>{esc(t('filter.plan'))}</th>"
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f"{_outside_sources(registry, tables)}</div>"
    )


def _outside_sources(registry: Registry, tables: Sequence[PlanTable]) -> str:
    """Rows whose county no plan names: an outside source does, and the reader should know."""
    plans = {table.plan for table in tables}
    rows = [
        row
        for row in registry.projects
        if registry.plan_of(row) in plans and row.place_basis is PlaceBasis.EXTERNAL
    ]
    if not rows:
        return ""
    names = t("word.list").join(
        row.name if _language() == "zh" else row.name_en or row.name for row in rows
    )
    return f"<p>{esc(t('county.located_outside', count=len(rows), names=names))}</p>"


def _language() -> Language:
    return selection.current().language


def _is_narrowed() -> bool:
    return bool(set(selection.current().narrowed_by()) - {"plans"})


def _rows(table: PlanTable) -> str:
    if not table.stated:
        return t("county.located_retires" if table.retires else "county.located_none")
    return t("county.located_rows", stated=table.stated, located=table.located)


def _cell(table: PlanTable, technology: Technology) -> str:
    total = table.total.cell(technology)
    if not total.watts:
        look = "fg-absent" if total.look == "missing" else "fg-missing"
        said = "·"
        if total.not_stated:
            said = t("county.not_stated", rows=total.not_stated)
        elif total.retired_w:
            said = t("county.retired", value=number(total.retired_w))
        return f'<td class="{look}">{esc(said)}</td>'
    located = table.located_w(technology)
    share = located / total.watts
    return (
        f"<td><b>{esc(number(located))}</b>"
        f"<small>{esc(t('county.of_counted', value=number(total.watts)))}</small>"
        f'<i class="fg-bar"><i class="fg-part" style="width:{share:.1%}"></i></i></td>'
    )
