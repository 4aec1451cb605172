"""What a column is called and what it holds, for formats that ask for titles, types and codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, get_args, get_type_hints

from capacity.ledger import Reason
from capacity.verdict import Verdict
from terms.kinds import (
    Action,
    Asset,
    Basis,
    CapacityBasis,
    GeometryRole,
    IncludesBasis,
    Kind,
    LandMode,
    Layer,
    Nature,
    PlaceBasis,
    PlanStatus,
    Precision,
    Status,
    Technology,
    VoltageBasis,
    YearBasis,
)
from terms.language import Language
from terms.messages import label, text
from terms.records import Project, Target

FieldType = Literal["text", "integer", "real", "boolean"]

_BY_CLASS: Mapping[type, FieldType] = {
    bool: "boolean",
    int: "integer",
    float: "real",
    Decimal: "real",
}
# Columns of sums; those of records follow from the records.
_SUMS: Mapping[str, FieldType] = {
    **dict.fromkeys(("target", "installed", "named", "programme", "needed_installed"), "real"),
    **dict.fromkeys(("pipeline_low", "pipeline_high", "gap", "area_km2"), "real"),
    **dict.fromkeys(("year", "rows", "rows_located", "rows_tray"), "integer"),
    "figure": "real",
    **dict.fromkeys(("open_ended", "is_partial"), "boolean"),
}
_LISTS: Mapping[str, tuple[str, Iterable[str]]] = {
    "plan_status": ("plan_status", PlanStatus),
    "kind": ("kind", Kind),
    "layer": ("layer", Layer),
    "technology": ("technology", Technology),
    "asset": ("asset", Asset),
    "action": ("action", Action),
    "land_mode": ("land_mode", LandMode),
    "voltage_basis": ("voltage_basis", VoltageBasis),
    "capacity_basis": ("capacity_basis", CapacityBasis),
    "by_year_basis": ("by_year_basis", YearBasis),
    "part_of_basis": ("basis", Basis),
    "place_basis": ("place_basis", PlaceBasis),
    "precision": ("precision", Precision),
    "geometry_role": ("geometry_role", GeometryRole),
    "status": ("status", Status),
    "nature": ("nature", Nature),
    "includes_basis": ("includes_basis", IncludesBasis),
    "verdict": ("verdict", Verdict),
}
_MW = "_mw"
_SHARED_MW = "_shared_mw"


def field_type(column: str) -> FieldType:
    """What a column holds in every table that has it."""
    if column.endswith(_MW):
        return "real"
    return _SUMS.get(column) or _OF_RECORDS.get(column, "text")


def heading(column: str, language: Language) -> str:
    """A column's title; MW of one technology are named by the technology."""
    technology = column.removesuffix(_SHARED_MW).removesuffix(_MW)
    if column.endswith(_MW) and technology in set(Technology):
        kind = "shared_of" if column.endswith(_SHARED_MW) else "located_of"
        return text(f"field.{kind}", language, technology=label("technology", technology, language))
    return text(f"field.{column}", language)


def codes(column: str, language: Language) -> Mapping[str, str]:
    """The codes that a column may hold and what they mean; empty for free text and numbers."""
    if column == "reason":
        reasons = (reason.value for reason in Reason if reason.value)
        return {code: text(f"capacity.reason_{code}", language) for code in reasons}
    if column not in _LISTS:
        return {}
    kind, members = _LISTS[column]
    return {str(member): label(kind, str(member), language) for member in members}


def technology_columns(technologies: Iterable[Technology], *, shared: bool) -> tuple[str, ...]:
    """The columns of a table with one technology beside the other."""
    ends = (_MW, _SHARED_MW) if shared else (_MW,)
    return tuple(f"{technology.value}{end}" for technology in technologies for end in ends)


def _of_records() -> dict[str, FieldType]:
    found: dict[str, FieldType] = {}
    for record in (Target, Project):
        for name, hint in get_type_hints(record).items():
            classes = get_args(hint) or (hint,)
            found[name] = next((_BY_CLASS[each] for each in classes if each in _BY_CLASS), "text")
    return found


_OF_RECORDS = _of_records()
