"""The rasters of the book: which of them can serve here, and those of earlier versions taken in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path

from geo.rasters.record import RasterRecord, read_record
from store.book import Book, Place
from store.drafts import Add
from store.kinds import KINDS
from store.rasters import file_of
from store.safe_file import locked
from store.store import Store
from terms.actor import Actor, Role, Way
from terms.errors import Fault, RasterError, RecordsError, StoreError
from terms.kinds import RasterKind
from terms.os_reasons import os_reason
from terms.own_records import OwnRaster


@dataclass(frozen=True)
class OwnRasters:
    """The user's rasters that can be read here, and those whose file lies on another machine."""

    here: tuple[RasterRecord, ...]
    missing: tuple[OwnRaster, ...]


def own_rasters(book: Book, folder: Path) -> OwnRasters:
    """The rasters of a book by id, as the files of this machine allow."""
    here, missing = list[RasterRecord](), list[OwnRaster]()
    for each in sorted(book.rasters, key=lambda each: each.id):
        if each.address or file_of(folder, each.id).is_file():
            here.append(_record(each, folder))
        else:
            missing.append(each)
    return OwnRasters(tuple(here), tuple(missing))


def missing_words(raster: OwnRaster) -> str:
    """Why a raster of the book does not serve here, and what to do."""
    return (
        f"栅格“{raster.title}”的文件 {raster.id}.tif 不在这台机器的 rasters 文件夹：请把它放到"
        f"那里、重新上传，或移除该栅格 · the file {raster.id}.tif of the raster '{raster.title}' "
        "is not in the folder rasters of this machine: put it there, upload it again, or remove "
        "the raster"
    )


def raster_faults(book: Book) -> Iterator[Fault]:
    """Two rasters of one kind cannot both give its values."""
    chosen: dict[RasterKind, str] = {}
    for index, each in enumerate(book.rasters):
        if each.is_chosen and (other := chosen.setdefault(each.kind, each.id)) != each.id:
            expected = (
                f"只有一幅代替随带的：{other} 已在用，请先不再用它取值 · one of a kind only: "
                f"values are taken from {other}, give its place back first"
            )
            place = book.place("raster", index)
            yield Fault(place.file, each.id, "is_chosen", "是", expected, "yes")


def refuse_two_chosen(book: Book) -> None:
    """Raise RecordsError where two rasters of one kind are chosen."""
    if faults := tuple(raster_faults(book)):
        raise RecordsError(faults)


def take_over_rasters(store: Store, folder: Path) -> None:
    """Take the records that an earlier version kept beside the files into the store, each once.

    The file of a record is renamed; one that cannot be taken stays, and `untaken` tells of it.
    """
    if not _sound(folder):
        return
    with locked(folder / "rasters"):
        found = _sound(folder)  # another process may have been faster
        held = store.entries("raster")
        known = {each.id for each in held} | set(store.withdrawn("raster"))
        chosen = {each.record.kind for each in held if each.record.is_chosen}
        drafts = []
        for each in (each for each in found.values() if each.id not in known):
            drafts.append(Add(replace(each, is_chosen=each.is_chosen and each.kind not in chosen)))
            chosen |= {each.kind} if each.is_chosen else set()
            known.add(each.id)  # a copy of the file says nothing new
        actor = Actor("rasters", Role.EDITOR, Way.CONSOLE, datetime.now(UTC))
        why = "由 rasters 文件夹转入 · taken over from the folder rasters"
        store.apply(actor, drafts, why=why, check=refuse_two_chosen, imported=True)
        for file in found:
            _put_aside(file)


def untaken(folder: Path) -> tuple[str, ...]:
    """A sentence for each record beside the files that could not be taken in."""
    found = (_read(file) for file in _waiting(folder))
    return tuple(each for each in found if isinstance(each, str))


def _waiting(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json")) if folder.is_dir() else []


def _sound(folder: Path) -> dict[Path, OwnRaster]:
    found = {file: _read(file) for file in _waiting(folder)}
    return {file: each for file, each in found.items() if isinstance(each, OwnRaster)}


def _read(file: Path) -> OwnRaster | str:
    """The record of a file of an earlier version, or the sentence why it cannot be taken."""
    try:
        found = read_record(file, is_own=True)
    except RasterError as error:
        return str(error)
    if not found.is_remote and Path(found.path).name != f"{found.id}.tif":
        wanted = f"{found.id[:80]}.tif"
        return (
            f"{file.name} 的栅格文件应与代号同名（{wanted}）：请改名，或在“数据”页重新添加 · "
            f"the file of {file.name} should be called as its id, {wanted}: rename it, or add the "
            "raster anew on the page Data"
        )
    record = own_record(found)
    sound, faults = KINDS["raster"].judged(KINDS["raster"].plain(record), Place(file.name, "-"))
    if faults:
        return _told(file, faults)
    return sound if isinstance(sound, OwnRaster) else record


def _told(file: Path, faults: Sequence[Fault]) -> str:
    first = faults[0]
    zh, en = first.told("zh"), first.told("en")
    return (
        f"栅格的说明 {file.name} 不能转入（{first.field}：应为{zh.expected}）：请在“数据”页重新添加"
        f" · the record {file.name} of a raster cannot be taken in ({first.field}: expected "
        f"{en.expected}): add the raster anew on the page Data"
    )


def own_record(found: RasterRecord) -> OwnRaster:
    """What the store keeps of a raster."""
    values = asdict(found)
    path = values.pop("path")
    values.pop("is_own")
    is_number = found.nodata is not None and isfinite(found.nodata)
    values |= {
        "address": path if found.is_remote else "",
        "nodata": found.nodata if is_number else None,
    }
    return OwnRaster(**values)


def _record(own: OwnRaster, folder: Path) -> RasterRecord:
    values = asdict(own)
    path = values.pop("address") or str(file_of(folder, own.id))
    return RasterRecord(**values, path=path, is_own=True)


def _put_aside(file: Path) -> None:
    try:
        file.rename(file.with_name(f"{file.name}.taken-over"))
    except OSError as error:
        raise StoreError(
            f"{file.name} 已转入数据库，但不能改名（{os_reason(error, 'zh')}）；请移走该文件 · "
            f"{file.name} is in the database now, but cannot be renamed "
            f"({os_reason(error, 'en')}); move it away"
        ) from error
