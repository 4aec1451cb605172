"""Tables of polygons as GeoJSON (RFC 7946): right-hand rule, five decimals, the same head."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from layers.exports.extract import Extract
from layers.exports.notes import notes
from layers.exports.tables import Table
from layers.geojson import json_text

_DECIMALS = 5  # about a metre


def polygon_chunks(extract: Extract, table: Table) -> Iterator[str]:
    """A FeatureCollection, a feature a line; its head tells the notes of the extract."""
    head = {
        "type": "FeatureCollection",
        "name": f"fengtu-{table.key}",
        "notes": [{"item": item, "content": words} for item, words in notes(extract, (table,))],
        "bbox": _bounds(table),
    }
    yield f'{json_text({key: value for key, value in head.items() if value})[:-1]},"features":[\n'
    before = ""
    for row, shape in zip(table.rows, table.shapes, strict=True):
        feature = {
            "type": "Feature",
            "id": row[table.columns[0]],
            "properties": dict(row),
            "geometry": _geometry(shape),
        }
        yield before + json_text(feature)
        before = ",\n"
    yield "\n]}\n"


def _geometry(shape: shapely.Geometry | None) -> Any:
    if shape is None:
        return None
    snapped = shapely.set_precision(shape, 10**-_DECIMALS)
    rounded = shapely.transform(snapped, lambda pairs: np.round(pairs, _DECIMALS))
    return json.loads(shapely.to_geojson(shapely.orient_polygons(rounded)))


def _bounds(table: Table) -> list[float]:
    shapes = [shape for shape in table.shapes if shape is not None]
    return [round(float(each), 5) for each in shapely.total_bounds(shapes)] if shapes else []
