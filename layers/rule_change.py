"""What a rule of allocation moved: compared with no splitting, which counties gained how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from layers.county_lines import Counting, PlanTable
from layers.county_table import plan_tables
from registry.registry import Registry
from terms.kinds import Technology


@dataclass(frozen=True)
class Gain:
    """Watts of one plan and technology that the rule gave to counties, and how many of these.

    `is_open` tells that a list ends in 等地; `total_w` is what the plan counts, unchanged if
    `is_total_kept`.
    """

    plan: str
    technology: Technology
    counties: int
    watts: int
    total_w: int
    is_total_kept: bool
    is_open: bool


def gains(registry: Registry, counting: Counting, tables: Iterable[PlanTable]) -> tuple[Gain, ...]:
    """Every plan and technology of which the rule moved watts, in the tables' order."""
    plain = replace(counting, rule="none")
    found = []
    for table in tables:
        (before,) = plan_tables(registry, plain, plans=[table.plan])
        for technology in table.technologies:
            cells = [line.cell(technology) for line in table.counties]
            gained = [cell for cell in cells if cell.shared_w]
            if not gained:
                continue
            total = table.total.cell(technology).watts
            found.append(
                Gain(
                    plan=table.plan,
                    technology=technology,
                    counties=len(gained),
                    watts=sum(cell.shared_w for cell in gained),
                    total_w=total,
                    is_total_kept=total == before.total.cell(technology).watts,
                    is_open=any(cell.is_open for cell in gained),
                )
            )
    return tuple(found)
