"""A row of a file as a project: name, kind, capacity, place, each read or told as a fault."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from registry.intake.gazetteer import Gazetteer
from registry.intake.lacking import NAMES, PLANTS, says
from registry.intake.placing import Place, place_row
from registry.intake.points import Spot
from registry.intake.proposal import Proposal
from registry.intake.quantity import Capacity, read_capacity
from registry.intake.row_reader import RowReader
from registry.intake.sheet import SheetRow
from registry.intake.values import (
    IGNORED,
    LAYER_OF,
    known,
    read_accuracy,
    read_date,
    read_year,
)
from registry.intake.words import folded, look_up
from seeds.quantities import PLAUSIBLE_MW, is_plausible
from terms.errors import QuantityError
from terms.kinds import LandMode, Layer, Precision, Relation, Status, Technology
from terms.language import Language
from terms.messages import label
from terms.own_records import OwnProject

_BOTH: tuple[Language, ...] = ("zh", "en")
_TEXTS = ("row_id", "name_other", "township", "zone", "owner", "source", "capacity")


def project_of(reader: RowReader, spot: Spot, gazetteer: Gazetteer) -> Proposal | None:
    """A row as a proposal; None where its reader collected faults."""
    name = " ".join(filter(None, (reader.said("name"), reader.said("name_part"))))
    if not name and says(reader.mapping, NAMES):
        reader.fault("name", "", "项目名称；空行请删除 · a name; delete the row if it is empty")
    _check_lengths(reader, name)
    technology, land = _technology(reader)
    layer = _layer(reader, technology)
    capacity = _capacity(reader, technology)
    status = reader.word("status")
    when = reader.cell("status_date", read_date) or ""
    year = reader.cell("by_year", read_year)
    accuracy = reader.cell("accuracy", read_accuracy) or (Precision.SITE, None)
    place = place_row(reader, spot, gazetteer, accuracy=accuracy)
    if reader.faults or not name or place is None or layer is None:
        return None
    record = replace(
        _record(reader, name, place, spot, capacity, layer),
        technology=technology,
        land_mode=land,
        status=Status(status) if status else None,
        status_date=when,
        by_year=year,
    )
    names = tuple(filter(None, (name, reader.said("name_other"))))
    return Proposal(reader.row, record, names)


def _check_lengths(reader: RowReader, name: str) -> None:
    """Refuse text that the store would not take."""
    for field, most in (("name", 300), ("note", 3_000), *((each, 300) for each in _TEXTS)):
        text = name if field == "name" else reader.said(field)
        if len(text) > most:
            reader.fault(field, text, f"不超过 {most} 字 · at most {most} signs")


def _record(
    reader: RowReader, name: str, place: Place, spot: Spot, capacity: Capacity, layer: Layer
) -> OwnProject:
    """The record with its place and its source; what a plant is comes on top."""
    source = reader.said("source") or reader.sheet.file
    own = reader.said("row_id")
    other = reader.said("name_other")
    notes = [reader.said("note"), f"又名：{other}" if other and other != name else ""]
    if capacity.is_approximate:
        notes.append("装机为约数")
    return OwnProject(
        id=_identity(source, own, reader.row),
        name=name,
        layer=layer,
        technology=None,
        capacity_mw=capacity.mw,
        capacity_printed=capacity.printed,
        district_codes=place.codes,
        city_code=place.city_code,
        township=reader.said("township") or place.township,
        zone=reader.said("zone"),
        lon=place.lon,
        lat=place.lat,
        precision=place.precision,
        accuracy_m=place.accuracy_m,
        place_source=f"{source}（{spot.printed}）" if place.lon is not None else "",
        owner=reader.said("owner"),
        land_mode=None,
        status=None,
        status_date="",
        by_year=None,
        relation=Relation.OPEN,
        part_of="",
        counts_in="",
        source=source,
        source_row=f"{reader.row.number} · {own}" if own else str(reader.row.number),
        note="；".join(filter(None, notes)),
    )


def _identity(source: str, own: str, row: SheetRow) -> str:
    """The id that the same row of the same source gets at every import."""
    content = own or "\x1f".join(cell.strip() for cell in row.cells) + (
        row.geometry.hex() if row.geometry and not own else ""
    )
    digest = hashlib.sha256(f"{folded(source)}\x1e{bool(own)}\x1e{content}".encode()).hexdigest()
    return f"user-{digest[:12]}"


def _technology(reader: RowReader) -> tuple[Technology | None, LandMode | None]:
    key = reader.word("technology")
    cell = reader.said("land_mode")
    settled = reader.mapping.value("land_mode", cell) if cell else ""
    land = settled or look_up(
        "land_mode", cell or (reader.said("technology") if key == "pv" else "")
    )
    if cell and land not in (*LandMode, IGNORED):
        reader.fault("land_mode", cell, known("land_mode"))
        land = None
    mode = LandMode(land) if land and land != IGNORED else None
    return (Technology(key) if key else None), mode


def _layer(reader: RowReader, technology: Technology | None) -> Layer | None:
    said = reader.said("layer")
    if said:
        if found := _layers().get(folded(said)):
            return found
        chinese, english = (
            sign.join(label("layer", each, language) for each in Layer)
            for sign, language in zip(("、", ", "), _BOTH, strict=True)
        )
        reader.fault("layer", said, f"图层名称：{chinese} · the name of a layer: {english}")
        return None
    if technology in LAYER_OF:
        return LAYER_OF[technology]
    if says(reader.mapping, PLANTS) and (technology is not None or not reader.faults):
        expected = "技术类型或图层；空的请填写 · a technology or a layer; fill the empty cell"
        reader.fault("technology", reader.said("technology"), expected)
    return None


@cache
def _layers() -> Mapping[str, Layer]:
    """A layer by its key and by its names."""
    return {
        folded(word): each
        for each in Layer
        for word in (each.value, *(label("layer", each, language) for language in _BOTH))
    }


def _capacity(reader: RowReader, technology: Technology | None) -> Capacity:
    cell = reader.said("capacity")
    unit = reader.unit()
    try:
        found = read_capacity(cell, unit=unit)
    except QuantityError as error:
        reader.fault("capacity", cell, str(error))
        return Capacity(None, "")
    if found.remark:
        reader.remark("capacity", found.remark)
    if found.mw is not None and technology and not is_plausible(found.mw, technology):
        most = f"{PLAUSIBLE_MW[technology]:,}"
        message = (
            f"{found.printed} 合 {found.mw:,f} MW，超出这种技术的范围（{most} MW），请核对单位 · "
            f"{found.printed} makes {found.mw:,f} MW, more than one such plant has ({most} MW); "
            "check the unit"
        )
        reader.remark("capacity", message)
    return found
