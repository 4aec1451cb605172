"""Users' remarks, breakdowns, tables and areas held against the plans; every fault told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import shapely

from registry.own import missing
from store.book import Book, Place
from terms.errors import Fault
from terms.own_records import OwnArea, OwnTable

if TYPE_CHECKING:
    from registry.registry import Registry

_AREAL = ("Polygon", "MultiPolygon")


def layer_faults(registry: Registry, book: Book, unread: frozenset[str]) -> Iterator[Fault]:
    """The faults of all four; `unread` projects have faults of their own."""
    for note in book.notes:
        if note.subject not in unread and not _is_known(registry, note.subject):
            expected = "项目、目标或县区的编号 · the id of a project, a target or a district"
            place = Place("-", f"备注 {note.subject} · note {note.subject}")
            yield place.fault("subject", note.subject, missing(note.subject, expected))
    for split in book.splits[1:]:
        first = book.splits[0].name
        expected = (
            f"一次只有一份分解表，请先撤回“{first}”或把两份合并 · one breakdown at a time; "
            f"take back {first} first, or join the two"
        )
        place = Place("-", f"分解表 {split.name} · breakdown {split.name}")
        yield place.fault("name", split.name, expected)
    ids = Counter(table.id for table in book.tables) + Counter(area.id for area in book.areas)
    for table in book.tables:
        yield from _table_faults(registry, table, ids[table.id])
    for area in book.areas:
        yield from _area_faults(area, ids[area.id])


def _is_known(registry: Registry, subject: str) -> bool:
    is_row = subject in registry.by_id or subject in registry.target_by_key
    return is_row or registry.districts.has(subject)


def _table_faults(registry: Registry, table: OwnTable, times: int) -> Iterator[Fault]:
    place = Place("-", f"表 {table.id} · table {table.id}")
    if not table.id.startswith("table-") or times > 1:
        expected = "table- 开头且未用过的编号 · an id of its own that begins with table-"
        yield place.fault("id", table.id, expected)
    counts = Counter(code for code, _ in table.values)
    for code, count in counts.items():
        if not registry.districts.has(code):
            yield place.fault("district", code, "边界中的六位代码 · a district's code")
        elif count > 1:
            yield place.fault("district", code, "每个县区一行 · one row a district")
    for code, value in table.values:
        if not value.is_finite():
            yield place.fault("value", f"{code} {value}", "数字 · a number")


def _area_faults(area: OwnArea, times: int) -> Iterator[Fault]:
    place = Place("-", f"图层 {area.id} · layer {area.id}")
    if not area.id.startswith("area-") or times > 1:
        expected = "area- 开头且未用过的编号 · an id of its own that begins with area-"
        yield place.fault("id", area.id, expected)
    for number, (name, wkb) in enumerate(area.shapes, start=1):
        expected = "多边形（WGS-84） · a polygon in WGS-84"
        try:
            shape = shapely.from_wkb(wkb)
        except shapely.GEOSException as error:
            yield place.fault(f"{number} {name}", str(error), expected)
            continue
        if shape is None or shape.is_empty or shape.geom_type not in _AREAL:
            found = "-" if shape is None else shape.geom_type
            yield place.fault(f"{number} {name}", found, expected)
        elif not _is_on_earth(shape):
            found = ", ".join(f"{value:g}" for value in shape.bounds)
            yield place.fault(f"{number} {name}", found, expected)


def _is_on_earth(shape: shapely.Geometry) -> bool:
    west, south, east, north = shape.bounds
    return bool(-180 <= west <= east <= 180 and -90 <= south <= north <= 90)
