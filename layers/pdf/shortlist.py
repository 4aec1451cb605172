"""A list of projects as PDF: what an investor takes to a meeting, or any selection to print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from capacity.ledger import Entry, ledger
from capacity.picked import nests
from layers.county_lines import Counting
from layers.figures import Capacity, figures
from layers.filter_words import filter_words
from layers.own_words import not_stated
from layers.pdf.brief_parts import (
    brief_document,
    counting_notes,
    draw_end,
    draw_notes_at_foot,
    draw_title,
    plans_of,
    source_notes,
    unknown_notes,
)
from layers.pdf.document import LEFT, RIGHT, SOFT, Document
from layers.pdf.facts import OWN_LABELS, Pair, facts_of
from layers.pdf.ledger_table import ledger_columns, plan_rows
from layers.pdf.map_beside import CAPTION, draw_map_beside
from layers.pdf.map_drawing import (
    MapPlan,
    draw_symbol,
    fitted_height,
)
from layers.pdf.table import Cell, Column, Table
from layers.pdf.words import Words
from layers.plan_names import plan_label
from layers.shortlist_file import nest_words
from registry.registry import Registry
from registry.select import unstated
from terms.kinds import Technology
from terms.language import Language
from terms.records import Project
from terms.selection import Selection
from terms.units import PowerUnit

MOST_DETAILED = 500  # rows; a longer list is a plain table
ListKind = Literal["shortlist", "selection"]
_MAP_WIDTH, _LEAST, _MOST = 100.0, 55.0, 100.0
_LABEL, _VALUE = 21.0, 68.0
_MOST_NUMBERED = 30
_BLOCK_HEAD = 14.0  # mm above a block's pairs
_LONG = 92  # signs; longer words get the whole width


def shortlist_pdf(
    registry: Registry,
    rows: Sequence[Project],
    *,
    selection: Selection,
    extract_date: date,
    language: Language | None = None,
    unit: PowerUnit | None = None,
    kind: ListKind = "shortlist",
    link: str = "",
    details: bool = True,
) -> bytes:
    """The rows with the filter that chose them: map, figures, comparison, a block a project.

    `rows` stand in the given order. Language and unit are those of the selection unless given.
    `kind` titles it, `link` leads back to the page. Without `details`, and above 500 rows (which
    it says), the blocks are left out. Raises SetupError without a Chinese font.
    """
    words = Words(registry, language or selection.language, unit or selection.unit)
    return _Shortlist(words, tuple(rows), selection, extract_date, kind, link, details).pdf()


def list_name(kind: ListKind, *, day: date) -> str:
    """A file name in signs that every system takes."""
    return f"fengtu-{kind}-{day.isoformat()}.pdf"


@dataclass(frozen=True)
class _Shortlist:
    words: Words
    rows: tuple[Project, ...]
    selection: Selection
    day: date
    kind: ListKind
    link: str
    details: bool

    def pdf(self) -> bytes:
        """Set the document."""
        words, plans = self.words, plans_of(self.words.registry, self.rows)
        title = words.t(f"brief.title_{self.kind}")
        document = brief_document(words, title=title, plans=plans, day=self.day)
        draw_title(document, title, self._under())
        if not self.rows:
            document.block(words.t("brief.empty_list"))
            return document.output()
        entries = ledger(words.registry, inferred=self.selection.inferred)
        self._upper_half(document)
        notes = self._notes(entries)
        at_foot = draw_notes_at_foot(document, notes, least=30)
        document.heading(words.t("brief.part_list", count=len(self.rows)))
        Table(document, ledger_columns(words)).draw(plan_rows(words, self.rows, entries))
        if self.details and len(self.rows) <= MOST_DETAILED:
            document.heading(words.t("brief.part_details"), keep=90)
            for number, row in enumerate(self.rows, start=1):
                _block(document, number, row, entries.get(row.id))
        draw_end(document, () if at_foot else notes)
        return document.output()

    def _under(self) -> list[str]:
        words = self.words
        like = replace(self.selection, language=words.language, unit=words.unit)
        ids = {row.id for row in self.rows}
        picked = self.kind == "shortlist" and bool(ids) and ids == set(self.selection.shortlist)
        filters = filter_words(words.registry, like)
        lines = [
            words.t("brief.under_list", count=len(self.rows), day=words.day(self.day)),
            words.t("brief.picked") if picked else words.t("brief.filter", filters=filters),
        ]
        if not picked and (left_out := unstated(words.registry, self.selection)):
            lines.append(words.t("filter.mw_unstated", count=left_out))
        if self.link:
            lines.append(words.t("brief.link", link=self.link))
        if len(self.rows) > MOST_DETAILED:
            lines.append(words.t("brief.plain_list", most=MOST_DETAILED))
        return lines

    def _upper_half(self, document: Document) -> None:
        registry = self.words.registry
        codes = sorted({c for row in self.rows for c in row.district_codes})
        codes = [code for code in codes if registry.districts.has(code)]
        if not codes:
            self._figures(document, x=LEFT)
            document.y += 2
            return
        on_map = [row for row in self.rows if registry.labels[row.id]]
        shared = {c for row in on_map if len(row.district_codes) > 1 for c in row.district_codes}
        numbers = {row.id: number for number, row in enumerate(self.rows, start=1)}
        plan = MapPlan(
            tuple(codes),
            on_map,
            tinted=shared,
            numbers=numbers if len(self.rows) <= _MOST_NUMBERED else {},
        )
        height = fitted_height(registry, plan, width=_MAP_WIDTH, least=_LEAST, most=_MOST)
        document.need(height + CAPTION)
        draw_map_beside(
            document,
            plan,
            width=_MAP_WIDTH,
            height=height,
            figures=lambda x: self._figures(document, x=x),
        )
        document.y += 3

    def _figures(self, document: Document, *, x: float) -> None:
        """Counted capacity by plan and technology, never added up."""
        words = self.words
        found = figures(words.registry, self.rows, inferred=self.selection.inferred)
        document.heading(words.t("brief.part_figures", unit=words.unit_name()), x=x)
        said = words.t(
            "brief.counts_list",
            count=found.rows,
            located=found.located,
            tray=found.tray,
            districts=found.districts,
        )
        document.block(said, x=x, width=min(RIGHT - x, 90), size=8)
        document.y += 1.5
        heads = ("plan", "technology", "total", "located_city", "no_mw")
        widths = (20.0, 21.0, 12.0, 11.5, 8.5)
        columns = [
            Column(words.t(f"brief.figure_{head}"), width,
                   "left" if head in ("plan", "technology") else "right")
            for head, width in zip(heads, widths, strict=True)
        ]  # fmt: skip
        Table(document, columns, x=x, size=6.8).draw(
            [
                plan_label(words.registry, plan.id, words.language),
                words.lab("technology", each),
                *_sums(words, found.capacity[plan.id, each]),
            ]
            for plan in words.registry.groups
            for each in Technology
            if (plan.id, each) in found.capacity
        )

    def _notes(self, entries: Mapping[str, Entry]) -> list[str]:
        words = self.words
        known = [entries[row.id] for row in self.rows if row.id in entries]
        not_stated = sum(entry.gross_w is None for entry in known)
        inferred = self.selection.inferred
        inside = nests(words.registry, self.rows, inferred=inferred)
        return [
            *counting_notes(words, Counting(inferred=inferred)),
            words.t("projects.counting"),
            *(nest_words(words.registry, each, words.language) for each in inside),
            *unknown_notes(words, self.rows, not_stated),
            *source_notes(words, plans_of(words.registry, self.rows)),
            words.t("brief.licence", licence=words.t("export.licence")),
        ]


def _sums(words: Words, sums: Capacity) -> list[Cell]:
    missing = Cell(str(sums.not_stated)) if sums.not_stated else Cell("–", soft=True)
    note = words.t("county.retired", value=words.number(sums.retired_w)) if sums.retired_w else ""
    if sums.adds_nothing:
        return [Cell("" if note else "–", note=note, soft=True), Cell("–", soft=True), missing]
    return [
        Cell(words.number(sums.counted_w), bold=True, note=note),
        Cell(words.number(sums.located_w)),
        missing,
    ]


def _block(document: Document, number: int, row: Project, entry: Entry | None) -> None:
    """One project: its name, then all pairs, short ones two a line."""
    words = document.words
    pairs = facts_of(words, row, entry)
    table = Table(document, [Column("", _LABEL), Column("", _VALUE)] * 2, size=7.2)
    lines = list(_pairs(words, row, [pair for pair in pairs if len(pair[1]) <= _LONG]))
    table.keep_whole(lines, more=_BLOCK_HEAD)
    document.need(_BLOCK_HEAD)
    draw_symbol(document, row, LEFT + 2, document.y + 2.6, 4)
    x, width = LEFT + 5.5, RIGHT - LEFT - 5.5
    document.block(f"{number}. {words.name(row)}", x=x, width=width, size=9.5, bold=True)
    under = [words.lab("layer", row.layer), plan_label(words.registry, row.plan, words.language)]
    if words.language == "en":
        under.append(row.name)
    document.block(words.join(under), x=x, width=width, size=7, colour=SOFT)
    document.y += 0.8
    table.draw(lines)
    for pair in pairs:
        if len(pair[1]) > _LONG:
            label, value = _cells(words, row, pair)
            said = words.t("word.colon").join([label.text, value.text])
            document.block(said, x=LEFT + 1.1, width=RIGHT - LEFT - 2.2, size=7.2)
            document.y += 0.6
    document.y += 3


def _pairs(words: Words, row: Project, pairs: Sequence[Pair]) -> Iterable[list[Cell]]:
    for first in range(0, len(pairs), 2):
        cells = [cell for pair in pairs[first : first + 2] for cell in _cells(words, row, pair)]
        yield cells if len(cells) == 4 else [*cells, Cell(""), Cell("")]


def _cells(words: Words, row: Project, pair: Pair) -> tuple[Cell, Cell]:
    key, value = pair
    group = "brief." if key in OWN_LABELS else "" if "." in key else "detail."
    label = words.t(f"{group}{key}")
    shown = Cell(value) if value else Cell(not_stated(row.plan, words.language), soft=True)
    return Cell(label, soft=True), shown
