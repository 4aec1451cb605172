"""The columns of every table and export, in order; titles and meanings live in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from terms.records import Project, Target

PROJECT_COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Project))
TARGET_COLUMNS: tuple[str, ...] = tuple(
    field.name for field in fields(Target) if field.name not in {"name", "name_en", "note"}
)

# Columns of the command line's sums (DESIGN section 8); MW, but in `check` the target's own unit.
DISTRICT_COLUMNS: tuple[str, ...] = (
    "plan",
    "district_code",
    "district",
    "technology",
    "located_mw",
    "shared_mw",
    "rows",
)
LEDGER_COLUMNS: tuple[str, ...] = (
    "id",
    "name",
    "technology",
    "gross_mw",
    "counted_mw",
    "excluded_mw",
    "reason",
)
CHECK_COLUMNS: tuple[str, ...] = (
    "plan",
    "metric",
    "year",
    "operator",
    "target",
    "unit",
    "nature",
    "installed",
    "installed_date",
    "named",
    "programme",
    "pipeline_low",
    "pipeline_high",
    "open_ended",
    "needed_installed",
    "gap",
    "verdict",
    "reasons",
    "rule",
)

# The lines behind a check, in the target's own unit.
LINE_COLUMNS: tuple[str, ...] = (
    "plan",
    "metric",
    "year",
    "unit",
    "id",
    "name",
    "gross",
    "low",
    "high",
    "running",
    "standing",
    "doubts",
    "source_section",
    "source_item",
)

# The points of a file by district; for each column X that is added up, sum_X and missing_X follow.
JOIN_COLUMNS: tuple[str, ...] = ("code", "name", "city", "part", "points", "on_border")

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]


def flat_row(record: Project | Target, columns: tuple[str, ...]) -> dict[str, Cell]:
    """One record as plain cells: lists joined by `;`, empty as None, Decimals as numbers."""
    return {column: cell(getattr(record, column)) for column in columns}


def cell(value: Any) -> Cell:
    """One value as a plain cell."""
    if isinstance(value, tuple):
        return ";".join(str(item) for item in value) or None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, StrEnum):
        return value.value
    plain: Cell = value
    return None if plain == "" else plain
