"""Which rasters there are: the shipped ones first, then the user's; and which one is in force."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geo.rasters.record import RasterRecord, read_record
from terms.errors import RasterError
from terms.kinds import RasterKind

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "rasters"


def rasters(own: Iterable[RasterRecord] = ()) -> tuple[RasterRecord, ...]:
    """All rasters that can be named: shipped, then the user's own."""
    shipped = tuple(read_record(file, is_own=False) for file in sorted(SHIPPED.glob("*.json")))
    if not shipped:
        raise RasterError(
            f"{SHIPPED} 中没有随带的栅格：请重新取得程序文件 · "
            f"no shipped raster in {SHIPPED}: get Fengtu's files again"
        )
    return (*shipped, *own)


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
