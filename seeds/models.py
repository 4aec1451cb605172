"""The shape of a plan file: what each field may hold, checked row by row.

Field names are the columns of DESIGN section 2. Three things are shorter in the file than in the
tables: a district stands as `370812 兖州区`, so that code and name vouch for each other; the MW of
a figure is checked against its print; what a clause prints for all its rows (lead departments)
stands once under `clauses`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from seeds.quantities import is_plausible, read_power
from terms.errors import QuantityError
from terms.kinds import (
    Action,
    Asset,
    Basis,
    CapacityBasis,
    IncludesBasis,
    Kind,
    LandMode,
    Layer,
    Nature,
    Operator,
    PlaceBasis,
    PlanStatus,
    Precision,
    Technology,
    VoltageBasis,
    YearBasis,
)

DistrictRef = Annotated[str, Field(pattern=r"^\d{6} \S+$")]
Number = Annotated[Decimal, BeforeValidator(lambda value: Decimal(str(value)))]
_ID = re.compile(r"^[a-z]+(-[a-z0-9]+)+$")


class Strict(BaseModel):
    """A record that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class PlanHead(Strict):
    """Which document a file transcribes."""

    id: str
    title: str
    title_en: str
    issuer: str
    document_number: str = ""
    date: str = Field(default="", pattern=r"^$|^\d{4}-\d{2}-\d{2}$")
    status: PlanStatus
    city: str
    city_en: str
    city_code: str = Field(pattern=r"^\d{6}$")
    governs_code: str = Field(default="", pattern=r"^$|^\d{6}$")
    horizon: int = 2030


class Site(Strict):
    """A point from an outside source, with the accuracy that the source itself states."""

    lon: float = Field(ge=114, le=123)
    lat: float = Field(ge=34, le=39)
    accuracy: str
    source: str


class ProjectRow(Strict):
    """One listed thing as the file holds it."""

    id: str
    name: str
    name_en: str
    kind: Kind = Kind.PROJECT
    layer: Layer
    technology: Technology | None = None
    asset: Asset
    action: Action = Action.NEW
    land_mode: LandMode | None = None
    voltage_kv: int | None = None
    voltage_basis: VoltageBasis | None = None
    capacity_mw: Number | None = None
    capacity_printed: str = ""
    capacity_basis: CapacityBasis = CapacityBasis.NONE
    capacity_source: str = ""
    capacity_external_mw: Number | None = None
    capacity_external_source: str = ""
    quantity_value: Number | None = None
    quantity_unit: str = ""
    quantity_printed: str = ""
    by_year: int | None = None
    by_year_basis: YearBasis = YearBasis.HORIZON
    part_of: str = ""
    part_of_basis: Basis | None = None
    restates_target: str = ""
    districts: tuple[DistrictRef, ...] = ()
    list_open: bool = False
    township: str = ""
    zone: str = ""
    place_basis: PlaceBasis = PlaceBasis.NONE
    precision: Precision | None = None
    site: Site | None = None
    owner: str = ""
    wording: str
    source_section: str
    source_item: str = ""
    source_also: tuple[str, ...] = ()
    note: str = ""

    @field_validator("id")
    @classmethod
    def _readable_id(cls, value: str) -> str:
        if not _ID.match(value):
            raise ValueError("a readable id such as taian-caes-03 (small letters, digits, hyphens)")
        return value

    @model_validator(mode="after")
    def _capacity_agrees_with_print(self) -> Self:
        try:
            reading = read_power(self.capacity_printed)
        except QuantityError as error:
            raise ValueError(str(error)) from error
        if self.capacity_basis is not reading.basis:
            raise ValueError(
                f"capacity_basis {reading.basis} for the print {self.capacity_printed!r}"
            )
        if self.capacity_mw != reading.mw:
            raise ValueError(
                f"capacity_mw {reading.mw} for the print {self.capacity_printed!r}, "
                f"found {self.capacity_mw}"
            )
        return self

    @model_validator(mode="after")
    def _capacity_is_believable(self) -> Self:
        if self.capacity_mw is None:
            return self
        if self.technology is None:
            raise ValueError(
                "a technology beside capacity_mw; factory output goes under quantity_*"
            )
        if not is_plausible(self.capacity_mw, self.technology):
            raise ValueError(
                f"a believable capacity for {self.technology}, found {self.capacity_mw} MW; "
                "check the unit"
            )
        return self

    @model_validator(mode="after")
    def _pairs_stand_together(self) -> Self:
        pairs = (
            ("voltage_kv", "voltage_basis"),
            ("part_of", "part_of_basis"),
            ("capacity_external_mw", "capacity_external_source"),
            ("quantity_printed", "quantity_unit"),
        )
        for first, second in pairs:
            if bool(getattr(self, first)) != bool(getattr(self, second)):
                raise ValueError(f"{first} and {second} together or neither")
        if (self.by_year is None) != (self.by_year_basis is YearBasis.HORIZON):
            raise ValueError(
                "by_year with by_year_basis printed or period, neither for the horizon"
            )
        return self

    @model_validator(mode="after")
    def _place_has_a_basis(self) -> Self:
        if bool(self.districts) == (self.place_basis in {PlaceBasis.NONE}):
            raise ValueError("districts with a place_basis, or neither")
        if len(set(self.districts)) != len(self.districts):
            raise ValueError("districts without repeats")
        if self.zone and self.place_basis is PlaceBasis.NONE:
            raise ValueError("a place_basis for the zone")
        return self


class TargetRow(Strict):
    """One quantified promise as the file holds it."""

    metric: str
    year: int = Field(ge=2021, le=2060)
    period_start: int | None = None
    base_year: int | None = None
    operator: Operator
    value: Number
    unit: str
    printed: str
    nature: Nature
    firm: bool = True
    scope: str = "city"
    includes: tuple[Technology, ...] = ()
    includes_basis: IncludesBasis | None = None
    source_section: str
    mapped: bool = False
    name: str
    name_en: str
    note: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.includes and self.includes_basis is None:
            raise ValueError("includes_basis beside includes")
        if self.nature is Nature.INCREMENT and self.period_start is None:
            raise ValueError("period_start for an increment (the first year that counts)")
        return self


class PlanFile(Strict):
    """One document: its head, its clauses' lead departments, its rows and targets."""

    plan: PlanHead
    clauses: dict[str, tuple[str, ...]] = {}
    projects: tuple[ProjectRow, ...]
    targets: tuple[TargetRow, ...]
