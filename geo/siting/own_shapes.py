"""Shapes that a user brings: an uploaded file, a box or GeoJSON that was typed; always WGS-84."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geo.boundary_file import SUFFIXES, read_file, to_degrees
from geo.siting.ground import WORKING_CRS
from terms.errors import BoundaryError, CrsError, SitingError

MAX_VERTICES = 500_000
MAX_NAME = 40
_WANTED = "请提供 GeoJSON、GeoPackage、GeoParquet 或打包成 zip 的 Shapefile"
_WANTED_EN = "bring GeoJSON, GeoPackage, GeoParquet or a zipped Shapefile"


def read_shapes(data: bytes, file: str, *, crs: str | None = None) -> gpd.GeoSeries:
    """The shapes of a file in WGS-84, mended where they cross themselves.

    `crs` overrules nothing: it says what a file without a declaration means, or that its degrees
    are GCJ-02 or BD-09. Raises SitingError where the file cannot be read, CrsError where its
    reference system is missing or does not fit.
    """
    suffix = Path(file).suffix.lower()
    if suffix not in SUFFIXES:
        said = suffix or "?"
        raise _unfit(file, f"不能读取 {said} 文件", f"cannot read a file of {said}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{_safe(file)}{suffix}"
        path.write_bytes(data)
        try:
            shapes = to_degrees(read_file(path), crs or None, path)
        except BoundaryError:
            raise _unfit(file, "没有可读的图形", "holds no shape that can be read") from None
        except CrsError as error:
            raise CrsError(
                f"{file[:MAX_NAME]}：坐标系没有声明、与所选不符，或图形不在中国境内；"
                "请在文件中声明，或选对坐标系，并核对经纬度先后 · "
                f"{error}"
            ) from None
    return _checked(shapes, file)


def read_typed(text: str) -> gpd.GeoSeries:
    """Shapes that were typed: west,south,east,north in degrees, or GeoJSON (WGS-84)."""
    plain = text.strip()
    if plain.startswith("{"):
        return _checked(_geojson(plain), "GeoJSON")
    try:
        west, south, east, north = (float(part) for part in plain.replace("，", ",").split(","))
    except ValueError:
        raise SitingError(
            f"“{plain[:MAX_NAME]}”不是范围：请输入 西,南,东,北（度），如 116.6,36.0,116.9,36.2，"
            f"或粘贴 GeoJSON · {plain[:MAX_NAME]!r} is no area: type west,south,east,north in "
            "degrees, such as 116.6,36.0,116.9,36.2, or paste GeoJSON"
        ) from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise SitingError(
            f"范围 {plain[:80]} 是空的：西小于东、南小于北 · "
            f"the box {plain[:80]} is empty: west must be below east, south below north"
        )
    return _checked(np.array([shapely.box(west, south, east, north)], dtype=object), "box")


def _geojson(text: str) -> np.ndarray:
    try:
        content = json.loads(text)
        raw = content.get("features", [content]) if isinstance(content, dict) else []
        found = [shapely.geometry.shape(each.get("geometry", each)) for each in raw]
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise SitingError(
            "不是 GeoJSON：请粘贴几何、要素或要素集 · "
            "this is no GeoJSON: paste a geometry, a feature or a "
            "collection of features"
        ) from None
    except shapely.errors.ShapelyError:
        raise SitingError(
            "GeoJSON 里有不成形的图形：请检查坐标 · "
            "this GeoJSON holds a shape that is none: check its coordinates"
        ) from None
    return np.array(found, dtype=object)


def _checked(shapes: np.ndarray, file: str) -> gpd.GeoSeries:
    present = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    count = int(shapely.get_num_coordinates(present).sum())
    if not count:
        raise _unfit(file, "没有图形", "holds no shape")
    if count > MAX_VERTICES:
        raise SitingError(
            f"{file[:MAX_NAME]} 有 {count:,} 个顶点，至多 {MAX_VERTICES:,}：请先简化 · "
            f"{file[:MAX_NAME]} has {count:,} vertices, at most {MAX_VERTICES:,}: simplify it first"
        )
    if not np.isfinite(shapely.total_bounds(present)).all():
        raise _unfit(file, "坐标不是数字", "holds coordinates that are no numbers")
    west, south, east, north = shapely.total_bounds(present)
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise _unfit(file, "坐标超出经纬度范围", "holds coordinates that are no degrees")
    return gpd.GeoSeries(list(shapely.make_valid(shapely.force_2d(present))), crs=WORKING_CRS)


def _unfit(file: str, found: str, found_en: str) -> SitingError:
    name = file[:MAX_NAME]
    return SitingError(f"{name}：{found}；{_WANTED} · {name}: {found_en}; {_WANTED_EN}")


def _safe(file: str) -> str:
    """A plain name for the file on disk, whatever the upload calls itself."""
    return "".join(sign for sign in Path(file).stem if sign.isalnum())[:MAX_NAME] or "shapes"
