"""The store on the command line: the records in force, their history, backup and restore."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from capacity.commissioned import refuse_excess
from commands.options import Format, Out
from geo.own_boundaries import active_districts
from geo.rasters.record import RasterRecord
from layers.output import write_table
from registry.additions import with_additions
from registry.mode import mode
from registry.own_excess import excesses
from registry.raster_records import own_rasters, take_over_rasters
from registry.registry import Registry, build_registry
from store.backup import backup as whole_store
from store.backup import read_backup, write_backup
from store.backup import restore as put_back
from store.book import Book
from store.home import home, rasters_path, records_path
from store.kinds import KINDS
from store.store import Store, open_anew, open_store
from store.take_over import take_over
from terms.actor import Actor, Role, Way
from terms.errors import DamagedError, RecordsError

HISTORY_COLUMNS = ("batch", "at", "who", "role", "way", "action", "kind", "record_id", "why")


def own_book(plans: Registry) -> Book:
    """The records in force, those of an earlier version taken in if they agree with the plans."""
    store = open_store()
    take_over(store, records_path(), check=lambda book: checked(plans, book))
    take_over_rasters(store, rasters_path())
    return store.book()


def named_rasters(plans: Registry) -> tuple[RasterRecord, ...]:
    """The user's rasters that can be read here; in public mode they stay in the house."""
    return () if mode() == "public" else own_rasters(own_book(plans), rasters_path()).here


def checked(plans: Registry, book: Book) -> Registry:
    """The plans with a book's records; raises RecordsError with all faults."""
    return refuse_excess(with_additions(plans, book), book)


def tell_excesses(registry: Registry) -> None:
    """Name every user's row that is larger than the one that holds it."""
    for each in excesses(registry):
        typer.echo(f"check {each.part.id}: {each.words('en')}")


def console_actor(role: Role = Role.EDITOR) -> Actor:
    """Whoever may run the command line here, under the name that the system knows."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        name = f"uid {os.getuid()}"
    return Actor(name, role, Way.CONSOLE, datetime.now(UTC))


def backup(
    out: Annotated[Path, typer.Option("--out", help="The file to write, a .zip.")],
) -> None:
    """Write all of the store into one file: records, hidden ones, the change log."""
    write_backup(out, whole_store(open_store()))
    typer.echo(f"ok: {out}")


def restore(
    file: Annotated[Path, typer.Argument(help="A file written by `cli.py backup`.")],
) -> None:
    """Put a backup in the place of all that the store holds; what was there is kept first."""
    data = read_backup(file)
    plans = build_registry(active_districts())
    store, broken = _store_to_fill()
    kept = put_back(
        store,
        console_actor(Role.ADMIN),
        data,
        kept=home() / "backups",
        check=lambda book: checked(plans, book),
    )
    typer.echo(f"ok: {file}; before: {broken or kept}")


def _store_to_fill() -> tuple[Store, Path | None]:
    """The store; a damaged or missing file makes room for a new one and is kept beside."""
    try:
        store = open_store()
        store.book()
    except RecordsError:  # rows that somebody broke: the backup takes their place
        return open_store(), None
    except DamagedError:
        return open_anew()
    return store, None


def history(
    kind: Annotated[str | None, typer.Option("--kind", help=f"One of {', '.join(KINDS)}.")] = None,
    record: Annotated[str | None, typer.Option("--id", help="One record's id.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000)] = 200,
    format: Format = "csv",
    out: Out = None,
) -> None:
    """List the changes, newest first: who, when, what, why."""
    if kind is not None and kind not in KINDS:
        raise typer.BadParameter(f"--kind {kind}: unknown; one of {', '.join(KINDS)}")
    if record is not None and not record.isprintable():  # no database takes such an id
        raise typer.BadParameter(f"--id {record!a}: no record's id")
    changes = open_store().history(kind, record, limit=limit)
    rows = ({name: getattr(each, name) for name in HISTORY_COLUMNS} for each in changes)
    write_table(rows, HISTORY_COLUMNS, format, out)
