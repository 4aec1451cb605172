"""Taking a raster of the user in: looked through first, kept with its record, chosen, removed.

Each change takes an Actor and is a record of the store with its line in the change log.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from geo.rasters.record import RasterRecord
from geo.rasters.source import file_at, is_address
from geo.rasters.validate import Box, RasterFacts, inspect
from registry.raster_records import own_record, refuse_two_chosen
from store.access import require, require_place
from store.drafts import Add, Draft, Edit, Entry, Hide, Restore
from store.rasters import digest_of, file_of, incoming, placed, placing
from store.store import Store
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
    store: Store,
    actor: Actor,
    folder: Path,
    told: Told,
    offered: bytes | str,
    *,
    why: str = "",
    name: str = "",
    over: Box | None = None,
) -> tuple[RasterRecord, str]:
    """Look a raster through and keep it; return it and the batch of the change log.

    `offered` are a file's bytes, or its path or an address, which only some may name
    (`store.access`); `name` is what an uploaded file was called, `over` the box that it has to
    touch. Raises AccessError, RasterError, RecordsError, StoreError: then nothing is kept.
    """
    require(actor, Role.EDITOR)
    if isinstance(offered, str):
        require_place(actor)
    said = _cleaned(told)
    if isinstance(offered, str) and is_address(offered):
        facts = inspect(offered, band=said.band, over=over)
        digest = hashlib.sha256(f"{offered} {facts.band}".encode()).hexdigest()
        record = _record(said, facts, digest, offered)
        return _kept(store, actor, folder, record, None, why=why)
    source = offered if isinstance(offered, bytes) else file_at(offered)
    shown = name or (source.name if isinstance(source, Path) else "")
    with incoming(folder, source) as copy:
        facts = inspect(str(copy), band=said.band, over=over, name=shown)
        digest = digest_of(copy)
        if facts.band > 1:  # another band of the same file is another raster
            digest = hashlib.sha256(f"{digest} {facts.band}".encode()).hexdigest()
        record = _record(said, facts, digest, "")
        record = replace(record, path=str(file_of(folder, record.id)))
        return _kept(store, actor, folder, record, copy, why=why)


def remove_raster(store: Store, actor: Actor, id: str, *, why: str = "") -> str:
    """Hide an own raster and return the batch, which can be undone: its file stays."""
    require(actor, Role.EDITOR)
    found = _own(store, id)
    return store.apply(actor, [Hide(found.id, found.revision)], why=why)


def choose_raster(
    store: Store, actor: Actor, id: str, *, chosen: bool = True, why: str = ""
) -> str:
    """Put an own raster in the place of all others of its kind, or give the place back."""
    require(actor, Role.EDITOR)
    kind = _own(store, id).record.kind
    drafts = [
        Edit(each.id, each.revision, replace(each.record, is_chosen=is_chosen))
        for each in store.entries("raster")
        if each.record.kind is kind
        and each.record.is_chosen != (is_chosen := chosen and each.id == id)
    ]
    return store.apply(actor, drafts, why=why, check=refuse_two_chosen)


def _own(store: Store, id: str) -> Entry:
    known = {each.id: each for each in store.entries("raster")}
    if id not in known:
        listed = ", ".join(known) or "–"
        raise RasterError(
            f"没有栅格 {id}，本单位的现有 {listed} · there is no raster {id}; your own are {listed}"
        )
    return known[id]


def _kept(
    store: Store, actor: Actor, folder: Path, record: RasterRecord, copy: Path | None, *, why: str
) -> tuple[RasterRecord, str]:
    """The file first, then record and log line in one transaction: none names a missing file."""
    with placing(folder):
        draft = _draft(store, folder, record)
        with placed(folder, record.id, copy):
            batch = store.apply(actor, [draft], why=why, check=refuse_two_chosen)
    return record, batch


def _draft(store: Store, folder: Path, record: RasterRecord) -> Draft:
    """A new record, or one in the place of a hidden one or of one whose file is not here."""
    found = {each.id: each for each in store.entries("raster")}.get(record.id)
    told = own_record(record)
    if found is None:
        revision = store.withdrawn("raster").get(record.id)
        return Add(told) if revision is None else Restore(record.id, revision, told)
    if found.record.address or file_of(folder, record.id).is_file():
        title = found.record.title
        raise RasterError(
            f"这幅栅格已经在了（“{title}”）：要改说明请先移除 · this raster is here "
            f"already ('{title}'): remove it first to tell it anew"
        )
    return Edit(record.id, found.revision, replace(told, is_chosen=found.record.is_chosen))


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
