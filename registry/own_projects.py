"""Users' own projects as rows: beside the plans, inside one of their rows, or added to one.

A row has `plan=user` whatever its relation; where it counts is said by `counting_plans`. Until a
person records a relation it counts in its own group alone. A status is a record of progress of its
day; one without a day held before every other, so that what runs is never taken as still to come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.place import reach_m
from registry.own import USER, origin_words, with_remark
from terms.kinds import (
    Action,
    Asset,
    Basis,
    CapacityBasis,
    GeometryRole,
    Kind,
    Layer,
    PlaceBasis,
    PlanStatus,
    Precision,
    Relation,
    Status,
    YearBasis,
)
from terms.messages import label
from terms.own_records import OwnProject
from terms.records import Progress, Project

if TYPE_CHECKING:
    from geo.districts import Districts
    from geo.place import Point
    from registry.registry import Registry

HORIZON = 2030  # of a row that counts in no plan and states no year
_POINTS = frozenset({Precision.SITE, Precision.TOWNSHIP})
_ASSETS: Mapping[Layer, Asset] = {
    Layer.SUBSTATION_500KV: Asset.STATION,
    Layer.HYDROGEN_STATION: Asset.STATION,
    Layer.INTEGRATED_ENERGY: Asset.STATION,
    Layer.WETLAND_SINK: Asset.AREA,
    Layer.FOREST_SINK: Asset.AREA,
    Layer.OCEAN_SINK: Asset.AREA,
    Layer.MANUFACTURING: Asset.FACTORY,
}


def has_point(own: OwnProject) -> bool:
    """Did the user give a place that is nearer than a district?"""
    return own.lon is not None and own.lat is not None and own.precision in _POINTS


def counting_plans(registry: Registry, own: Sequence[OwnProject]) -> Mapping[str, str]:
    """The plan in whose ledger each own row counts, by id; `user` where none does.

    A row in a row counts where that one does. Circles have been refused before.
    """
    by_id = {each.id: each for each in own}
    found: dict[str, str] = {}
    for each in own:
        path = [each]
        while path[-1].id not in found and path[-1].part_of in by_id:
            path.append(by_id[path[-1].part_of])
        last = path[-1]
        plan = found.get(last.id) or _own_plan(registry, last)
        found |= dict.fromkeys((one.id for one in path), plan)
    return {each.id: found[each.id] for each in own}


def _own_plan(registry: Registry, own: OwnProject) -> str:
    if own.relation is Relation.PART_OF:
        return registry.by_id[own.part_of].plan
    return own.counts_in if own.relation is Relation.NEW else USER


def own_progress(own: Sequence[OwnProject]) -> tuple[Progress, ...]:
    """The statuses of own projects as records of progress, with the project's source."""
    return tuple(
        Progress(each.id, each.status_date, each.status, None, each.source)
        for each in own
        if each.status is not None
    )


def own_row(registry: Registry, own: OwnProject, plan: str, located: str) -> Project:
    """One own project as a row of the group `user`; `located` is the district of its point.

    Its status follows from the progress, its point from the positions.
    """
    districts = registry.districts
    codes = own.district_codes or ((located,) if located else ())
    city_code = own.city_code or (districts.city_code(codes[0]) if codes else "")
    horizon = registry.plan_by_id[plan].horizon if plan in registry.plan_by_id else HORIZON
    return Project(
        id=own.id,
        plan=USER,
        city=districts.city_name(city_code) if city_code else "",
        city_code=city_code,
        plan_status=PlanStatus.USER,
        name=own.name,
        name_en=own.name,
        kind=Kind.PROJECT,
        layer=own.layer,
        technology=own.technology,
        asset=Asset.PLANT if own.technology else _ASSETS.get(own.layer, Asset.WORKS),
        action=Action.NEW,
        land_mode=own.land_mode,
        voltage_kv=None,
        voltage_basis=None,
        capacity_mw=own.capacity_mw,
        capacity_printed=own.capacity_printed,
        capacity_basis=CapacityBasis.NONE if own.capacity_mw is None else CapacityBasis.PRINTED,
        capacity_source="",
        capacity_external_mw=None,
        capacity_external_source="",
        quantity_value=None,
        quantity_unit="",
        quantity_printed="",
        by_year=own.by_year or horizon,
        by_year_basis=YearBasis.PRINTED if own.by_year else YearBasis.HORIZON,
        part_of=own.part_of,
        part_of_basis=Basis.STATED if own.part_of else None,
        restates_target="",
        district_codes=codes,
        districts=tuple(districts.name(code) for code in codes),
        list_open=False,
        township="" if registry.is_public else own.township,
        zone=own.zone,
        place_basis=_place_basis(registry, codes, plan),
        lon=None,
        lat=None,
        geometry_role=GeometryRole.LABEL if codes else GeometryRole.NONE,
        precision=_precision(registry, own, codes),
        accuracy_m=_accuracy(districts, codes),
        owner=own.owner,
        departments=(),
        wording="",
        status=Status.LISTED,
        status_date="",
        status_source="",
        source_title=own.source,
        source_section=origin_words(own.source_row, "zh"),
        source_item="",
        source_also=(),
        note=_note(own),
    )


def label_points(row: Project, districts: Districts) -> tuple[Point, ...]:
    """The inner points of a row's districts, at which its symbol may stand."""
    return tuple(districts.inner_point(code) for code in row.district_codes)


def _place_basis(registry: Registry, codes: Sequence[str], plan: str) -> PlaceBasis:
    """A row rightly outside the area of the plan in which it counts is outside."""
    if not codes:
        return PlaceBasis.NONE
    governed = registry.governed_codes(plan)
    return PlaceBasis.OUTSIDE if governed and governed.isdisjoint(codes) else PlaceBasis.USER


def _precision(registry: Registry, own: OwnProject, codes: Sequence[str]) -> Precision:
    if not codes:
        return Precision.CITY
    if own.township and len(codes) == 1 and not registry.is_public:
        return Precision.TOWNSHIP
    return Precision.DISTRICT if len(codes) == 1 else Precision.MULTI


def _accuracy(districts: Districts, codes: Sequence[str]) -> int | None:
    return max((_reach(districts, code) for code in codes), default=None)


@lru_cache(maxsize=1024)
def _reach(districts: Districts, code: str) -> int:
    """The reach of a district's label: the same for each of the many rows that stand there."""
    return reach_m(districts.inner_point(code), code, districts)


def _note(own: OwnProject) -> str:
    """The user's remark, and where the row counts as far as no column says it."""
    words = f"用户录入，属于 {own.part_of}，合计中只计一次。"
    if own.relation is Relation.OPEN:
        words = "用户录入，与方案的关系未认定，不计入任何方案。"
    elif own.relation is Relation.NEW:
        plan = label("plan", own.counts_in, "zh")
        words = f"用户录入，认定为{plan}方案所列之外，计入其合计与校核。"
    return with_remark(own.note, words)
