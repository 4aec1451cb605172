"""The record types that travel through the house: a project row, a target, a user's figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

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
    Operator,
    PlaceBasis,
    PlanStatus,
    Precision,
    RowFigure,
    SelfCheckKind,
    Status,
    Technology,
    VoltageBasis,
    YearBasis,
)


@dataclass(frozen=True)
class PlanRecord:
    """One published document.

    `governs_code` is the city that the plan governs, or its one district; `city` is where it lies.
    """

    id: str
    title: str
    title_en: str
    issuer: str
    document_number: str
    date: str
    status: PlanStatus
    city: str
    city_en: str
    city_code: str
    governs_code: str
    horizon: int


@dataclass(frozen=True)
class Project:
    """One thing that a plan lists; the fields are DESIGN section 2's columns, in order."""

    id: str
    plan: str
    city: str
    city_code: str
    plan_status: PlanStatus
    name: str
    name_en: str
    kind: Kind
    layer: Layer
    technology: Technology | None
    asset: Asset
    action: Action
    land_mode: LandMode | None
    voltage_kv: int | None
    voltage_basis: VoltageBasis | None
    capacity_mw: Decimal | None
    capacity_printed: str
    capacity_basis: CapacityBasis
    capacity_source: str
    capacity_external_mw: Decimal | None
    capacity_external_source: str
    quantity_value: Decimal | None
    quantity_unit: str
    quantity_printed: str
    by_year: int
    by_year_basis: YearBasis
    part_of: str
    part_of_basis: Basis | None
    restates_target: str
    district_codes: tuple[str, ...]
    districts: tuple[str, ...]
    list_open: bool
    township: str
    zone: str
    place_basis: PlaceBasis
    precision: Precision
    lon: float | None
    lat: float | None
    geometry_role: GeometryRole
    accuracy_m: int | None
    owner: str
    departments: tuple[str, ...]
    wording: str
    status: Status
    status_date: str
    status_source: str
    source_title: str
    source_section: str
    source_item: str
    source_also: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Target:
    """One quantified promise; the fields up to `mapped` are DESIGN section 2's columns.

    `name` and `name_en` title it, `note` keeps a reading that could go either way.
    """

    plan: str
    metric: str
    year: int
    period_start: int | None
    base_year: int | None
    operator: Operator
    value: Decimal
    unit: str
    printed: str
    nature: Nature
    firm: bool
    scope: str
    includes: tuple[Technology, ...]
    includes_basis: IncludesBasis | None
    departments: tuple[str, ...]
    source_section: str
    mapped: bool
    name: str
    name_en: str
    note: str

    @property
    def key(self) -> str:
        """The target's stable key, by which a programme says which target it restates."""
        return f"{self.plan}:{self.metric}:{self.year}"


@dataclass(frozen=True)
class InstalledFigure:
    """Existing capacity (or a count) on one date, as a user entered it with its source.

    `district_code` is empty for the whole area that the plan governs; `zone` narrows a district to
    a development zone. `metric` is a target's metric or a technology; `date` is the ISO date at
    whose end the figure held. An increment's figure is what was added since its period's start.
    """

    plan: str
    district_code: str
    zone: str
    metric: str
    date: str
    value: Decimal
    unit: str
    source: str


@dataclass(frozen=True)
class Progress:
    """What a user recorded about one project on one date.

    `commissioned_mw` is the total in operation by that date (of the row itself, cumulative: what
    runs of its members is recorded with them); None
    where only the status is recorded, `status` None where only the MW are.
    """

    project: str
    date: str
    status: Status | None
    commissioned_mw: Decimal | None
    source: str


@dataclass(frozen=True)
class SelfCheckFigure:
    """One figure of a self-check: a target's, a row's, a count of rows, or one printed elsewhere.

    Exactly one of `target`, `row`, `rows`, `value` says which. `figure` belongs to `row`; `unit`,
    `printed`, `section` and `item` to `rows` and `value`, the others' stand where they point to.
    """

    target: str
    row: str
    figure: RowFigure
    rows: tuple[str, ...]
    value: Decimal | None
    unit: str
    printed: str
    operator: Operator
    section: str
    item: str


@dataclass(frozen=True)
class SelfCheck:
    """Figures of one plan that must fit together: a total with its parts, or several statements.

    `complete` tells whether the plan's parts are all of the total; if not, `rest` names what is
    left. `note` keeps a reading that could go either way.
    """

    plan: str
    id: str
    kind: SelfCheckKind
    title: str
    title_en: str
    total: SelfCheckFigure | None
    parts: tuple[SelfCheckFigure, ...]
    complete: bool
    rest: str
    rest_en: str
    statements: tuple[SelfCheckFigure, ...]
    note: str
