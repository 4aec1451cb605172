"""The controls of the page of counties, beside it: plans, rule, reading, map, order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import streamlit as st

from layers.county_lines import Counting, PlanTable
from layers.county_map import technologies_with_mw
from layers.split_file import fitting_splits, kept_file
from registry.registry import Registry
from terms.selection import AllocationRule
from views import selection
from views.filters import draw_plans
from views.words import lab, t


@dataclass(frozen=True)
class Counted:
    """How this run counts; `file` is the breakdown's name, `faults` why it was not used.

    `is_kept` tells that it is the one kept among the records, not one of this session.
    """

    counting: Counting
    file: str = ""
    faults: tuple[str, ...] = ()
    is_kept: bool = False


def counting_of(registry: Registry) -> Counted:
    """The counting that the selection asks for: by the breakdown uploaded, else by that kept."""
    chosen = selection.current()
    uploaded = selection.split_file() if chosen.rule == "custom" else None
    is_kept = chosen.rule == "custom" and uploaded is None
    file = kept_file(registry) if is_kept else uploaded
    if file is None:
        return Counted(Counting(chosen.rule, inferred=chosen.inferred))
    name, data = file
    splits, faults = fitting_splits(registry, data, inferred=chosen.inferred)
    return Counted(Counting(chosen.rule, splits, chosen.inferred), name, faults, is_kept)


def draw_district_filters(registry: Registry, tables: Sequence[PlanTable]) -> None:
    """Draw the controls in the sidebar."""
    with st.sidebar:
        draw_plans(registry)
        rules = {rule: t(f"county.rule_{rule}") for rule in get_args(AllocationRule)}
        st.segmented_control(
            t("county.rule"),
            list(rules),
            format_func=rules.__getitem__,
            key=selection.widget_key("rule"),
            on_change=selection.take_widgets,
        )
        st.toggle(
            t("targets.inferred"),
            key=selection.widget_key("inferred"),
            on_change=selection.take_widgets,
            help=t("targets.inferred_help"),
        )
        _choice("technology", _technologies(tables))
        if _can_share(tables):
            st.toggle(
                t("county.shared"),
                key=selection.widget_key("shared"),
                on_change=selection.take_widgets,
            )
        st.toggle(
            t("county.per_km2"),
            key=selection.widget_key("km2"),
            on_change=selection.take_widgets,
        )
        _choice("sort", _orders(tables))


def _can_share(tables: Sequence[PlanTable]) -> bool:
    """Can the map take in shares: under a rule, of a technology with MW?"""
    chosen = selection.current()
    return chosen.rule != "none" and chosen.technology in technologies_with_mw(tables)


def _choice(name: str, labels: Mapping[str, str]) -> None:
    st.selectbox(
        t(f"county.{name}"),
        list(labels),
        format_func=labels.__getitem__,
        key=selection.widget_key(name),
        on_change=selection.take_widgets,
        placeholder=t(f"county.{name}"),
    )


def _technologies(tables: Sequence[PlanTable]) -> dict[str, str]:
    """Technologies with MW; one that a link names stays, though no MW of it are shown."""
    options = [each.value for each in technologies_with_mw(tables)]
    names = {"": t("county.technology_none")}
    for each in dict.fromkeys((*options, selection.current().technology)):
        if each:
            names[each] = lab("technology", each)
    return names


def _orders(tables: Sequence[PlanTable]) -> dict[str, str]:
    orders = {"": t("county.sort_code"), "rows": t("county.sort_rows")}
    found = dict.fromkeys(each.value for table in tables for each in table.technologies)
    for each in dict.fromkeys((*found, selection.current().sort)):
        if each not in orders:
            orders[each] = t("county.sort_by", name=lab("technology", each))
    return orders
