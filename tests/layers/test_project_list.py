"""The list of projects: cells, order by any column, parts, columns."""

from __future__ import annotations

import pytest

from layers.project_list import (
    DEFAULT_COLUMNS,
    NOT_APPLICABLE,
    Manner,
    ordered,
    part_of,
    shown_columns,
)
from registry.registry import Registry
from terms.columns import PROJECT_COLUMNS
from terms.language import Language
from terms.units import PowerUnit


def _manner(registry: Registry, language: Language = "zh") -> Manner:
    return Manner(registry, language, PowerUnit.WAN_KW)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("column", PROJECT_COLUMNS)
@pytest.mark.parametrize("sign", ["", "-"])
def test_any_column_sorts_and_what_is_missing_comes_last(
    registry: Registry, column: str, sign: str, language: Language
) -> None:
    manner = _manner(registry, language)
    rows = ordered(manner, registry.projects, sign + column)
    assert sorted(row.id for row in rows) == sorted(row.id for row in registry.projects)
    keys = [manner.sort_key(row, column) for row in rows]
    stated = [key for key in keys if key is not None]
    assert keys[: len(stated)] == stated
    assert stated == sorted(stated, reverse=bool(sign))


def test_names_go_by_pinyin_in_chinese_and_by_letter_in_english(registry: Registry) -> None:
    chinese = ordered(_manner(registry), registry.projects, "name")
    names = [row.name for row in chinese]
    assert names.index("泰安二期抽水蓄能电站") < names.index("枣庄庄里抽水蓄能电站")
    english = ordered(_manner(registry, "en"), registry.projects, "name")
    folded = [row.name_en.casefold() for row in english]
    assert folded == sorted(folded)


def test_figures_as_printed_go_by_size(registry: Registry) -> None:
    rows = ordered(_manner(registry), registry.projects, "-capacity_printed")
    assert [row.capacity_mw for row in rows[:2]] == [21180, 7000]


def test_cells_say_what_is_known(registry: Registry) -> None:
    row, mill = registry.by_id["taian-pv-04"], registry.by_id["jining-battery-01"]
    zh, en = _manner(registry), _manner(registry, "en")
    assert (zh.cell(row, "capacity_mw"), zh.cell(row, "districts")) == ("80", "肥城市")
    assert (en.cell(row, "name"), en.cell(row, "districts")) == (row.name_en, "Feicheng City")
    assert Manner(registry, "zh", PowerUnit.MW).cell(row, "capacity_mw") == "800"
    assert zh.shown(row, "land_mode") == ""  # a plant: not stated
    assert zh.shown(mill, "capacity_mw") == NOT_APPLICABLE
    assert zh.heading("capacity_mw") == "装机规模（万千瓦）"
    for column in PROJECT_COLUMNS:
        for each in registry.projects:
            assert isinstance(zh.cell(each, column), str)


@pytest.mark.parametrize(
    ("number", "first", "length", "here"),
    [(1, 1, 50, 1), (6, 251, 23, 6), (99, 251, 23, 6), (0, 1, 50, 1)],
)
def test_parts(registry: Registry, number: int, first: int, length: int, here: int) -> None:
    part = part_of(registry.projects, number)
    assert (part.first, len(part.rows), part.number, part.parts) == (first, length, here, 6)


def test_parts_hold_every_row_once(registry: Registry) -> None:
    parts = [part_of(registry.projects, number).rows for number in range(1, 7)]
    assert tuple(row for part in parts for row in part) == registry.projects
    assert part_of((), 1).rows == ()


def test_the_name_always_leads() -> None:
    assert shown_columns(()) == DEFAULT_COLUMNS
    assert shown_columns(("note", "owner")) == ("name", "owner", "note")
