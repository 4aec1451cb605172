"""The shape of a plan file: what each field may hold, checked row by row.

Field names are the columns of DESIGN section 2. Three things are shorter in the file than in the
tables: a district stands as `370812 兖州区`, so that code and name vouch for each other; the MW of
a figure is checked against its print; what a clause prints for all its rows (lead departments)
stands once under `clauses`.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from seeds.fields import ID, Needed, Number, Strict, Text, Year, contradiction
from seeds.quantities import is_plausible, read_power
from seeds.self_checks import SelfCheckRow
from terms.errors import QuantityError
from terms.kinds import (
    COUNTED_LAYERS,
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
from terms.units import COUNT_UNITS, WATTS_PER_UNIT

DistrictRef = Annotated[str, Field(pattern=r"^\d{6} \S+$")]


class PlanHead(Strict):
    """Which document a file transcribes."""

    id: str
    title: Needed
    title_en: Needed
    issuer: Text
    document_number: Text = ""
    date: str = Field(default="", pattern=r"^$|^\d{4}-\d{2}-\d{2}$")
    status: PlanStatus
    city: Needed
    city_en: Needed
    city_code: str = Field(pattern=r"^\d{6}$")
    governs_code: str = Field(default="", pattern=r"^$|^\d{6}$")
    horizon: Year = 2030


class Site(Strict):
    """A point from an outside source, with the accuracy that the source itself states.

    `remark` says how the point was tied to the row; it goes where the point goes.
    """

    lon: float = Field(ge=114, le=123)
    lat: float = Field(ge=34, le=39)
    accuracy: Needed
    source: Needed
    remark: Text = ""


class ProjectRow(Strict):
    """One listed thing as the file holds it."""

    id: str
    name: Needed
    name_en: Needed
    kind: Kind = Kind.PROJECT
    layer: Layer
    technology: Technology | None = None
    asset: Asset
    action: Action = Action.NEW
    land_mode: LandMode | None = None
    voltage_kv: Annotated[int, Field(gt=0, le=1200)] | None = None
    voltage_basis: VoltageBasis | None = None
    capacity_mw: Number | None = None
    capacity_printed: Text = ""
    capacity_basis: CapacityBasis = CapacityBasis.NONE
    capacity_source: Text = ""
    capacity_external_mw: Number | None = None
    capacity_external_source: Text = ""
    quantity_value: Number | None = None
    quantity_unit: Text = ""
    quantity_printed: Text = ""
    by_year: Year | None = None
    by_year_basis: YearBasis = YearBasis.HORIZON
    part_of: Text = ""
    part_of_basis: Basis | None = None
    restates_target: Text = ""
    districts: tuple[DistrictRef, ...] = ()
    list_open: bool = False
    township: Text = ""
    zone: Text = ""
    place_basis: PlaceBasis = PlaceBasis.NONE
    precision: Precision | None = None
    site: Site | None = None
    owner: Text = ""
    wording: Needed
    source_section: Needed
    source_item: Text = ""
    source_also: tuple[Needed, ...] = ()
    note: Text = ""

    @field_validator("id")
    @classmethod
    def _readable_id(cls, value: str) -> str:
        if not ID.match(value):
            raise ValueError("小写字母、数字、连字符的编号 · a readable id such as taian-caes-03")
        return value

    @model_validator(mode="after")
    def _capacity_agrees_with_print(self) -> Self:
        try:
            reading = read_power(self.capacity_printed)
        except QuantityError as error:
            raise contradiction("capacity_printed", self.capacity_printed, str(error)) from error
        printed = f"（与原文一致 · for the print {self.capacity_printed!r}）"
        if self.capacity_basis is not reading.basis:
            raise contradiction("capacity_basis", self.capacity_basis, f"{reading.basis} {printed}")
        if self.capacity_mw != reading.mw:
            raise contradiction("capacity_mw", self.capacity_mw, f"{reading.mw} {printed}")
        return self

    @model_validator(mode="after")
    def _capacity_is_believable(self) -> Self:
        if self.capacity_mw is None:
            return self
        if self.technology is None:
            expected = "有装机须有技术，工厂产能写在 quantity_* · a technology beside capacity_mw"
            raise contradiction("technology", "nothing", expected)
        if not is_plausible(self.capacity_mw, self.technology):
            expected = f"合理的规模 · a believable capacity for {self.technology}; check the unit"
            raise contradiction("capacity_mw", self.capacity_mw, expected)
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
                found = f"{first}={getattr(self, first)}, {second}={getattr(self, second)}"
                raise contradiction(
                    second, found, f"两者同填或同空 · {first} and {second} together or neither"
                )
        if (self.by_year is None) != (self.by_year_basis is YearBasis.HORIZON):
            expected = "年份与其依据相配 · by_year with by_year_basis printed or period, or neither"
            raise contradiction("by_year_basis", self.by_year_basis, expected)
        return self

    @model_validator(mode="after")
    def _place_has_a_basis(self) -> Self:
        is_outside = self.place_basis is PlaceBasis.OUTSIDE  # known to be so, perhaps not where
        if not is_outside and bool(self.districts) == (self.place_basis is PlaceBasis.NONE):
            found = f"{len(self.districts)} districts, place_basis={self.place_basis}"
            raise contradiction(
                "districts",
                found,
                "县区与落图依据同填或同空 · districts with a place_basis, or neither",
            )
        if len(set(self.districts)) != len(self.districts):
            repeated = ", ".join(self.districts)
            raise contradiction("districts", repeated, "县区不重复 · districts without repeats")
        if self.zone and self.place_basis is PlaceBasis.NONE:
            raise contradiction(
                "place_basis", "none", f"功能区的落图依据 · a place_basis for {self.zone}"
            )
        return self

    @model_validator(mode="after")
    def _precision_is_derived(self) -> Self:
        """Precision follows from the place; only what cannot be derived may be stated."""
        if self.precision not in {None, Precision.OFFSHORE, Precision.DISTRICT}:
            expected = "只可写 offshore 或 district · no precision but these; the rest is derived"
            raise contradiction("precision", self.precision, expected)
        if self.precision is not None and len(self.districts) != 1:
            expected = f"恰好一个县区 · exactly one district beside precision {self.precision}"
            raise contradiction("districts", len(self.districts), expected)
        return self


class TargetRow(Strict):
    """One quantified promise as the file holds it."""

    metric: Needed
    year: Year
    period_start: int | None = None
    base_year: int | None = None
    operator: Operator
    value: Number
    unit: Needed
    printed: Needed
    nature: Nature
    firm: bool = True
    scope: str = "city"
    includes: tuple[Technology, ...] = ()
    includes_basis: IncludesBasis | None = None
    source_section: Needed
    mapped: bool = False
    name: Needed
    name_en: Needed
    note: Text = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.includes and self.includes_basis is None:
            raise contradiction(
                "includes_basis", "nothing", "涵盖技术须有依据 · includes_basis beside includes"
            )
        if self.nature is Nature.INCREMENT and self.period_start is None:
            expected = "新增类目标的起算年 · the first year that counts, for an increment"
            raise contradiction("period_start", "nothing", expected)
        return self

    @model_validator(mode="after")
    def _can_be_mapped(self) -> Self:
        """Projects can be held against power, or against things that a layer counts."""
        if not self.mapped:
            return self
        is_power = self.unit in WATTS_PER_UNIT
        if not is_power and self.unit not in COUNT_UNITS:
            expected = (
                "能核对的目标用功率单位或座、个，否则 mapped: false · a unit of power, 座 or 个 "
                "for a mapped target, or mapped: false"
            )
            raise contradiction("unit", self.unit, expected)
        if not is_power and self.metric not in COUNTED_LAYERS:
            expected = (
                f"有图层计数的指标（{'、'.join(COUNTED_LAYERS)}），否则 mapped: false · a metric "
                f"that a layer counts ({', '.join(COUNTED_LAYERS)}), or mapped: false"
            )
            raise contradiction("metric", self.metric, expected)
        return self


class PlanFile(Strict):
    """One document: head, lead departments by clause, rows, targets, checks of its own figures."""

    plan: PlanHead
    clauses: dict[str, tuple[str, ...]] = Field(default={})
    projects: tuple[ProjectRow, ...]
    targets: tuple[TargetRow, ...]
    self_checks: tuple[SelfCheckRow, ...] = ()
