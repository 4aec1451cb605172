"""Development zones and natural features that the plans print, and the districts they lie in.

Two tables, `zones.yaml` and `features.yaml`, hold the knowledge, each row with its source and,
where it is not certain, the reason. Names resolve within a plan: a bare 高新区 is another zone in
each of them. A known zone whose districts nobody knows has none: an empty tuple, not an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from unicodedata import normalize

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from terms.errors import DistrictError
from terms.swift_yaml import SwiftLoader

HERE = Path(__file__).resolve().parent
Plan = Literal["jining", "zaozhuang", "lixia", "taian", "binzhou"]
Code = Annotated[str, Field(pattern=r"^37\d{4}$")]
Text = Annotated[str, Field(min_length=1)]


class _Place(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    name_en: Text
    aliases: tuple[str, ...]
    certain: bool
    mentioned: Text
    source: Text
    note: str


class Zone(_Place):
    """A development zone, port or park; `hosts` are the districts on whose ground it lies."""

    full_name: Text
    plan: Plan
    hosts: tuple[Code, ...]


class Feature(_Place):
    """A lake, river or the like; `outside` is true where part of it lies in no district named."""

    kind: Literal[
        "lake",
        "river",
        "canal",
        "reservoir",
        "mountain",
        "basin",
        "wetland",
        "subsidence",
        "flat",
        "sea",
    ]
    plans: tuple[Plan, ...]
    districts: tuple[Code, ...]
    outside: bool


PlaceT = TypeVar("PlaceT", Zone, Feature)


def zone(name: str, plan: str) -> Zone:
    """The zone that a plan means by a name, full or short; raises DistrictError when unknown."""
    return _look_up(_zone_index(), name, plan, "zones.yaml")


def feature(name: str, plan: str) -> Feature:
    """The feature that a plan means by a name; raises DistrictError when unknown."""
    return _look_up(_feature_index(), name, plan, "features.yaml")


def zone_hosts(name: str, plan: str) -> tuple[str, ...]:
    """The codes of the districts that host a zone, the main one first; () when nobody knows."""
    return zone(name, plan).hosts


def feature_districts(name: str, plan: str) -> tuple[str, ...]:
    """The codes of the districts that a feature lies in or touches; () at sea or unknown."""
    return feature(name, plan).districts


@lru_cache(maxsize=1)
def zones() -> tuple[Zone, ...]:
    """All zones, in the order of the table."""
    return _read("zones", Zone)


@lru_cache(maxsize=1)
def features() -> tuple[Feature, ...]:
    """All features, in the order of the table."""
    return _read("features", Feature)


@lru_cache(maxsize=1)
def _zone_index() -> dict[tuple[str, str], Zone]:
    return _index((row, (row.plan,), (row.name, row.full_name, *row.aliases)) for row in zones())


@lru_cache(maxsize=1)
def _feature_index() -> dict[tuple[str, str], Feature]:
    return _index((row, row.plans, (row.name, *row.aliases)) for row in features())


def _read(table: str, model: type[PlaceT]) -> tuple[PlaceT, ...]:
    text = (HERE / f"{table}.yaml").read_text(encoding="utf-8")
    rows, faults = [], []
    for number, raw in enumerate(yaml.load(text, Loader=SwiftLoader)[table], start=1):
        try:
            row = model.model_validate(raw)
        except ValidationError as error:
            faults += [
                f"{table}.yaml row {number} {'.'.join(map(str, each['loc']))}: {each['msg']}"
                for each in error.errors()
            ]
            continue
        if not row.certain and not row.note:
            faults.append(f"{table}.yaml {row.name}: not certain, expected a note that says why")
        rows.append(row)
    if faults:
        raise DistrictError("\n".join(faults))
    return tuple(rows)


def _index(
    rows: Iterable[tuple[PlaceT, Sequence[str], Sequence[str]]],
) -> dict[tuple[str, str], PlaceT]:
    index: dict[tuple[str, str], PlaceT] = {}
    for row, plans, names in rows:
        for key in {(plan, _plain(name)) for plan in plans for name in names}:
            if key in index:
                raise DistrictError(f"{key[1]!r} means both {index[key].name} and {row.name}")
            index[key] = row
    return index


def _look_up(index: dict[tuple[str, str], PlaceT], name: str, plan: str, table: str) -> PlaceT:
    found = index.get((plan, _plain(name)))
    if found is None:
        known = "、".join(dict.fromkeys(row.name for key, row in index.items() if key[0] == plan))
        raise DistrictError(
            f"plan {plan!r} has no {name!r} in geo/{table}, expected one of: {known or 'none'}; "
            "add a row with its source"
        )
    return found


def _plain(name: str) -> str:
    return normalize("NFKC", name).strip()
