"""A recipe read from its YAML file with all faults at once, and written back as one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import BaseModel

from geo.siting.recipe import (
    Criterion,
    Density,
    DistanceExclusion,
    DistrictExclusion,
    Missing,
    PolygonExclusion,
    RasterExclusion,
    Recipe,
)
from seeds.reading import UniqueKeyLoader, model_faults, yaml_fault
from terms.errors import Fault, RecipeError

MAX_BYTES = 200_000
_EXCLUSIONS: dict[str, type[BaseModel]] = {
    "district": DistrictExclusion,
    "distance": DistanceExclusion,
    "raster": RasterExclusion,
    "polygons": PolygonExclusion,
}
_LISTS: tuple[tuple[str, type[BaseModel] | None], ...] = (
    ("exclusions", None),
    ("criteria", Criterion),
    ("densities", Density),
    ("missing", Missing),
)


class _PlainLoader(UniqueKeyLoader):
    """Without aliases: a few lines of them stand for more than any machine holds."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "an alias (*name) is not taken", mark)
        return super().compose_node(parent, index)


def read_recipe(data: bytes | str, file: str) -> Recipe:
    """The recipe in a file; raises RecipeError with every fault, by term and field."""
    expected = "YAML 格式的选址方案 · a siting recipe in YAML"
    if len(data) > MAX_BYTES:
        raise RecipeError([Fault(file, "-", "-", f"{len(data)} B", f"≤ {MAX_BYTES} B")])
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        raw = yaml.load(text, Loader=_PlainLoader)
    except UnicodeDecodeError as error:
        found = f"第 {error.start} 字节"
        raise RecipeError(
            [Fault(file, "-", "-", found, "UTF-8 编码 · UTF-8 text", f"byte {error.start}")]
        ) from None
    except yaml.YAMLError as error:
        raise RecipeError([yaml_fault(file, error, expected)]) from None
    except RecursionError:
        raise RecipeError([Fault(file, "-", "-", "[[[…", expected)]) from None
    if not isinstance(raw, dict):
        found, found_en = ("空", "nothing") if raw is None else (type(raw).__name__, "")
        raise RecipeError([Fault(file, "-", "-", found, expected, found_en)])
    return check_recipe(raw, file)


def check_recipe(raw: dict[str, Any], file: str) -> Recipe:
    """The recipe in plain values; raises RecipeError with every fault, by term and field."""
    if faults := list(_faults(file, raw)):
        raise RecipeError(faults)
    return Recipe.model_validate(raw)


def write_recipe(recipe: Recipe) -> str:
    """The recipe as YAML that `read_recipe` takes; what is left at its default is left out."""
    content = recipe.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)


def _faults(file: str, raw: dict[str, Any]) -> Iterator[Fault]:
    """Term by term, so that each fault names its own; the whole at last, if its parts are good."""
    found: list[Fault] = []
    for section, model in _LISTS:
        rows = raw.get(section, [])
        if not isinstance(rows, list):
            expected = "若干条的列表 · a list of terms"
            found.append(Fault(file, section, "-", type(rows).__name__, expected))
            continue
        for number, row in enumerate(rows, start=1):
            found += _row_faults(file, section, number, model, row)
    known = {name for name, _ in _LISTS} if found else set()  # told already, term by term
    for fault in model_faults(file, "-", Recipe, raw):
        if fault.field.split(".")[0] not in known:
            found.append(fault)
    yield from found


def _row_faults(
    file: str, section: str, number: int, model: type[BaseModel] | None, row: object
) -> list[Fault]:
    label = f"{section} {number}"
    if isinstance(row, dict) and row.get("id"):
        label = f"{section} {row['id']}"
    if model is None:
        kind = row.get("kind") if isinstance(row, dict) else None
        model = _EXCLUSIONS.get(str(kind))
        if model is None:
            expected = f"其中之一：{'、'.join(_EXCLUSIONS)} · one of {', '.join(_EXCLUSIONS)}"
            return [Fault(file, label, "kind", str(kind or "空"), expected, str(kind or "nothing"))]
    return list(model_faults(file, label, model, row))
