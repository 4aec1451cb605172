"""The list of projects: what stands in each column, in which order, in which part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from layers.own_words import own_word
from layers.paint import plan_label
from layers.styles import STYLES
from registry.own import USER
from registry.pinyin import order_key
from registry.registry import Registry
from terms.columns import PROJECT_COLUMNS
from terms.language import Language
from terms.messages import label, text
from terms.records import Project
from terms.units import PowerUnit, format_number, mw_to

PART_SIZE = 50
DEFAULT_COLUMNS = (
    "name",
    "layer",
    "plan",
    "districts",
    "capacity_printed",
    "capacity_mw",
    "land_mode",
    "owner",
    "status",
    "source_section",
)
NUMBERS = frozenset(
    {
        "capacity_mw",
        "capacity_external_mw",
        "quantity_value",
        "voltage_kv",
        "by_year",
        "lon",
        "lat",
        "accuracy_m",
    }
)
_POWER = frozenset({"capacity_mw", "capacity_external_mw", "counted_mw"})
_LABELS: Mapping[str, str] = {
    "plan_status": "plan_status",
    "kind": "kind",
    "layer": "layer",
    "technology": "technology",
    "asset": "asset",
    "action": "action",
    "land_mode": "land_mode",
    "voltage_basis": "voltage_basis",
    "capacity_basis": "capacity_basis",
    "by_year_basis": "by_year_basis",
    "part_of_basis": "basis",
    "place_basis": "place_basis",
    "precision": "precision",
    "geometry_role": "geometry_role",
    "status": "status",
}
_OF_PLANTS = frozenset(
    {
        "technology",
        "capacity_mw",
        "capacity_printed",
        "capacity_basis",
        "capacity_source",
        "capacity_external_mw",
        "capacity_external_source",
        "counted_mw",
        "land_mode",
    }
)
# Empty by nature where the row has none of it: no parent, no item, no reading to explain.
_OPTIONAL = frozenset({"part_of", "part_of_basis", "restates_target", "source_item", "note"})
NOT_APPLICABLE = "–"
# A column that is sorted by another: figures as printed (8万千瓦, 150MW) by their size.
_SORTED_BY = {"capacity_printed": "capacity_mw", "quantity_printed": "quantity_value"}
_LAYER_PLACE = {layer: place for place, layer in enumerate(STYLES)}


@dataclass(frozen=True)
class Part:
    """One part of a long table; parts count from 1."""

    rows: tuple[Project, ...]
    number: int
    parts: int
    first: int
    total: int


@dataclass(frozen=True)
class Manner:
    """How a list is written: whose words, in which language and unit."""

    registry: Registry
    language: Language
    unit: PowerUnit

    def heading(self, column: str) -> str:
        """What stands over a column; power says its unit."""
        name, unit = self.title(column), self.unit_of(column)
        return text("column.with_unit", self.language, name=name, unit=unit) if unit else name

    def title(self, column: str) -> str:
        """A column's name without a unit."""
        return text(f"column.{column}", self.language)

    def unit_of(self, column: str) -> str:
        """The unit in which a column's figures stand; empty if they have none of their own."""
        return label("unit", self.unit, self.language) if column in _POWER else ""

    def cell(self, row: Project, column: str) -> str:
        """What stands in a cell; empty where the plan states nothing."""
        value = self._value(row, column)
        if value is None or value == "" or value == ():
            return ""
        if column in _LABELS:
            if own := own_word(row.plan, column, str(value), self.language):
                return own
            return label(_LABELS[column], str(value), self.language)
        if column in _POWER:
            return format_number(mw_to(value, self.unit))
        if isinstance(value, bool):
            return text("column.yes" if value else "column.no", self.language)
        if isinstance(value, tuple):
            return text("word.list", self.language).join(map(str, value))
        return format_number(value) if isinstance(value, Decimal) else str(value)

    def shown(self, row: Project, column: str) -> str:
        """A cell as a reader sees it: a dash where the column does not apply to such a thing."""
        if cell := self.cell(row, column):
            return cell
        is_idle = column in _OPTIONAL or (row.technology is None and column in _OF_PLANTS)
        return NOT_APPLICABLE if is_idle else ""

    def _value(self, row: Project, column: str) -> Any:
        """A record's own value, in words of this language where there are two."""
        is_chinese = self.language == "zh"
        if column == "plan":
            return plan_label(self.registry, row.plan, self.language)
        if column == "part_of" and row.part_of in self.registry.by_id:
            return self._value(self.registry.by_id[row.part_of], "name")
        if is_chinese:
            return getattr(row, column)
        districts = self.registry.districts
        english: Mapping[str, Callable[[], Any]] = {
            "name": lambda: row.name_en,
            "city": lambda: self._city_en(row),
            "source_title": lambda: self._title_en(row),
            "districts": lambda: tuple(
                districts.name(code, "en") if districts.has(code) else name
                for code, name in zip(row.district_codes, row.districts, strict=True)
            ),
        }
        return english[column]() if column in english else getattr(row, column)

    def _city_en(self, row: Project) -> str:
        if row.plan != USER:
            return self.registry.plan_by_id[row.plan].city_en
        return self.registry.districts.city_name(row.city_code, "en") if row.city_code else ""

    def _title_en(self, row: Project) -> str:
        return row.source_title if row.plan == USER else self.registry.plan_by_id[row.plan].title_en

    def sort_key(self, row: Project, column: str) -> Any:
        """What a column is sorted by; None where nothing is stated, which comes last either way."""
        source = _SORTED_BY.get(column, column)
        value = getattr(row, source)
        if column == "layer":
            return _LAYER_PLACE[row.layer]
        if isinstance(value, StrEnum):
            return list(type(value)).index(value)
        if isinstance(value, (int, float, Decimal)):
            return value
        words = self.cell(row, column) if source == column else ""
        if not words:
            return None
        return order_key(words) if self.language == "zh" else (words.casefold(), words)


def ordered(manner: Manner, rows: Sequence[Project], order: str) -> tuple[Project, ...]:
    """The rows by one column (a minus before it: downwards); an empty order keeps the plans'."""
    if not order:
        return tuple(rows)
    column = order.removeprefix("-")
    keyed = [(manner.sort_key(row, column), row) for row in rows]
    stated = sorted(
        (pair for pair in keyed if pair[0] is not None),
        key=lambda pair: pair[0],
        reverse=order.startswith("-"),
    )
    return (*(row for _, row in stated), *(row for key, row in keyed if key is None))


def part_of(rows: Sequence[Project], number: int, *, size: int = PART_SIZE) -> Part:
    """One part of the rows; a number beyond the last gives the last."""
    parts = max(1, -(-len(rows) // size))
    here = min(max(1, number), parts)
    start = (here - 1) * size
    return Part(tuple(rows[start : start + size]), here, parts, start + 1, len(rows))


def shown_columns(
    chosen: Sequence[str], *, usual: tuple[str, ...] = DEFAULT_COLUMNS
) -> tuple[str, ...]:
    """The chosen columns in the order of the dictionary, the name always first."""
    if not chosen:
        return usual
    rest = [column for column in PROJECT_COLUMNS if column in chosen and column != "name"]
    return ("name", *rest)
