"""Projects as GeoJSON (RFC 7946): the rows of a selection with their source and the filter used.

Geometry is the sourced point, else the label point of the district, a MultiPoint of them for
several, null for rows that no county is known for. The spread of symbols on the screen never
leaves the house.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from layers.table import without_controls
from registry.registry import Registry
from terms.columns import PROJECT_COLUMNS, flat_row
from terms.kinds import GeometryRole, PlanStatus
from terms.messages import text
from terms.records import Project
from terms.selection import NARROWING, Selection

LABEL_DECIMALS = 5
SITE_DECIMALS = 7


def to_geojson(
    registry: Registry,
    rows: Iterable[Project],
    *,
    selection: Selection | None = None,
    extract_date: date,
) -> str:
    """One FeatureCollection, a feature a line; the same input gives the same text."""
    chosen = tuple(rows)
    opening = _json(_head(registry, chosen, selection or Selection(), extract_date))[:-1]
    features = ",".join(f"\n{_json(feature(registry, row))}" for row in chosen)
    return f'{opening},"features":[{features}\n]}}\n'


def feature(registry: Registry, row: Project) -> dict[str, Any]:
    """One project as a Feature: columns of DESIGN section 2 in order, geometry or null."""
    return {
        "type": "Feature",
        "id": row.id,
        "properties": flat_row(row, PROJECT_COLUMNS),
        "geometry": _geometry(_points(registry, row)),
    }


def filter_used(selection: Selection) -> dict[str, Any]:
    """What a selection narrows, field by field; how it was looked at does not belong to it."""
    default = Selection()
    used: dict[str, Any] = {}
    for name in NARROWING:
        value = getattr(selection, name)
        if value != getattr(default, name):
            used[name] = list(value) if isinstance(value, tuple) else value
    return used


def _head(
    registry: Registry, rows: Sequence[Project], selection: Selection, extract_date: date
) -> dict[str, Any]:
    points = [point for row in rows for point in _points(registry, row)]
    plans = [plan for plan in registry.plans if plan.id in {row.plan for row in rows}]
    located = sum(bool(registry.labels[row.id]) for row in rows)
    head: dict[str, Any] = {
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
        "filter": filter_used(selection),
        "counts": {"rows": len(rows), "located": located, "tray": len(rows) - located},
    }
    if points:
        lons, lats = zip(*points, strict=True)
        head["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
    return head


def _points(registry: Registry, row: Project) -> list[tuple[float, float]]:
    is_site = row.geometry_role is GeometryRole.SITE
    decimals = SITE_DECIMALS if is_site else LABEL_DECIMALS
    return [(round(lon, decimals), round(lat, decimals)) for lon, lat in registry.labels[row.id]]


def _geometry(points: Sequence[tuple[float, float]]) -> dict[str, Any] | None:
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": list(points[0])}
    return {"type": "MultiPoint", "coordinates": [list(point) for point in points]}


def _json(value: Any) -> str:
    return json.dumps(_clean(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _clean(value: Any) -> Any:
    """The value with no control character in any of its texts."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, dict):
        return {without_controls(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value
