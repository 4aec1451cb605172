"""A bureau's own boundary file in place of the shipped one, and which of the two is active.

Read: GeoParquet, GeoJSON, GeoPackage, Shapefile (also zipped). Every fault is listed in one
BoundaryError; what can be let pass (slivers, gaps) is told in `Districts.remarks`.

A GeoJSON without a `crs` member is WGS-84 by RFC 7946, and is read so. If it was in truth drawn
on 高德, 腾讯 or 百度 maps, everything stands about 500 m off and no program can know: say
`crs="gcj02"` or FENGTU_BOUNDARIES_CRS=gcj02, and look at the map beside a known point.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.boundary_codes import CODE_COLUMNS, NAME_COLUMNS, find_column, read_codes
from geo.boundary_file import read_file, to_degrees
from geo.coverage import (
    OVERLAP_LIMIT_KM2,
    boundary_digest,
    display_outlines,
    gaps_km2,
    inner_point,
    overlaps_km2,
    rounded,
)
from geo.districts import COLUMNS, DATA, Districts, by_code, load_districts
from terms.errors import BoundaryError

PATH_VARIABLE = "FENGTU_BOUNDARIES"
CRS_VARIABLE = "FENGTU_BOUNDARIES_CRS"


def active_districts() -> Districts:
    """The boundaries in force: the file named by FENGTU_BOUNDARIES, else the shipped ones.

    FENGTU_BOUNDARIES_CRS says the file's reference system where the file does not, or where it
    is GCJ-02 or BD-09.
    """
    path, crs = os.environ.get(PATH_VARIABLE, ""), os.environ.get(CRS_VARIABLE) or None
    if not path:
        return _shipped()
    file = Path(path).expanduser()
    changed = file.stat().st_mtime_ns if file.is_file() else 0
    return _own(file, crs, changed)


def read_boundaries(
    path: Path | str,
    *,
    code_column: str | None = None,
    name_column: str | None = None,
    crs: str | None = None,
    required: Collection[str] = (),
) -> Districts:
    """Read county-level boundaries from a user's file.

    Columns are found by their usual names unless given. `crs` is wgs84, cgcs2000, gcj02, bd09 or
    an EPSG code (EPSG:4548); it must not contradict what the file declares. Raises
    CrsError when the reference system is missing or contradicted, BoundaryError for the rest.
    """
    file = Path(path).expanduser()
    raw = read_file(file)
    code_field = find_column(raw, code_column, CODE_COLUMNS, "code", file)
    name_field = find_column(raw, name_column, NAME_COLUMNS, "name", file)
    codes, faults = read_codes(raw[code_field])
    # Control characters would break the exports later; they go out at the door.
    names = raw[name_field].fillna("").astype(str).str.replace(r"[\x00-\x1f\x7f]", "", regex=True)
    names = names.str.strip()
    faults += [
        f"row {row}: no name in column {name_field!r}" for row in np.flatnonzero(names == "")
    ]
    outlines = to_degrees(raw, crs, file)
    remarks, shape_faults = _shape_findings(codes, outlines)
    faults += shape_faults
    faults += [
        f"{code}: needed by the plans, not in the file"
        for code in sorted(set(required) - set(codes))
    ]
    if faults:
        head = f"{file.name} cannot serve as the district map, {len(faults)} fault(s):"
        raise BoundaryError("\n".join([head, *(f"  {fault}" for fault in faults)]))
    frame = _frame(codes, list(names), outlines)
    simple = display_outlines(frame.geometry.to_numpy())
    return Districts(
        frame=frame,
        display=by_code(
            gpd.GeoDataFrame({"code": frame["code"]}, geometry=simple, crs="EPSG:4326")
        ),
        edition=f"行政区划边界：用户文件 {file.name}",
        edition_en=f"Boundaries: user's file {file.name}",
        digest=_digest(frame),
        remarks=tuple(remarks),
    )


def _digest(frame: gpd.GeoDataFrame) -> str:
    """Over outlines and names, so that a mended name is noticed too."""
    outlines = boundary_digest(list(frame["code"]), list(frame.geometry))
    names = "\n".join([*frame["name"], *frame["city"]])
    return hashlib.sha256(f"{outlines}\n{names}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _shipped() -> Districts:
    return load_districts()


@lru_cache(maxsize=2)
def _own(file: Path, crs: str | None, changed: int) -> Districts:
    # `changed` is part of the key so that an edited file is read again.
    return read_boundaries(file, crs=crs)


def _shape_findings(
    codes: list[str], outlines: npt.NDArray[np.object_]
) -> tuple[list[str], list[str]]:
    """What is odd about the polygons: remarks to show, faults that stop the load."""
    labels = [code or f"row {row}" for row, code in enumerate(codes)]
    faults = []
    for label, outline in zip(labels, outlines, strict=True):
        if outline is None or shapely.is_empty(outline):
            faults.append(f"{label}: no outline, expected a polygon")
        elif not isinstance(outline, shapely.Polygon | shapely.MultiPolygon):
            faults.append(f"{label}: a {outline.geom_type}, expected a polygon")
        elif not shapely.is_valid(outline):
            faults.append(f"{label}: not valid ({shapely.is_valid_reason(outline)}); repair it")
    return ([], faults) if faults else _coverage_findings(labels, outlines)


def _coverage_findings(
    labels: list[str], outlines: npt.NDArray[np.object_]
) -> tuple[list[str], list[str]]:
    remarks, faults = [], []
    for (first, second), km2 in overlaps_km2(labels, list(outlines)).items():
        if km2 > OVERLAP_LIMIT_KM2:
            faults.append(f"{first} and {second} overlap by {km2:.3f} km²")
        else:
            remarks.append(f"{first} and {second} overlap by a sliver of {km2 * 1e6:.0f} m²")
    for lon, lat, km2 in gaps_km2(list(outlines)):
        remarks.append(f"a gap of {km2:.4f} km² at {lon}, {lat}: an enclave, or missing ground")
    return remarks, faults


def _frame(
    codes: list[str], names: list[str], outlines: npt.NDArray[np.object_]
) -> gpd.GeoDataFrame:
    known = pd.read_csv(DATA / "district_names.csv", dtype=str, encoding="utf-8").set_index("code")
    cities = known.drop_duplicates("city_code").set_index("city_code")
    stored = rounded(outlines)
    points = np.array([inner_point(outline) for outline in stored])
    city_codes = [f"{code[:4]}00" for code in codes]
    columns = {
        "code": codes,
        "name": names,
        # The English name of the table holds only while the district still bears the same name.
        "name_en": [
            known.at[code, "name_en"]
            if code in known.index and known.at[code, "name"] == name
            else name
            for code, name in zip(codes, names, strict=True)
        ],
        "city_code": city_codes,
        "city": [cities["city"].get(code, code) for code in city_codes],
        "city_en": [cities["city_en"].get(code, code) for code in city_codes],
        "lon": points[:, 0],
        "lat": points[:, 1],
    }
    frame = gpd.GeoDataFrame(columns, geometry=stored, crs="EPSG:4326")
    return by_code(frame[list(COLUMNS)])
