"""Where users put projects: a point with its source, held against the districts of the row.

The point is the row's own from then on (`geometry_role` site, with the user's accuracy). What the
plan says of the row's districts stays as it is; a row for which it names none takes the district in
which the point lies, with `place_basis` user.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from registry.own import missing, with_remark
from registry.own_projects import has_point
from registry.typed_point import zoom_of
from store.book import Place
from terms.errors import Fault
from terms.kinds import GeometryRole, PlaceBasis, Precision
from terms.own_records import OwnProject, Position
from terms.records import Project

if TYPE_CHECKING:
    from geo.districts import Districts
    from registry.registry import Registry

_ROUGH_M = 200  # a point that may be off by more is drawn as approximate
_POINTS = (Precision.SITE, Precision.TOWNSHIP)


def own_positions(own: Sequence[OwnProject], taken: Collection[str]) -> tuple[Position, ...]:
    """The points that came with own projects, unless a position was recorded since."""
    return tuple(
        Position(
            project=each.id,
            lon=each.lon,
            lat=each.lat,
            precision=each.precision,
            accuracy_m=each.accuracy_m,
            entered="",
            crs="wgs84",
            source=each.place_source or each.source,
            outside_reason="",
        )
        for each in own
        if has_point(each) and each.id not in taken
        if each.lon is not None and each.lat is not None
    )


def located(districts: Districts, positions: Sequence[Position]) -> Mapping[str, str]:
    """The district in which each position lies, by project; empty outside all."""
    if not positions:
        return {}
    codes = districts.locate_many([p.lon for p in positions], [p.lat for p in positions])
    return {each.project: str(code) for each, code in zip(positions, codes, strict=True)}


def with_positions(
    registry: Registry, positions: Sequence[Position], lying: Mapping[str, str]
) -> Registry:
    """The registry with its rows at these points; in public mode nobody's point is shown."""
    if registry.is_public or not positions:
        return registry
    by_id = {each.project: each for each in positions}
    rough = {each.project for each in positions if _is_rough(each)}
    labels = dict(registry.labels) | {id: ((p.lon, p.lat),) for id, p in by_id.items()}
    rows = (
        _placed(registry, row, by_id[row.id], lying[row.id]) if row.id in by_id else row
        for row in registry.projects
    )
    return replace(
        registry,
        projects=tuple(rows),
        labels=labels,
        approximate=(registry.approximate - by_id.keys()) | rough,
    )


def position_faults(
    registry: Registry, positions: Sequence[Position], unread: Collection[str]
) -> Iterator[Fault]:
    """Positions that cannot hold; of those on `unread` projects nothing can be said."""
    seen: set[str] = set()
    sound: list[Position] = []
    for each in positions:
        found = list(_form_faults(registry, each, unread))
        yield from found
        if each.project in seen:
            expected = (
                "每个项目一个位置，请先撤回另一个 · one position a project; take back the other"
            )
            yield _place(each).fault("project", each.project, expected)
        seen.add(each.project)
        if not found and each.project in registry.by_id:
            sound.append(each)
    lying = located(registry.districts, sound)
    for each in sound:
        yield from _place_faults(registry, each, lying[each.project])


def _form_faults(registry: Registry, each: Position, unread: Collection[str]) -> Iterator[Fault]:
    place = _place(each)
    if each.project not in registry.by_id and each.project not in unread:
        expected = "方案或用户项目的编号 · the id of a row of a plan or of a user's project"
        yield place.fault("project", each.project, missing(each.project, expected))
    if each.precision not in _POINTS:
        yield place.fault("precision", each.precision, "site 或 township · site or township")
    is_number = math.isfinite(each.lon) and math.isfinite(each.lat)
    if not is_number or abs(each.lon) > 180 or abs(each.lat) > 90:
        expected = "经度 -180 至 180、纬度 -90 至 90 · a longitude and a latitude in degrees"
        yield place.fault("lon, lat", f"{each.lon}, {each.lat}", expected)


def _place_faults(registry: Registry, each: Position, code: str) -> Iterator[Fault]:
    row, districts = registry.by_id[each.project], registry.districts
    allowed = row.district_codes or tuple(sorted(registry.governed_codes(registry.plan_of(row))))
    if each.outside_reason or code in allowed or (not allowed and code):
        return
    found = f"{each.lon}, {each.lat}（{districts.label(code) if code else '-'}）"
    few = [districts.label(one) if districts.has(one) else one for one in allowed[:4]]
    names = "、".join(few) + ("…" if len(allowed) > len(few) else "")
    expected = (
        f"位于{names or '本省'}，或写明为何在外；并请核对坐标系 · "
        f"a point in {names or 'the province'}, or the reason why it lies outside; "
        "check the coordinate system, too"
    )
    yield _place(each).fault("lon, lat", found, expected)


def _placed(registry: Registry, row: Project, each: Position, code: str) -> Project:
    is_open = not row.district_codes and row.place_basis is not PlaceBasis.OUTSIDE
    takes_district = bool(code) and is_open and not each.outside_reason
    names = registry.districts
    why = f"位置在所列县区之外：{each.outside_reason}。" if each.outside_reason else ""
    zoom = zoom_of(each.entered)
    typed = f"，原输入 {each.entered}（{each.crs}）" if each.entered else ""
    typed = f"，图上点选（缩放 {zoom:g}）" if zoom is not None else typed
    return replace(
        row,
        lon=each.lon,
        lat=each.lat,
        precision=each.precision,
        geometry_role=GeometryRole.SITE,
        accuracy_m=each.accuracy_m,
        district_codes=(code,) if takes_district else row.district_codes,
        districts=(names.name(code),) if takes_district else row.districts,
        place_basis=PlaceBasis.USER if takes_district else row.place_basis,
        note=with_remark(row.note, f"位置由用户录入，来源：{each.source}{typed}。{why}"),
    )


def _is_rough(each: Position) -> bool:
    return each.precision is not Precision.SITE or (each.accuracy_m or 0) > _ROUGH_M


def _place(each: Position) -> Place:
    return Place("-", f"位置 {each.project} · position {each.project}")
