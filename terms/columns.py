"""The columns of every table and export, in order; titles and meanings live in the catalogue."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from terms.records import Project, Target

PROJECT_COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Project))
TARGET_COLUMNS: tuple[str, ...] = tuple(
    field.name for field in fields(Target) if field.name not in {"name", "name_en", "note"}
)

Cell = str | int | float | bool | None


def flat_row(record: Project | Target, columns: tuple[str, ...]) -> dict[str, Cell]:
    """One record as plain cells: lists joined by `;`, empty as None, Decimals as numbers."""
    return {column: _cell(getattr(record, column)) for column in columns}


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple):
        return ";".join(str(item) for item in value) or None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, StrEnum):
        return value.value
    cell: Cell = value
    return None if cell == "" else cell
