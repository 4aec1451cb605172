"""The self-check of a plan: what it says twice and what it adds up, clause by clause."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import streamlit as st

from capacity.self_check import Outcome, Role, SelfCheckResult, Statement
from registry.registry import Registry
from terms.units import format_number
from views import cache, selection
from views.words import esc, lab, t

_FINE = frozenset({Outcome.AGREES, Outcome.WITHIN, Outcome.HOLDS})
_SIGNS = {True: "✓", False: "≠"}


def draw_self_checks(registry: Registry, plan: str) -> None:
    """Draw a plan's self-check, folded; what does not fit comes first."""
    results = [result for result in cache.self_checks() if result.plan == plan]
    if not results:
        return
    odd_first = sorted(results, key=lambda result: result.outcome in _FINE)
    counts = Counter(result.outcome for result in odd_first)
    summary = t("word.comma").join(
        f"{lab('self_check_outcome', outcome)} {count}" for outcome, count in counts.items()
    )
    odd = ' class="fg-odd"' if any(result.outcome not in _FINE for result in results) else ""
    items = "".join(_item(registry, result) for result in odd_first)
    title = f"{t('self_check.title')}{t('word.colon')}{summary}"
    st.html(
        f'<details class="fg-others"><summary{odd}>{esc(title)}</summary>'
        f"<p>{esc(t('self_check.lead'))}<br>{esc(t('self_check.words_rule'))}</p>"
        f'<ul class="fg-self">{items}</ul></details>'
    )


def _item(registry: Registry, result: SelfCheckResult) -> str:
    is_chinese = selection.current().language == "zh"
    title = result.title if is_chinese else result.title_en
    fine = result.outcome in _FINE
    kind = "fine" if fine else "odd"
    chip = f'<em class="fg-outcome" data-kind="{kind}">{_SIGNS[fine]} '
    chip += f"{esc(lab('self_check_outcome', result.outcome))}</em>"
    statements = "".join(_statement(registry, each) for each in result.statements)
    note = f"<small>{esc(result.note)}</small>" if result.note else ""
    return (
        f"<li>{chip}<b>{esc(title)}</b><span>{esc(_finding(result))}</span>"
        f"<ol>{statements}</ol>{note}</li>"
    )


def _finding(result: SelfCheckResult) -> str:
    """What came out, with the words that qualify it."""
    is_chinese = selection.current().language == "zh"
    words = t(
        f"self_check.{result.kind}_{result.outcome}",
        sum=_amount(result, result.parts_sum or 0),
        amount=_amount(result, result.difference),
        rest=result.rest if is_chinese else result.rest_en,
    )
    if result.outcome in (Outcome.DIFFERS, Outcome.EXCEEDS):
        allowed = "allow" if result.words_allow else "deny"
        return f"{words}{t('word.semicolon')}{t(f'self_check.words_{allowed}')}"
    if result.words_differ:
        return f"{words}{t('word.semicolon')}{t('self_check.words_differ')}"
    return words


def _statement(registry: Registry, each: Statement) -> str:
    is_chinese = selection.current().language == "zh"
    name = each.name if is_chinese else each.name_en
    role = "" if each.role is Role.STATEMENT else lab("self_check_role", each.role)
    year = str(each.year) if each.year else ""
    counted = ""
    if each.rows:
        names = [registry.by_id[row] for row in each.rows]
        listed = t("word.list").join(row.name if is_chinese else row.name_en for row in names)
        counted = f"{t('self_check.counted_rows', count=len(each.rows))}{t('word.colon')}{listed}"
    parts = [role, name, year, each.printed, counted]
    words = " · ".join(esc(part) for part in parts if part)
    return f"<li>{words}<small>{esc(t('targets.clause', section=each.clause))}</small></li>"


def _amount(result: SelfCheckResult, value: Decimal | int) -> str:
    return f"{format_number(value)} {result.unit}"
