"""One extract: the rows of a selection with everything needed to write them into a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal, get_args

from capacity.check import Rules
from layers.county_lines import Counting
from layers.exports.reference import Reference, read_reference
from layers.geojson import head, points
from layers.plan_areas import plan_areas
from registry.registry import Registry
from registry.select import select
from terms.language import Language
from terms.records import Project
from terms.selection import Selection

Content = Literal[
    "projects",
    "districts",
    "areas",
    "capacity",
    "targets",
    "check",
    "ledger",
    "tray",
    "codes",
    "metadata",
    "own_tables",
    "own_areas",
]
_ASIDE = ("metadata", "own_tables", "own_areas")
# What every registry has; users' own layers come besides (`layers.exports.own`).
CONTENTS: tuple[Content, ...] = tuple(each for each in get_args(Content) if each not in _ASIDE)


@dataclass(frozen=True)
class Extract:
    """What is exported: the rows of a selection, how they are counted, on what day, where.

    `rules` decide the check, `counting` the sums by county; both come from the selection unless
    they are given (`extract_of`).
    """

    registry: Registry
    rows: tuple[Project, ...]
    selection: Selection
    day: date
    counting: Counting
    rules: Rules
    reference: Reference = field(default_factory=Reference)

    @property
    def language(self) -> Language:
        """The language of titles and notes; names and figures stay as they are printed."""
        return self.selection.language

    def holds(self, code: str) -> bool:
        """Does a county belong to what was asked for: to the counties and the area chosen?"""
        chosen, districts = self.selection, self.registry.districts
        if chosen.districts and code not in chosen.districts:
            return False
        if not chosen.area or code == chosen.area:
            return True
        return districts.has(code) and districts.city_code(code) == chosen.area

    @cached_property
    def head(self) -> Mapping[str, Any]:
        """Source, licence, date, drafts, filter, edition and counts."""
        rows, chosen = self.rows, self.selection
        return head(self.registry, rows, selection=chosen, extract_date=self.day)

    @cached_property
    def plans(self) -> tuple[str, ...]:
        """The plans that the selection looks at, also those of which it shows no row."""
        chosen = self.selection.plans
        return tuple(plan.id for plan in self.registry.groups if not chosen or plan.id in chosen)


def extract_of(
    registry: Registry,
    selection: Selection,
    *,
    day: date,
    crs: str = "wgs84",
    counting: Counting | None = None,
    rows: tuple[Project, ...] | None = None,
) -> Extract:
    """The extract of a selection, or of these rows of it; raises CrsError for a bad `crs`."""
    taken = select(registry, selection) if rows is None else rows
    places = [point for row in taken for point in points(registry, row)]
    if not places:
        areas = plan_areas(registry)
        places = [areas[plan].point for plan in selection.plans if plan in areas]
    as_of = date.fromisoformat(selection.as_of) if selection.as_of else day
    return Extract(
        registry=registry,
        rows=taken,
        selection=selection,
        day=day,
        counting=counting or Counting(rule=selection.rule, inferred=selection.inferred),
        rules=Rules(
            as_of=as_of,
            inferred=selection.inferred,
            external=selection.external,
            pumped=selection.pumped,
        ),
        reference=read_reference(crs, places),
    )
