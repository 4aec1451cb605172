"""The downloads of the page of targets: the check, and every line behind it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from capacity.check import Check, Rules
from registry.registry import Registry
from terms.kinds import PlanStatus
from views import cache
from views.words import t


def draw_downloads(registry: Registry, results: Sequence[Check], rules: Rules) -> None:
    """Draw both buttons; the files are built when somebody downloads them."""
    how = name_of(registry, results, rules)
    for kind, build in (("csv", cache.check_csv), ("lines_csv", cache.lines_csv)):
        st.download_button(
            t(f"targets.{kind}"),
            data=lambda build=build: build(results),
            file_name=f"fengtu-{'check' if kind == 'csv' else 'check-lines'}-{how}.csv",
            mime="text/csv",
            key=f"download-{kind}",
            help=t(f"targets.{kind}_note"),
            on_click="ignore",
        )


def name_of(registry: Registry, results: Sequence[Check], rules: Rules) -> str:
    """The day, the switches and the draft mark, for the name of a file with fixed columns."""
    plans = {result.target.plan for result in results}
    parts = (
        ("no-inferred", not rules.inferred),
        ("external", rules.external),
        ("pumped", rules.pumped),
        ("draft", any(registry.plan_by_id[each].status is PlanStatus.DRAFT for each in plans)),
    )
    return "-".join([f"asof-{rules.as_of:%Y%m%d}", *(name for name, holds in parts if holds)])
