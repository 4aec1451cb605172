"""Everything recorded of one thing as a table: what, by whom, when and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from layers.change_words import local_time
from store.drafts import Entry
from views import selection
from views.entry_editor import Manner, draw_editor, edited
from views.folds import fold
from views.saving import key
from views.words import esc, t


def history_table(
    heads: Sequence[str], records: Sequence[Entry], cells: Callable[[Any], Sequence[str]]
) -> str:
    """One line a record: its cells, the day first, then who recorded it, when and why."""
    names = (*heads, *(t(f"saving.{name}") for name in ("by", "at", "why_said")))
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in names)
    body = "".join(
        stacked((*cells(each.record), each.by, local_time(each.at), each.why or "–"), names)
        for each in records
    )
    return (
        '<div class="fg-scroll" tabindex="0">'
        '<table class="fg-figures fg-history fg-stack"><thead><tr>'
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def stacked(cells: Sequence[str], names: Sequence[str]) -> str:
    """A line whose cells carry their heads, under which a narrow screen stacks them."""
    inner = "".join(
        f'<td data-title="{esc(name)}"{_DAY if at == 0 else ""}>{esc(cell)}</td>'
        for at, (cell, name) in enumerate(zip(cells, names, strict=True))
    )
    return f"<tr>{inner}</tr>"


def draw_mending(form: str, records: Sequence[Entry], manner: Manner) -> None:
    """The fold in which one of these records is changed or withdrawn; nothing without records."""
    if not (records or edited(form)):
        return
    box = fold(t("saving.mend"), f"{form}-mend", key(form, selection.widget_key("mend")))
    if box.open:
        with box:
            draw_editor(form, records, manner)


_DAY = ' class="fg-day"'
