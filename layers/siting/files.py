"""A run as files: score as GeoTIFF, counties and eligible land as GeoPackage, counties as CSV."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import rasterio
import rasterio.shutil
import shapely
from rasterio.features import shapes
from rasterio.io import MemoryFile

from geo.crs import area_km2
from geo.siting.ground import WORKING_CRS
from layers.siting.run import Run
from layers.siting.table import columns, rows
from layers.siting.words import notes, said, step_title
from layers.table import to_csv, without_controls
from terms.errors import ExportError
from terms.language import Language

FileKind = Literal["tif", "gpkg", "csv"]
NODATA = -9999.0
CLASS_COUNT = 5


def file_bytes(run: Run, kind: FileKind, language: Language) -> bytes:
    """A run as one of its files."""
    match kind:
        case "tif":
            return geotiff(run, language)
        case "gpkg":
            return geopackage(run, language)
        case "csv":
            return to_csv(rows(run, language), columns(run), bom=True).encode("utf-8")


def geotiff(run: Run, language: Language) -> bytes:
    """The score as a cloud-optimised GeoTIFF in the grid's own CGCS2000 zone, with its notes."""
    grid = run.result.ground.grid
    score = run.result.score_on_grid()
    profile: dict[str, Any] = {
        "driver": "GTiff",
        "width": grid.width,
        "height": grid.height,
        "count": 1,
        "dtype": "float32",
        "crs": f"EPSG:{grid.epsg}",
        "transform": grid.transform,
        "nodata": NODATA,
    }
    with MemoryFile() as plain, MemoryFile() as whole:
        with plain.open(**profile) as file:
            file.write(score.filled(NODATA).astype(np.float32), 1)
            file.set_band_description(1, "score")
            file.update_tags(**_tags(run, language))
        with plain.open() as file:
            rasterio.shutil.copy(file, whole.name, driver="COG", compress="DEFLATE")
        return bytes(whole.read())


def geopackage(run: Run, language: Language) -> bytes:
    """Counties with their terms, eligible land by class of score, the waterfall and the notes."""
    tables: tuple[tuple[str, pd.DataFrame], ...] = (
        ("counties", _counties(run, language)),
        ("eligible_land", eligible_land(run)),
        ("waterfall", _waterfall(run, language)),
        ("notes", pd.DataFrame(notes(run, language), columns=["item", "content"])),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "siting.gpkg"
        for name, table in tables:
            _write(path, name, table)
        return path.read_bytes()


def eligible_land(run: Run) -> gpd.GeoDataFrame:
    """Eligible cells joined to polygons by class of score, in WGS-84, one row a class.

    Drawn along the cells, so at a county's border they reach up to a cell beyond it; `area_km2` is
    that of the drawing, the table of counties has the exact one.
    """
    ground = run.result.ground
    score = run.result.score_on_grid()
    classes = np.clip((score.filled(0) * CLASS_COUNT).astype(np.uint8), 0, CLASS_COUNT - 1)
    is_land = ~np.ma.getmaskarray(score)
    parts: dict[int, list[shapely.Geometry]] = {}
    for outline, value in shapes(classes, mask=is_land, transform=ground.grid.transform):
        parts.setdefault(int(value), []).append(shapely.geometry.shape(outline))
    found = sorted(parts)
    merged = [shapely.MultiPolygon(parts[each]) for each in found]
    table = gpd.GeoDataFrame(
        {
            "score_from": [each / CLASS_COUNT for each in found],
            "score_to": [(each + 1) / CLASS_COUNT for each in found],
        },
        geometry=merged,
        crs=f"EPSG:{ground.grid.epsg}",
    ).to_crs(WORKING_CRS)
    table["area_km2"] = [round(area_km2(each), 3) for each in table.geometry]
    return table


def file_name(run: Run, kind: str, day: str) -> str:
    """`fengtu-siting-<recipe>`, `draft` where a plan is one, the run's digest and the day."""
    parts = ["fengtu", "siting", run.recipe.id.replace("_", "-")]
    parts += ["draft"] if run.drafts else []
    return "-".join([*parts, run.digest, f"{day}.{kind}"])


def _counties(run: Run, language: Language) -> gpd.GeoDataFrame:
    made = rows(run, language)
    outlines = run.registry.districts.frame.geometry
    geometry = [_several(outlines[str(row["district_code"])]) for row in made]
    return gpd.GeoDataFrame(
        pd.DataFrame(made, columns=list(columns(run))), geometry=geometry, crs=WORKING_CRS
    )


def _waterfall(run: Run, language: Language) -> pd.DataFrame:
    made: Sequence[dict[str, object]] = [
        {
            "id": step.id,
            "title": without_controls(step_title(run, step.id, language)),
            "alone_km2": step.alone_m2 / 1e6,
            "taken_km2": step.taken_m2 / 1e6,
            "left_km2": step.left_m2 / 1e6,
        }
        for step in run.result.steps
    ]
    return pd.DataFrame(made)


def _several(outline: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon(list(shapely.get_parts(outline)))


def _write(path: Path, name: str, table: pd.DataFrame) -> None:
    is_map = isinstance(table, gpd.GeoDataFrame)
    try:
        pyogrio.write_dataframe(
            table,
            path,
            layer=name,
            driver="GPKG",
            append=path.exists(),
            **({"geometry_type": "MultiPolygon"} if is_map else {}),
            dataset_options={} if path.exists() else {"VERSION": "1.2"},
        )
    except pyogrio.errors.DataSourceError as error:
        raise ExportError(f"the GeoPackage cannot be written ({error}); try CSV") from error


def _tags(run: Run, language: Language) -> dict[str, str]:
    tags = {
        "TITLE": said(run.recipe, "title", language),
        "RECIPE_DIGEST": run.recipe.digest,
        "RUN_DIGEST": run.digest,
        "DRAFT": "yes" if run.drafts else "no",
    }
    words = "\n".join(f"{item}: {content}" for item, content in notes(run, language))
    return tags | {"NOTES": without_controls(words.replace("\n", " | "))}
