"""What an import found, as plain text: counts, faults, remarks, likely twins."""

from __future__ import annotations

from collections.abc import Iterator

from registry.intake.mapping import IntakeKind
from registry.intake.proposal import Intake
from terms.language import Language, half
from terms.messages import catalogue, text

_NAMED = ("intake_field", "intake_page", "record_field")
_SHOWN = 200  # lines of one sort; the rest is a number


def field_name(field: str, language: Language) -> str:
    """A field as the form on the page names it; a heading of the file stays as it is."""
    keys = (f"{group}.{field}" for group in _NAMED)
    key = next((each for each in keys if each in catalogue()), "")
    return text(key, language) if key else field


def report(intake: Intake, language: Language) -> str:
    """The lines that a person reads before he says yes."""
    return "".join(f"{line}\n" for line in _lines(intake, language))


def _lines(intake: Intake, language: Language) -> Iterator[str]:
    sheet = intake.sheet
    yield text(
        "intake.counts",
        language,
        file=sheet.file,
        read=intake.read,
        proposed=intake.proposed_rows,
        skipped=len(intake.skipped),
        faulty=intake.faulty_rows,
    )
    columns = intake.mapping.columns
    for field, header in columns:
        if intake.kind is IntakeKind.PROJECTS:
            yield f"  {field_name(field, language)} ← {header}"
    yield from _for_whole_file(intake, language)
    changed = sum(1 for each in intake.proposals if each.replaces)
    if changed:
        yield text("intake.changed", language, count=changed)
    returning = sum(1 for each in intake.proposals if each.returns)
    if returning:
        yield text("intake.returning", language, count=returning)
    for name, lines in (
        ("faults", _faults(intake, language)),
        ("skipped", _skipped(intake, language)),
        ("remarks", _remarks(intake, language)),
        ("twins", _twins(intake, language)),
    ):
        yield from _section(name, lines, language)


def _for_whole_file(intake: Intake, language: Language) -> Iterator[str]:
    """What the person or the remembered mapping says where no cell does; it may be outdated."""
    for field, value in intake.mapping.constants:
        if value:
            rest = text("intake.where_empty", language) if intake.mapping.header(field) else ""
            yield f"  {field_name(field, language)} = {value}{rest}"
    if system := intake.sheet.crs or intake.mapping.crs:
        yield f"  {text('intake.system', language)} = {system}"


def _section(name: str, lines: list[str], language: Language) -> Iterator[str]:
    if not lines:
        return
    yield text(f"intake.{name}", language, count=len(lines))
    yield from (f"  {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield "  " + text("intake.more", language, count=len(lines) - _SHOWN)


def _faults(intake: Intake, language: Language) -> list[str]:
    told = (fault.told(language) for fault in intake.faults)
    return [
        text(
            "intake.fault",
            language,
            row=each.row,
            field=field_name(each.field, language),
            found=each.found,
            expected=each.expected,
        )
        for each in told
    ]


def _skipped(intake: Intake, language: Language) -> list[str]:
    return [
        f"{half(intake.sheet.where(each.row), language)}: {half(each.why, language)}"
        for each in intake.skipped
    ]


def _remarks(intake: Intake, language: Language) -> list[str]:
    return [
        ": ".join(filter(None, (half(each.where, language), half(each.message, language))))
        for each in intake.remarks
    ]


def _twins(intake: Intake, language: Language) -> list[str]:
    return [
        text(
            "intake.twin",
            language,
            row=twin.row,
            id=twin.id,
            name=twin.name,
            total=f"{twin.score.total:.2f}",
            alike=f"{twin.score.name:.2f}",
            district=f"{twin.score.district:.2f}",
            technology=f"{twin.score.technology:.2f}",
            capacity=f"{twin.score.capacity:.2f}",
        )
        for twin in intake.twins
    ]
