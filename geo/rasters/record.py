"""What a raster is, before it is a file: one record, shipped or the user's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from terms.errors import RasterError
from terms.kinds import RasterKind
from terms.language import Language
from terms.signs import unfit_sign

_TEXTS = (
    *("id", "title", "title_en", "unit", "unit_en", "crs", "year", "source", "licence"),
    *("caveat", "caveat_en"),
)
_LARGEST = 2**63  # of a whole number that stands for no data


@dataclass(frozen=True)
class RasterRecord:
    """Title, unit, source and caveat of one raster, and where its cells are.

    `path` is a file or an http(s) address; `crs` a code (EPSG:4326) or WKT; `nodata` None where
    the file declares none; `year` as people say it (2011–2015); `digest` names this edition of
    the cells. An own raster that `is_chosen` takes the shipped one's place.
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
    path: str
    is_own: bool
    band: int = 1
    digest: str = ""
    is_chosen: bool = False

    @property
    def is_classes(self) -> bool:
        """Are its values names of classes, which no mean may mix?"""
        return self.kind is RasterKind.LAND_COVER

    @property
    def is_remote(self) -> bool:
        """Do its cells lie at an address that the user typed?"""
        return self.path.startswith(("http://", "https://"))

    def title_in(self, language: Language) -> str:
        """The title in a language; the Chinese one where there is no other."""
        return self.title_en if language == "en" and self.title_en else self.title

    def unit_in(self, language: Language) -> str:
        """The unit in a language."""
        return self.unit_en if language == "en" and self.unit_en else self.unit

    def caveat_in(self, language: Language) -> str:
        """What the raster is not good for, in a language."""
        return self.caveat_en if language == "en" and self.caveat_en else self.caveat


def read_record(file: Path, *, is_own: bool) -> RasterRecord:
    """The record in a JSON file beside its raster; raises RasterError that names the file."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _faulty(file, f"{type(error).__name__}") from error
    if not isinstance(raw, dict):
        raise _faulty(file, "no object")
    return _record(raw, file, is_own=is_own)


def _record(raw: Mapping[str, Any], file: Path, *, is_own: bool) -> RasterRecord:
    texts = {name: raw.get(name, "") for name in _TEXTS}
    if bad := [name for name, value in texts.items() if not isinstance(value, str)]:
        raise _faulty(file, f"{bad[0]}: no text")
    if unfit := [name for name, value in texts.items() if unfit_sign(value)]:
        raise _faulty(file, f"{unfit[0]}: {unfit_sign(texts[unfit[0]])}")
    if lacking := [name for name in ("id", "title", "crs") if not texts[name]]:
        raise _faulty(file, f"{lacking[0]}: nothing")
    if raw.get("kind") not in list(RasterKind):
        raise _faulty(file, f"kind: {raw.get('kind')}")
    nodata, band = raw.get("nodata"), raw.get("band", 1)
    is_whole = isinstance(nodata, int) and abs(nodata) < _LARGEST
    if not (nodata is None or is_whole or isinstance(nodata, float)):
        raise _faulty(file, f"nodata: {str(nodata)[:40]}")
    if not isinstance(band, int) or band < 1:
        raise _faulty(file, f"band: {band}")
    return RasterRecord(
        **texts,
        kind=RasterKind(raw["kind"]),
        nodata=None if nodata is None else float(nodata),
        path=_place(raw, file),
        is_own=is_own,
        band=band,
        digest=str(raw.get("sha256", "")),
        is_chosen=is_own and raw.get("is_chosen") is True,
    )


def _place(raw: Mapping[str, Any], file: Path) -> str:
    """The file beside the record, never one elsewhere; or the address that was typed."""
    address, name = raw.get("address"), raw.get("file")
    if isinstance(address, str) and address.startswith(("http://", "https://")):
        return address
    if not isinstance(name, str) or not name or Path(name).name != name:
        raise _faulty(file, f"file: {name}")
    if not (file.parent / name).is_file():
        raise RasterError(
            f"{file.name} 所指的栅格文件 {name} 不在：请放回原处或在“数据”页移除该栅格 · "
            f"{file.name} names the file {name}, which is gone: put it back, or remove the raster "
            "on the page Data"
        )
    return str(file.parent / name)


def _faulty(file: Path, what: str) -> RasterError:
    return RasterError(
        f"栅格的说明 {file.name} 不能读取（{what}）：请在“数据”页重新添加该栅格 · "
        f"the record {file.name} of a raster cannot be read ({what}): add the raster anew on the "
        "page Data"
    )
