"""What the briefs of counties and cities have in common: head, targets, notes and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from capacity.check import Cause, Check
from layers.check_words import rule_text
from layers.county_lines import Counting
from layers.pdf.document import LEFT, RIGHT, SOFT, TOP, Document, height_of_line
from layers.pdf.table import Cell, Column, Table
from layers.pdf.words import Words
from registry.registry import Registry
from terms.kinds import PlanStatus, Status, Technology
from terms.records import PlanRecord, Project

_NOTE_SIZE, _NOTE_GAP = 7.0, 0.4


def brief_document(
    words: Words,
    *,
    title: str,
    plans: Iterable[PlanRecord],
    day: date,
    again: Document | None = None,
) -> Document:
    """A document with its marks: working sketch, and draft where a plan is one."""
    marks = [words.t("map.stamp")]
    if any(plan.status is PlanStatus.DRAFT for plan in plans):
        marks.append(words.lab("plan_status", PlanStatus.DRAFT))
    return Document(words, title=title, day=day, marks=marks, again=again)


def draw_title(document: Document, title: str, under: Sequence[str]) -> None:
    """Set the title with the marks beside it, and the lines under it."""
    left = document.marks_at(RIGHT, TOP + 1.2)
    lines = document.lines(title, left - LEFT - 3, size=17, bold=True)
    for line in lines:
        document.line(LEFT, line, size=17, bold=True)
        document.y += height_of_line(17)
    for line in under:
        document.block(line, size=8, colour=SOFT)
    document.y += 1.2
    document.rule(document.y, width=0.6)
    document.y += 3.2


def draw_checks(document: Document, checks: Sequence[Check]) -> None:
    """Set each target with its verdict and the rule behind it."""
    words = document.words
    document.heading(words.t("brief.part_checks"))
    if not checks:
        document.block(words.t("brief.no_checks"), size=8)
        document.y += 2
        return
    names = ("target", "printed", "low", "high", "verdict", "rule")
    widths = (33.5, 20.0, 19.0, 22.5, 20.8, 62.2)
    columns = [
        Column(
            words.t(f"brief.check_{name}"),
            width,
            "right" if name in ("low", "high") else "left",
            gap=2.5 if name == "high" else 0.0,
        )
        for name, width in zip(names, widths, strict=True)
    ]
    Table(document, columns, size=7.1).draw(_check_row(words, each) for each in checks)


def _check_row(words: Words, result: Check) -> list[Cell]:
    target, listed, amount = result.target, result.pipeline, words.amount(result)
    is_open = bool(listed.open_rows)
    name = words.either(target.name, target.name_en)
    high = (
        words.t("targets.sum_open", value=amount(listed.high)) if is_open else amount(listed.high)
    )
    doubts = [
        words.lab("cause", cause)
        for cause in result.causes
        if cause in (Cause.OLD_FIGURE, Cause.FAR_ABOVE)
    ]
    return [
        Cell(
            f"{name} {target.year}", note=words.t("targets.clause", section=target.source_section)
        ),
        Cell(target.printed, note="" if target.firm else words.t("targets.not_firm")),
        Cell(amount(listed.low)),
        Cell(high),
        Cell(words.lab("verdict", result.verdict), bold=True),
        Cell(rule_text(result, words.language, amount), note=words.t("word.list").join(doubts)),
    ]


def draw_notes_at_foot(document: Document, notes: Sequence[str], *, least: float) -> bool:
    """Set the notes at the foot of this page if `least` mm stay above them; tells whether."""
    width = RIGHT - LEFT
    lines = sum(document.height_of(note, width, size=_NOTE_SIZE) + _NOTE_GAP for note in notes)
    height = 6.8 + lines
    if document.y + least + height > document.bottom:
        return False
    at, document.y = document.y, document.bottom - height
    draw_notes(document, notes)
    document.y = at
    document.keep_free(height + 3)
    return True


def draw_end(document: Document, notes: Sequence[str]) -> None:
    """Set what is still to be said: notes that had no room, and signs that could not be set."""
    if gaps := document.gap_note():
        notes = [*notes, gaps]
    if notes:
        document.y += 2
        draw_notes(document, notes)


def draw_notes(document: Document, notes: Sequence[str]) -> None:
    """Set how it was counted, what is not known, where it stands."""
    document.heading(document.words.t("brief.part_notes"), keep=12)
    for note in notes:
        document.block(note, size=_NOTE_SIZE)
        document.y += _NOTE_GAP


def counting_notes(words: Words, counting: Counting) -> list[str]:
    """How the figures were counted."""
    rule = words.t(f"allocation.{counting.rule}")
    split = "brief.note_unsplit" if counting.rule == "none" else "brief.note_split"
    reading = "brief.note_inferred" if counting.inferred else "brief.note_not_inferred"
    said = (words.t("brief.note_counted"), words.t(split, rule=rule), words.t(reading))
    return [words.either("", " ").join(said)]


def unknown_notes(
    words: Words, rows: Sequence[Project], not_stated: int, *, more: Sequence[str] = ()
) -> list[str]:
    """What the rows do not say."""
    with_technology = sum(row.technology is not None for row in rows)
    facts = []
    if with_technology:
        facts.append(words.t("brief.unknown_mw", count=not_stated, total=with_technology))
    facts.append(words.t("brief.unknown_owner", count=sum(not row.owner for row in rows)))
    listed = sum(row.status is Status.LISTED for row in rows)
    facts.append(words.t("brief.unknown_status", count=listed))
    facts += more
    return [words.t("brief.unknown", facts=words.t("word.semicolon").join(facts))]


def source_notes(words: Words, plans: Iterable[PlanRecord]) -> list[str]:
    """The documents, and the boundaries with their limits."""
    documents = words.t("word.list").join(words.document(plan) for plan in plans)
    districts = words.registry.districts
    edition = words.either(districts.edition, districts.edition_en)
    version = words.registry.digest
    found = [words.t("brief.sources", documents=documents)] if documents else []
    return [*found, words.t("brief.boundaries", edition=edition, version=version)]


def plans_of(registry: Registry, rows: Iterable[Project]) -> list[PlanRecord]:
    """The documents in which the rows stand, in the registry's order."""
    ids = {row.plan for row in rows}
    return [plan for plan in registry.groups if plan.id in ids]


def technologies_in_use(cells: Iterable[Technology]) -> list[Technology]:
    """Technologies in their usual order."""
    found = set(cells)
    return [each for each in Technology if each in found]
