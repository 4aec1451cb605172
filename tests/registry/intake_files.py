"""Small files of every kind, built in code for the tests and the fuzzing of the intake."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
from openpyxl import Workbook
from shapely import Point, Polygon

Rows = Sequence[Sequence[object]]
HEADERS = ("项目名称", "县区", "技术类型", "装机容量（MW）", "状态", "经度", "纬度")
ROWS: tuple[tuple[object, ...], ...] = (
    ("甲光伏", "肥城市", "光伏", 100, "在建", 116.77, 36.18),
    ("乙风电", "东平县", "风电", "5万千瓦", "核准", "", ""),
)


def csv_file(
    rows: Sequence[Sequence[object]] = (HEADERS, *ROWS), *, encoding: str = "utf-8"
) -> bytes:
    """Rows without any quoting."""
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode(encoding)


def xlsx_file(
    rows: Sequence[Sequence[object]] = (HEADERS, *ROWS), **more: Sequence[Sequence[object]]
) -> bytes:
    """A workbook with one sheet, and others by name."""
    book = Workbook()
    book.active.title = "数据"
    for title, lines in {"数据": rows, **more}.items():
        page = book[title] if title in book.sheetnames else book.create_sheet(title)
        for line in lines:
            page.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def geojson_file(crs: str = "urn:ogc:def:crs:OGC:1.3:CRS84") -> bytes:
    """Two points with properties; `crs` as the old member, none where empty."""
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(HEADERS[:5], row[:5], strict=True)),
            "geometry": {"type": "Point", "coordinates": [116.77, 36.18]},
        }
        for row in ROWS
    ]
    whole: dict[str, object] = {"type": "FeatureCollection", "features": features}
    if crs:
        whole["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(whole, ensure_ascii=False).encode()


def frame(crs: str | int | None = 4490) -> gpd.GeoDataFrame:
    """Two points as a frame, in degrees of CGCS2000 unless told."""
    columns = {"名称": ["甲光伏", "乙风电"], "技术": ["光伏", "风电"], "装机MW": [100.0, 50.0]}
    return gpd.GeoDataFrame(columns, geometry=[Point(116.77, 36.18), Point(116.5, 35.95)], crs=crs)


def squares(crs: str | int | None = 4326) -> gpd.GeoDataFrame:
    """Two squares near 泰安."""
    shapes = [
        Polygon([(x, 36.0), (x + 0.1, 36.0), (x + 0.1, 36.1), (x, 36.1)]) for x in (116.6, 116.8)
    ]
    return gpd.GeoDataFrame({"名称": ["东区", "西区"]}, geometry=shapes, crs=crs)


def gpkg_file(*layers: tuple[str, gpd.GeoDataFrame]) -> bytes:
    """A GeoPackage with these layers, one of points without any."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.gpkg"
        for name, each in layers or (("点", frame()),):
            each.to_file(path, layer=name, driver="GPKG")
        return path.read_bytes()


def shapefile(
    each: gpd.GeoDataFrame | None = None, *, encoding: str = "GB18030", cpg: bool = False
) -> bytes:
    """A zipped Shapefile; without .cpg unless told, as older ones are."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "点.shp"
        (frame() if each is None else each).to_file(path, encoding=encoding)
        return zip_file(
            {
                part.name: part.read_bytes()
                for part in sorted(Path(folder).iterdir())
                if cpg or part.suffix != ".cpg"
            }
        )


def zip_file(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """An archive with one member replaced or added."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    return zip_file({**members, name: content})
