"""Polygons of strangers as a layer of the user's."""

from __future__ import annotations

import hashlib

import numpy as np
import shapely

from registry.intake.lacking import whole_fault
from registry.intake.limits import Limits
from registry.intake.mapping import FileMapping
from registry.intake.projects import Reading
from registry.intake.row_reader import RowReader
from registry.intake.sheet import Remark, Sheet, SheetRow
from registry.intake.system import System, degrees_of, settle_system
from registry.intake.tangle import MOST_PAIRS, crossing_pairs
from registry.intake.words import folded
from terms.errors import CrsError, Fault
from terms.own_records import OwnArea


def read_area(
    sheet: Sheet, mapping: FileMapping, *, limits: Limits
) -> tuple[OwnArea | None, Reading]:
    """The polygons of a file as one layer in WGS-84, each as it is, none dissolved."""
    reading = Reading()
    try:
        system, remark = settle_system(sheet.crs, mapping.crs)
    except CrsError as error:
        said = (sheet.crs or mapping.crs)[:60]
        fault = Fault(
            sheet.file,
            "坐标系 · CRS",
            "crs",
            said or "没有说明",
            str(error),
            said or "nothing said",
        )
        reading.faults.append(fault)
        reading.faulty = len(sheet.rows)
        return None, reading
    if remark:
        reading.remarks.append(Remark("", remark))
    shapes, vertices = _shapes(sheet, mapping, system, reading, limits)
    if len(shapes) > limits.shapes:
        expected = (
            f"不超过 {limits.shapes} 个面，请分成几个文件 · at most {limits.shapes} polygons; "
            "split the file"
        )
        reading.faults.append(whole_fault(sheet, "geometry", str(len(shapes)), "", expected))
    if vertices > limits.vertices:
        expected = (
            f"不超过 {limits.vertices} 个顶点，请先在 GIS 里化简 · at most {limits.vertices} "
            "vertices; simplify it in a GIS first"
        )
        reading.faults.append(
            whole_fault(sheet, "geometry", str(vertices), str(vertices), expected)
        )
    if reading.faults:
        return None, reading
    title = mapping.constant("title") or sheet.part or sheet.file.rsplit(".", 1)[0]
    source = mapping.constant("source") or sheet.file
    digest = hashlib.sha256(f"{folded(source)}\x1e{title}".encode()).hexdigest()
    return OwnArea(f"area-{digest[:12]}", title, source, tuple(shapes)), reading


def _shapes(
    sheet: Sheet, mapping: FileMapping, system: System, reading: Reading, limits: Limits
) -> tuple[list[tuple[str, bytes]], int]:
    """The sound polygons with their names, and how many vertices all have.

    Those beyond the limit of vertices are only counted: the layer is refused for them.
    """
    shapes: list[tuple[str, bytes]] = []
    vertices, pairs = 0, 0.0
    for row in sheet.rows:
        reader = RowReader(sheet, mapping, row)
        shape = _polygon(reader, row)
        if shape is not None:
            vertices += shapely.get_num_coordinates(shape)
            if vertices > limits.vertices:
                continue
            pairs += crossing_pairs(shape)
            shape = shapely.transform(
                shape, lambda xy: np.column_stack(degrees_of(xy[:, 0], xy[:, 1], system))
            )
            shape = _checked(reader, shape, is_tangled=pairs > MOST_PAIRS)
        if shape is None:
            reading.faulty += 1
            reading.faults += reader.faults
        else:
            name = reader.said("name") or str(row.number)
            shapes.append((name, bytes(shapely.to_wkb(shape))))
    return shapes, vertices


def _polygon(reader: RowReader, row: SheetRow) -> shapely.Geometry | None:
    expected = "一个面；点请按“项目清单”导入 · a polygon; import points as projects"
    if row.geometry is None:
        reader.fault("geometry", "", expected)
        return None
    try:
        shape = shapely.force_2d(shapely.from_wkb(row.geometry))
    except shapely.errors.ShapelyError:
        reader.fault("geometry", "", expected)
        return None
    if not isinstance(shape, shapely.Polygon | shapely.MultiPolygon) or shape.is_empty:
        reader.fault("geometry", shape.geom_type, expected)
        return None
    return shape


def _checked(
    reader: RowReader, shape: shapely.Geometry, *, is_tangled: bool
) -> shapely.Geometry | None:
    """The polygon in degrees if it is sound and lies in China."""
    coordinates = shapely.get_coordinates(shape)
    low, high = coordinates.min(axis=0), coordinates.max(axis=0)
    is_near = np.isfinite(coordinates).all() and low[0] > 73 and high[0] < 136
    if not is_near or low[1] < 3 or high[1] > 54:
        expected = (
            "中国境内的经纬度；请核对坐标系，经纬度是否颠倒 · degrees in China; check the "
            "reference system and whether longitude and latitude are swapped"
        )
        reader.fault("geometry", f"{low[0]:.4g}, {low[1]:.4g}", expected)
        return None
    if is_tangled:
        expected = (
            "边界不过分曲折的面，请先在 GIS 里化简 · a polygon whose edges lie less densely; "
            "simplify it in a GIS first"
        )
        reader.fault("geometry", f"{shapely.get_num_coordinates(shape)}", expected)
        return None
    if not shapely.is_valid(shape):
        reason = shapely.is_valid_reason(shape)[:60]
        expected = "有效的面，请先在 GIS 里修复 · a valid polygon; repair it in a GIS first"
        reader.fault("geometry", reason, expected)
        return None
    return shape
