"""Registries as nobody would write them: forests of rows in every state, with targets and records.

A registry follows from a seed and a number of rows, so that ten thousand of them pass in a minute
and a failing one can be made again; hypothesis draws both, and shrinks the number of rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from geo.districts import Districts
from registry.registry import Registry
from terms.kinds import (
    Action,
    Asset,
    Basis,
    CapacityBasis,
    Kind,
    LandMode,
    Layer,
    Nature,
    PlaceBasis,
    PlanStatus,
    Status,
    Technology,
    YearBasis,
)
from terms.records import InstalledFigure, Progress, Project, Target
from tests.capacity.builders import figure, plan, progress, registry_of, row, target

PLANS = plan(), plan("taian", "370900", status=PlanStatus.DRAFT)
CODES = {"jining": ("370811", "370812", "370826"), "taian": ("370902", "370911")}
FOREIGN = ("370102", "370402")
YEARS = (2023, 2025, 2027, 2030)
STATION = {"technology": None, "layer": Layer.HYDROGEN_STATION, "asset": Asset.STATION}


@dataclass(frozen=True)
class Draw:
    """What a registry follows from."""

    seed: int
    rows: int

    def registry(self, districts: Districts) -> Registry:
        """The registry of this draw; the same each time."""
        random = Random(self.seed)
        rows = [_row(random, number) for number in range(self.rows)]
        nested = [_inside(random, each, rows[:number]) for number, each in enumerate(rows)]
        targets = _targets(random, nested)
        return registry_of(
            districts,
            *(_pledging(random, each, targets) for each in nested),
            targets=targets,
            installed=_figures(random, targets),
            progress=[record for each in nested for record in _records(random, each)],
            plans=PLANS,
        )


def draws(rows: int = 12) -> st.SearchStrategy[Draw]:
    """Draws of registries with up to so many rows."""
    return st.builds(Draw, seed=st.integers(0, 2**64), rows=st.integers(0, rows))


def watts_as_mw(random: Random) -> Decimal:
    """A figure to the watt; now and then a tiny, an equal or an enormous one."""
    watts = random.choice((random.randint(0, 10**9), random.randint(0, 9), 50_000_000, 10**13 + 1))
    return Decimal(watts) / 1_000_000


def _row(random: Random, number: int) -> Project:
    owner = random.choice(("jining", "jining", "taian"))
    has_mw = random.random() < 0.75
    bases = (CapacityBasis.PRINTED, CapacityBasis.PRINTED, CapacityBasis.APPROXIMATE)
    is_station = random.random() < 0.2
    changes: dict[str, Any] = {
        "plan": owner,
        "kind": random.choice((Kind.PROJECT, Kind.PROGRAMME)),
        "technology": random.choice((None, *Technology)),
        "capacity_basis": random.choice((*bases, CapacityBasis.CLASS))
        if has_mw
        else CapacityBasis.NONE,
        "action": random.choice((Action.NEW,) * 6 + tuple(Action)),
        "status": random.choice((Status.LISTED,) * 8 + tuple(Status)),
        "by_year": random.choice(YEARS),
        "by_year_basis": random.choice((YearBasis.PRINTED, YearBasis.PERIOD)),
        "land_mode": random.choice((None, *LandMode)),
        "zone": random.choice(("", "", "经开区")),
    }
    if random.random() < 0.4:
        changes |= {"by_year": 2030, "by_year_basis": YearBasis.HORIZON}
    if random.random() < 0.3:
        changes["capacity_external_mw"] = watts_as_mw(random)
    if is_station:
        changes |= STATION
        if random.random() < 0.5:
            changes |= {"quantity_value": Decimal(random.randint(1, 20)), "quantity_unit": "座"}
    mw = watts_as_mw(random) if has_mw and not is_station else None
    return row(f"{owner}-{number}", mw, **changes | _place(random, owner))


def _place(random: Random, owner: str) -> dict[str, Any]:
    if random.random() < 0.1:
        codes = random.sample(FOREIGN, random.randint(0, 2))
        return {"at": codes, "place_basis": PlaceBasis.OUTSIDE}
    codes = random.sample(CODES[owner], random.randint(0, len(CODES[owner])))
    return {"at": codes, "list_open": bool(codes) and random.random() < 0.3}


def _inside(random: Random, each: Project, before: list[Project]) -> Project:
    """Two rows of three lie inside an earlier one of their plan, by the plan's word or not."""
    parents = [one.id for one in before if one.plan == each.plan]
    if not parents or random.random() < 0.35:
        return each
    basis = random.choice((Basis.STATED, Basis.STATED, Basis.INFERRED))
    return replace(each, part_of=random.choice(parents), part_of_basis=basis)


def _targets(random: Random, rows: list[Project]) -> list[Target]:
    found = {}
    for number in range(random.randint(1, 3)):
        owner = random.choice(list(CODES))
        bases = [each.id for each in rows if each.plan == owner and each.technology]
        nature = random.choice((Nature.STOCK, Nature.IN_OPERATION, Nature.INCREMENT, Nature.START))
        includes = tuple(random.sample(list(Technology), random.randint(1, 5)))
        made = target(
            metric=random.choice(("renewable", f"metric-{number}")),
            year=random.choice(YEARS),
            plan=owner,
            value=watts_as_mw(random),
            nature=nature,
            period_start=2021 if nature in (Nature.INCREMENT, Nature.START) else None,
            scope=random.choice(["city", "city", *bases]),
            includes=includes,
        )
        found[made.key] = made
    stations = target(random.randint(1, 20), "hydrogen_stations", 2030, unit="座", includes=())
    return [*found.values(), stations]


def _pledging(random: Random, each: Project, targets: list[Target]) -> Project:
    own = [one.key for one in targets if one.plan == each.plan]
    if not own or each.kind is not Kind.PROGRAMME or random.random() < 0.6:
        return each
    return replace(each, restates_target=random.choice(own))


def _day(random: Random) -> str:
    return f"{random.randint(2019, 2026)}-{random.choice(('06-30', '12-31'))}"


def _figures(random: Random, targets: list[Target]) -> list[InstalledFigure]:
    chosen = [each for each in targets if random.random() < 0.5]
    return [
        figure(
            float(random.randint(0, 20)) if each.unit == "座" else float(watts_as_mw(random)),
            _day(random),
            each.metric,
            plan=each.plan,
            unit=each.unit,
        )
        for each in chosen
    ]


def _records(random: Random, each: Project) -> list[Progress]:
    """None to four records: built, then partly running, then more of it, then all."""
    if random.random() < 0.5:
        return []
    days = sorted({_day(random) for _ in range(4)})
    first, second = sorted((watts_as_mw(random), watts_as_mw(random)))
    steps = (
        (Status.CONSTRUCTION, None),
        (Status.PARTLY_OPERATING, None),
        (random.choice((Status.PARTLY_OPERATING, None)), float(first)),
        (random.choice((Status.PARTLY_OPERATING, None)), float(second)),
    )
    count = random.randint(1, len(days))
    found = [progress(each.id, day, *step) for day, step in zip(days[:count], steps, strict=False)]
    if random.random() < 0.3 and second <= (each.capacity_mw or 0):
        found[-1] = progress(each.id, found[-1].date, Status.OPERATING)
    return found
