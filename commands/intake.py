"""`cli.py import`: a stranger's file read, held against the registry, and stored all or nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from commands.options import LanguageOption, file_bytes, file_text
from commands.store import checked, console_actor, own_book
from geo.own_boundaries import active_districts
from layers.intake_report import report
from layers.output import write_text
from registry.intake.batch import (
    KINDS,
    book_after,
    drafts_of,
    mapping_draft,
    past_of,
    remembered,
)
from registry.intake.decisions import decide, read_decisions
from registry.intake.gazetteer import Gazetteer
from registry.intake.guess import guess_mapping
from registry.intake.mapping import FileMapping, IntakeKind, read_mapping, write_mapping
from registry.intake.open import open_sheet
from registry.intake.past import Past
from registry.intake.proposal import Intake
from registry.intake.system import parse_system
from registry.intake.take_in import take_in
from registry.intake.template import csv_template, xlsx_template
from registry.intake.unsettled import FIELDS
from registry.registry import Registry, build_registry
from store.store import open_store
from terms.errors import CrsError, IntakeError, SetupError
from terms.language import Language
from terms.messages import text

_WORDED = (*FIELDS, "district")  # fields whose words a person may settle
KindOption = Literal["projects", "table", "area"]


def import_file(
    file: Annotated[
        Path, typer.Argument(help="CSV, XLSX, GeoJSON, GeoPackage or a zipped Shapefile.")
    ],
    crs: Annotated[
        str | None,
        typer.Option(
            "--crs",
            help="Of the coordinates: wgs84, cgcs2000, cgcs2000-3deg:117, gcj02 or bd09; not "
            "needed where the file says it.",
        ),
    ] = None,
    kind: Annotated[KindOption, typer.Option("--as", help="What the rows become.")] = "projects",
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="Which column holds what, as JSON.")
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="FIELD=VALUE for the whole file, or FIELD:WORD=KEY for a word in it "
            "(status:mothballed=shelved, district:NAME=370402). Repeat for more.",
        ),
    ] = None,
    part: Annotated[
        str, typer.Option("--sheet", help="The worksheet or layer, where there are several.")
    ] = "",
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", help="CSV: row, decision (skip, part_of, new, open), part_of."),
    ] = None,
    save_mapping: Annotated[
        Path | None, typer.Option("--save-mapping", help="Write the mapping used, to be edited.")
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="Write an empty template to FILE (.csv or .xlsx).")
    ] = False,
    restore: Annotated[
        bool, typer.Option("--restore", help="Bring back rows that were imported and withdrawn.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Store it; without it nothing is changed.")
    ] = False,
    language: LanguageOption = "zh",
) -> None:
    """Read a file of projects, figures by county or areas; report, and store it with --yes."""
    if template:
        _write_template(file)
        return
    said = _said(crs)
    data = file_bytes(file)
    own = _mapping(mapping)
    verdicts = read_decisions(file_text(decisions), decisions.name) if decisions else ()
    plans = build_registry(active_districts())
    registry = checked(plans, own_book(plans))
    gazetteer = Gazetteer(registry.districts)
    sheet = open_sheet(data, file.name, part=part)
    wanted = IntakeKind(kind)
    store = open_store()
    known = None if own else remembered(store.entries("mapping"), sheet, wanted)
    if known:
        write_text(text("intake.remembered", language) + "\n", None)
    used = _with_said(own or known or guess_mapping(sheet, wanted, gazetteer), values)
    used = replace(used, crs=said or used.crs)
    if save_mapping is not None:
        write_text(write_mapping(used), save_mapping)
    past = past_of(store, wanted, restores=restore)
    intake = take_in(sheet, used, kind=wanted, registry=plans, gazetteer=gazetteer, past=past)
    intake = decide(intake, verdicts, registry)
    write_text(report(intake, language), None)
    if intake.faults:
        raise IntakeError(text("intake.refused", language, count=len(intake.faults)))
    checked(plans, book_after(store.book(), intake))
    if not yes:
        write_text(text("intake.nothing_changed", language) + "\n", None)
        return
    _store(intake, past, registry, language)


def _store(intake: Intake, past: Past, registry: Registry, language: Language) -> None:
    """All records and the mapping in one piece; what is there under the same id is changed."""
    store = open_store()
    drafts = drafts_of(intake, store.entries(KINDS[intake.kind]), past)
    if not drafts:
        write_text(text("intake.nothing_new", language) + "\n", None)
        return
    why = text("intake.why", language, file=intake.sheet.file)
    learnt = mapping_draft(store.entries("mapping"), intake)
    batch = store.apply(
        console_actor(),
        [*drafts, *([learnt] if learnt else [])],
        why=why,
        check=lambda book: checked(registry, book),
        imported=True,
    )
    write_text(text("intake.stored", language, count=len(drafts), batch=batch) + "\n", None)


def _said(crs: str | None) -> str:
    if crs is None:
        return ""
    try:
        parse_system(crs)
    except CrsError as error:
        raise typer.BadParameter(f"--crs {crs}: {error}") from None
    return crs


def _with_said(mapping: FileMapping, values: Sequence[str] | None) -> FileMapping:
    """The mapping with what --set says: values for the whole file, words and names of it."""
    constants: dict[str, str] = {}
    for each in values or ():
        name, sign, value = (part.strip() for part in each.rpartition("="))
        if ":" not in name and sign:
            name, _, value = (part.strip() for part in each.partition("="))
        field, colon, word = name.partition(":")
        if not sign or not field or (colon and (not word or field not in _WORDED)):
            raise typer.BadParameter(
                f"--set {each}: write FIELD=VALUE, e.g. technology=pv, or FIELD:WORD=KEY, e.g. "
                f"status:mothballed=shelved, of {', '.join(_WORDED)}"
            )
        if not colon:
            constants[field] = value
        elif field == "district":
            mapping = replace(mapping, choices=(*mapping.choices, (word, value)))
        else:
            mapping = replace(mapping, values=(*mapping.values, (field, word, value)))
    return mapping.with_constants(constants)


def _mapping(path: Path | None) -> FileMapping | None:
    if path is None:
        return None
    try:
        return read_mapping(file_text(path), path.name)
    except IntakeError as error:
        raise typer.BadParameter(str(error)) from None


def _write_template(path: Path) -> None:
    makers = {".csv": csv_template, ".xlsx": xlsx_template}
    make = makers.get(path.suffix.lower())
    if make is None:
        raise typer.BadParameter(f"{path}: a template is .csv or .xlsx")
    try:
        with path.open("xb") as out:
            out.write(make())
    except OSError as error:
        raise SetupError(f"cannot write {path}: {error.strerror}") from error
    sys.stderr.write(f"{path}\n")
