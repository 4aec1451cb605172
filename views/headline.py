"""The figures of the selection: counts above the map, capacity per plan and technology below."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from layers.figures import Figures
from layers.paint import plan_label
from registry.own import USER
from registry.registry import Registry
from terms.kinds import Technology
from terms.units import WATTS_PER_MW, format_power
from views import selection
from views.words import esc, lab, t


def draw_counts(figures: Figures) -> None:
    """The strip of counts; rows on the map and rows in the tray always add up to all rows."""
    share = f"{figures.located_share:.0%}"
    plans = len(figures.by_plan.keys() - {USER})
    tiles = (
        _tile(
            "rows",
            figures.rows,
            plans=plans,
            programmes=figures.programmes,
        ),
        _tile("located", figures.located, share=share, sites=figures.sites),
        _tile("tray", figures.tray),
        _tile("districts", figures.districts),
        _tile("not_stated", figures.not_stated, total=figures.with_technology),
    )
    st.html(f'<div class="fg-tiles">{"".join(tiles)}</div>')


def draw_capacity(registry: Registry, figures: Figures) -> None:
    """One row a plan, one column a technology: how much is located, counted, left out."""
    plans = [plan.id for plan in registry.groups if plan.id in figures.by_plan]
    shown = [each for each in Technology if any((plan, each) in figures.capacity for plan in plans)]
    title = f"<h2>{esc(t('capacity.title'))}</h2>"
    if not any(sums.gross_w for sums in figures.capacity.values()):
        st.html(f'<div class="fg-card">{title}<p>{esc(t("capacity.nothing"))}</p></div>')
        return
    head = "".join(f"<th>{esc(lab('technology', each))}</th>" for each in shown)
    language = selection.current().language
    body = ""
    for plan in plans:
        cells = "".join(_cell(figures, plan, each) for each in shown)
        name = esc(plan_label(registry, plan, language))
        located = f"<small>{esc(_located_rows(figures, plan))}</small>"
        body += f'<tr><th scope="row">{name}{located}</th>{cells}</tr>'
    st.html(
        f'<div class="fg-card">{title}<p>{esc(t("capacity.located_short"))}</p>'
        f'<div class="fg-scroll" tabindex="0"><table class="fg-capacity"><thead><tr>'
        f"<th>{esc(t('filter.plan'))}</th>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>{_balances(registry, figures, plans)}</div>"
    )


def power(watts: int) -> str:
    """Watts in the unit of this run."""
    chosen = selection.current()
    return format_power(
        watts / WATTS_PER_MW,
        chosen.unit,
        language=chosen.language,
        not_stated=t("word.not_stated"),
    )


def _tile(name: str, value: int, **values: object) -> str:
    note = esc(t(f"figure.{name}_note", **values))
    return (
        f'<div class="fg-tile" data-figure="{name}"><span>{esc(t(f"figure.{name}"))}</span>'
        f"<b>{value:,}</b><small>{note}</small></div>"
    )


def _cell(figures: Figures, plan: str, technology: Technology) -> str:
    """A bar on the technology's own scale; missing, not stated and zero look different."""
    sums = figures.capacity.get((plan, technology))
    if sums is None:
        return '<td class="fg-absent">·</td>'
    notes = []
    if sums.not_stated:
        notes.append(t("capacity.missing_rows", count=sums.not_stated))
    if sums.retired_w:
        notes.append(t("capacity.retired", value=power(sums.retired_w)))
    missing = t("word.comma").join(notes)
    if sums.adds_nothing:
        return f'<td class="fg-missing">{esc(missing)}</td>'
    bar = figures.bar(plan, technology)
    tip = t(
        "capacity.located_tip",
        name=lab("technology", technology),
        counted=power(sums.counted_w),
        located=power(sums.located_w),
    )
    return (
        f'<td title="{esc(tip)}"><b>{esc(power(sums.counted_w))}</b>'
        f'<i class="fg-bar"><i style="width:{bar.counted:.1%}"></i>'
        f'<i class="fg-part" style="width:{bar.located:.1%}"></i></i>'
        f"<small>{esc(missing)}</small></td>"
    )


def _located_rows(figures: Figures, plan: str) -> str:
    """How many of a plan's rows with a stated capacity lie in one county."""
    rows = figures.stated.get(plan)
    return t("capacity.located_rows", stated=rows.stated, located=rows.located) if rows else ""


def _balances(registry: Registry, figures: Figures, plans: Iterable[str]) -> str:
    """Where something is left out: stated = counted + left out, with the reasons."""
    lines = ""
    language = selection.current().language
    with_own = {registry.plan_of(registry.by_id[own.id]) for own in registry.own.projects}
    for plan in plans:
        for technology in Technology:
            sums = figures.capacity.get((plan, technology))
            if sums is None or not sums.excluded_w:
                continue
            line = t(
                "capacity.balance_own" if plan in with_own else "capacity.balance",
                plan=plan_label(registry, plan, language),
                technology=lab("technology", technology),
                gross=power(sums.gross_w),
                counted=power(sums.counted_w),
                excluded=power(sums.excluded_w),
                reasons=t("word.comma").join(
                    t(f"capacity.reason_{reason}") for reason in sorted(sums.reasons)
                ),
            )
            lines += f"<li>{esc(line)}</li>"
    closing = f"<li>{esc(t('capacity.balance_rest'))}</li>"
    if not selection.current().inferred:
        closing += f"<li>{esc(t('capacity.not_inferred'))}</li>"
    return f'<ul class="fg-balances">{lines}{closing}</ul>'
