"""A row that comes again: what the file does not speak of is kept, what it changes is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from registry.intake.mapping import FileMapping
from terms.language import Language
from terms.messages import label, text
from terms.own_records import OwnProject

# What a record holds ← the fields of a file that speak of it.
_SPOKEN_OF: Mapping[str, tuple[str, ...]] = {
    "capacity_mw": ("capacity",),
    "capacity_printed": ("capacity",),
    "owner": ("owner",),
    "status": ("status",),
    "status_date": ("status", "status_date"),
    "by_year": ("by_year",),
    "land_mode": ("land_mode", "technology"),
    "zone": ("zone",),
    "note": ("note", "name_other"),
}
_POINT = ("lon", "lat", "precision", "accuracy_m", "place_source")
_TOLD = {
    "name": "name",
    "technology": "technology",
    "capacity_mw": "capacity",
    "district_codes": "district",
    "lon": "lon",
    "lat": "lat",
    "owner": "owner",
    "status": "status",
    "status_date": "status_date",
    "by_year": "by_year",
    "note": "note",
}
_LONGEST = 30  # signs of a value that are told


def kept_from(
    record: OwnProject, old: OwnProject, mapping: FileMapping, *, has_shape: bool
) -> OwnProject:
    """The record with what a person settled, and with all that the file has no column for."""
    settled = replace(
        record,
        relation=old.relation,
        part_of=old.part_of,
        counts_in=old.counts_in,
        source_row=old.source_row if record.source_row.isdigit() else record.source_row,
    )
    unsaid = [
        name for name, said in _SPOKEN_OF.items() if not any(_speaks(mapping, e) for e in said)
    ]
    is_there = set(record.district_codes) == set(old.district_codes)
    if is_there and not has_shape and not any(_speaks(mapping, e) for e in ("lon", "lat", "point")):
        unsaid += _POINT if _speaks(mapping, "township") else (*_POINT, "township")
    before = {each.name: getattr(old, each.name) for each in fields(old)}
    return replace(settled, **{name: before[name] for name in unsaid})


def told_change(record: OwnProject, old: OwnProject) -> str:
    """What changes, before and after, as a pair of languages; empty if nothing that is shown."""
    names = [name for name in _TOLD if getattr(old, name) != getattr(record, name)]
    chinese = "；".join(_change(name, record, old, "zh") for name in names)
    english = "; ".join(_change(name, record, old, "en") for name in names)
    return f"{chinese} · {english}" if names else ""


def _speaks(mapping: FileMapping, field: str) -> bool:
    return bool(mapping.header(field) or mapping.constant(field))


def _change(name: str, record: OwnProject, old: OwnProject, language: Language) -> str:
    before, after = (_shown(name, getattr(each, name), language) for each in (old, record))
    return f"{text(f'intake_field.{_TOLD[name]}', language)} {before} → {after}"


def _shown(name: str, value: object, language: Language) -> str:
    if value is not None and name in ("status", "technology"):
        return label(name, str(value), language)
    words = "、".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return words.replace(" · ", " ")[:_LONGEST] or "—"
