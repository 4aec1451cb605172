"""Users' rows larger than what they are part of: right or wrong, the total grows by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from terms.language import Language
from terms.messages import text
from terms.own_records import OwnProject
from terms.records import Project
from terms.units import PowerUnit, format_power

if TYPE_CHECKING:
    from registry.registry import Registry


@dataclass(frozen=True)
class Excess:
    """A row and what it lies in, with less MW."""

    part: OwnProject
    whole: Project | OwnProject
    part_mw: Decimal
    whole_mw: Decimal

    def words(self, language: Language, unit: PowerUnit = PowerUnit.MW) -> str:
        """The sentence that a person reads before and after he stores it."""
        part, whole = (
            format_power(mw, unit, language=language, not_stated="")
            for mw in (self.part_mw, self.whole_mw)
        )
        return text("own.over_whole", language, part=part, id=self.whole.id, whole=whole)


def excess_of(part: OwnProject, rows: Mapping[str, Project | OwnProject]) -> Excess | None:
    """Is a row larger than the one of `rows` that holds it? None where not, or not stated."""
    whole = rows.get(part.part_of)
    if whole is None or whole.capacity_mw is None or part.capacity_mw is None:
        return None
    if part.capacity_mw <= whole.capacity_mw:
        return None
    return Excess(part, whole, part.capacity_mw, whole.capacity_mw)


def excesses(registry: Registry) -> tuple[Excess, ...]:
    """All users' rows that are larger than what holds them."""
    found = (excess_of(each, registry.by_id) for each in registry.own.projects)
    return tuple(each for each in found if each is not None)
