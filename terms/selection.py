"""The one selection that drives every page, table, map and download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from terms.language import Language
from terms.units import PowerUnit

OwnerFilter = Literal["any", "named", "unnamed"]
AllocationRule = Literal["none", "equal", "area", "custom"]
GroupedBy = Literal["layer", "land_mode", "status", "asset", "action", "zone"]
ProjectView = Literal["all", "open", "shortlist", "progress"]
SymbolSize = Literal["fixed", "mw"]
SitingRecipe = Literal[
    "subsidence_pv", "saline_wind_solar", "pumped_storage", "substation_500kv", "blank"
]

# What decides which rows are shown; all else is how they are looked at.
NARROWING = (
    "plans",
    "layers",
    "technologies",
    "area",
    "districts",
    "land_modes",
    "statuses",
    "precisions",
    "owner",
    "min_mw",
    "words",
)


@dataclass(frozen=True)
class Selection:
    """What the user asked to see; an empty tuple or string means "all" or "none chosen".

    Every value is a code or a key, never a label, so that a link survives a change of language.
    `area` is the city or county that the map has gone into, `min_mw` the least printed MW.
    `focus` is the project, target or county whose details are open, `beside` the county it is
    compared with. `rule` splits rows of several counties; `inferred`, `external` and `pumped` are
    how the check is read, `as_of` its day (ISO; empty for today). `technology`, `shared`
    (colour what the rule gave, too), `per_km2`, `sort` and `by` shape the page of counties;
    `shade` (rows, a technology whose located MW or a user's table whose figures colour the
    counties), `symbols`, `base` (a base
    layer), `raster` (what lies over it), `areas` (the
    user's that are outlined) and `at` (longitude, latitude, zoom) the map; `view` (open:
    promised and nobody named; shortlist: what was picked; progress: by status), `columns`,
    `order` (a column, with a minus downwards), `part` (of the table, from 1), `shortlist` and
    `compared` the list of rows; `recipe` is what the page of siting begins with.
    """

    plans: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    area: str = ""
    districts: tuple[str, ...] = ()
    land_modes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()
    owner: OwnerFilter = "any"
    min_mw: int = 0
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
    shade: str = ""
    symbols: SymbolSize = "fixed"
    base: str = ""
    raster: str = ""
    areas: tuple[str, ...] = ()
    at: str = ""
    view: ProjectView = "all"
    columns: tuple[str, ...] = ()
    order: str = ""
    part: int = 1
    shortlist: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    recipe: SitingRecipe = "subsidence_pv"
    unit: PowerUnit = PowerUnit.WAN_KW
    language: Language = "zh"
    focus: str = ""
    beside: str = ""

    def narrowed_by(self) -> tuple[str, ...]:
        """The fields that leave rows out; NARROWING says which may."""
        usual = Selection()
        return tuple(name for name in NARROWING if getattr(self, name) != getattr(usual, name))
