"""One good record of each kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shapely import MultiPolygon, Polygon

from terms.kinds import LandMode, Layer, Precision, RasterKind, Relation, Status, Technology
from terms.own_records import (
    ColumnMapping,
    Note,
    OwnArea,
    OwnProject,
    OwnRaster,
    OwnTable,
    Position,
    SplitFile,
)
from terms.records import InstalledFigure, Progress

SQUARE = Polygon([(117, 36), (117.1, 36), (117.1, 36.1), (117, 36.1)])
PROJECT = OwnProject(
    id="user-1a2b",
    name="某某渔光互补 <b>",
    layer=Layer.PV,
    technology=Technology.PV,
    capacity_mw=Decimal("200.50"),
    capacity_printed="20.05万千瓦",
    district_codes=("370812", "370811"),
    city_code="370800",
    township="",
    zone="",
    lon=116.71234567,
    lat=35.5,
    precision=Precision.SITE,
    accuracy_m=50,
    place_source="踏勘",
    owner="某公司",
    land_mode=LandMode.FISHERY,
    status=Status.APPROVED,
    status_date="2024-06-30",
    by_year=2030,
    relation=Relation.OPEN,
    part_of="",
    counts_in="",
    source="备案表.xlsx",
    source_row="7",
    note="第一行\n第二行",
)
SAMPLES: dict[str, Any] = {
    "installed": InstalledFigure(
        "jining", "", "", "pv", "2024-12-31", Decimal("512.3"), "万千瓦", "月报"
    ),
    "progress": Progress("taian-caes-01", "2024-06-30", Status.CONSTRUCTION, None, "通报"),
    "position": Position(
        "taian-caes-01", 117.1, 36.05, Precision.SITE, None, "117.1, 36.05", "wgs84", "踏勘", ""
    ),
    "project": PROJECT,
    "split": SplitFile("2025 分解表", "id,code,mw\na,370812,5", "发改委"),
    "note": Note("taian-caes-01", "两行\n说明"),
    "table": OwnTable(
        "table-load",
        "负荷",
        "MW",
        "2025-12-31",
        "电网",
        (("370812", Decimal("1.50")), ("370811", Decimal("-2"))),
    ),
    "area": OwnArea(
        "area-mine",
        "采煤沉陷区",
        "自然资源局",
        (("甲", SQUARE.wkb), ("乙", MultiPolygon([SQUARE]).wkb)),
    ),
    "raster": OwnRaster(
        id="land_cover-0a1b2c3d",
        title="土地覆盖 <b>",
        title_en="",
        kind=RasterKind.LAND_COVER,
        unit="",
        unit_en="",
        crs="EPSG:4326",
        nodata=-3.4028234663852886e38,
        year="2023",
        source="测绘院",
        licence="内部",
        caveat="",
        caveat_en="",
        address="",
        band=2,
        digest="0a1b2c3d" * 8,
        is_chosen=True,
    ),
    "mapping": ColumnMapping("ab12", '{"name": "项目名称"}'),
}
