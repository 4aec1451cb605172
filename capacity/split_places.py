"""The places of a breakdown: counties by code or by a zone's name, and where a row may lie."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo.zones import Zone
from geo.zones import zone as find_zone
from registry.areas import governed
from registry.registry import Registry
from terms.errors import DistrictError
from terms.kinds import PlaceBasis
from terms.records import Project

# The plan itself prints the counties; those that were inferred prove nothing against a bureau.
_PRINTED = frozenset({PlaceBasis.PRINTED, PlaceBasis.LIST_GROUP, PlaceBasis.NAME, PlaceBasis.OWN})

_FEW = 4  # so many are named beside their codes; a page cuts what is longer than a few lines


def has_closed_list(row: Project) -> bool:
    """Does the plan print all counties of the row?"""
    return bool(row.district_codes) and not row.list_open and row.place_basis in _PRINTED


def is_free(row: Project) -> bool:
    """Has the row no single county, and does it belong to the city at all?"""
    if row.place_basis is PlaceBasis.OUTSIDE:
        return False
    return len(row.district_codes) != 1 or row.list_open


def by_id_hint(rows: Sequence[str]) -> tuple[str, str]:
    """The remedy for rows that a technology line does not reach, in both languages."""
    if not rows:
        return "", ""
    return (
        f"；县名已列全的项目按行号分（如 {rows[0]}）",
        f"; rows whose county list is complete are split by their id (such as {rows[0]})",
    )


def is_code(place: str) -> bool:
    """Is a place written as a district code?"""
    return re.fullmatch(r"[0-9]{6}", place) is not None


def place_of_zone(registry: Registry, name: str, plans: Sequence[str]) -> tuple[str, str]:
    """The one zone that some plan means by a name, and its host district's code.

    Raises DistrictError, in both languages, where no or no single district is certain.
    """
    found = list(_zones(name, plans))
    if not found:
        raise DistrictError(
            f"{name} 既非县区代码，也非这里的功能区 / {name} is no district code and no "
            "development zone here"
        )
    if len(found) == 1 and found[0].certain and len(found[0].hosts) == 1:
        return f"{found[0].plan} {found[0].name}", found[0].hosts[0]
    hosts = dict.fromkeys(code for each in found for code in each.hosts)
    codes = list(hosts) or _codes_of(registry, found[0].plan)
    is_few = len(codes) <= _FEW
    named = "、".join(_named(registry, code) if is_few else code for code in codes)
    if len(found) > 1:
        why, why_en = "几份方案都有", "is a zone of several plans"
    else:
        why, why_en = "不能确定只在一个县区", "is not known to lie in one district"
    raise DistrictError(
        f"{name} {why}，请改写代码 {named} / {name} {why_en}; write a code instead, of "
        f"{', '.join(codes)}"
    )


def _zones(name: str, plans: Sequence[str]) -> Iterator[Zone]:
    for plan in plans:
        try:
            yield find_zone(name, plan)
        except DistrictError:
            continue


def _codes_of(registry: Registry, plan: str) -> list[str]:
    return list(governed(registry.plan_by_id[plan], registry.districts))


def _named(registry: Registry, code: str) -> str:
    districts = registry.districts
    return f"{code} {districts.name(code)}" if districts.has(code) else code
