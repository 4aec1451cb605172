"""What else stands in the counties of a project: grid works, other projects, development zones."""

from __future__ import annotations

from dataclasses import dataclass

from geo.zones import Zone, zones
from registry.own import USER
from registry.registry import Registry
from terms.kinds import Layer
from terms.records import Project

GRID_LAYERS = frozenset({Layer.SUBSTATION_500KV, Layer.GRID})


@dataclass(frozen=True)
class County:
    """One county of a project with everything else that names it."""

    code: str
    grid: tuple[Project, ...]
    others: tuple[Project, ...]
    zones: tuple[Zone, ...]


def same_county(registry: Registry, row: Project) -> tuple[County, ...]:
    """One entry per county that the row names; none for a row known only to its city."""
    return tuple(_county(registry, row, code) for code in row.district_codes)


def _county(registry: Registry, row: Project, code: str) -> County:
    here = [each for each in registry.projects if code in each.district_codes and each.id != row.id]
    return County(
        code,
        grid=tuple(each for each in here if each.layer in GRID_LAYERS),
        others=tuple(each for each in here if each.layer not in GRID_LAYERS),
        zones=tuple(zone for zone in zones() if code in zone.hosts),
    )


def gaps(row: Project) -> tuple[str, ...]:
    """The columns that would apply to a project and that its plan leaves empty, in order."""
    is_plant = row.technology is not None
    applies = {
        "capacity_printed": is_plant,
        "quantity_printed": not is_plant,
        "land_mode": is_plant,
        "owner": True,
        "districts": True,
        "township": bool(row.districts) and len(row.districts) == 1,
        "zone": bool(row.districts),
        "lon": True,
        "departments": row.plan != USER,
        "wording": row.plan != USER,
    }
    empty = [name for name, does in applies.items() if does and not getattr(row, name)]
    if row.by_year_basis == "horizon":
        empty.append("by_year")
    return tuple(empty)
