"""A first mapping for a file nobody has mapped: by its headings, then by what its columns hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import shapely

from registry.intake.degrees import DegreeError, read_degree
from registry.intake.fields import field_of_header, power_unit
from registry.intake.gazetteer import Gazetteer
from registry.intake.mapping import FileMapping, IntakeKind
from registry.intake.quantity import is_number, read_capacity
from registry.intake.sheet import Sheet
from registry.intake.words import is_not_stated, look_up
from terms.errors import QuantityError

_SAMPLE = 200
_AREAL = (3, 6)  # shapely's numbers of a polygon and of several
_ENOUGH = 0.8  # of the filled cells of the sample
# Shandong with its waters, generously: west, south, east, north.
_BOX = (113.0, 33.0, 125.0, 40.0)


def guess_mapping(sheet: Sheet, kind: IntakeKind, gazetteer: Gazetteer) -> FileMapping:
    """What each column most likely holds; a person looks at it before anything is stored."""
    match kind:
        case IntakeKind.PROJECTS:
            return FileMapping(tuple(_project_columns(sheet, gazetteer).items()))
        case IntakeKind.TABLE:
            return FileMapping(_table_columns(sheet, gazetteer))
        case IntakeKind.AREA:
            named = [header for header in sheet.headers if field_of_header(header) == "name"]
            return FileMapping((("name", named[0]),) if named else ())


def likely_kind(sheet: Sheet, gazetteer: Gazetteer) -> IntakeKind:
    """What a file most likely is: areas by its shapes, projects by a name and a plant, else rows
    of figures by county where it has such columns.
    """
    shapes = (row.geometry for row in sheet.rows[:_SAMPLE] if row.geometry is not None)
    if any(int(shapely.get_type_id(shapely.from_wkb(shape))) in _AREAL for shape in shapes):
        return IntakeKind.AREA
    columns = _project_columns(sheet, gazetteer)
    signs = {"technology", "capacity", "lon", "point", "status"} & set(columns)
    if len(signs) > 1 or ("name" in columns and signs):
        return IntakeKind.PROJECTS
    fields = {name for name, _ in _table_columns(sheet, gazetteer)}
    return IntakeKind.TABLE if {"district", "value"} <= fields else IntakeKind.PROJECTS


def _project_columns(sheet: Sheet, gazetteer: Gazetteer) -> dict[str, str]:
    found: dict[str, str] = {}
    for header in sheet.headers:
        name = field_of_header(header)
        if name and name not in found and not _is_empty(sheet, header):
            found[name] = header
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("status", lambda cell: look_up("status", cell) is not None),
        ("technology", lambda cell: look_up("technology", cell) is not None),
        ("district", gazetteer.knows),
        ("capacity", _has_unit),
        ("lon", lambda cell: _is_degree(cell, _BOX[0], _BOX[2])),
        ("lat", lambda cell: _is_degree(cell, _BOX[1], _BOX[3])),
    )
    if sheet.has_geometry:
        tests = tests[:4]
    for name, test in tests:
        if name not in found:
            free = [header for header in sheet.headers if header not in found.values()]
            header = _first(sheet, free, test)
            if header:
                found[name] = header
    pair = [name for name in ("lon", "lat") if name in found]
    if len(pair) == 1 and field_of_header(found[pair[0]]) != pair[0]:
        del found[pair[0]]  # numbers that merely look like degrees
    if "name" not in found and "name_other" in found:
        found["name"] = found.pop("name_other")
    return found


def _table_columns(sheet: Sheet, gazetteer: Gazetteer) -> tuple[tuple[str, str], ...]:
    named = {field_of_header(header): header for header in reversed(sheet.headers)}
    key = _first(sheet, sheet.headers, gazetteer.knows) or named.get("district", "")
    city = named.get("city", "")
    values = [
        header
        for header in sheet.headers
        if header not in (key, city)
        and field_of_header(header) not in ("row_id", "lon", "lat", "district", "city", "note")
        and _share(sheet, header, is_number) >= _ENOUGH
    ]
    columns = [("district", key)] if key else []
    columns += [("city", city)] if city and city != key else []
    return (*columns, *(("value", header) for header in values))


def _first(sheet: Sheet, headers: Iterable[str], test: Callable[[str], bool]) -> str:
    return next((header for header in headers if _share(sheet, header, test) >= _ENOUGH), "")


def _share(sheet: Sheet, header: str, test: Callable[[str], bool]) -> float:
    cells = _sample(sheet, header)
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _sample(sheet: Sheet, header: str) -> Sequence[str]:
    at = sheet.headers.index(header)
    cells = (row.cells[at] for row in sheet.rows[:_SAMPLE])
    return [cell for cell in cells if not is_not_stated(cell)]


def _is_empty(sheet: Sheet, header: str) -> bool:
    at = sheet.headers.index(header)
    return all(not row.cells[at].strip() for row in sheet.rows)


def _has_unit(cell: str) -> bool:
    if not power_unit(cell):
        return False
    try:
        return read_capacity(cell).mw is not None
    except QuantityError:
        return False


def _is_degree(cell: str, least: float, most: float) -> bool:
    try:
        return least <= read_degree(cell)[0] <= most
    except DegreeError:
        return False
