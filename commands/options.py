"""The options of the command line, which mean the same for every command, and their selection."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from capacity.splits import NO_SPLITS, Splits, read_splits
from layers.exports.extract import CONTENTS
from layers.exports.own import OWN_CONTENTS
from layers.output import TableFormat
from registry.registry import Registry
from store.book import Book
from terms.kinds import LandMode, Layer, Status, Technology
from terms.language import Language
from terms.selection import AllocationRule, OwnerFilter, Selection

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
Format = Annotated[TableFormat, typer.Option("--format")]
Inferred = Annotated[
    bool,
    typer.Option(
        "--inferred/--no-inferred", help="Whether memberships that are read into a plan hold."
    ),
]
Year = Annotated[list[int] | None, typer.Option("--year", help="A target year. Repeat for more.")]


Rule = Annotated[
    AllocationRule, typer.Option("--rule", help="How rows of several counties are split.")
]
LanguageOption = Annotated[Language, typer.Option("--language", help="Of titles and notes.")]
ExportFormat = Annotated[
    Literal["geojson", "csv", "gpkg", "kml", "xlsx", "shp", "zip", "html", "pdf"],
    typer.Option("--format", help="shp is a zip of Shapefiles, zip a zip of CSV tables."),
]
ContentOption = StrEnum(
    "ContentOption", [(each, each) for each in (*CONTENTS, *OWN_CONTENTS, "all")]
)
What = Annotated[
    list[ContentOption] | None,
    typer.Option("--what", help="What the file holds. Repeat; what suits the format without it."),
]
CrsOption = Annotated[
    str,
    typer.Option("--crs", help="wgs84, cgcs2000, cgcs2000-3deg or cgcs2000-3deg:117."),
]
Land = Annotated[list[LandMode] | None, typer.Option("--land", help="A land mode. Repeat.")]
StatusOption = Annotated[list[Status] | None, typer.Option("--status", help="A status. Repeat.")]
TechnologyOption = Annotated[
    list[Technology] | None, typer.Option("--technology", help="A technology. Repeat for more.")
]
MinMw = Annotated[
    int, typer.Option("--min-mw", min=0, help="Only rows that print at least so many MW.")
]
Owner = Annotated[OwnerFilter, typer.Option("--owner", help="Whether an owner is named.")]
Words = Annotated[str, typer.Option("--words", help="Words to look for, as on the map page.")]


def selection_of(
    registry: Registry,
    plans: Sequence[str] | None,
    layers: Sequence[str] | None,
    districts: Sequence[str] | None,
) -> Selection:
    """The options as a selection; an unknown value is bad use, not an empty answer."""
    known = (
        ("--city", plans, tuple(plan.id for plan in registry.groups), ", ".join),
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


def splits_of(registry: Registry, rule: AllocationRule, path: Path | None) -> Splits:
    """For --rule custom the breakdown that --split names, else the one kept among the records.

    Without either, or where a file cannot be read, it is bad use.
    """
    if rule != "custom":
        if path is not None:
            raise typer.BadParameter("--split FILE goes with --rule custom")
        return NO_SPLITS
    if path is None:
        if not registry.own.splits:
            raise typer.BadParameter(
                "--rule custom needs a breakdown: --split FILE, or one kept among the records"
            )
        return read_splits(registry.own.splits[0].text)
    return read_splits(file_text(path))


def file_text(path: Path) -> str:
    """The text of a file that somebody named; one that cannot be read is bad use."""
    try:
        return file_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{path} is not UTF-8; save it as UTF-8") from None


def file_bytes(path: Path) -> bytes:
    """What a file holds that somebody named; one that cannot be read is bad use."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"cannot read {path}: {error.strerror}") from error


def records_said(book: Book) -> str:
    """How many records of each kind a book holds; the kinds that are rarer only where it does."""
    parts = [
        f"{len(book.installed)} installed figures",
        f"{len(book.progress)} progress",
        f"{book.withdrawn} withdrawn",
    ]
    rarer = {
        "projects": book.projects,
        "positions": book.positions,
        "breakdowns": book.splits,
        "notes": book.notes,
        "tables": book.tables,
        "areas": book.areas,
    }
    return ", ".join([*parts, *(f"{len(held)} {name}" for name, held in rarer.items() if held)])


def one_line(error: typer.TyperException) -> str:
    """A usage error as one sentence, without typer's usage block."""
    describe = getattr(error, "format_message", None)
    return " ".join(str(describe() if describe else error).split())
