"""Projects side by side: one line per field, told whether they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from capacity.ledger import ledger
from layers.project_list import NOT_APPLICABLE, Manner
from terms.records import Project
from terms.units import WATTS_PER_MW, format_number, mw_to

_FIELDS = (
    "plan",
    "plan_status",
    "layer",
    "kind",
    "technology",
    "asset",
    "action",
    "capacity_printed",
    "capacity_mw",
    "counted_mw",
    "capacity_basis",
    "quantity_printed",
    "voltage_kv",
    "districts",
    "township",
    "zone",
    "precision",
    "land_mode",
    "owner",
    "status",
    "status_date",
    "by_year",
    "by_year_basis",
    "part_of",
    "wording",
    "departments",
    "source_section",
    "source_item",
    "note",
)
_ALWAYS = frozenset({"capacity_printed", "capacity_mw", "districts", "land_mode", "owner"})


@dataclass(frozen=True)
class Compared:
    """One field: its title, a value per project (empty: not stated), whether they differ."""

    field: str
    title: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Is at least one of the values another?"""
        return len(set(self.values)) > 1


def comparison(
    manner: Manner, rows: Sequence[Project], *, inferred: bool = True
) -> tuple[Compared, ...]:
    """The fields in order; one that none of the projects states is left to the essential ones."""
    return tuple(
        each
        for each in _compared(manner, rows, inferred=inferred)
        if each.field in _ALWAYS or any(value.strip(NOT_APPLICABLE) for value in each.values)
    )


def _compared(manner: Manner, rows: Sequence[Project], *, inferred: bool) -> Iterator[Compared]:
    entries = ledger(manner.registry, inferred=inferred)

    def value(row: Project, field: str) -> str:
        if field != "counted_mw":
            return manner.shown(row, field)
        entry = entries.get(row.id)
        if entry is None or entry.gross_w is None:
            return manner.shown(row, "capacity_mw")
        return format_number(mw_to(entry.counted_w / WATTS_PER_MW, manner.unit))

    for field in _FIELDS:
        yield Compared(field, manner.heading(field), tuple(value(row, field) for row in rows))
