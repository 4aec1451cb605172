"""Rows, targets and registries made by hand: one sentence of a plan each, everything else plain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from capacity.check import Check, Rules, check
from geo.districts import Districts
from registry.registry import Registry
from terms.kinds import (
    Action,
    Asset,
    Basis,
    CapacityBasis,
    GeometryRole,
    IncludesBasis,
    Kind,
    Layer,
    Nature,
    Operator,
    PlaceBasis,
    PlanStatus,
    Precision,
    Status,
    Technology,
    YearBasis,
)
from terms.records import InstalledFigure, PlanRecord, Progress, Project, Target

W = 1_000_000  # watts in a MW
AHEAD = date(2024, 6, 1)  # before every target's year
CITY, COUNTIES = "370800", ("370811", "370812", "370881", "370883")


def plan(id: str = "jining", city_code: str = CITY, **changes: Any) -> PlanRecord:
    """A plan in force of one city."""
    head = PlanRecord(
        id=id,
        title=f"{id}方案",
        title_en=id,
        issuer="",
        document_number="",
        date="",
        status=PlanStatus.FINAL,
        city=id,
        city_en=id,
        city_code=city_code,
        governs_code=city_code,
        horizon=2030,
    )
    return replace(head, **changes)


def row(
    id: str,
    mw: float | str | Decimal | None = None,
    part_of: str = "",
    *,
    inferred: bool = False,
    at: Iterable[str] = (),
    **changes: Any,
) -> Project:
    """A PV project without a printed year, known only to the city where `at` is empty."""
    codes = tuple(at)
    made = Project(
        id=id,
        plan="jining",
        city="济宁市",
        city_code=CITY,
        plan_status=PlanStatus.FINAL,
        name=id,
        name_en=id,
        kind=Kind.PROJECT,
        layer=Layer.PV,
        technology=Technology.PV,
        asset=Asset.PLANT,
        action=Action.NEW,
        land_mode=None,
        voltage_kv=None,
        voltage_basis=None,
        capacity_mw=None if mw is None else Decimal(str(mw)),
        capacity_printed="",
        capacity_basis=CapacityBasis.NONE if mw is None else CapacityBasis.PRINTED,
        capacity_source="",
        capacity_external_mw=None,
        capacity_external_source="",
        quantity_value=None,
        quantity_unit="",
        quantity_printed="",
        by_year=2030,
        by_year_basis=YearBasis.HORIZON,
        part_of=part_of,
        part_of_basis=(Basis.INFERRED if inferred else Basis.STATED) if part_of else None,
        restates_target="",
        district_codes=codes,
        districts=codes,
        list_open=False,
        township="",
        zone="",
        place_basis=PlaceBasis.PRINTED if codes else PlaceBasis.NONE,
        precision=Precision.CITY,
        lon=None,
        lat=None,
        geometry_role=GeometryRole.NONE,
        accuracy_m=None,
        owner="",
        departments=(),
        wording="推进",
        status=Status.LISTED,
        status_date="",
        status_source="",
        source_title="",
        source_section="",
        source_item="",
        source_also=(),
        note="",
    )
    return replace(made, **changes)


def programme(id: str, mw: float | str | None = None, part_of: str = "", **changes: Any) -> Project:
    """An envelope."""
    return row(id, mw, part_of, **{"kind": Kind.PROGRAMME} | changes)


def due(year: int, basis: YearBasis = YearBasis.PRINTED) -> dict[str, Any]:
    """The fields of a row that prints its year."""
    return {"by_year": year, "by_year_basis": basis}


def target(value: float = 100, metric: str = "pv", year: int = 2030, **changes: Any) -> Target:
    """A stock target in MW over PV of both sorts."""
    made = Target(
        plan="jining",
        metric=metric,
        year=year,
        period_start=None,
        base_year=None,
        operator=Operator.AT_LEAST,
        value=Decimal(str(value)),
        unit="MW",
        printed="",
        nature=Nature.STOCK,
        firm=True,
        scope="city",
        includes=(Technology.PV, Technology.PV_DISTRIBUTED),
        includes_basis=IncludesBasis.CONVENTION,
        departments=(),
        source_section="",
        mapped=True,
        name=metric,
        name_en=metric,
        note="",
    )
    return replace(made, **changes)


def figure(value: float, day: str, metric: str = "pv", **changes: Any) -> InstalledFigure:
    """An entered figure of the whole city, in MW."""
    made = InstalledFigure("jining", "", "", metric, day, Decimal(str(value)), "MW", "统计局")
    return replace(made, **changes)


def progress(
    project: str, day: str, status: Status | None = None, mw: float | None = None
) -> Progress:
    """An entered record of one project."""
    return Progress(project, day, status, None if mw is None else Decimal(str(mw)), "能源局")


def registry_of(
    districts: Districts,
    *rows: Project,
    targets: Iterable[Target] = (),
    installed: Iterable[InstalledFigure] = (),
    progress: Iterable[Progress] = (),
    plans: Iterable[PlanRecord] = (plan(),),
) -> Registry:
    """A registry of exactly these rows."""
    return Registry(
        plans=tuple(plans),
        projects=rows,
        targets=tuple(targets),
        self_checks=(),
        labels={each.id: () for each in rows},
        approximate=frozenset(),
        districts=districts,
        installed=tuple(installed),
        progress=tuple(progress),
    )


def one(registry: Registry, as_of: date = AHEAD, **rules: bool) -> Check:
    """The check of a registry's only mapped target."""
    (result,) = check(registry, Rules(as_of=as_of, **rules))
    return result


def in_mw(result: Check) -> tuple[float, float, float]:
    """Named, programme and high of a check, in MW."""
    listed = result.pipeline
    return listed.named / W, listed.programme / W, listed.high / W
