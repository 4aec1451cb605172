"""Users' records made by hand: everything plain unless a test says otherwise."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from terms.kinds import Layer, Precision, Relation, Technology
from terms.own_records import OwnProject, Position

FEICHENG = "370983"
AT_FEICHENG = (116.7683, 36.1825)
Mw = float | str | Decimal | None


def own(id: str, mw: Mw = None, **changes: Any) -> OwnProject:
    """An own PV project of nobody, in no county, beside the plans."""
    made = OwnProject(
        id=f"user-{id}",
        name=f"用户项目{id}",
        layer=Layer.PV,
        technology=Technology.PV,
        capacity_mw=None if mw is None else Decimal(str(mw)),
        capacity_printed="" if mw is None else f"{mw} MW",
        district_codes=(),
        city_code="",
        township="",
        zone="",
        lon=None,
        lat=None,
        precision=Precision.DISTRICT,
        accuracy_m=None,
        place_source="",
        owner="",
        land_mode=None,
        status=None,
        status_date="",
        by_year=None,
        relation=Relation.OPEN,
        part_of="",
        counts_in="",
        source="项目台账.xlsx",
        source_row="第 7 行",
        note="",
    )
    return replace(made, **changes)


def inside(
    id: str, parent: str, mw: float | str | Decimal | None = None, **changes: Any
) -> OwnProject:
    """One that a person found to be part of a row."""
    return own(id, mw, relation=Relation.PART_OF, part_of=parent, **changes)


def added(
    id: str, plan: str, mw: float | str | Decimal | None = None, **changes: Any
) -> OwnProject:
    """One that a person found to be new beside what a plan lists."""
    return own(id, mw, relation=Relation.NEW, counts_in=plan, **changes)


def position(project: str, at: tuple[float, float] = AT_FEICHENG, **changes: Any) -> Position:
    """A point as a user typed it."""
    made = Position(project, *at, Precision.SITE, 30, "116.7683,36.1825", "wgs84", "核准文件", "")
    return replace(made, **changes)
