"""Fengtu without a browser: the same registry, selection and exports on the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from capacity.ledger import ledger
from geo.own_boundaries import active_districts
from layers.geojson import to_geojson
from layers.table import to_csv
from registry.mode import mode
from registry.registry import Registry, build_registry
from registry.select import select
from terms.columns import PROJECT_COLUMNS, TARGET_COLUMNS, flat_row
from terms.errors import FengtuError, SetupError
from terms.kinds import Layer
from terms.records import Project, Target
from terms.selection import Selection

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=False)

TableFormat = Literal["csv", "json"]
ExportFormat = Literal["geojson", "csv"]
City = Annotated[
    list[str] | None,
    typer.Option("--city", help="A plan, e.g. jining. Repeat for more."),
]
LayerOption = Annotated[
    list[str] | None, typer.Option("--layer", help="A layer key, e.g. pumped_storage. Repeat.")
]
District = Annotated[
    list[str] | None, typer.Option("--district", help="A six-digit district code. Repeat.")
]
Out = Annotated[
    Path | None, typer.Option("--out", help="A file to write; standard output without it.")
]


@app.command()
def projects(
    city: City = None,
    layer: LayerOption = None,
    district: District = None,
    format: Annotated[TableFormat, typer.Option("--format")] = "csv",
    out: Out = None,
) -> None:
    """List the projects, one row each, with every column of the data dictionary."""
    registry = _registry()
    rows = select(registry, _selection(registry, city, layer, district))
    _write(_table(rows, PROJECT_COLUMNS, format, out), out)


@app.command()
def targets(
    city: City = None,
    format: Annotated[TableFormat, typer.Option("--format")] = "csv",
    out: Out = None,
) -> None:
    """List the quantified targets, one row each."""
    registry = _registry()
    plans = _selection(registry, city, None, None).plans
    rows = tuple(row for row in registry.targets if not plans or row.plan in plans)
    _write(_table(rows, TARGET_COLUMNS, format, out), out)


@app.command()
def validate(
    folder: Annotated[
        Path | None, typer.Argument(help="Plan files; the shipped ones without it.")
    ] = None,
) -> None:
    """Check the plan files and the boundaries; list every fault with its place."""
    if folder is not None and not folder.is_dir():
        raise typer.BadParameter(f"{folder} is not a folder of plan files")
    registry = _registry(folder)
    entries = ledger(registry).values()
    stated = sum(1 for entry in entries if entry.gross_w is not None)
    tray = sum(1 for row in registry.projects if not registry.labels[row.id])
    typer.echo(
        f"ok: {len(registry.plans)} plans, {len(registry.projects)} projects "
        f"({stated} with MW, {tray} not located), {len(registry.targets)} targets; "
        f"boundaries: {registry.districts.edition}; digest {registry.digest}"
    )


@app.command()
def export(
    city: City = None,
    layer: LayerOption = None,
    district: District = None,
    format: Annotated[ExportFormat, typer.Option("--format")] = "geojson",
    out: Out = None,
) -> None:
    """Export the selected projects with their geometry (GeoJSON) or as a table (CSV)."""
    registry = _registry()
    selection = _selection(registry, city, layer, district)
    rows = select(registry, selection)
    if format == "csv":
        _write(_table(rows, PROJECT_COLUMNS, "csv", out), out)
    else:
        today = date.today()
        _write(to_geojson(registry, rows, selection=selection, extract_date=today), out)


def _registry(folder: Path | None = None) -> Registry:
    public = mode() == "public"
    districts = active_districts()
    if folder is None:
        return build_registry(districts, public=public)
    return build_registry(districts, folder=folder, public=public)


def _selection(
    registry: Registry,
    plans: Sequence[str] | None,
    layers: Sequence[str] | None,
    districts: Sequence[str] | None,
) -> Selection:
    """The options as a selection; an unknown value is bad use, not an empty answer."""
    known = (
        ("--city", plans, tuple(plan.id for plan in registry.plans), ", ".join),
        ("--layer", layers, tuple(member.value for member in Layer), ", ".join),
        ("--district", districts, registry.districts.codes, _code_range),
    )
    for option, values, allowed, describe in known:
        for value in values or ():
            if value not in allowed:
                raise typer.BadParameter(f"{option} {value}: unknown; one of {describe(allowed)}")
    return Selection(
        plans=tuple(plans or ()), layers=tuple(layers or ()), districts=tuple(districts or ())
    )


def _code_range(codes: Sequence[str]) -> str:
    return f"the {len(codes)} six-digit codes {min(codes)} to {max(codes)}"


def _table(
    rows: Sequence[Project] | Sequence[Target],
    columns: tuple[str, ...],
    format: TableFormat,
    out: Path | None,
) -> str:
    if format == "csv":
        return to_csv(rows, columns, bom=out is not None)
    return json.dumps([flat_row(row, columns) for row in rows], ensure_ascii=False, indent=1) + "\n"


def _write(text: str, out: Path | None) -> None:
    """Write UTF-8 to the file or to standard output, whatever the console's own encoding."""
    data = text.encode("utf-8")
    try:
        if out is not None:
            out.write_bytes(data)
        elif sys.stdout is not None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # the reader has seen enough
    except OSError as error:
        place = out or "standard output"
        raise typer.BadParameter(f"cannot write {place}: {error.strerror}") from error


def _stop(message: str, code: int) -> NoReturn:
    sys.stderr.buffer.write(f"{message}\n".encode())
    raise SystemExit(code)


def _one_line(error: typer.TyperException) -> str:
    """A usage error as one sentence, without typer's usage block."""
    describe = getattr(error, "format_message", None)
    return " ".join(str(describe() if describe else error).split())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command: exit 0, 2 with one line for bad use, 1 for data that were refused."""
    command = typer.main.get_command(app)
    args = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = command.main(args=args or ["--help"], prog_name="cli.py", standalone_mode=False)
    except typer.TyperException as error:
        _stop(_one_line(error), 2)
    except SetupError as error:
        _stop(str(error), 2)
    except FengtuError as error:
        _stop(str(error), 1)
    raise SystemExit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
