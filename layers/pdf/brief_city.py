"""The brief of a city, from its plan's table: map, figures, targets, counties, ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from capacity.check import Check
from capacity.ledger import ledger
from layers.county_lines import Cell as Amount
from layers.county_lines import Counting, Line, LineKind, PlanTable
from layers.pdf.brief_parts import (
    brief_document,
    counting_notes,
    draw_checks,
    draw_end,
    draw_notes_at_foot,
    draw_title,
    source_notes,
    unknown_notes,
)
from layers.pdf.document import LEFT, RIGHT, Document
from layers.pdf.ledger_table import ledger_columns, plan_rows
from layers.pdf.map_beside import draw_map_beside
from layers.pdf.map_drawing import (
    MapPlan,
    fitted_height,
)
from layers.pdf.table import Cell, Column, Table, TableRow
from layers.pdf.words import Words
from layers.thing_words import thing_line
from terms.kinds import Technology
from terms.records import PlanRecord, Project

_MAP_WIDTH, _LEAST_HEIGHT, _MOST_HEIGHT = 100.0, 58.0, 100.0
_LEAST_BELOW, _HEADING = 12.0, 7.0
_NAME_WIDTH, _ROWS_WIDTH = 27.0, 11.5


@dataclass(frozen=True)
class CityBrief:
    """The table of a city's plan on paper, with the check of its targets."""

    words: Words
    plan: PlanRecord
    table: PlanTable
    checks: Sequence[Check]
    counting: Counting
    day: date

    def pdf(self) -> bytes:
        """Set the document."""
        words = self.words
        name = words.either(self.plan.city, self.plan.city_en)
        title = words.t("brief.title", name=name)
        document = brief_document(words, title=title, plans=[self.plan], day=self.day)
        draw_title(document, title, self._under())
        self._upper_half(document)
        draw_checks(document, self.checks)
        notes = self._notes()
        at_foot = draw_notes_at_foot(document, notes, least=_LEAST_BELOW)
        self._counties(document)
        document.heading(words.t("brief.part_ledger", count=len(self._rows())))
        entries = ledger(words.registry, inferred=self.counting.inferred)
        Table(document, ledger_columns(words)).draw(plan_rows(words, self._rows(), entries))
        draw_end(document, () if at_foot else notes)
        return document.output()

    def _rows(self) -> list[Project]:
        registry = self.words.registry
        return [row for row in registry.projects if registry.plan_of(row) == self.plan.id]

    def _codes(self) -> tuple[str, ...]:
        has = self.words.registry.districts.has
        return tuple(line.code for line in self.table.counties if has(line.code))

    def _under(self) -> list[str]:
        words = self.words
        return [
            words.t(
                "brief.under_city",
                code=self.plan.governs_code,
                counties=len(self.table.counties),
                day=words.day(self.day),
            ),
            words.t("brief.by", documents=words.document(self.plan)),
        ]

    # -- map and figures

    def _upper_half(self, document: Document) -> None:
        document.need(_MOST_HEIGHT)
        words, rows = self.words, self._rows()
        on_map = [row for row in rows if is_on_map(words, row)]
        own = set(self._codes())
        tinted = {
            code
            for row in on_map
            if len(row.district_codes) > 1
            for code in row.district_codes
            if code in own
        }
        plan = MapPlan(self._codes(), on_map, tinted=tinted)
        height = fitted_height(
            words.registry, plan, width=_MAP_WIDTH, least=_LEAST_HEIGHT, most=_MOST_HEIGHT
        )
        draw_map_beside(
            document,
            plan,
            width=_MAP_WIDTH,
            height=height,
            figures=lambda x: self._figures(document, x=x, on_map=len(on_map)),
        )
        document.y += 2

    def _figures(self, document: Document, *, x: float, on_map: int) -> None:
        words, width, rows = self.words, RIGHT - x, self._rows()
        document.heading(words.t("brief.part_figures", unit=words.unit_name()), x=x)
        counts = words.t(
            "brief.counts_city",
            count=len(rows),
            located=on_map,
            tray=len(rows) - on_map,
            stated=self.table.stated,
            sited=self.table.located,
        )
        document.block(counts, x=x, width=width, size=8)
        document.y += 1.5
        heads = ("technology", "total", "located_city", "unsplit", "unallocated", "no_mw")
        widths = (20.6, 12.3, 12.2, 9.4, 9.5, 9.0)
        columns = [
            Column(words.t(f"brief.figure_{head}"), wide,
                   "left" if head == "technology" else "right")
            for head, wide in zip(heads, widths, strict=True)
        ]  # fmt: skip
        Table(document, columns, x=x, size=6.8).draw(
            self._technology(each) for each in self.table.technologies
        )

    def _technology(self, technology: Technology) -> list[Cell | str]:
        words, total = self.words, self.table.total.cell(technology)
        rest = {line.kind: line.cell(technology) for line in self.table.rest}
        if not total.stated:
            amounts = [Cell("–", soft=True)] * 4
        else:
            located = self.table.located_w(technology)
            outside = rest[LineKind.OUTSIDE].watts
            amounts = [
                Cell(words.number(total.watts), bold=True, note=self._total_note(total, outside)),
                _amount(words, located),
                _amount(words, rest[LineKind.UNSPLIT].watts),
                _amount(words, rest[LineKind.UNALLOCATED].watts),
            ]
        missing = Cell(str(total.not_stated)) if total.not_stated else Cell("–", soft=True)
        return [words.lab("technology", technology), *amounts, missing]

    def _total_note(self, total: Amount, outside: int) -> str:
        words = self.words
        said = []
        if total.retired_w:
            said.append(words.t("county.retired", value=words.number(total.retired_w)))
        if outside:
            said.append(words.t("brief.outside", value=words.number(outside)))
        return words.join(said)

    # -- counties

    def _counties(self, document: Document) -> None:
        words = self.words
        technologies = [each for each in self.table.technologies if self._is_in_table(each)]
        wide = min(20.0, (RIGHT - LEFT - _NAME_WIDTH - 2 * _ROWS_WIDTH) / max(1, len(technologies)))
        columns = [
            Column(words.t("county.name"), _NAME_WIDTH),
            Column(words.t("county.rows"), _ROWS_WIDTH, "right"),
            Column(words.t("brief.col_shared"), _ROWS_WIDTH, "right"),
            *(Column(words.lab("technology", each), wide, "right") for each in technologies),
        ]
        table, lines = Table(document, columns, size=7), list(self._lines(technologies))
        is_whole = table.fits(lines, more=_HEADING)
        if not is_whole:
            self._things(document)
            table.keep_whole(lines, more=_HEADING)
        document.heading(words.t("brief.part_counties", unit=words.unit_name()))
        table.draw(lines)
        document.block(words.t("brief.counties_note"), size=6.8)
        document.y += 1.5
        if is_whole:
            self._things(document)

    def _things(self, document: Document) -> None:
        """What counts in pieces or not at all, by kind."""
        words, things = self.words, self.table.total.things
        if things:
            said = words.t("word.semicolon").join(thing_line(e, words.language) for e in things)
            line = words.t("word.colon").join([words.t("county.part_things"), said])
            document.block(line, size=7)
            document.y += 2.5

    def _is_in_table(self, technology: Technology) -> bool:
        lines = (*self.table.counties, *self.table.rest)
        return any(line.cell(technology).look != "missing" for line in lines)

    def _lines(self, technologies: Sequence[Technology]) -> Iterable[TableRow]:
        for line in self.table.counties:
            yield self._line(line, self.words.district(line.code), technologies)
        for line in self.table.rest:
            if line.rows or line.split_rows:
                yield self._line(line, self.words.t(f"county.{line.kind}"), technologies)
        total = self._line(self.table.total, self.words.t("county.total"), technologies)
        yield TableRow(total.cells, strong=True)

    def _line(self, line: Line, name: str, technologies: Sequence[Technology]) -> TableRow:
        words = self.words
        note = words.t("county.rows_split", rows=line.split_rows) if line.split_rows else ""
        shared = str(line.shared_rows) if line.shared_rows else "·"
        cells = [self._cell(line.cell(each)) for each in technologies]
        return TableRow([name, Cell(str(line.rows), note=note), Cell(shared, soft=True), *cells])

    def _cell(self, cell: Amount) -> Cell:
        """As on the page: the firm part first, shares of a rule marked, gaps in words."""
        words = self.words
        if cell.look == "missing":
            return Cell("·", soft=True)
        figure = words.number(cell.located_w) if cell.located_w or cell.look == "zero" else ""
        notes = []
        if cell.shared_w:
            value = words.sketch(cell.shared_w)
            notes.append(words.t("brief.sketch", value=value))
        if cell.retired_w:
            notes.append(words.t("county.retired", value=words.number(cell.retired_w)))
        if cell.not_stated:
            notes.append(words.t("county.not_stated", rows=cell.not_stated))
        if cell.undivided:
            notes.append(words.t("county.undivided", rows=cell.undivided))
        return Cell(figure, note="\n".join(notes))

    # -- notes

    def _notes(self) -> list[str]:
        words, rows = self.words, self._rows()
        not_stated = sum(cell.not_stated for cell in self.table.total.cells.values())
        waiting = sum(not is_on_map(words, row) for row in rows)
        more = [words.t("brief.unknown_place_city", count=waiting)] if waiting else []
        notes = counting_notes(words, self.counting)
        notes += unknown_notes(words, rows, not_stated, more=more)
        return [*notes, *source_notes(words, [self.plan])]


def is_on_map(words: Words, row: Project) -> bool:
    """Can the row be drawn on a map?"""
    return bool(words.registry.labels[row.id])


def _amount(words: Words, watts: int) -> Cell:
    return Cell(words.number(watts)) if watts else Cell("–", soft=True)
