"""Which rasters there are: the shipped ones first, then the user's; and which one is in force."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geo.rasters.record import RasterRecord, read_record
from terms.errors import RasterError
from terms.kinds import RasterKind

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "rasters"


def rasters(own: Path | None = None) -> tuple[RasterRecord, ...]:
    """All rasters that can be named: shipped, then those in the user's folder `own`, by id."""
    return read_library(own)[0]


def read_library(own: Path | None = None) -> tuple[tuple[RasterRecord, ...], tuple[str, ...]]:
    """The rasters, and a sentence for each record of the user that had to be left out."""
    shipped = tuple(read_record(file, is_own=False) for file in sorted(SHIPPED.glob("*.json")))
    if not shipped:
        raise RasterError(
            f"{SHIPPED} 中没有随带的栅格：请重新取得程序文件 · "
            f"no shipped raster in {SHIPPED}: get Fengtu's files again"
        )
    found: list[RasterRecord] = []
    faults: list[str] = []
    taken = {record.id for record in shipped}
    for file in sorted(own.glob("*.json")) if own is not None and own.is_dir() else ():
        try:
            record = read_record(file, is_own=True)
        except RasterError as error:
            faults.append(str(error))
            continue
        if record.id in taken:
            faults.append(
                f"栅格代号 {record.id} 已被占用：请改 {file.name} 里的 id · "
                f"the id {record.id} is taken: change it in {file.name}"
            )
            continue
        taken.add(record.id)
        found.append(record)
    return (*shipped, *found), tuple(faults)


def find(records: Iterable[RasterRecord], id: str) -> RasterRecord:
    """The raster of an id; raises RasterError that lists those there are."""
    known = {record.id: record for record in records}
    if id not in known:
        listed = ", ".join(known)
        raise RasterError(
            f"没有栅格 {id}，现有 {listed} · there is no raster {id}; there are {listed}"
        )
    return known[id]


def in_force(records: Iterable[RasterRecord], kind: RasterKind) -> RasterRecord | None:
    """The raster to take for a kind: the own one that was chosen, else shipped, else own."""
    of_kind = [record for record in records if record.kind is kind]
    first = [record for record in of_kind if record.is_chosen] or of_kind
    return first[0] if first else None
