"""The brief of one county, from its sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from capacity.allocate import Place
from capacity.check import Check
from geo.zones import Zone
from layers.county_lines import Cell as Amount
from layers.county_sheet import Sheet
from layers.pdf.brief_parts import (
    brief_document,
    counting_notes,
    draw_checks,
    draw_end,
    draw_notes_at_foot,
    draw_title,
    plans_of,
    source_notes,
    unknown_notes,
)
from layers.pdf.document import RIGHT, Document
from layers.pdf.ledger_table import county_rows, is_known_to_city_only, ledger_columns
from layers.pdf.map_beside import CAPTION, draw_map_beside
from layers.pdf.map_drawing import MapPlan
from layers.pdf.table import Cell, Column, Table
from layers.pdf.words import Words
from layers.thing_words import thing_line
from registry.areas import plan_districts
from terms.kinds import Technology
from terms.records import InstalledFigure, PlanRecord
from terms.units import format_number

_MAP_WIDTH = 90.0  # mm
_DENSITIES = ((80.0, 7.5), (66.0, 7.0), (54.0, 6.5))  # mm of the map's height, points of the ledger
_LEAST_LEDGER = 40.0  # mm: so much of the ledger stands on the first page, or the notes follow it


@dataclass(frozen=True)
class CountyBrief:
    """A county's sheet on paper, with the targets of the plan that governs just this county."""

    words: Words
    sheet: Sheet
    checks: Sequence[Check]
    day: date

    def pdf(self) -> bytes:
        """Set the document, closer where that brings it on to one page."""
        loosest = first = self._set(*_DENSITIES[0])
        for map_height, size in _DENSITIES[1:]:
            if first.page == 1:
                break
            first = self._set(map_height, size, again=first)
        return (first if first.page == 1 else loosest).output()

    def _set(self, map_height: float, size: float, again: Document | None = None) -> Document:
        words = self.words
        title = words.t("brief.title", name=words.district(self.sheet.code))
        document = brief_document(
            words, title=title, plans=self._plans(), day=self.day, again=again
        )
        draw_title(document, title, self._under())
        self._upper_half(document, map_height)
        if self.checks:
            draw_checks(document, self.checks)
        notes = self._notes()
        at_foot = draw_notes_at_foot(document, notes, least=_LEAST_LEDGER)
        self._ledger(document, size)
        draw_end(document, () if at_foot else notes)
        return document

    def _plans(self) -> list[PlanRecord]:
        """The plan that governs the county, and any other that names it."""
        registry = self.words.registry
        own = plan_districts(registry).get(self.sheet.code)
        named = plans_of(registry, (each.row for each in self.sheet.rows))
        return [plan for plan in registry.groups if plan.id == own or plan in named]

    def _under(self) -> list[str]:
        words, districts = self.words, self.words.registry.districts
        code = self.sheet.code
        city = districts.city_name(districts.city_code(code), words.language)
        area = format_number(round(districts.area_km2(code)))
        return [
            words.t("brief.under_county", city=city, code=code, area=area, day=words.day(self.day)),
            words.t("brief.by", documents=words.join(map(words.document, self._plans())))
            if self._plans()
            else words.t("brief.no_plan"),
        ]

    # -- map and figures

    def _upper_half(self, document: Document, height: float) -> None:
        document.need(height + CAPTION)
        rows = [each.row for each in self.sheet.rows if each.place is not Place.UNALLOCATED]
        numbers = {each.row.id: n for n, each in enumerate(self.sheet.rows, start=1)}
        shared = {code for each in self.sheet.rows for code in each.others}
        plan = MapPlan((self.sheet.code,), rows, tinted=shared, numbers=numbers, names=False)
        draw_map_beside(
            document,
            plan,
            width=_MAP_WIDTH,
            height=height,
            figures=lambda x: self._figures(document, x=x),
        )
        document.y += 3

    def _figures(self, document: Document, *, x: float) -> None:
        words, width = self.words, RIGHT - x
        document.heading(words.t("brief.part_figures", unit=words.unit_name()), x=x)
        document.block(self._counts(), x=x, width=width, size=8)
        document.y += 1.5
        self._technologies(document, x=x)
        line = self.sheet.line
        if line and line.things:
            document.y += 0.5
            self._list(
                document,
                words.t("county.part_things"),
                [thing_line(each, words.language) for each in line.things],
                x=x,
            )
        if line and line.zones:
            names = [
                words.t("brief.zone", name=_zone_name(words, each.zone), rows=each.rows)
                for each in line.zones
            ]
            self._list(document, words.t("county.part_zones"), names, x=x)
        if self.sheet.installed:
            said = [_installed(words, each) for each in self.sheet.installed]
            self._list(document, words.t("county.part_installed"), said, x=x)

    def _list(self, document: Document, title: str, items: Sequence[str], *, x: float) -> None:
        words, width = self.words, RIGHT - x
        document.block(title, x=x, width=width, size=8, bold=True)
        document.block(words.t("word.semicolon").join(items), x=x, width=width, size=7.5)
        document.y += 1

    def _counts(self) -> str:
        words, rows = self.words, self.sheet.rows
        here = sum(each.place is Place.LOCATED for each in rows)
        shared = sum(each.place is Place.SHARED for each in rows)
        if not rows:
            return words.t("brief.empty_county" if self._plans() else "brief.outside_county")
        parts = [words.t("brief.count_here", count=here)] if here else []
        parts += [words.t("brief.count_shared", count=shared)] if shared else []
        other = len(rows) - here - shared
        parts += [words.t("brief.count_other", count=other)] if other else []
        return words.t("brief.counts", count=len(rows), parts=words.t("word.comma").join(parts))

    def _technologies(self, document: Document, *, x: float) -> None:
        words, line = self.words, self.sheet.line
        if line is None or not line.cells:
            document.block(words.t("county.sheet_nothing"), x=x, width=RIGHT - x, size=8)
            document.y += 1.5
            return
        is_split = self.sheet.counting.rule != "none"
        heads = ["technology", "located", "sketch" if is_split else "shared", "not_stated"]
        widths = (29.0, 18.0, 20.0, 16.0)
        columns = [
            Column(words.t(f"brief.figure_{head}"), width,
                   "left" if head == "technology" else "right")
            for head, width in zip(heads, widths, strict=True)
        ]  # fmt: skip
        Table(document, columns, x=x).draw(
            [words.lab("technology", each), *self._amounts(line.cell(each))]
            for each in self.sheet.technologies
        )

    def _amounts(self, cell: Amount) -> list[Cell]:
        words = self.words
        located = Cell("–", soft=True)
        if cell.located_w or cell.look == "zero":
            located = Cell(words.number(cell.located_w), bold=True)
        if cell.retired_w:
            said = words.t("county.retired", value=words.number(cell.retired_w))
            located = Cell(located.text if cell.located_w else "", note=said, bold=True)
        return [located, self._shared(cell), _rows(words, cell.not_stated)]

    def _shared(self, cell: Amount) -> Cell:
        """What the rule gave, or how many rows are listed here and not split."""
        words = self.words
        parts = []
        if cell.undivided:
            parts.append(words.t("brief.undivided", rows=cell.undivided))
        if not cell.shared_w:
            return Cell(parts[0] if parts else "–", soft=True)
        return Cell(words.sketch(cell.shared_w), note=words.t("word.list").join(
            [words.t("county.sketch"), *parts]))  # fmt: skip

    # -- ledger and notes

    def _ledger(self, document: Document, size: float) -> None:
        words, rows = self.words, self.sheet.rows
        document.heading(words.t("brief.part_ledger", count=len(rows)))
        if not rows:
            document.block(words.t("brief.no_rows"), size=8)
            return
        columns = ledger_columns(words, is_county=True)
        Table(document, columns, size=size).draw(county_rows(words, rows))

    def _notes(self) -> list[str]:
        words, rows = self.words, [each.row for each in self.sheet.rows]
        notes = counting_notes(words, self.sheet.counting)
        if rows:
            entries = [each.entry for each in self.sheet.rows if each.entry]
            not_stated = sum(entry.gross_w is None for entry in entries)
            notes += unknown_notes(words, rows, not_stated)
        return [*notes, *self._elsewhere(), *source_notes(words, self._plans())]

    def _elsewhere(self) -> list[str]:
        """What the county's plan lists and this sheet does not hold."""
        words, table = self.words, self.sheet.table
        if table is None:
            return []
        here = {each.row.id for each in self.sheet.rows}
        registry = words.registry
        rows = [row for row in registry.projects if registry.plan_of(row) == table.plan]
        waiting = sum(is_known_to_city_only(row) for row in rows)
        notes = [words.t("brief.unknown_place", count=waiting)] if waiting else []
        if words.registry.plan_by_id[table.plan].governs_code == self.sheet.code:
            others = [row for row in rows if row.id not in here and row.district_codes]
            if others:
                place, names = words.district(self.sheet.code), words.join(map(words.name, others))
                notes.append(
                    words.t("brief.unknown_outside", count=len(others), place=place, names=names)
                )
        return notes


def _rows(words: Words, count: int) -> Cell:
    return Cell(words.t("brief.rows", count=count)) if count else Cell("–", soft=True)


def _zone_name(words: Words, zone: Zone | None) -> str:
    return words.either(zone.name, zone.name_en) if zone else ""


def _installed(words: Words, figure: InstalledFigure) -> str:
    known = {each.value for each in Technology}
    is_known = figure.metric in known
    metric = words.lab("technology", figure.metric) if is_known else figure.metric
    return words.t(
        "county.installed_line",
        metric=f"{figure.zone} {metric}".strip(),
        date=figure.date,
        value=f"{format_number(figure.value)} {figure.unit}",
        source=figure.source,
    )
