"""Users' own projects held against the plans, the districts and one another; every fault told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from registry.commissioning import MOST_MW
from registry.own import missing, origin_words
from store.book import Place
from terms.errors import DistrictError, Fault
from terms.kinds import Precision, Relation
from terms.language import Language
from terms.messages import label
from terms.own_records import OwnProject
from terms.units import WATTS_PER_MW, format_number

if TYPE_CHECKING:
    from registry.registry import Registry

PREFIX = "user-"
_BOTH: tuple[Language, ...] = ("zh", "en")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def own_faults(
    registry: Registry, own: Sequence[OwnProject], located: Mapping[str, str]
) -> Mapping[str, list[Fault]]:
    """The faults by project id; `registry` holds the plans, `located` the points' districts."""
    ids = Counter(each.id for each in own)
    by_id = {each.id: each for each in own}
    found: dict[str, list[Fault]] = {}
    for each in own:
        faults = [
            *_id_faults(registry, each, ids),
            *_amount_faults(each),
            *_place_faults(registry, each, located.get(each.id, "")),
            *_relation_faults(registry, each, by_id),
        ]
        if faults:
            found[each.id] = [*found.get(each.id, []), *faults]
    for each in _circles(by_id):
        expected = "不绕回自己的从属关系 · a relation that does not lead back to itself"
        found.setdefault(each.id, []).append(_place(each).fault("part_of", each.part_of, expected))
    sound = [each for each in own if each.id not in found]
    for each, fault in _area_faults(registry, sound, located):
        found.setdefault(each.id, []).append(fault)
    return found


def _id_faults(registry: Registry, each: OwnProject, ids: Mapping[str, int]) -> Iterator[Fault]:
    if not each.id.startswith(PREFIX) or len(each.id) == len(PREFIX):
        yield _place(each).fault("id", each.id, "user- 开头的编号 · an id that begins with user-")
    if ids[each.id] > 1 or each.id in registry.by_id:
        yield _place(each).fault("id", each.id, "未用过的编号 · an id that nothing else has")


def _amount_faults(each: OwnProject) -> Iterator[Fault]:
    place, mw = _place(each), each.capacity_mw
    if mw is not None:
        watts = mw * WATTS_PER_MW
        if not mw.is_finite() or watts < 0 or mw > MOST_MW or watts != watts.to_integral_value():
            most = format_number(MOST_MW)
            expected = (
                f"0 至 {most} MW、最多六位小数，请核对单位 · "
                f"0 to {most} MW with at most six decimals; check the unit"
            )
            yield place.fault("capacity_mw", str(mw), expected)
        elif each.technology is None:
            expected = "有装机须写明技术，否则 MW 留空 · a technology beside MW, or no MW"
            yield place.fault("technology", "-", expected)
    if each.status_date and not _DAY.fullmatch(each.status_date):
        yield place.fault("status_date", each.status_date, "2026-06-30 或留空 · a day, or nothing")
    if each.by_year is not None and not 1950 <= each.by_year <= 2100:
        expected = "1950 至 2100 年 · a year from 1950 to 2100"
        yield place.fault("by_year", str(each.by_year), expected)


def _place_faults(registry: Registry, each: OwnProject, located: str) -> Iterator[Fault]:
    place, districts = _place(each), registry.districts
    for code in each.district_codes:
        if not districts.has(code):
            yield place.fault("district_codes", code, "边界中的六位代码 · a district's code")
    if len(set(each.district_codes)) < len(each.district_codes):
        found = ";".join(each.district_codes)
        yield place.fault("district_codes", found, "每个县区写一次 · each district once")
    if (each.lon is None) != (each.lat is None):
        found = f"{each.lon}, {each.lat}"
        yield place.fault("lon, lat", found, "经纬度都写或都不写 · both of them or neither")
    if each.lon is None and each.precision is Precision.SITE:
        yield place.fault("precision", each.precision, "有坐标才是 site · site only with a point")
    if not each.city_code:
        return
    try:
        inside = districts.codes_in(each.city_code)
    except DistrictError:
        yield place.fault("city_code", each.city_code, "市的六位代码 · a city's code")
        return
    for code in each.district_codes or filter(None, (located,)):
        if districts.has(code) and code not in inside:
            expected = f"{each.city_code} 所辖县区 · a district of {each.city_code}"
            yield place.fault("district_codes", code, expected)


def _relation_faults(
    registry: Registry, each: OwnProject, by_id: Mapping[str, OwnProject]
) -> Iterator[Fault]:
    place, relation = _place(each), each.relation
    if relation is Relation.PART_OF:
        if each.part_of not in registry.by_id and each.part_of not in by_id:
            expected = "方案或用户项目的编号 · the id of a row of a plan or of a user's project"
            yield place.fault("part_of", each.part_of or "-", missing(each.part_of, expected))
    elif each.part_of:
        expected = "relation 为 part_of 时才填 · only with the relation part_of"
        yield place.fault("part_of", each.part_of, expected)
    plans = [plan.id for plan in registry.plans]
    if relation is Relation.NEW:
        if each.counts_in not in plans:
            known = ", ".join(plans)
            expected = f"其中之一：{known} · one of {known}"
            yield place.fault("counts_in", each.counts_in or "-", expected)
    elif each.counts_in:
        expected = "relation 为 new 时才填 · only with the relation new"
        yield place.fault("counts_in", each.counts_in, expected)


def _circles(by_id: Mapping[str, OwnProject]) -> Iterator[OwnProject]:
    """The projects that lie in themselves; each project is walked once."""
    state: dict[str, bool] = {}  # False: on the way; True: done
    for start in by_id.values():
        path: list[OwnProject] = []
        each: OwnProject | None = start
        while each is not None and each.id not in state:
            state[each.id] = False
            path.append(each)
            each = by_id.get(each.part_of)
        if each is not None and not state[each.id]:
            yield from path[path.index(each) :]
        state |= dict.fromkeys((one.id for one in path), True)


def _area_faults(
    registry: Registry, own: Sequence[OwnProject], located: Mapping[str, str]
) -> Iterator[tuple[OwnProject, Fault]]:
    """Rows that count in a plan, but lie where neither it nor what holds them has anything."""
    by_id = {each.id: each for each in own}
    for each in own:
        root = _root(each, by_id)
        row = registry.by_id.get(root.part_of)
        plan = row.plan if row else root.counts_in
        allowed = registry.governed_codes(plan)
        codes = each.district_codes or tuple(filter(None, (located.get(each.id, ""),)))
        held = {*allowed, *(row.district_codes if row else ())}
        wrong = [code for code in codes if code not in held]
        if allowed and wrong:
            field = "part_of" if each.part_of else "counts_in"
            zh, en = (label("plan", plan, language) for language in _BOTH)
            expected = (
                f"位于{zh}方案范围内的县区，或其所属项目的县区 · "
                f"a county that the plan of {en} governs, or one of the row that holds it"
            )
            yield each, _place(each).fault(field, _named(registry, wrong), expected)


def _root(each: OwnProject, by_id: Mapping[str, OwnProject]) -> OwnProject:
    """The own project that holds all others around this one; circles are out already."""
    while each.part_of in by_id:
        each = by_id[each.part_of]
    return each


def _named(registry: Registry, codes: Iterable[str]) -> str:
    return "、".join(f"{code} {registry.districts.name(code)}" for code in codes)


def _place(each: OwnProject) -> Place:
    named = each.id
    zh, en = (origin_words(each.source_row, language).replace(" · ", " ") for language in _BOTH)
    row, row_en = (f"，{zh}", f", {en}") if each.source_row else ("", "")
    return Place("-", f"项目 {named}{row} · project {named}{row_en}")
