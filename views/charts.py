"""The charts of a selection, drawn only while they are open; every figure also in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from layers.charts import (
    MixBar,
    RowsBar,
    Whereabouts,
    rows_by_place,
    rows_by_status,
    technology_mix,
)
from layers.figures import Figures
from layers.paint import plan_label
from registry.registry import Registry
from terms.kinds import Status
from terms.records import Project
from views import selection
from views.charts_drawn import MIX_COLOURS, mix_chart, rows_chart
from views.headline import power
from views.words import esc, lab, t

_STATUS_COLOURS = {
    Status.LISTED: "#c3ccc9",
    Status.PROPOSED: "#ead7a6",
    Status.APPROVED: "#d19f3e",
    Status.CONSTRUCTION: "#8cbcd6",
    Status.PARTLY_OPERATING: "#3a83ad",
    Status.OPERATING: "#0f5e5a",
    Status.SHELVED: "#c7b3cc",
    Status.CANCELLED: "#86698f",
    Status.RETIRED: "#4b4f52",
}
_PLACE_COLOURS = {
    Whereabouts.ONE: MIX_COLOURS[0],
    Whereabouts.SEVERAL: "#7fb4ad",
    Whereabouts.TRAY: "#d9b26a",
}


def draw_charts(registry: Registry, rows: Sequence[Project], counted: Figures) -> None:
    """Draw the section; closed, it sends its title only."""
    box = st.expander(t("charts.title"), key="charts", on_change="rerun")
    if not box.open:
        return
    plans = [plan.id for plan in registry.groups if counted.by_plan.get(plan.id)]
    with box:
        if not plans:
            st.html(f'<div class="fg-empty">{esc(t("charts.empty"))}</div>')
            return
        language = selection.current().language
        names = {plan: plan_label(registry, plan, language) for plan in plans}
        mix = technology_mix(counted, plans)
        _draw_mix(mix, names)
        status, place = rows_by_status(registry, rows, plans), rows_by_place(registry, rows, plans)
        statuses = {each.value: lab("status", each) for each in Status}
        places = {each.value: t(f"charts.part_{each}") for each in Whereabouts}
        left, right = st.columns(2)
        with left:
            _draw_rows("place", place, names, places, _PLACE_COLOURS)
        with right:
            _draw_rows("status", status, names, statuses, _STATUS_COLOURS)
        st.html(
            f'<details class="fg-chart-table"><summary>{esc(t("charts.table"))}</summary>'
            f"{_mix_table(mix, names)}{_rows_table('place', place, names, places)}"
            f"{_rows_table('status', status, names, statuses)}</details>"
        )


def _draw_mix(bars: Sequence[MixBar], names: Mapping[str, str]) -> None:
    unit = lab("unit", selection.current().unit)
    st.html(_head("mix", unit=unit))
    places = st.columns(min(2, len(names)))
    for number, (plan, name) in enumerate(names.items()):
        mine = [bar for bar in bars if bar.plan == plan]
        with places[number % len(places)]:
            st.html(f'<h4 class="fg-chart-plan">{esc(name)}</h4>')
            if not mine:
                st.html(f'<p class="fg-caption">{esc(t("charts.mix_none"))}</p>')
                continue
            parts = t("word.semicolon").join(
                f"{lab('technology', bar.technology)} {_value(bar)}" for bar in mine
            )
            chosen = selection.current()
            st.altair_chart(
                mix_chart(mine, [_value(bar) for bar in mine], chosen.unit),
                key=f"mix-{plan}-{chosen.language}-{chosen.unit}",
                theme=None,
                alt=t("charts.mix_alt", plan=name, parts=parts),
            )


def _draw_rows(
    kind: str,
    bars: Sequence[RowsBar],
    names: Mapping[str, str],
    labels: Mapping[str, str],
    colours: Mapping[str, str],
) -> None:
    st.html(_head(kind))
    parts = t("word.semicolon").join(
        f"{names[bar.plan]} {labels[bar.part]} {bar.rows}" for bar in bars
    )
    st.altair_chart(
        rows_chart(bars, names, labels, colours),
        key=f"rows-{kind}-{selection.current().language}",
        theme=None,
        alt=parts,
    )


def _head(kind: str, **values: object) -> str:
    return (
        f'<h3 class="fg-chart-title">{esc(t(f"charts.{kind}"))}</h3>'
        f'<p class="fg-caption">{esc(t(f"charts.{kind}_note", **values))}</p>'
    )


def _value(bar: MixBar) -> str:
    """A bar's figure in words: never 0 for what is not stated."""
    if bar.counted_w:
        if bar.not_stated:
            return t("charts.mix_more", value=power(bar.counted_w), count=bar.not_stated)
        return power(bar.counted_w)
    if bar.retired_w:
        return t("charts.mix_retired", value=power(bar.retired_w))
    return (
        t("charts.mix_unstated", count=bar.not_stated) if bar.not_stated else t("charts.mix_zero")
    )


def _mix_table(bars: Sequence[MixBar], names: Mapping[str, str]) -> str:
    rows = [
        (
            names[bar.plan],
            lab("technology", bar.technology),
            _value(bar),
            power(bar.located_w) if bar.counted_w else "—",
            str(bar.not_stated),
        )
        for bar in bars
    ]
    return _table("mix", ("plan", "technology", "counted", "located", "not_stated"), rows)


def _rows_table(
    kind: str, bars: Sequence[RowsBar], names: Mapping[str, str], labels: Mapping[str, str]
) -> str:
    rows = [(names[bar.plan], labels[bar.part], f"{bar.rows:,}") for bar in bars]
    return _table(kind, ("plan", f"of_{kind}", "rows"), rows)


def _table(kind: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{esc(t(f"charts.{name}"))}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{esc(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="fg-scroll"><table class="fg-figures"><caption>{esc(t(f"charts.{kind}"))}'
        f"</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
