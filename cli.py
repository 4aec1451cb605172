"""Fengtu without a browser: the same registry, selection and exports on the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from capacity.check import Rules
from capacity.check import check as check_targets
from capacity.ledger import ledger as count_once
from commands.intake import import_file
from commands.join import join
from commands.options import (
    City,
    CrsOption,
    District,
    ExportFormat,
    Format,
    Inferred,
    Land,
    LanguageOption,
    LayerOption,
    MinMw,
    Out,
    Owner,
    Rule,
    StatusOption,
    TechnologyOption,
    What,
    Words,
    Year,
    one_line,
    records_said,
    selection_of,
    splits_of,
)
from commands.people import user
from commands.rasters import zonal
from commands.siting import siting
from commands.store import backup, checked, history, own_book, restore, tell_excesses
from geo.own_boundaries import active_districts
from layers.capacity_tables import check_rows, district_rows, ledger_rows
from layers.county_lines import Counting
from layers.exports.extract import CONTENTS, extract_of
from layers.exports.formats import FORMATS, chunks
from layers.exports.own import own_contents
from layers.output import write_chunks, write_table
from registry.mode import mode
from registry.registry import Registry, build_registry
from registry.select import select
from store.store import open_store
from terms.columns import (
    CHECK_COLUMNS,
    DISTRICT_COLUMNS,
    LEDGER_COLUMNS,
    PROJECT_COLUMNS,
    TARGET_COLUMNS,
    flat_row,
)
from terms.errors import CrsError, DistrictError, ExportError, FengtuError, SetupError

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=False)
_BESIDE = (join, zonal, siting, backup, restore, history)
for _name, _run in (("import", import_file), *((each.__name__, each) for each in _BESIDE)):
    app.command(_name)(_run)
app.add_typer(user, name="user")


@app.command()
def projects(
    city: City = None,
    layer: LayerOption = None,
    district: District = None,
    format: Format = "csv",
    out: Out = None,
) -> None:
    """List the projects, one row each, with every column of the data dictionary."""
    registry = _registry()
    rows = select(registry, selection_of(registry, city, layer, district))
    write_table((flat_row(row, PROJECT_COLUMNS) for row in rows), PROJECT_COLUMNS, format, out)


@app.command()
def targets(city: City = None, year: Year = None, format: Format = "csv", out: Out = None) -> None:
    """List the quantified targets, one row each."""
    registry = _registry()
    plans = selection_of(registry, city, None, None).plans
    rows = [row for row in registry.targets if not plans or row.plan in plans]
    chosen = [row for row in rows if not year or row.year in year]
    write_table((flat_row(row, TARGET_COLUMNS) for row in chosen), TARGET_COLUMNS, format, out)


@app.command()
def ledger(
    city: City = None,
    layer: LayerOption = None,
    district: District = None,
    inferred: Inferred = True,
    format: Format = "csv",
    out: Out = None,
) -> None:
    """List what each project counts: gross = counted + excluded, with the reason."""
    registry = _registry()
    rows = select(registry, selection_of(registry, city, layer, district))
    entries = count_once(registry, inferred=inferred)
    chosen = [entries[row.id] for row in rows if row.id in entries]
    write_table(ledger_rows(registry, chosen), LEDGER_COLUMNS, format, out)


@app.command()
def districts(
    city: City = None,
    layer: LayerOption = None,
    district: District = None,
    rule: Rule = "none",
    split: Annotated[
        Path | None, typer.Option("--split", help="The breakdown (CSV) for --rule custom.")
    ] = None,
    inferred: Inferred = True,
    format: Format = "csv",
    out: Out = None,
) -> None:
    """Add the capacity up by district and technology; the rest has an empty code."""
    registry = _registry()
    selection = selection_of(registry, city, layer, district)
    chosen = {row.id for row in select(registry, replace(selection, districts=()))}
    splits = splits_of(registry, rule, split)
    rows = district_rows(registry, rule=rule, splits=splits, inferred=inferred, rows=chosen)
    here = (row for row in rows if not district or row["district_code"] in district)
    write_table(here, DISTRICT_COLUMNS, format, out)


@app.command()
def check(
    city: City = None,
    year: Year = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Decides which years have passed."),
    ] = None,
    inferred: Inferred = True,
    external: Annotated[
        bool, typer.Option("--external", help="Take outside sources' MW into the high end.")
    ] = False,
    pumped: Annotated[
        bool, typer.Option("--pumped", help="Count pumped storage as renewable.")
    ] = False,
    language: LanguageOption = "zh",
    format: Format = "csv",
    out: Out = None,
) -> None:
    """Hold every mapped target against what its plan lists; amounts in the target's unit."""
    registry = _registry()
    plans = selection_of(registry, city, None, None).plans
    day = as_of.date() if as_of else date.today()
    rules = Rules(as_of=day, inferred=inferred, external=external, pumped=pumped)
    results = [
        result
        for result in check_targets(registry, rules)
        if (not plans or result.target.plan in plans) and (not year or result.target.year in year)
    ]
    write_table(check_rows(results, language=language), CHECK_COLUMNS, format, out)


@app.command()
def validate(
    folder: Annotated[
        Path | None, typer.Argument(help="Plan files; the shipped ones without it.")
    ] = None,
) -> None:
    """Check the plan files, the records and the boundaries; list every fault with its place."""
    if folder is not None and not folder.is_dir():
        raise typer.BadParameter(f"{folder} is not a folder of plan files")
    registry = _registry(folder)
    stated = sum(entry.gross_w is not None for entry in count_once(registry).values())
    tray = sum(1 for row in registry.projects if not registry.labels[row.id])
    typer.echo(
        f"ok: {len(registry.plans)} plans, {len(registry.projects)} projects "
        f"({stated} with MW, {tray} not located), {len(registry.targets)} targets; "
        f"boundaries: {registry.districts.edition}; {_records(folder)}digest {registry.digest}"
    )
    tell_excesses(registry)


def _records(folder: Path | None) -> str:
    """How many records the user has; they belong to the plans in force, not to other ones."""
    return "" if folder else f"records: {records_said(open_store().book())}; "


@app.command()
def brief(
    place: Annotated[
        str, typer.Option("--district", help="A county or city by its code, or a plan.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The PDF file to write.")],
    language: LanguageOption = "zh",
) -> None:
    """Write the printed brief of one county or city: map, figures, ledger, sources."""
    # Late: the library takes a quarter of a second that no other command waits for.
    from layers.pdf.brief import brief_pdf

    registry = _registry()
    try:
        document = brief_pdf(registry, place, rules=Rules(date.today()), language=language)
    except DistrictError as error:
        raise typer.BadParameter(str(error)) from None
    write_chunks([document], out)


@app.command()
def export(
    city: City = None,
    layer: LayerOption = None,
    district: District = None,
    technology: TechnologyOption = None,
    min_mw: MinMw = 0,
    land: Land = None,
    status: StatusOption = None,
    owner: Owner = "any",
    words: Words = "",
    what: What = None,
    format: ExportFormat = "geojson",
    crs: CrsOption = "wgs84",
    rule: Rule = "none",
    inferred: Inferred = True,
    language: LanguageOption = "zh",
    out: Out = None,
) -> None:
    """Export the selection as a file: projects, counties with their MW, targets, check, ledger."""
    registry = _registry()
    selection = replace(
        selection_of(registry, city, layer, district),
        technologies=tuple(technology or ()),
        min_mw=min_mw,
        land_modes=tuple(land or ()),
        statuses=tuple(status or ()),
        owner=owner,
        words=words,
        rule=rule,
        inferred=inferred,
        language=language,
    )
    if FORMATS[format].is_binary and out is None:
        raise typer.BadParameter(f"--format {format} is a binary file: name it with --out FILE")
    every = (*CONTENTS, *own_contents(registry))
    contents = every if "all" in (what or ()) else what
    try:
        counting = Counting(rule, splits_of(registry, rule, None), inferred)
        extract = extract_of(registry, selection, day=date.today(), crs=crs, counting=counting)
        pieces = chunks(extract, format, contents=contents, for_file=out is not None)
    except (CrsError, ExportError) as error:
        raise typer.BadParameter(str(error)) from None
    write_chunks(pieces, out)


def _registry(folder: Path | None = None) -> Registry:
    """The plans in force with the user's records; another folder of plans stands without them.

    In public mode the records are checked like everything else, but stay in the house.
    """
    public = mode() == "public"
    districts = active_districts()
    if folder is not None:
        return build_registry(districts, folder=folder, public=public)
    plans = build_registry(districts, public=public)
    whole = checked(plans, own_book(plans))
    return plans if public else whole


def _stop(message: str, code: int) -> NoReturn:
    sys.stderr.buffer.write(f"{message}\n".encode())
    raise SystemExit(code)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command: exit 0, 2 with one line for bad use, 1 for data that were refused."""
    command = typer.main.get_command(app)
    args = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = command.main(args=args or ["--help"], prog_name="cli.py", standalone_mode=False)
    except typer.TyperException as error:
        _stop(one_line(error), 2)
    except (typer.Abort, EOFError):
        _stop("没有改动：输入中断 · nothing was changed: the input ended", 2)
    except SetupError as error:
        _stop(str(error), 2)
    except FengtuError as error:
        _stop(str(error), 1)
    raise SystemExit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
