"""The shape of what users add beside figures and progress, checked field by field both ways."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from seeds.fields import Strict, contradiction
from store.models import Amount, Day, Needed, Text, or_none, plain_lines, plain_text
from terms.kinds import LandMode, Layer, Precision, RasterKind, Relation, Status, Technology

MAX_SHAPES = 20_000
MAX_VALUES = 5_000
MAX_SHAPE_BYTES = 20_000_000
_CODE = re.compile(r"[0-9]{6}")
_SIGNED = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_RASTER = re.compile(r"[a-z_]+-[0-9a-f]{8}")
_ADDRESS = re.compile(r"https?://[^\s]{1,1990}")
_POLYGONS = frozenset({"Polygon", "MultiPolygon"})


def _real_day(value: str) -> str:
    try:
        is_real = not value or date.fromisoformat(value).isoformat() == value
    except ValueError:
        is_real = False
    if not is_real:
        raise ValueError("日期，如 2025-12-31，或空 · a day as 2025-12-31, or nothing")
    return value


def _code(value: str) -> str:
    if value and not _CODE.fullmatch(value):
        raise ValueError("六位代码 · a six-digit code")
    return value


def _degrees(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("有限的度数 · a finite number of degrees")
    return float(value)


def _codes(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _distinct(codes: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(codes)) < len(codes):
        raise ValueError("不重复的代码 · codes without repeats")
    return codes


def _signed(value: object) -> object:
    text = plain_text(value)
    if not isinstance(text, str) or not _SIGNED.fullmatch(text):
        raise ValueError("数字，如 85 或 -1.5 · a plain number such as 85 or -1.5")
    return Decimal(text)


def _polygon(value: object) -> object:
    """Well-known binary of a polygon within the range of degrees; hexadecimal in a change log."""
    from shapely import from_wkb  # late: a book without areas needs no geometry
    from shapely.errors import ShapelyError

    expected = "多边形（WKB，经纬度） · a polygon as WKB in degrees"
    try:
        data = bytes.fromhex(value) if isinstance(value, str) else value
        if not isinstance(data, bytes) or len(data) > MAX_SHAPE_BYTES:
            raise ValueError(expected)
        shape = from_wkb(data)
    except (ShapelyError, ValueError):
        raise ValueError(expected) from None
    west, south, east, north = shape.bounds if not shape.is_empty else (math.nan,) * 4
    is_placed = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    if shape.geom_type not in _POLYGONS or not is_placed:
        raise ValueError(expected)
    return data


def _json(value: str) -> str:
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        raise ValueError("JSON 文字 · a text in JSON") from None
    return value


def _finite(value: object) -> object:
    if value is not None and (
        isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value)
    ):
        raise ValueError("有限的数，或空 · a finite number, or nothing")
    return value


def _raster_id(value: str) -> str:
    if not _RASTER.fullmatch(value):
        raise ValueError("height-1a2b3c4d 形式的编号 · an id such as height-1a2b3c4d")
    return value


def _address(value: str) -> str:
    if value and not _ADDRESS.fullmatch(value):
        raise ValueError("http(s) 地址，或空 · an http(s) address, or nothing")
    return value


def _id(prefix: str) -> AfterValidator:
    pattern = re.compile(rf"{prefix}-[a-z0-9]+(-[a-z0-9]+)*")

    def check(value: str) -> str:
        if len(value) > 100 or not pattern.fullmatch(value):
            raise ValueError(f"{prefix}-… 形式的编号 · an id such as {prefix}-1a2b")
        return value

    return AfterValidator(check)


Code = Annotated[Text, AfterValidator(_code)]
CodeNeeded = Annotated[Needed, AfterValidator(_code)]
Lon = Annotated[float, BeforeValidator(_degrees), Field(ge=-180, le=180)]
Lat = Annotated[float, BeforeValidator(_degrees), Field(ge=-90, le=90)]
Metres = Annotated[int | None, Field(ge=0, le=1_000_000)]
DayOrNone = Annotated[Day | Literal[""], BeforeValidator(plain_text)]
Lines = Annotated[str, BeforeValidator(plain_lines(4_000))]
LongText = Annotated[str, BeforeValidator(plain_lines(1_000_000))]
Shape = Annotated[bytes, BeforeValidator(_polygon)]


class PositionRow(Strict):
    """Where a user put a project."""

    project: Needed
    lon: Lon
    lat: Lat
    precision: Literal[Precision.SITE, Precision.TOWNSHIP]
    accuracy_m: Metres = None
    entered: Text
    crs: Text
    source: Needed
    outside_reason: Text = ""


class ProjectRow(Strict):
    """A user's own project; where it stands to plans and districts is checked in the registry."""

    id: Annotated[Needed, _id("user")]
    name: Needed
    layer: Layer
    technology: Annotated[Technology | None, BeforeValidator(or_none)] = None
    capacity_mw: Annotated[Amount | None, BeforeValidator(or_none)] = None
    capacity_printed: Text = ""
    district_codes: Annotated[
        tuple[CodeNeeded, ...], BeforeValidator(_codes), AfterValidator(_distinct)
    ] = ()
    city_code: Code = ""
    township: Text = ""
    zone: Text = ""
    lon: Lon | None = None
    lat: Lat | None = None
    precision: Precision
    accuracy_m: Metres = None
    place_source: Text = ""
    owner: Text = ""
    land_mode: Annotated[LandMode | None, BeforeValidator(or_none)] = None
    status: Annotated[Status | None, BeforeValidator(or_none)] = None
    status_date: DayOrNone = ""
    by_year: Annotated[int | None, Field(ge=1950, le=2100)] = None
    relation: Relation
    part_of: Text = ""
    counts_in: Text = ""
    source: Needed
    source_row: Text = ""
    note: Lines = ""

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            expected = "经度和纬度都填或都不填 · both lon and lat, or neither"
            raise contradiction("lon", self.lon, expected)
        return self


class SplitRow(Strict):
    """A bureau's breakdown by county that is kept."""

    name: Needed
    text: LongText
    source: Text = ""


class NoteRow(Strict):
    """A remark."""

    subject: Needed
    text: Annotated[Lines, Field(min_length=1)]


class TableRow(Strict):
    """Figures by district."""

    id: Annotated[Needed, _id("table")]
    title: Needed
    unit: Text = ""
    date: Annotated[Text, AfterValidator(_real_day)] = ""
    source: Needed
    values: Annotated[
        tuple[tuple[CodeNeeded, Annotated[Decimal, BeforeValidator(_signed)]], ...],
        Field(min_length=1, max_length=MAX_VALUES),
    ]

    @model_validator(mode="after")
    def _one_figure_a_district(self) -> Self:
        codes = [code for code, _ in self.values]
        if len(set(codes)) < len(codes):
            twice = next(code for code in codes if codes.count(code) > 1)
            raise contradiction("values", twice, "每县一个数 · one figure a district")
        return self


class AreaRow(Strict):
    """Polygons of a layer of the user's own."""

    id: Annotated[Needed, _id("area")]
    title: Needed
    source: Needed
    shapes: Annotated[tuple[tuple[Text, Shape], ...], Field(min_length=1, max_length=MAX_SHAPES)]


class RasterRow(Strict):
    """What is told of a raster that a user added."""

    id: Annotated[Needed, AfterValidator(_raster_id)]
    title: Needed
    title_en: Text = ""
    kind: RasterKind
    unit: Text = ""
    unit_en: Text = ""
    crs: Annotated[str, BeforeValidator(plain_lines(20_000)), Field(min_length=1)]
    nodata: Annotated[float | None, BeforeValidator(_finite)] = None
    year: Text = ""
    source: Text = ""
    licence: Text = ""
    caveat: Text = ""
    caveat_en: Text = ""
    address: Annotated[str, BeforeValidator(plain_lines(2_000)), AfterValidator(_address)] = ""
    band: Annotated[int, Field(ge=1, le=65_535)] = 1
    digest: Text = ""
    is_chosen: bool = False

    @model_validator(mode="after")
    def _id_names_the_kind(self) -> Self:
        if self.id.rpartition("-")[0] != self.kind:
            expected = f"{self.kind}-… · an id that begins with {self.kind}-"
            raise contradiction("id", self.id, expected)
        return self


class MappingRow(Strict):
    """How the columns of a file were read."""

    fingerprint: Needed
    text: Annotated[str, BeforeValidator(plain_lines(100_000)), AfterValidator(_json)]
