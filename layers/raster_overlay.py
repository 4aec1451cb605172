"""A raster on the map: its picture as a file for the browser, its legend in words."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.rasters.overlay import Box, ColourClass, overlay
from geo.rasters.record import RasterRecord
from layers.paint import with_token
from layers.raster_values import number
from terms.errors import SetupError
from terms.language import Language
from terms.messages import text
from terms.os_reasons import os_reason

_KEPT_FILES = 12


@dataclass(frozen=True)
class Picture:
    """A file name inside the served folder, its box in WGS-84 degrees and its classes."""

    file: str
    bounds: Box
    classes: tuple[ColourClass, ...]


def write_picture(record: RasterRecord, bounds: Box, folder: Path) -> Picture:
    """Draw a raster inside a box and write the PNG, named by its content."""
    made = overlay(record, bounds)
    name = f"raster-{hashlib.sha256(made.png).hexdigest()[:8]}.png"
    path = folder / name
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}.part")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(made.png)
            draft.replace(path)
        except OSError as error:
            raise SetupError(
                f"写不进 {path}（{os_reason(error, 'zh')}）：请在那里腾出空间，或把 FENGTU_HOME "
                f"设为可写的文件夹 · {path} cannot be written ({os_reason(error, 'en')}); free "
                "some space there or set FENGTU_HOME to a folder that this user may write"
            ) from None
        _prune(folder, keep=name)
    return Picture(name, made.bounds, made.classes)


def with_raster(
    state: Mapping[str, Any],
    record: RasterRecord,
    picture: Picture,
    *,
    address: str,
    language: Language,
) -> dict[str, Any]:
    """The message for the map's script with a raster over the base layer and its legend."""
    title = record.title_in(language)
    words = dict(state["words"])
    credit = text("raster.credit", language, title=title)
    words["edition"] = text("base.edition", language, edition=words["edition"], credit=credit)
    told = {
        "url": address,
        "bounds": [round(each, 6) for each in picture.bounds],
        "title": title,
        "unit": record.unit_in(language),
        "classes": [(each.colour, class_words(each, language)) for each in picture.classes],
        "note": " ".join(filter(None, (record.source, record.caveat_in(language)))),
        "failed": text("raster.failed", language, title=title),
    }
    return with_token({**state, "words": words, "raster": told})


def class_words(each: ColourClass, language: Language) -> str:
    """The values of a colour: under 20, 20–40, 40 and more; a class of land cover by its number."""
    if each.low is None and each.high is None:
        return text("raster.class_all", language)
    if each.low is None or each.high is None:
        name = "under" if each.low is None else "from"
        value = each.high if each.low is None else each.low
        return text(f"raster.class_{name}", language, value=number(value or 0.0))
    if each.low == each.high:
        return text("raster.class_one", language, value=number(each.low))
    return f"{number(each.low)}–{number(each.high)}"


def legend_text(classes: Sequence[ColourClass], language: Language) -> str:
    """All classes in one line, for those who do not see the colours."""
    return text("word.list", language).join(class_words(each, language) for each in classes)


def _prune(folder: Path, *, keep: str) -> None:
    """Keep the newest pictures only; what is being served on Windows is left alone."""
    with suppress(OSError):
        others = [path for path in folder.glob("raster-*.png") if path.name != keep]
        for path in sorted(others, key=lambda path: path.stat().st_mtime)[:-_KEPT_FILES]:
            with suppress(OSError):
                path.unlink()
