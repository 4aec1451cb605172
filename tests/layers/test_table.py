"""CSV that a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from layers.table import BOM, records_to_csv, safe_cell, to_csv
from registry.registry import Registry
from terms.columns import PROJECT_COLUMNS, TARGET_COLUMNS, flat_row
from terms.formula import undefuse


def test_projects_and_targets_keep_rows_and_columns(registry: Registry) -> None:
    for records, columns in (
        (registry.projects, PROJECT_COLUMNS),
        (registry.targets, TARGET_COLUMNS),
    ):
        rows = list(csv.reader(io.StringIO(records_to_csv(records, columns))))
        assert rows[0] == list(columns)
        assert len(rows) == len(records) + 1
        assert {len(row) for row in rows} == {len(columns)}


def test_the_bom_comes_only_when_asked_for(registry: Registry) -> None:
    rows = registry.projects[:1]
    assert records_to_csv(rows, PROJECT_COLUMNS, bom=True).startswith(BOM + "id,")
    assert records_to_csv(rows, PROJECT_COLUMNS, bom=False).startswith("id,")


def test_operators_in_csv_are_those_in_json(registry: Registry) -> None:
    taken = list(csv.DictReader(io.StringIO(records_to_csv(registry.targets, TARGET_COLUMNS))))
    plain = [flat_row(target, TARGET_COLUMNS)["operator"] for target in registry.targets]
    assert [row["operator"] for row in taken] == plain
    assert "=" in plain


STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "\x00=", " \x01@"]


@pytest.mark.parametrize("start", STARTS)
def test_formulas_are_defused(start: str, registry: Registry) -> None:
    row = replace(registry.projects[0], name=f"{start}cmd|' /C calc'!A0")
    taken = next(csv.DictReader(io.StringIO(records_to_csv((row,), PROJECT_COLUMNS))))
    assert taken["name"][0] == "'"
    assert not any(ord(sign) < 32 for sign in taken["name"])


def test_numbers_stay_numbers_and_unknown_stays_empty() -> None:
    assert safe_cell(-1.5) == -1.5
    assert safe_cell(None) is None
    assert safe_cell(True) == "true"
    assert safe_cell("镇-1") == "镇-1"
    assert [safe_cell(sign) for sign in ("=", "-", "＝", "")] == ["=", "-", "＝", ""]


@pytest.mark.parametrize("words", ["=1+1", "'=1+1", "''@A1", "'quoted", "＝1", "-1", "=", ""])
def test_the_mark_is_taken_off_a_cell_and_a_header(words: str) -> None:
    header, row = csv.reader(io.StringIO(to_csv([{f"x{words}": words}], [f"x{words}"])))
    assert [undefuse(cell) for cell in (*header, *row)] == [f"x{words}", words]
    ((header_cell,),) = csv.reader(io.StringIO(to_csv([], ["=1+1"])))
    assert header_cell == "'=1+1"
