"""The command about siting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import LanguageOption
from commands.store import named_rasters
from geo.own_boundaries import active_districts
from layers.output import write_chunks
from registry.mode import mode
from registry.registry import Registry, build_registry
from terms.errors import CrsError, RecipeError, SitingError
from terms.language import Language

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.siting.recipe import Recipe
    from layers.siting.run import Run

RecipeArgument = Annotated[
    str, typer.Argument(help="A recipe by its name, e.g. pumped_storage, or a YAML file.")
]
Area = Annotated[
    list[str] | None,
    typer.Option("--area", help="A city or county by its code, in place of the recipe's. Repeat."),
]
Own = Annotated[
    list[str] | None,
    typer.Option("--own", help="Shapes that the recipe names as own:NAME, as NAME=FILE. Repeat."),
]
Crs = Annotated[
    str | None, typer.Option("--crs", help="Of files that declare none: wgs84, cgcs2000, gcj02 …")
]
Cell = Annotated[float | None, typer.Option("--cell", help="Side of a cell in metres.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="A .tif, .gpkg, .csv or .yaml file; without it CSV to stdout."),
]


def siting(
    recipe: RecipeArgument,
    area: Area = None,
    own: Own = None,
    crs: Crs = None,
    cell: Cell = None,
    language: LanguageOption = "zh",
    out: Out = None,
) -> None:
    """Screen an area by a recipe: counties with eligible km², indicative MW and scores."""
    # Late: rasterio, exactextract and scipy take a second that no other command waits for.
    from geo.rasters.library import rasters
    from layers.siting.run import run_recipe

    kind = _kind(out)
    chosen = _recipe(recipe)
    shapes = _shapes(chosen, own, crs)
    is_public = mode() == "public"
    registry = build_registry(active_districts(), public=is_public)
    found = run_recipe(
        registry,
        _changed(registry, chosen, area, cell),
        records=rasters(named_rasters(registry)),
        own=shapes,
    )
    _write(found, kind, language, out)


def _kind(out: Path | None) -> str:
    kind = "csv" if out is None else out.suffix.lower().removeprefix(".")
    if kind not in ("csv", "tif", "gpkg", "yaml"):
        raise typer.BadParameter(f"--out {out}: name a .tif, .gpkg, .csv or .yaml file")
    return kind


def _recipe(name: str) -> Recipe:
    from geo.siting.recipe_file import read_recipe
    from layers.siting.run import shipped_recipes

    known = shipped_recipes()
    if name in known:
        return known[name]
    path = Path(name)
    if not path.is_file():
        raise typer.BadParameter(f"{name}: neither a file nor one of {', '.join(known)}")
    return read_recipe(path.read_bytes(), path.name)


def _changed(
    registry: Registry, recipe: Recipe, area: list[str] | None, cell: float | None
) -> Recipe:
    """The recipe with the options in place of its own; what they cannot be is bad use."""
    from geo.siting.edit import changed
    from layers.siting.run import area_codes

    changes: dict[str, object] = {} if area is None else {"area": area}
    changes |= {} if cell is None else {"cell_m": cell}
    try:
        area_codes(registry, area or ())
        return changed(recipe, **changes)
    except (RecipeError, SitingError) as error:
        raise typer.BadParameter(str(error)) from None


def _shapes(recipe: Recipe, own: list[str] | None, crs: str | None) -> dict[str, gpd.GeoSeries]:
    from geo.siting.own_shapes import read_shapes

    if crs is not None and not own:
        raise typer.BadParameter("--crs goes with --own NAME=FILE")
    named = {term.source for term in (*recipe.exclusions, *recipe.criteria)}
    found = {}
    for each in own or ():
        name, _, file = each.partition("=")
        if not (name and Path(file).is_file()):
            raise typer.BadParameter(f"--own {each}: give NAME=FILE of a file that is there")
        if f"own:{name}" not in named:
            raise typer.BadParameter(f"--own {each}: no term of the recipe is on own:{name}")
        try:
            found[name] = read_shapes(Path(file).read_bytes(), Path(file).name, crs=crs)
        except (CrsError, SitingError) as error:
            raise typer.BadParameter(str(error)) from None
    return found


def _write(found: Run, kind: str, language: Language, out: Path | None) -> None:
    from geo.siting.recipe_file import write_recipe
    from layers.siting.files import file_bytes
    from layers.siting.table import columns, rows
    from layers.table import to_csv

    if kind == "yaml":
        write_chunks([write_recipe(found.recipe)], out)
    elif out is None:
        write_chunks([to_csv(rows(found, language), columns(found))], None)
    elif kind in ("tif", "gpkg", "csv"):
        write_chunks([file_bytes(found, kind, language)], out)
