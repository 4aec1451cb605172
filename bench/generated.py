"""Sixteen cities with as many projects as asked for, in trees such as the plans print."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from geo.districts import Districts
from registry.registry import Registry
from terms.kinds import Asset, CapacityBasis, Layer, Nature, Status, Technology, YearBasis
from terms.records import Project, Target
from tests.capacity.builders import (
    due,
    figure,
    plan,
    programme,
    progress,
    registry_of,
    row,
    target,
)

PLANS = 16
_PLANTS = (
    Technology.PV,
    Technology.PV,
    Technology.PV_DISTRIBUTED,
    Technology.WIND,
    Technology.NEW_STORAGE,
    Technology.COMPRESSED_AIR_STORAGE,
    Technology.BIOMASS,
    Technology.COAL,
)
_RENEWABLE = (Technology.PV, Technology.PV_DISTRIBUTED, Technology.WIND, Technology.BIOMASS)
_STORAGE = (Technology.NEW_STORAGE, Technology.COMPRESSED_AIR_STORAGE, Technology.PUMPED_STORAGE)
_STATION: dict[str, Any] = {
    "technology": None,
    "layer": Layer.HYDROGEN_STATION,
    "asset": Asset.STATION,
}
_GROUP = 14  # rows of one group: a base, three envelopes in it, nine plants, one station


def generated(districts: Districts, projects: int) -> Registry:
    """A registry of 16 plans with ten targets each; the same for the same number."""
    random = Random(projects)
    cities = sorted(set(districts.frame["city_code"]))[:PLANS]
    plans = [plan(f"city{number}", code) for number, code in enumerate(cities)]
    rows: list[Project] = []
    for number in range(-(-projects // _GROUP)):
        head = plans[number % PLANS]
        codes = districts.codes_in(head.city_code)
        rows += _group(random, head.id, f"{head.id}-{number}", codes)
    rows = rows[:projects]
    targets = [each for head in plans for each in _targets(head.id)]
    running = random.sample([each.id for each in rows], len(rows) // 10)
    return registry_of(
        districts,
        *rows,
        targets=targets,
        installed=[
            figure(500, "2025-12-31", each.metric, plan=each.plan, unit=each.unit)
            for each in targets[::2]
        ],
        progress=[
            progress(id, "2025-06-30", random.choice((Status.CONSTRUCTION, Status.OPERATING)))
            for id in running
        ],
        plans=plans,
    )


def _group(random: Random, owner: str, prefix: str, codes: tuple[str, ...]) -> list[Project]:
    """A base of several technologies with envelopes and plants in it, and a few rows beside."""
    mixed = {"technology": Technology.WIND_SOLAR_STORAGE, "plan": owner}
    base = programme(f"{prefix}-base", random.randint(1000, 9000), at=codes[:2], **mixed)
    rows = [base]
    for part in range(3):
        technology = random.choice(_PLANTS)
        envelope = programme(
            f"{prefix}-part{part}",
            _mw(random, 1500),
            base.id,
            technology=technology,
            at=_places(random, codes),
            plan=owner,
            **(due(2025, YearBasis.PERIOD) if part == 0 else {}),
        )
        rows.append(envelope)
        for number in range(3):
            name, above = f"{prefix}-{part}-{number}", envelope.id if number else ""
            plant = row(
                name,
                _mw(random, 300),
                above,
                inferred=random.random() < 0.3,
                technology=technology if above else random.choice(_PLANTS),
                at=_places(random, codes),
                plan=owner,
            )
            is_about = plant.capacity_mw is not None and random.random() < 0.2
            about = {"capacity_basis": CapacityBasis.APPROXIMATE} if is_about else {}
            rows.append(replace(plant, **about))
    return [*rows, row(f"{prefix}-station", plan=owner, **_STATION)]


def _mw(random: Random, most: int) -> Decimal | None:
    return None if random.random() < 0.25 else Decimal(random.randint(1, most * 1000)) / 1000


def _places(random: Random, codes: tuple[str, ...]) -> list[str]:
    return random.sample(codes, min(len(codes), random.choice((0, 1, 1, 1, 2, 4))))


def _targets(owner: str) -> list[Target]:
    wanted: tuple[tuple[str, int, tuple[Technology, ...], dict[str, Any]], ...] = (
        ("renewable", 2025, _RENEWABLE, {}),
        ("renewable", 2030, _RENEWABLE, {}),
        ("pv", 2025, _RENEWABLE[:2], {}),
        ("pv", 2030, _RENEWABLE[:2], {}),
        ("wind", 2030, (Technology.WIND,), {}),
        ("biomass", 2030, (Technology.BIOMASS,), {}),
        ("storage", 2030, _STORAGE, {}),
        ("new_storage", 2030, _STORAGE[:2], {}),
        ("coal_start", 2030, (Technology.COAL,), {"nature": Nature.START, "period_start": 2021}),
        ("hydrogen_stations", 2030, (), {"unit": "座"}),
    )
    return [
        target(5000, metric, year, plan=owner, includes=includes, **changes)
        for metric, year, includes, changes in wanted
    ]
