"""The shortlist as a workbook: the rows, their subtotals, how they were counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from capacity.ledger import ledger
from capacity.picked import Nest, nests, subtotals
from layers.paint import plan_label
from layers.project_list import Manner
from layers.xlsx import Sheet, to_xlsx
from registry.registry import Registry
from terms.columns import PROJECT_COLUMNS, Row, flat_row
from terms.kinds import PlanStatus
from terms.language import Language
from terms.messages import label, text
from terms.records import Project
from terms.selection import Selection
from terms.units import WATTS_PER_MW

_COUNTED = ("counted_mw", "excluded_mw", "reason")
_SUMS = ("plan", "technology", "rows", "gross_mw", "counted_mw", "unstated")


def shortlist_xlsx(
    registry: Registry,
    rows: Sequence[Project],
    *,
    selection: Selection,
    link: str,
    extract_date: date,
) -> bytes:
    """The workbook as bytes; its MW are plain numbers whatever unit the page shows."""
    language = selection.language
    columns = (*PROJECT_COLUMNS, *_COUNTED)
    sheets = (
        Sheet(
            text("projects.file_rows", language),
            columns,
            _rows(registry, rows, selection),
            _headings(columns, selection),
        ),
        Sheet(
            text("projects.file_sums", language),
            _SUMS,
            _sums(registry, rows, selection),
            _headings(_SUMS, selection),
        ),
    )
    notes = _notes(registry, rows, selection=selection, link=link, day=extract_date)
    return to_xlsx(sheets, notes=list(notes), language=language)


def nest_words(registry: Registry, nest: Nest, language: Language) -> str:
    """That a row and rows inside it are both picked, and how they are counted."""
    manner = Manner(registry, language, Selection().unit)
    members = text("word.list", language).join(
        manner.cell(registry.by_id[each], "name") for each in nest.members
    )
    parent = manner.cell(registry.by_id[nest.parent], "name")
    return text("projects.nested", language, parent=parent, members=members)


def _headings(columns: Iterable[str], selection: Selection) -> dict[str, str]:
    return {each: text(f"column.{each}", selection.language) for each in columns}


def _rows(registry: Registry, rows: Iterable[Project], selection: Selection) -> Iterator[Row]:
    entries = ledger(registry, inferred=selection.inferred)
    for row in rows:
        entry = entries.get(row.id)
        is_stated = entry is not None and entry.gross_w is not None
        yield {
            **flat_row(row, PROJECT_COLUMNS),
            "counted_mw": entry.counted_w / WATTS_PER_MW if entry and is_stated else None,
            "excluded_mw": entry.excluded_w / WATTS_PER_MW if entry and is_stated else None,
            "reason": (
                text(f"capacity.reason_{entry.reason}", selection.language)
                if entry and entry.reason
                else None
            ),
        }


def _sums(registry: Registry, rows: Iterable[Project], selection: Selection) -> Iterator[Row]:
    language = selection.language
    for each in subtotals(registry, rows, inferred=selection.inferred):
        has_figure = each.rows > each.unstated
        yield {
            "plan": plan_label(registry, each.plan, language),
            "technology": label("technology", each.technology, language),
            "rows": each.rows,
            "gross_mw": each.gross_w / WATTS_PER_MW if has_figure else None,
            "counted_mw": each.counted_w / WATTS_PER_MW if has_figure else None,
            "unstated": each.unstated,
        }


def _notes(
    registry: Registry, rows: Sequence[Project], *, selection: Selection, link: str, day: date
) -> Iterator[tuple[str, str]]:
    language = selection.language
    yield text("projects.file_date", language), day.isoformat()
    yield text("projects.file_link", language), link
    yield text("projects.file_counting", language), text("projects.counting", language)
    if not selection.inferred:
        yield text("projects.file_counting", language), text("capacity.not_inferred", language)
    for nest in nests(registry, rows, inferred=selection.inferred):
        yield text("projects.file_nested", language), nest_words(registry, nest, language)
    drafts = {row.plan for row in rows if row.plan_status is PlanStatus.DRAFT}
    for plan in sorted(drafts):
        name = plan_label(registry, plan, language)
        yield (
            text("projects.file_draft", language),
            f"{name}{text('word.colon', language)}" + text("detail.draft", language),
        )
    yield text("projects.file_licence", language), text("export.licence", language)
