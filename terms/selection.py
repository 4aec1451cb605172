"""The one selection that drives every page, table, map and download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from terms.language import Language
from terms.units import PowerUnit

OwnerFilter = Literal["any", "named", "unnamed"]
AllocationRule = Literal["none", "equal", "area", "custom"]
GroupedBy = Literal["layer", "land_mode", "status", "asset", "action", "zone"]


@dataclass(frozen=True)
class Selection:
    """What the user asked to see; an empty tuple or string means "all" or "none chosen".

    Every value is a code or a key, never a label, so that a link survives a change of language.
    `focus` is the project, target or county whose details are open, `beside` the county it is
    compared with. `rule` splits rows of several counties; `inferred`, `external` and `pumped` are
    how the check is read, `as_of` its day (ISO; empty for today). `technology`, `shared`
    (colour what the rule gave, too), `per_km2`, `sort` and `by` shape the page of counties.
    """

    plans: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    land_modes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    owner: OwnerFilter = "any"
    words: str = ""
    departments: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    rule: AllocationRule = "none"
    inferred: bool = True
    external: bool = False
    pumped: bool = False
    as_of: str = ""
    technology: str = ""
    shared: bool = False
    per_km2: bool = False
    sort: str = ""
    by: GroupedBy = "layer"
    unit: PowerUnit = PowerUnit.WAN_KW
    language: Language = "zh"
    focus: str = ""
    beside: str = ""
