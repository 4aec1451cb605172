"""Projects as GeoJSON (RFC 7946): the rows of a selection with their source and the filter used.

Geometry is the sourced point, else the label point of the district, a MultiPoint of them for
several, null for rows that no county is known for. The spread of symbols on the screen never
leaves the house.

`geojson_chunks` yields the text in pieces, so that a layer of any size is written in the memory of
a few hundred features.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from operator import attrgetter, getitem
from typing import Any

from geo.place import Point
from layers.filter_words import filter_words
from layers.table import without_controls
from registry.registry import Registry
from terms.columns import PROJECT_COLUMNS, cell
from terms.kinds import GeometryRole, PlanStatus
from terms.messages import text
from terms.records import Project
from terms.selection import NARROWING, Selection

LABEL_DECIMALS = 5
SITE_DECIMALS = 7
_PIECE = 200  # features
_VALUES = attrgetter(*PROJECT_COLUMNS)
_PROPERTIES = "{" + ",".join(f'"{column}":%s' for column in PROJECT_COLUMNS) + "}"
_FEATURE = f'{{"type":"Feature","id":%s,"properties":{_PROPERTIES},"geometry":%s}}'
_ID = PROJECT_COLUMNS.index("id")
_quoted = json.encoder.encode_basestring
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def to_geojson(
    registry: Registry,
    rows: Iterable[Project],
    *,
    selection: Selection | None = None,
    extract_date: date,
) -> str:
    """One FeatureCollection, a feature a line; the same input gives the same text."""
    chunks = geojson_chunks(registry, tuple(rows), selection=selection, extract_date=extract_date)
    return "".join(chunks)


def geojson_chunks(
    registry: Registry,
    rows: Sequence[Project],
    *,
    selection: Selection | None = None,
    extract_date: date,
) -> Iterator[str]:
    """The text of `to_geojson` in pieces of two hundred features; the rows are read twice."""
    opening = json_text(head(registry, rows, selection=selection, extract_date=extract_date))[:-1]
    yield f'{opening},"features":['
    rest, before = iter(rows), "\n"
    while piece := list(islice(rest, _PIECE)):
        yield before + ",\n".join(_features(registry, piece))
        before = ",\n"
    yield "\n]}\n"


def feature(registry: Registry, row: Project) -> dict[str, Any]:
    """One project as a Feature: columns of DESIGN section 2 in order, geometry or null."""
    (written,) = _features(registry, [row])
    read: dict[str, Any] = json.loads(written)
    return read


class _Texts(dict[Any, str]):
    """What has been written of one column, by value; most columns repeat themselves."""

    def __missing__(self, value: Any) -> str:
        is_text = value.__class__ is str and value
        written = self[value] = (
            _quoted(without_controls(value)) if is_text else json_text(cell(value))
        )
        return written


def _features(registry: Registry, rows: Iterable[Project]) -> Iterator[str]:
    """Features as JSON. One memory a column (1, 1.0 and true are equal keys), for these rows."""
    columns = [_Texts() for _ in PROJECT_COLUMNS]
    for row in rows:
        cells = tuple(map(getitem, columns, _VALUES(row)))
        geometry = _geometry(points(registry, row))
        yield _FEATURE % (cells[_ID], *cells, geometry)


def filter_used(selection: Selection) -> dict[str, Any]:
    """What a selection narrows, field by field; how it was looked at does not belong to it."""
    default = Selection()
    used: dict[str, Any] = {}
    for name in NARROWING:
        value = getattr(selection, name)
        if value != getattr(default, name):
            used[name] = list(value) if isinstance(value, tuple) else value
    return used


def head(
    registry: Registry,
    rows: Sequence[Project],
    *,
    selection: Selection | None = None,
    extract_date: date,
) -> dict[str, Any]:
    """What every file says of itself: source, licence, date, drafts, filter, edition, counts."""
    used = {row.plan for row in rows}
    plans = [plan for plan in registry.groups if plan.id in used]
    located = sum(bool(registry.labels[row.id]) for row in rows)
    found: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": "fengtu-projects",
        "extract_date": extract_date.isoformat(),
        "registry": registry.digest,
        "licence": text("export.licence", "zh"),
        "mark": text("map.stamp", "zh"),
        "geometry_note": text("export.geometry", "zh"),
        "boundaries": {"edition": registry.districts.edition, "digest": registry.districts.digest},
        "sources": [
            {
                "plan": plan.id,
                "title": plan.title,
                "issuer": plan.issuer,
                "document_number": plan.document_number,
                "date": plan.date,
                "status": plan.status.value,
            }
            for plan in plans
        ],
        "drafts": [plan.id for plan in plans if plan.status is PlanStatus.DRAFT],
        "filter": filter_used(selection or Selection()),
        "filter_words": filter_words(registry, selection or Selection()),
        "counts": {"rows": len(rows), "located": located, "tray": len(rows) - located},
    }
    bounds = _bounds(registry, rows)
    return found | ({"bbox": bounds} if bounds else {})


def _bounds(registry: Registry, rows: Iterable[Project]) -> list[float]:
    """West, south, east, north of all points; empty where there is none."""
    west = south = math.inf
    east = north = -math.inf
    for row in rows:
        for lon, lat in points(registry, row):
            west, east = min(west, lon), max(east, lon)
            south, north = min(south, lat), max(north, lat)
    return [west, south, east, north] if west <= east else []


def points(registry: Registry, row: Project) -> list[Point]:
    """Where a row is exported: its sourced point or its label points, WGS-84, rounded."""
    is_site = row.geometry_role is GeometryRole.SITE
    decimals = SITE_DECIMALS if is_site else LABEL_DECIMALS
    return [(round(lon, decimals), round(lat, decimals)) for lon, lat in registry.labels[row.id]]


def _geometry(found: Sequence[Point]) -> str:
    if not found:
        return "null"
    places = [f"[{lon},{lat}]" for lon, lat in found]
    if len(found) == 1:
        return f'{{"type":"Point","coordinates":{places[0]}}}'
    return f'{{"type":"MultiPoint","coordinates":[{",".join(places)}]}}'


def json_text(value: Any) -> str:
    """A value as JSON without control characters; raises ValueError for what is no number."""
    return _encode(_clean(value))


def _clean(value: Any) -> Any:
    """The value with no control character in any of its texts."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, dict):
        return {without_controls(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value
