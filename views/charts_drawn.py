"""How the charts look: bars that a reader compares by length, with their figures written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from layers.charts import MixBar, RowsBar
from terms.units import WATTS_PER_MW, PowerUnit, mw_to
from views.words import lab, t

MIX_COLOURS = ("#0f5e5a", "#a9cbc6")  # as in the table of counted capacity
_FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
_INK, _LINE = "#1d2b2a", "#d8dedb"
_LINE_PX, _AXIS_PX, _KEY_PX = 26, 34, 17  # the height given is that of the whole drawing


def mix_chart(bars: Sequence[MixBar], values: Sequence[str], unit: PowerUnit) -> alt.LayerChart:
    """One plan: a bar per technology, its located part dark, the figure at its end."""
    order = [lab("technology", bar.technology) for bar in bars]
    parts = {"located": t("charts.located_part"), "other": t("charts.other_part")}
    data = [
        {"name": name, "part": parts[part], "rank": rank, "amount": _amount(watts, unit)}
        for name, bar in zip(order, bars, strict=True)
        for rank, (part, watts) in enumerate((("located", bar.located_w), ("other", bar.other_w)))
        if watts
    ]
    ends: list[dict[str, Any]] = [
        {"name": name, "amount": _amount(bar.counted_w, unit), "text": value}
        for name, bar, value in zip(order, bars, values, strict=True)
    ]
    top = max((end["amount"] for end in ends), default=0)
    x = alt.X(
        "amount:Q",
        title=None,
        axis=alt.Axis(tickCount=4, grid=True) if top else None,
        scale=alt.Scale(domain=[0, (top or 1) * 1.55], nice=False),  # room for the figures
    )
    y = alt.Y("name:N", title=None, sort=order, axis=_names())
    drawn = (
        alt.Chart(alt.Data(values=data))
        .mark_bar(height=14)
        .encode(
            x=x,
            y=y,
            order="rank:Q",
            color=alt.Color(
                "part:N",
                title=None,
                scale=alt.Scale(domain=list(parts.values()), range=list(MIX_COLOURS)),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("name:N", title=t("charts.technology")),
                alt.Tooltip("part:N", title=t("charts.counted")),
                alt.Tooltip("amount:Q", title=lab("unit", unit), format=","),
            ],
        )
    )
    words = (
        alt.Chart(alt.Data(values=ends))
        .mark_text(align="left", dx=5, color=_INK, fontSize=12)
        .encode(x=alt.X("amount:Q"), y=alt.Y("name:N", sort=order), text="text:N")
    )
    return dressed(alt.layer(drawn, words), len(bars) * _LINE_PX + (_AXIS_PX if top else 6))


def rows_chart(
    bars: Sequence[RowsBar],
    names: Mapping[str, str],
    labels: Mapping[str, str],
    colours: Mapping[str, str],
) -> alt.LayerChart:
    """Rows per plan, stacked by part; only the parts that occur stand in the legend."""
    shown = [part for part in labels if any(bar.part == part for bar in bars)]
    data = [
        {
            "plan": names[bar.plan],
            "part": labels[bar.part],
            "rows": bar.rows,
            "rank": shown.index(bar.part),
        }
        for bar in bars
    ]
    order = list(names.values())
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("rows:Q", title=None, stack="zero", axis=alt.Axis(tickCount=5, tickMinStep=1)),
        y=alt.Y("plan:N", title=None, sort=order, axis=_names()),
        order="rank:Q",
        tooltip=[
            alt.Tooltip("plan:N", title=t("charts.plan")),
            alt.Tooltip("part:N", title=" "),
            alt.Tooltip("rows:Q", title=t("charts.rows"), format=","),
        ],
    )
    drawn = base.mark_bar(height=16).encode(
        color=alt.Color(
            "part:N",
            title=None,
            scale=alt.Scale(
                domain=[labels[part] for part in shown], range=[colours[part] for part in shown]
            ),
            legend=alt.Legend(
                orient="bottom", columns=1, symbolType="square", labelLimit=260, labelFontSize=12
            ),
        )
    )
    totals = [
        {"plan": name, "rows": sum(bar.rows for bar in bars if bar.plan == plan)}
        for plan, name in names.items()
    ]
    words = (
        alt.Chart(alt.Data(values=totals))
        .mark_text(align="left", dx=5, color=_INK, fontSize=12)
        .encode(x="rows:Q", y=alt.Y("plan:N", sort=order), text=alt.Text("rows:Q", format=","))
    )
    height = len(names) * _LINE_PX + _AXIS_PX + len(shown) * _KEY_PX + 10
    return dressed(alt.layer(drawn, words), height)


def _amount(watts: int, unit: PowerUnit) -> float:
    return float(mw_to(watts / WATTS_PER_MW, unit))


def _names() -> alt.Axis:
    return alt.Axis(labelLimit=190, ticks=False, domain=False, labelPadding=6)


def dressed(chart: alt.LayerChart, height: int) -> alt.LayerChart:
    """Our colours and letters; no menu, whose words are English and whose files lack the source."""
    options: dict[str, Any] = {"embedOptions": {"actions": False}}
    return (
        chart.properties(
            width="container", height=height, usermeta=options, background="transparent"
        )
        .configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=_INK,
            labelFontSize=12,
            gridColor="#e9eeeb",
            domainColor=_LINE,
            tickColor=_LINE,
        )
        .configure_legend(labelColor=_INK)
    )
