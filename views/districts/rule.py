"""What a rule moved, in a line per plan and technology; totals never move."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from layers.county_lines import Counting, PlanTable
from layers.paint import plan_label
from layers.rule_change import Gain, gains
from registry.registry import Registry
from views import selection
from views.districts.cells import sketch_power
from views.headline import power
from views.words import esc, lab, t


def draw_change(registry: Registry, counting: Counting, tables: Sequence[PlanTable]) -> None:
    """Compare with no splitting; nothing is said where nothing is split."""
    if counting.rule == "none" or (counting.rule == "custom" and not counting.splits.lines):
        return
    found = gains(registry, counting, tables)
    lines = "".join(f"<li>{esc(_line(registry, gain))}</li>" for gain in found)
    title = t("county.change_title", rule=lab("allocation", counting.rule))
    if not found:
        title, lines = t("county.change_none"), ""
    st.html(f'<div class="fg-notice fg-change"><b>{esc(title)}</b><ul>{lines}</ul></div>')


def _line(registry: Registry, gain: Gain) -> str:
    said = t(
        "county.change" if gain.is_total_kept else "county.change_moved",
        plan=plan_label(registry, gain.plan, selection.current().language),
        technology=lab("technology", gain.technology),
        counties=gain.counties,
        value=sketch_power(gain.watts),
        total=power(gain.total_w),
    )
    return said + (t("county.change_open") if gain.is_open else "")
