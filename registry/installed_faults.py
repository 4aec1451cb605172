"""Installed figures held against the plans, the districts and the zones; every fault told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from geo.districts import usual_names
from geo.zones import zone as find_zone
from geo.zones import zones
from store.book import Place
from terms.errors import DistrictError, Fault
from terms.kinds import Nature, Technology
from terms.messages import label
from terms.records import InstalledFigure, PlanRecord, Target
from terms.units import COUNT_UNITS, POWER_UNITS, WATTS_PER_MW, base_units, format_number

if TYPE_CHECKING:
    from registry.registry import Registry

# More than any plan's area could hold: a slip of units is ten- to thousandfold (the whole province
# had about 0.1 million MW of PV in 2025).
MAX_MW = Decimal(200_000)
MAX_COUNT = Decimal(100_000)
_AMOUNTS = frozenset({Nature.STOCK, Nature.IN_OPERATION, Nature.INCREMENT, Nature.START})
_SINCE = frozenset({Nature.INCREMENT, Nature.START})


def metric_units(registry: Registry, plan: str, metric: str) -> tuple[str, ...]:
    """The units in which a plan's metric may be entered; none where it takes no figure at all."""
    targets = _targets_of(registry, plan, metric)
    if any(each.unit in POWER_UNITS for each in targets):
        return POWER_UNITS
    if any(each.unit in COUNT_UNITS for each in targets):
        return COUNT_UNITS
    return POWER_UNITS if not targets and metric in set(Technology) else ()


def _targets_of(registry: Registry, plan: str, metric: str) -> list[Target]:
    """The targets of a metric that state an amount."""
    mine = [each for each in registry.targets if (each.plan, each.metric) == (plan, metric)]
    return [each for each in mine if each.mapped or each.nature in _AMOUNTS]


def installed_faults(registry: Registry, figure: InstalledFigure, place: Place) -> Iterator[Fault]:
    """Where one figure does not fit."""
    plans = {each.id: each for each in registry.plans}
    plan = plans.get(figure.plan)
    if plan is None:
        yield place.fault("plan", figure.plan, _one_of(plans))
        return
    units = metric_units(registry, plan.id, figure.metric)
    if not units:
        known = dict.fromkeys(each.metric for each in registry.targets if each.plan == plan.id)
        names = ", ".join(name for name in known if metric_units(registry, plan.id, name))
        technologies = ", ".join(Technology)
        expected = (
            f"该方案按装机或座数计的指标（{names}），或技术代码（{technologies}） · "
            f"a metric in MW or in number of this plan ({names}) or a technology ({technologies})"
        )
        yield place.fault("metric", figure.metric, expected)
    elif figure.unit not in units:
        yield place.fault("unit", figure.unit, _one_of(units))
    yield from _size_faults(figure, place)
    yield from _period_faults(registry, figure, place)
    yield from _district_faults(registry, figure, plan, place)
    yield from _zone_faults(figure, place)


def _one_of(known: Iterable[str]) -> str:
    names = list(known)
    return f"其中之一：{'、'.join(names)} · one of {', '.join(names)}"


def _size_faults(figure: InstalledFigure, place: Place) -> Iterator[Fault]:
    """The ceiling is told in the unit that was written: the slip is one of units."""
    is_power = figure.unit in POWER_UNITS
    most = MAX_MW * WATTS_PER_MW / base_units(figure.unit) if is_power else MAX_COUNT
    if figure.value > most:
        said = format_number(most)
        unit, unit_en = (label("entry_unit", figure.unit, each) for each in ("zh", "en"))
        expected = (
            f"合理的数值（不超过 {said} {unit}），请核对单位 · "
            f"a believable figure (at most {said} {unit_en}); check the unit"
        )
        yield place.fault("value", f"{figure.value} {figure.unit}", expected)


def _period_faults(registry: Registry, figure: InstalledFigure, place: Place) -> Iterator[Fault]:
    """What is added or begun since a year cannot be known before that year."""
    targets = _targets_of(registry, figure.plan, figure.metric)
    starts = [each.period_start for each in targets if each.nature in _SINCE]
    first = min((year for year in starts if year), default=None)
    if first is None or len(starts) < len(targets) or figure.date >= f"{first}-01-01":
        return
    expected = (
        f"{first}-01-01 或以后：该指标自 {first} 年起算 · "
        f"{first}-01-01 or later, since this metric counts from {first}"
    )
    yield place.fault("date", figure.date, expected)


def _district_faults(
    registry: Registry, figure: InstalledFigure, plan: PlanRecord, place: Place
) -> Iterator[Fault]:
    code, districts = figure.district_code, registry.districts
    if not code:
        return
    governed = {plan.governs_code, *_codes_in(registry, plan.governs_code)}
    if code not in governed or not districts.has(code):
        expected = "该方案所辖县区的代码，全域则不填 · a district that the plan governs, or nothing"
        yield place.fault("district", code, expected)
    elif place.district_name not in {"", districts.name(code), usual_names().get(code, "")}:
        found = f"{code} {place.district_name}"
        yield place.fault("district", found, f"{code} {districts.name(code)}")


def _codes_in(registry: Registry, governs: str) -> tuple[str, ...]:
    """The districts of a city; a plan of one district has that one alone."""
    try:
        return registry.districts.codes_in(governs)
    except DistrictError:
        return ()


def _zone_faults(figure: InstalledFigure, place: Place) -> Iterator[Fault]:
    if not figure.zone:
        return
    try:
        found = find_zone(figure.zone, figure.plan)
    except DistrictError:
        known = "、".join(each.name for each in zones() if each.plan == figure.plan) or "-"
        expected = f"该方案的功能区：{known} · a zone of this plan: {known}"
        yield place.fault("zone", figure.zone, expected)
        return
    if figure.district_code and found.hosts and figure.district_code not in found.hosts:
        hosts = "、".join(found.hosts)
        expected = f"{found.name}所在县区：{hosts} · a district that hosts {found.name}: {hosts}"
        yield place.fault("district", figure.district_code, expected)
