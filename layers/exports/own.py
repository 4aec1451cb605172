"""Users' tables and areas as further contents of a file, where there are any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import shapely

from layers.exports.extract import Content, Extract
from registry.registry import Registry
from terms.columns import Row, cell

OWN_CONTENTS: tuple[Content, ...] = ("own_tables", "own_areas")
TABLE_COLUMNS = ("id", "title", "date", "unit", "source", "district_code", "district", "figure")
AREA_COLUMNS = ("id", "title", "name", "source")
Shaped = tuple[Row, shapely.Geometry]


def own_contents(registry: Registry) -> tuple[Content, ...]:
    """Which of the two there are; in public mode neither."""
    held = {"own_tables": registry.own.tables, "own_areas": registry.own.areas}
    return tuple(each for each in OWN_CONTENTS if held[each])


def table_shapes(extract: Extract) -> Iterator[Shaped]:
    """One polygon per table and district that the table has a figure for, in the area chosen."""
    districts = extract.registry.districts
    for table in extract.registry.own.tables:
        for code, value in table.values:
            if not extract.holds(code):
                continue
            row: Row = {
                "id": table.id,
                "title": table.title,
                "date": table.date or None,
                "unit": table.unit or None,
                "source": table.source or None,
                "district_code": code,
                "district": districts.name(code, extract.language),
                "figure": cell(value),
            }
            yield row, districts.frame.geometry[code]


def area_shapes(extract: Extract) -> Iterator[Shaped]:
    """Every shape of every area, as it was imported."""
    for area in extract.registry.own.areas:
        for name, wkb in area.shapes:
            row: Row = {
                "id": area.id,
                "title": area.title,
                "name": name or None,
                "source": area.source or None,
            }
            yield row, shapely.from_wkb(wkb)


def parted(found: Iterable[Shaped]) -> tuple[list[Row], list[shapely.Geometry]]:
    """The rows, and beside them their shapes."""
    pairs = list(found)
    return [row for row, _ in pairs], [shape for _, shape in pairs]
