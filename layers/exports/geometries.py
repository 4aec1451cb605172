"""Tables through GDAL: typed columns, clean texts, shapes in the extract's reference system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import shapely

from layers.exports.fields import FieldType, field_type
from layers.exports.reference import Reference
from layers.exports.tables import Table
from layers.table import without_controls
from terms.columns import Cell

_DTYPES: Mapping[FieldType, Any] = {
    "text": object,
    "integer": np.int64,
    "real": np.float64,
    "boolean": np.bool_,
}
_KINDS = {"points": "MultiPoint", "polygons": "MultiPolygon"}
_PARTS = {"points": shapely.MultiPoint, "polygons": shapely.MultiPolygon}


def write_layer(
    path: Path,
    table: Table,
    reference: Reference,
    *,
    driver: str,
    names: Mapping[str, str] | None = None,
    layer: str | None = None,
    **options: Any,
) -> None:
    """Write one table as a layer of a file; `names` gives columns another field name.

    A layer of points is declared as MultiPoint and one of polygons as MultiPolygon, so that rows
    of one part and of several can stand side by side.
    """
    names = names or {}
    data, masks = zip(*(_column(table, column) for column in table.columns), strict=True)
    pyogrio.raw.write(
        path,
        geometry=_shapes(table, reference),
        field_data=list(data),
        field_mask=list(masks),
        fields=[names.get(column, column) for column in table.columns],
        geometry_type=_KINDS[table.shape] if table.shape else None,
        crs=f"EPSG:{reference.epsg}" if table.shape else None,
        driver=driver,
        layer=layer,
        append=path.exists() and layer is not None,
        encoding="UTF-8",
        **options,
    )


def _column(table: Table, column: str) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
    """The values of a column with a filling where they are missing, and where that is."""
    cells: Sequence[Cell] = table.by_column[column]
    kind = field_type(column)
    is_missing = np.array([cell is None for cell in cells], dtype=bool)
    if kind == "text":
        texts = [None if cell is None else without_controls(str(cell)) for cell in cells]
        return np.array(texts, dtype=object), is_missing
    return np.array([cell or 0 for cell in cells], dtype=_DTYPES[kind]), is_missing


def _shapes(table: Table, reference: Reference) -> npt.NDArray[np.object_] | None:
    if table.shape is None:
        return None
    made = [several(shape, table) for shape in table.shapes]
    return np.array(shapely.to_wkb([reference.shape(each) for each in made]), dtype=object)


def several(shape: shapely.Geometry | None, table: Table) -> shapely.Geometry | None:
    """A shape as one of several parts."""
    if shape is None or table.shape is None:
        return None
    return _PARTS[table.shape](list(shapely.get_parts(shape)))
