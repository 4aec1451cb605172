"""What stands beside the checked targets of a plan: its other quantified targets."""

from __future__ import annotations

import streamlit as st

from registry.registry import Registry
from terms.kinds import Operator
from terms.records import Target
from terms.units import format_number
from views import selection
from views.targets.card import target_name
from views.words import esc, lab, t

_SIGNS = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤", Operator.ABOUT: "≈"}


def draw_others(registry: Registry, plan: str) -> None:
    """Draw the targets that no project can be held against, folded."""
    wanted = set(selection.current().departments)
    others = [
        target
        for target in registry.targets
        if target.plan == plan
        and not target.mapped
        and (not wanted or wanted & set(target.departments))
    ]
    if not others:
        return
    columns = ("target", "printed", "nature", "year", "source")
    head = "".join(f"<th>{esc(t(f'targets.col_{name}'))}</th>" for name in columns)
    body = "".join(_row(target) for target in sorted(others, key=lambda each: each.year))
    title = t("targets.others", count=len(others))
    st.html(
        f'<details class="fg-others"><summary>{esc(title)}</summary>'
        '<div class="fg-scroll" tabindex="0">'
        f'<table class="fg-lines"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        "</div></details>"
    )


def sign_of(operator: Operator) -> str:
    """An operator as a reader knows it."""
    return _SIGNS.get(operator, operator.value)


def _row(target: Target) -> str:
    value = f"{sign_of(target.operator)} {format_number(target.value)} {target.unit}"
    note = f"<small>{esc(target.note)}</small>" if target.note else ""
    return (
        f'<tr><th scope="row">{esc(target_name(target))}{note}</th>'
        f'<td title="{esc(value)}">{esc(target.printed)}</td>'
        f"<td>{esc(lab('nature', target.nature))}</td><td>{target.year}</td>"
        f"<td>{esc(target.source_section)}</td></tr>"
    )
