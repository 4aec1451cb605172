"""Taking a raster of the user in: looked through first, kept with its record, chosen, removed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from geo.rasters.library import find, rasters
from geo.rasters.record import RasterRecord, record_json
from geo.rasters.source import is_address
from geo.rasters.validate import Box, RasterFacts, inspect
from store.access import require
from store.rasters import digest_of, incoming, keep, remove, rewrite
from terms.actor import Actor, Role
from terms.errors import RasterError
from terms.kinds import RasterKind
from terms.signs import unfit_sign, without_unfit

MAX_TITLE, MAX_TEXT = 60, 300  # signs


@dataclass(frozen=True)
class Told:
    """What a person says of a raster; `band` None where the file has only one."""

    title: str
    kind: RasterKind
    unit: str
    year: str = ""
    source: str = ""
    licence: str = ""
    caveat: str = ""
    band: int | None = None


def add_raster(
    actor: Actor,
    folder: Path,
    told: Told,
    offered: bytes | str,
    *,
    name: str = "",
    over: Box | None = None,
) -> RasterRecord:
    """Look a raster through and keep it: `offered` are a file's bytes, its path or an address.

    Raises RasterError where it cannot serve, StoreError where it cannot be kept, AccessError where
    this person may not; then nothing is kept. `name` is what an uploaded file was called, `over`
    the box that it has to touch.
    """
    require(actor, Role.EDITOR)
    said = _cleaned(told)
    if isinstance(offered, str) and is_address(offered):
        facts = inspect(offered, band=said.band, over=over)
        digest = hashlib.sha256(f"{offered} {facts.band}".encode()).hexdigest()
        record = _record(said, facts, digest, offered)
        _check_new(folder, record)
        keep(actor, folder, record.id, record_json(record), None)
        return record
    source = offered if isinstance(offered, bytes) else Path(offered).expanduser()
    if isinstance(source, Path) and not source.is_file():
        inspect(str(source))  # says that there is no such file
    shown = name or (source.name if isinstance(source, Path) else "")
    with incoming(folder, source) as copy:
        facts = inspect(str(copy), band=said.band, over=over, name=shown)
        digest = digest_of(copy)
        if facts.band > 1:  # another band of the same file is another raster
            digest = hashlib.sha256(f"{digest} {facts.band}".encode()).hexdigest()
        record = _record(said, facts, digest, "")
        record = replace(record, path=str(folder / f"{record.id}.tif"))
        _check_new(folder, record)
        keep(actor, folder, record.id, record_json(record), copy)
    return record


def remove_raster(actor: Actor, folder: Path, id: str) -> None:
    """Take an own raster away; raises RasterError for one that is not there."""
    remove(actor, folder, _own(folder, id).id)


def choose_raster(actor: Actor, folder: Path, id: str, *, chosen: bool = True) -> None:
    """Put an own raster in the place of all others of its kind, or give the place back."""
    record = _own(folder, id)
    same = [each for each in rasters(folder) if each.is_own and each.kind is record.kind]
    changed = [replace(each, is_chosen=chosen and each.id == id) for each in same]
    rewrite(actor, folder, {each.id: record_json(each) for each in changed if each not in same})


def _own(folder: Path, id: str) -> RasterRecord:
    return find([each for each in rasters(folder) if each.is_own], id)


def _cleaned(told: Told) -> Told:
    texts = {
        name: str(getattr(told, name)).strip()
        for name in ("title", "unit", "year", "source", "licence", "caveat")
    }
    if not texts["title"]:
        raise RasterError("请填写栅格的名称 · give the raster a title")
    if not texts["unit"] and told.kind is not RasterKind.LAND_COVER:
        raise RasterError(
            "请填写数值的单位，如 m、kWh/(m²·a) · give the unit of its values, such as m"
        )
    for name, text in texts.items():
        if code := unfit_sign(text):
            raise RasterError(
                f"“{without_unfit(text)[0][:20]}”含控制字符（{code}），请删去 · "
                f"'{without_unfit(text)[0][:20]}' holds the control sign {code}: remove it"
            )
        most = MAX_TITLE if name in ("title", "unit", "year") else MAX_TEXT
        if len(text) > most:
            raise RasterError(
                f"“{text[:20]}…”太长，最多 {most} 字 · '{text[:20]}…' is too long, at most {most}"
            )
    return Told(kind=told.kind, band=told.band, **texts)


def _record(told: Told, facts: RasterFacts, digest: str, path: str) -> RasterRecord:
    return RasterRecord(
        id=f"{told.kind.value}-{digest[:8]}",
        title=told.title,
        title_en="",
        kind=told.kind,
        unit=told.unit,
        unit_en="",
        crs=facts.crs,
        nodata=facts.nodata,
        year=told.year,
        source=told.source,
        licence=told.licence,
        caveat=told.caveat,
        caveat_en="",
        path=path,
        is_own=True,
        band=facts.band,
        digest=digest,
    )


def _check_new(folder: Path, record: RasterRecord) -> None:
    same = [each for each in rasters(folder) if each.id == record.id]
    if same:
        raise RasterError(
            f"这幅栅格已经在了（“{same[0].title}”）：要改说明请先移除 · this raster is here "
            f"already ('{same[0].title}'): remove it first to tell it anew"
        )
