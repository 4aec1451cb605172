"""What a file holds, row by row accounted for: proposed, skipped, faulty; faults with remedies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from layers.intake_report import field_name
from layers.table import to_csv
from registry.intake.proposal import Intake
from terms.errors import Fault
from terms.language import half, without_commands
from views import selection
from views.errors import fault_table
from views.intake.draft import caption
from views.words import esc, t

_FAULTS, _LINES = 50, 100
_COLUMNS = ("file", "row", "field", "found", "expected")


def draw_found(intake: Intake, book_faults: Sequence[Fault]) -> None:
    """Draw the counts, every fault as far as shown, what to know, what was left out."""
    language = selection.current().language
    st.html(f"<h3>{esc(t('intake_page.found'))}</h3>")
    counts = {
        "read": intake.read,
        "proposed": intake.proposed_rows,
        "skipped": len(intake.skipped),
        "faulty": intake.faulty_rows,
    }
    tiles = "".join(
        f'<div class="fg-tile" data-figure="{name}"><span>{esc(t(f"intake_page.count_{name}"))}'
        f"</span><b>{count:,}</b></div>"
        for name, count in counts.items()
    )
    st.html(f'<div class="fg-tiles fg-intake-tiles">{tiles}</div>')
    changed = sum(each.replaces for each in intake.proposals)
    returning = sum(each.returns for each in intake.proposals)
    if changed:
        caption(t("intake.changed", count=changed))
    if returning:
        caption(t("intake.returning", count=returning))
    faults = (*intake.faults, *book_faults)
    if faults:
        _draw_faults(faults)
    remarks = [
        (half(each.where, language), without_commands(half(each.message, language)))
        for each in intake.remarks
    ]
    _lines("remarks", remarks)
    skipped = [
        (half(intake.sheet.where(each.row), language), without_commands(half(each.why, language)))
        for each in intake.skipped
    ]
    _lines("skipped", skipped)


def _draw_faults(faults: Sequence[Fault]) -> None:
    """The first faults by their rows, equal ones as one, how many more; all of them as a file."""
    language = selection.current().language
    told = [_told(fault) for fault in faults]
    lines = _grouped(told)
    more = len(lines) - _FAULTS
    rest = f"<p>{esc(t('intake.more', count=more))}</p>" if more > 0 else ""
    head = t("intake.faults", count=len(faults))
    st.html(
        f'<div class="fg-faults" role="alert">{esc(head)}'
        f"{fault_table(lines[:_FAULTS], language, names_file=False)}{rest}</div>"
    )
    rows = [{name: getattr(each, name) for name in _COLUMNS} for each in told]
    st.download_button(
        t("intake_page.take_faults"),
        data=lambda: to_csv(rows, _COLUMNS, bom=True).encode("utf-8"),
        file_name="fengtu-faults.csv",
        mime="text/csv",
        key="intake-faults",
        on_click="ignore",
    )


def _told(fault: Fault) -> Fault:
    """The fault in this language, its field as the form above names it."""
    language = selection.current().language
    told = fault.told(language)
    expected = without_commands(told.expected)
    return replace(told, field=field_name(told.field, language), expected=expected)


def _grouped(faults: Sequence[Fault]) -> list[Fault]:
    """Faults that differ in their row alone, as one line at the first row."""
    same: dict[tuple[str, ...], list[Fault]] = {}
    for each in faults:
        same.setdefault((each.field, each.found, each.expected), []).append(each)
    return [
        each[0]
        if len(each) == 1
        else replace(each[0], row=t("intake_page.rows", row=each[0].row, count=len(each)))
        for each in same.values()
    ]


def _lines(name: str, lines: Sequence[tuple[str, str]]) -> None:
    """Lines of one sort, folded; the rest is a number."""
    if not lines:
        return
    items = "".join(
        f"<li>{f'<b>{esc(where)}</b> ' if where else ''}{esc(words)}</li>"
        for where, words in lines[:_LINES]
    )
    more = len(lines) - _LINES
    rest = f"<li>{esc(t('intake.more', count=more))}</li>" if more > 0 else ""
    st.html(
        f'<details class="fg-others" data-lines="{name}"><summary>'
        f"{esc(t(f'intake.{name}', count=len(lines)))}</summary><ul>{items}{rest}</ul></details>"
    )
