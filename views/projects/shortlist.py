"""The shortlist: what was picked, what it counts, up to four side by side, link and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from capacity.ledger import ledger
from capacity.picked import nests, subtotals
from layers.paint import plan_label
from layers.project_list import Manner
from layers.shortlist_file import nest_words
from registry.registry import Registry
from terms.kinds import PlanStatus
from terms.records import Project
from views import actions, cache, selection
from views.address import full_link
from views.copy_field import draw_copy_field
from views.detail.own import row_mark
from views.grid import Column, Line, draw_grid
from views.headline import power
from views.projects.compare import draw_comparison
from views.projects.list import head
from views.words import esc, lab, t

_COLUMNS = ("name", "layer", "plan", "districts", "capacity_printed", "capacity_mw", "owner")


def draw_shortlist(registry: Registry) -> None:
    """Draw everything about what was picked; the filters leave it alone."""
    chosen = selection.current()
    rows = cache.picked(chosen)
    with st.container(key="listing-head", horizontal=True, vertical_alignment="bottom"):
        title, lead = t("projects.shortlist_title", count=len(rows)), t("projects.shortlist_lead")
        st.html(f'<div class="fg-title"><h2>{esc(title)}</h2><p>{esc(lead)}</p></div>')
        if rows:
            _draw_tools()
    if not rows:
        st.html(f'<div class="fg-empty">{esc(t("projects.shortlist_empty"))}</div>')
        with st.container(key="ways", horizontal=True, horizontal_alignment="center"):
            st.button(t("projects.to_list"), key="to-list", on_click=actions.clear, args=("view",))
        return
    _draw_rows(registry, rows)
    _draw_sums(registry, rows)
    draw_comparison(registry, [registry.by_id[each] for each in chosen.compared])
    _draw_link()


def _draw_tools() -> None:
    chosen, day = selection.current(), date.today()  # built in a thread without a session
    link = full_link(replace(chosen, focus=""), page="projects")
    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    files: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
        ("xlsx", workbook, lambda: cache.shortlist_xlsx(chosen, link)),
        ("pdf", "application/pdf", lambda: cache.shortlist_pdf(chosen, link)),
    )
    for kind, mime, build in files:
        st.download_button(
            t(f"projects.{kind}"),
            data=build,
            file_name=f"fengtu-shortlist-{day:%Y%m%d}.{kind}",
            mime=mime,
            key=f"download-{kind}",
            help=t(f"projects.{kind}_note"),
            on_click="ignore",
        )
    st.button(t("projects.shortlist_clear"), key="clear-list", on_click=actions.clear_shortlist)


def _draw_rows(registry: Registry, rows: Sequence[Project]) -> None:
    chosen = selection.current()
    manner = Manner(registry, chosen.language, chosen.unit)
    entries = ledger(registry, inferred=chosen.inferred)
    compared = set(chosen.compared)

    def counted(row: Project) -> str:
        entry = entries.get(row.id)
        if entry is None:
            return t("projects.no_plant")
        return power(entry.counted_w) if entry.gross_w is not None else ""

    columns = [head(manner, column) for column in _COLUMNS]
    columns += [
        Column("counted", t("projects.counted"), number=True),
        Column("source", t("projects.clause")),
    ]
    lines = [
        Line(
            row.id,
            [
                *(manner.shown(row, column) for column in _COLUMNS),
                counted(row),
                f"{row.source_section} {row.source_item}".strip(),
            ],
            ticks={"pick": True, "compare": row.id in compared},
            draft=row.plan_status is PlanStatus.DRAFT,
            note=row_mark(row),
        )
        for row in rows
    ]
    draw_grid(
        columns,
        lines,
        key="shortlist",
        caption=t("projects.shortlist_hint"),
        opens=selection.focus_on,
        sorts=actions.sort_by,
        ticks={"pick": actions.pick, "compare": actions.compare},
    )


def _draw_sums(registry: Registry, rows: Sequence[Project]) -> None:
    """Subtotals per plan and technology, and what they do not hold."""
    chosen = selection.current()
    sums = subtotals(registry, rows, inferred=chosen.inferred)
    notes = [t("projects.counting")]
    notes += [
        nest_words(registry, each, chosen.language)
        for each in nests(registry, rows, inferred=chosen.inferred)
    ]
    if others := len(rows) - sum(each.rows for each in sums):
        notes.append(t("projects.sums_others", count=others))
    body = "".join(
        f'<tr><th scope="row">{esc(plan_label(registry, each.plan, chosen.language))}</th>'
        f"<td>{esc(lab('technology', each.technology))}</td>"
        f'<td class="fg-number">{each.rows}</td>'
        f'<td class="fg-number">{_amount(each.gross_w, each.rows > each.unstated)}</td>'
        f'<td class="fg-number"><b>{_amount(each.counted_w, each.rows > each.unstated)}</b></td>'
        f'<td class="fg-number">{each.unstated}</td></tr>'
        for each in sums
    )
    names = ("plan", "technology", "rows", "gross_mw", "counted_mw", "unstated")
    heads = "".join(
        f'<th scope="col"{" class=fg-number" if place > 1 else ""}>'
        f"{esc(t(f'projects.sums_{name}'))}</th>"
        for place, name in enumerate(names)
    )
    table = (
        f'<div class="fg-scroll"><table class="fg-figures"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
    items = "".join(f"<li>{esc(note)}</li>" for note in notes)
    st.html(
        f'<div class="fg-card fg-sums"><h2>{esc(t("projects.sums"))}</h2>{table if sums else ""}'
        f'<ul class="fg-balances">{items}</ul></div>'
    )


def _amount(watts: int, is_stated: bool) -> str:
    if is_stated:
        return esc(power(watts))
    return f'<span class="fg-none">{esc(t("word.not_stated"))}</span>'


def _draw_link() -> None:
    chosen = selection.current()
    with st.container(key="link"):
        words, help_ = t("projects.link"), t("projects.link_note", count=len(chosen.shortlist))
        st.html(f'<div class="fg-title"><h3>{esc(words)}</h3><p>{esc(help_)}</p></div>')
        draw_copy_field(full_link(replace(chosen, focus=""), page="projects"), key="copy-link")
