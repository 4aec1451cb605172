"""What a raster says at a project or in a county, no more exactly than the place is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import shapely

from geo.rasters.distribution import Spread, around, within
from geo.rasters.record import RasterRecord
from geo.rasters.validate import RasterFacts
from geo.rasters.zonal import zonal
from registry.registry import Registry
from terms.columns import Row
from terms.kinds import GeometryRole, Precision, RasterKind
from terms.language import Language
from terms.messages import text
from terms.records import Project

Where = Literal["cell", "near", "approximate", "district", "districts", "unplaced", "offshore"]
PLACE_COLUMNS = ("district_code", "district", "city")


@dataclass(frozen=True)
class Known:
    """How exactly a project's place is known: a point with its accuracy, counties, or nothing."""

    where: Where
    lon: float = 0.0
    lat: float = 0.0
    accuracy_m: float = 0.0
    codes: tuple[str, ...] = ()


def place_known(registry: Registry, row: Project) -> Known:
    """What may be read off a raster for a row: no county stands for an unknown line or sea.

    A point that its source calls approximate, and does not say by how far, counts as its county.
    """
    if row.precision is Precision.OFFSHORE:
        return Known("offshore")
    if row.precision in (Precision.CITY, Precision.CORRIDOR):
        return Known("unplaced")
    is_point = row.geometry_role is GeometryRole.SITE
    is_exact = row.accuracy_m is not None or row.id not in registry.approximate
    if is_point and is_exact and row.lat is not None and row.lon is not None:
        accuracy_m = float(row.accuracy_m or 0)
        where: Where = "near" if accuracy_m else "cell"
        return Known(where, float(row.lon), float(row.lat), accuracy_m)
    codes = tuple(code for code in row.district_codes if registry.districts.has(code))
    if not codes:
        return Known("unplaced")
    if is_point:
        return Known("approximate", codes=codes)
    return Known("district" if len(codes) == 1 else "districts", codes=codes)


def spread_at(registry: Registry, record: RasterRecord, known: Known) -> Spread | None:
    """The values at a place as far as it is known; None where there are none to give."""
    if known.where in ("cell", "near"):
        return around(record, known.lon, known.lat, accuracy_m=known.accuracy_m)
    if not known.codes:
        return None
    outlines = registry.districts.frame.geometry
    return within(record, shapely.union_all([outlines[code] for code in known.codes]))


def spread_words(record: RasterRecord, spread: Spread, language: Language) -> str:
    """A spread in words: the median with P10–P90, the one value, or the commonest class."""
    unit, middle = record.unit_in(language), number(spread.middle)
    if record.is_classes:
        return text("raster.commonest", language, value=middle)
    if spread.low is None or spread.high is None or number(spread.low) == number(spread.high):
        return f"{middle} {unit}".strip()
    return text(
        "raster.spread",
        language,
        middle=middle,
        low=number(spread.low),
        high=number(spread.high),
        unit=unit,
    )


def number(value: float) -> str:
    """Four figures, no exponent: 1,652; 27.4; 0.0312."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    shown = f"{value:.4g}"
    return shown if "e" not in shown else f"{value:.6f}".rstrip("0").rstrip(".")


def zonal_rows(
    registry: Registry, record: RasterRecord, codes: Sequence[str], stats: Sequence[str]
) -> list[Row]:
    """One row per county: its code and names, the statistics, and the share that has data."""
    frame = registry.districts.frame
    areas = gpd.GeoDataFrame(geometry=frame.geometry.loc[list(codes)], crs=frame.crs)
    found = zonal(record, areas, stats)
    rows: list[Row] = []
    for code, line in zip(codes, found.to_dict("records"), strict=True):
        values = {name: None if value != value else value for name, value in line.items()}
        place = (code, frame.at[code, "name"], frame.at[code, "city"])
        rows.append({**dict(zip(PLACE_COLUMNS, place, strict=True)), **values})
    return rows


def plain_record(facts: RasterFacts, path: str) -> RasterRecord:
    """A record for a file that nobody added: named on the command line, used once."""
    texts = ("title_en", "unit", "unit_en", "year", "source", "licence", "caveat", "caveat_en")
    return RasterRecord(
        **dict.fromkeys(texts, ""),
        id=facts.name,
        title=facts.name,
        kind=RasterKind.OTHER,
        crs=facts.crs,
        nodata=facts.nodata,
        path=path,
        is_own=True,
        band=facts.band,
    )
