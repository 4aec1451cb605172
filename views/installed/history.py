"""The history of installed figures: one series over time, who entered what, and the way to mend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import streamlit as st

from layers.installed_series import (
    Point,
    SeriesKey,
    of_series,
    points,
    promised,
    series_of,
)
from layers.paint import plan_label
from registry.additions import metric_units
from registry.registry import Registry
from store.drafts import Entry
from terms.records import InstalledFigure, Target
from terms.units import format_number
from views import editing, selection
from views.charts_drawn import dressed
from views.entry_editor import Keyed, Manner, draw_editor, edited
from views.folds import fold
from views.history_table import history_table
from views.installed.effect import concerned
from views.installed.words import metric_label, place_keys, place_label
from views.saving import draw_saved, entries, field_name, must
from views.words import lab, t, unique_labels

_FORM = "installed-mend"
_POINT, _GOAL = "#0f5e5a", "#b4552d"


def draw_history(registry: Registry, figures: Sequence[InstalledFigure]) -> None:
    """Draw the fold: a series chosen, its figures, its chart, its form."""
    draw_saved(_FORM)
    seen = edited(_FORM)  # which somebody else may have withdrawn
    series = series_of([*figures, *([seen.record] if seen else [])])
    if not series:
        return
    name = "installed-history"
    box = fold(t("installed.history"), name, selection.widget_key(name))
    if not box.open:
        return
    with box:
        keys = {"/".join(each): each for each in series}
        names = unique_labels(keys, lambda each: _series_label(registry, keys[each]))
        chosen = st.selectbox(
            t("installed.series"),
            list(names),
            format_func=names.__getitem__,
            key=selection.widget_key("installed-series"),
            placeholder=t("installed.series"),
        )
        if chosen is not None:
            _draw_series(registry, keys[chosen], figures)


def _series_label(registry: Registry, key: SeriesKey) -> str:
    plan, code, zone, metric = key
    return " · ".join(
        (
            plan_label(registry, plan, selection.current().language),
            place_label(registry, plan, code, zone),
            metric_label(registry, plan, metric),
        )
    )


def _draw_series(registry: Registry, key: SeriesKey, figures: Sequence[InstalledFigure]) -> None:
    records = of_series(entries("installed"), key)
    st.html(_table(records))
    mine = [
        each for each in figures if (each.plan, each.district_code, each.zone, each.metric) == key
    ]
    targets = promised(registry, key)
    if mine:
        unit = targets[-1].unit if targets else mine[-1].unit
        _draw_chart(points(mine, unit), targets, unit, name="/".join(key))
    if not editing.refusal() and (records or edited(_FORM)):

        def fields(figure: InstalledFigure, keyed: Keyed) -> dict[str, Any]:
            return _fields(registry, figure, keyed)

        manner = Manner("installed", fields, _label, checks=lambda: concerned(mine))
        draw_editor(_FORM, records, manner)


def _table(records: Sequence[Entry]) -> str:
    heads = [t(f"installed.{name}") for name in ("date", "figure", "source")]

    def cells(figure: InstalledFigure) -> tuple[str, ...]:
        said = f"{format_number(figure.value)} {lab('entry_unit', figure.unit)}"
        return (figure.date, said, figure.source)

    return history_table(heads, records, cells)


def _draw_chart(found: Sequence[Point], targets: Sequence[Target], unit: str, *, name: str) -> None:
    """Value by date, with a line at each target's value; every figure stands in the table too."""
    said = lab("entry_unit", unit)
    axis = alt.Axis(format="%Y-%m", labelAngle=0, tickCount=5, title=None)
    data = [{"date": each.date, "value": float(each.value)} for each in found]
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("date:T", axis=axis),
        y=alt.Y("value:Q", title=said, scale=alt.Scale(zero=True)),
        tooltip=[
            alt.Tooltip("date:T", title=t("installed.date"), format="%Y-%m-%d"),
            alt.Tooltip("value:Q", title=said, format=","),
        ],
    )
    layers = [base.mark_line(color=_POINT), base.mark_point(color=_POINT, filled=True, size=55)]
    goals = [
        {
            "value": float(each.value),
            "text": t("installed.goal", year=each.year, value=format_number(each.value)),
        }
        for each in targets
    ]
    if goals:
        goal = alt.Chart(alt.Data(values=goals)).encode(y="value:Q")
        layers += [
            goal.mark_rule(color=_GOAL, strokeDash=[5, 4]),
            goal.mark_text(align="left", baseline="bottom", dx=4, dy=-2, color=_GOAL).encode(
                x=alt.value(0), text="text:N"
            ),
        ]
    spoken = "; ".join(f"{each.date} {format_number(each.value)} {said}" for each in found)
    st.altair_chart(
        dressed(alt.layer(*layers), 220),
        key=f"series-{name}-{selection.current().language}",
        theme=None,
        alt=spoken,
    )


def _label(figure: InstalledFigure) -> str:
    return f"{figure.date} · {format_number(figure.value)} {lab('entry_unit', figure.unit)}"


def _fields(registry: Registry, figure: InstalledFigure, keyed: Keyed) -> dict[str, Any]:
    """Place, date, value, unit and source; plan and metric stay what they are."""
    left, right = st.columns(2)
    held = f"{figure.district_code}/{figure.zone}"
    places = dict.fromkeys(f"{code}/{zone}" for code, zone in place_keys(registry, figure.plan))
    labels = unique_labels(
        {held: None} | places,
        lambda each: place_label(registry, figure.plan, *each.split("/", 1)),
    )
    chosen = left.selectbox(
        t("installed.place"), list(labels), format_func=labels.__getitem__, key=keyed("place")
    )
    day = right.text_input(t("installed.date_must"), value=figure.date, key=keyed("date"))
    left, right = st.columns(2)
    value = left.text_input(
        must(t("installed.value")), value=format(figure.value, "f"), key=keyed("value")
    )
    units = {each: lab("entry_unit", each) for each in (figure.unit,)}
    units |= {
        each: lab("entry_unit", each) for each in metric_units(registry, figure.plan, figure.metric)
    }
    unit = right.selectbox(
        t("installed.unit"), list(units), format_func=units.__getitem__, key=keyed("unit")
    )
    source = st.text_input(must(field_name("source")), value=figure.source, key=keyed("source"))
    code, zone = chosen.split("/", 1)
    return {
        "plan": figure.plan,
        "district_code": code,
        "zone": zone,
        "metric": figure.metric,
        "date": day,
        "value": value,
        "unit": unit,
        "source": source,
    }
