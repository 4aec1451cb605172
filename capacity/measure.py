"""What a target measures: which rows speak to it, and how much each of them states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from capacity.ledger import stated_w
from capacity.things import pieces_of
from terms.errors import QuantityError
from terms.kinds import COUNTED_LAYERS, Asset, CapacityBasis, Layer, Technology
from terms.records import Project, Target
from terms.units import COUNT_UNITS, WATTS_PER_MW, base_units

# What a mixed figure may hold, under each of which its remainder belongs to the high end.
MAY_HOLD: Mapping[Technology, frozenset[Technology]] = {
    Technology.WIND_SOLAR_STORAGE: frozenset(
        {Technology.PV, Technology.WIND, Technology.NEW_STORAGE}
    ),
}
_DIVIDED = "renewable"  # the word of which conventions differ on pumped storage


class Match(StrEnum):
    """How a row speaks to a target."""

    FULL = "full"
    MIXED = "mixed"


@dataclass(frozen=True)
class Measure:
    """The measure of one target; amounts are in watts, or in pieces where `layer` is set.

    `unit_size` is how many of them make one of the target's own unit.
    """

    unit_size: int
    includes: frozenset[Technology]
    layer: Layer | None

    def match(self, row: Project) -> Match | None:
        """Does the row count towards the target, wholly or as a mix that may hold some?"""
        if row.technology is not None:
            return self._by_technology.get(row.technology)
        is_thing = self.layer and row.layer is self.layer and row.asset is Asset.STATION
        return Match.FULL if is_thing else None

    @cached_property
    def _by_technology(self) -> Mapping[Technology, Match]:
        mixed = {mix: Match.MIXED for mix, held in MAY_HOLD.items() if held & self.includes}
        return mixed | dict.fromkeys(self.includes, Match.FULL)

    def stated(self, row: Project) -> int | None:
        """What the plan states of the row; None where it states nothing that may be added."""
        if self.layer:
            return pieces_of(row) if self.match(row) else None
        return stated_w(row)

    def external(self, row: Project) -> int | None:
        """What a cited outside source states where the plan does not."""
        if self.layer or row.capacity_external_mw is None or self.stated(row) is not None:
            return None
        return int(row.capacity_external_mw * WATTS_PER_MW)

    def is_approximate(self, row: Project) -> bool:
        """Is the row's figure an about?"""
        return not self.layer and row.capacity_basis is CapacityBasis.APPROXIMATE


def measure_of(target: Target, *, pumped: bool = False) -> Measure:
    """The measure of a mapped target; with `pumped`, renewables count pumped storage too.

    Raises QuantityError for a target of things that no layer counts.
    """
    if target.unit in COUNT_UNITS:
        if target.metric not in COUNTED_LAYERS:
            raise QuantityError(
                f"{target.key}: no layer counts {target.metric}; set mapped: false or name the "
                "layer in terms/kinds.py"
            )
        return Measure(1, frozenset(), COUNTED_LAYERS[target.metric])
    includes = frozenset(target.includes)
    if pumped and is_divided(target):
        includes |= {Technology.PUMPED_STORAGE}
    return Measure(base_units(target.unit), includes, None)


def is_divided(target: Target) -> bool:
    """Do conventions differ on whether the target's word covers pumped storage?"""
    return target.metric == _DIVIDED and Technology.PUMPED_STORAGE not in target.includes
