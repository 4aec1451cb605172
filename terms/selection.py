"""The one selection that drives every page, table, map and download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from terms.language import Language
from terms.units import PowerUnit

OwnerFilter = Literal["any", "named", "unnamed"]
AllocationRule = Literal["none", "equal", "area", "custom"]


@dataclass(frozen=True)
class Selection:
    """What the user asked to see; an empty tuple means "all".

    Every value is a code or a key, never a label, so that a link survives a change of language.
    `focus` is the id of the project whose details are open.
    """

    plans: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    land_modes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    owner: OwnerFilter = "any"
    words: str = ""
    unit: PowerUnit = PowerUnit.WAN_KW
    language: Language = "zh"
    focus: str = ""
