"""What users add beside progress and installed figures: places, projects, layers, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from terms.kinds import LandMode, Layer, Precision, RasterKind, Relation, Status, Technology


@dataclass(frozen=True)
class Position:
    """Where a user put a project: WGS-84 degrees, with what was typed and in which system.

    `project` is the id of a plan's row or of a user's own. `precision` is `site` or `township`;
    `outside_reason` says why the point rightly lies outside the project's districts.
    """

    project: str
    lon: float
    lat: float
    precision: Precision
    accuracy_m: int | None
    entered: str
    crs: str
    source: str
    outside_reason: str


@dataclass(frozen=True)
class OwnProject:
    """A project that a user entered or imported; in the registry it has `plan=user`.

    `id` is `user-…`. `relation` says how it stands to the plans: not yet settled, one of the row
    `part_of`, or `new` beside everything that the plan `counts_in` lists. `lon` and `lat` are
    WGS-84, both None where nobody gave a place; `source_row` is the line of the file it came from.
    """

    id: str
    name: str
    layer: Layer
    technology: Technology | None
    capacity_mw: Decimal | None
    capacity_printed: str
    district_codes: tuple[str, ...]
    city_code: str
    township: str
    zone: str
    lon: float | None
    lat: float | None
    precision: Precision
    accuracy_m: int | None
    place_source: str
    owner: str
    land_mode: LandMode | None
    status: Status | None
    status_date: str
    by_year: int | None
    relation: Relation
    part_of: str
    counts_in: str
    source: str
    source_row: str
    note: str


@dataclass(frozen=True)
class SplitFile:
    """A bureau's breakdown by county (capacity.splits) that is kept; `text` is its CSV."""

    name: str
    text: str
    source: str


@dataclass(frozen=True)
class Note:
    """A remark on a project, a target or a district, named by its id, key or code."""

    subject: str
    text: str


@dataclass(frozen=True)
class OwnTable:
    """Figures by district that a user imported, to be shown as a choropleth.

    `values` are pairs of a six-digit code and a number; `id` is `table-…`.
    """

    id: str
    title: str
    unit: str
    date: str
    source: str
    values: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True)
class OwnArea:
    """Polygons that a user imported as a layer; `id` is `area-…`.

    `shapes` are pairs of a name and well-known binary in WGS-84.
    """

    id: str
    title: str
    source: str
    shapes: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class OwnRaster:
    """What is told of a raster that a user added; its cells are a file of its id, or at `address`.

    `id` is the kind and eight hex digits of the cells' hash `digest`. One that `is_chosen` gives
    the values of its kind; `nodata` is None where the file declares none.
    """

    id: str
    title: str
    title_en: str
    kind: RasterKind
    unit: str
    unit_en: str
    crs: str
    nodata: float | None
    year: str
    source: str
    licence: str
    caveat: str
    caveat_en: str
    address: str
    band: int
    digest: str
    is_chosen: bool


@dataclass(frozen=True)
class ColumnMapping:
    """How the columns of an imported file were read, for the next file with the same header.

    `fingerprint` stands for the header; `text` is the mapping as JSON.
    """

    fingerprint: str
    text: str
