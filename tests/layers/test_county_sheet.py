"""One county in full, what a rule moved, and the breakdown as a file."""

from __future__ import annotations

import csv
import io

import pytest

from capacity.allocate import Place
from layers.county_lines import Counting
from layers.county_sheet import COLUMNS, county_sheet, sheet_rows
from layers.county_table import plan_tables
from layers.rule_change import gains
from layers.split_file import (
    MAX_BYTES,
    TEMPLATE_COLUMNS,
    divisible_rows,
    fitting_splits,
    one_language,
    template_rows,
)
from layers.table import to_csv
from registry.registry import Registry
from terms.kinds import Technology

W = 1_000_000
HEADER = "district_code,item,mw,share\n"


def test_a_sheet_has_every_row_that_names_the_county(registry: Registry) -> None:
    for code in ("371623", "370811", "370102"):
        sheet = county_sheet(registry, Counting(), code)
        naming = {row.id for row in registry.projects if code in row.district_codes}
        assert {each.row.id for each in sheet.rows} == naming


@pytest.mark.parametrize("rule", ["none", "equal", "area"])
def test_the_rows_of_a_sheet_make_its_figures(registry: Registry, rule: str) -> None:
    counting = Counting(rule)  # type: ignore[arg-type]
    for table in plan_tables(registry, counting):
        for line in table.counties:
            sheet = county_sheet(registry, counting, line.code)
            for technology in table.technologies:
                here = [e for e in sheet.rows if e.row.technology is technology]
                located = sum(e.here_w or 0 for e in here if e.place is Place.LOCATED)
                shared = sum(e.here_w or 0 for e in here if e.place is Place.SHARED)
                cell = line.cell(technology)
                assert (located, shared) == (cell.located_w, cell.shared_w)


def test_a_row_that_only_a_breakdown_gives_stands_in_the_sheet(registry: Registry) -> None:
    splits, faults = fitting_splits(registry, f"{HEADER}370812,pv,,0.25\n".encode())
    assert faults == ()
    sheet = county_sheet(registry, Counting("custom", splits), "370812")
    given = [each for each in sheet.rows if each.place is Place.UNALLOCATED]
    assert sum(each.here_w or 0 for each in given) == 3230 * W // 4
    assert given[0].row.technology is Technology.PV
    assert all(each.by_technology for each in given)
    rows = list(sheet_rows(registry, sheet, "zh"))
    (total,) = [row for row in rows if row["part"] == "technology" and row["key"] == "pv"]
    assert total["basis"] == "示意" and total["rule"] == "custom"
    parts = [row for row in rows if row["key"] in {each.row.id for each in given}]
    assert {row["basis"] for row in parts} == {"示意；按技术分来，不指定单个项目"}
    assert all(row["plan"] == "jining" and row["plan_status"] for row in parts)


def test_half_of_a_technology_pins_no_single_plant(registry: Registry) -> None:
    splits, faults = fitting_splits(registry, f"{HEADER}371603,pv,,0.5\n".encode())
    assert faults == ()
    sheet = county_sheet(registry, Counting("custom", splits), "371603")
    given = [each for each in sheet.rows if each.by_technology]
    free = [
        each
        for each in divisible_rows(registry, plans=["binzhou"])
        if each.row.technology is Technology.PV and not each.row.district_codes
    ]
    assert {each.row.id for each in given} == {each.row.id for each in free} and len(free) > 1
    for each in given:
        assert each.here_w is not None and each.counted_w is not None
        assert abs(each.here_w - each.counted_w / 2) < 1


def test_a_row_that_the_breakdown_names_is_meant_itself(registry: Registry) -> None:
    splits, _ = fitting_splits(registry, f"{HEADER}370811,jining-pvd-01,500,\n".encode())
    sheet = county_sheet(registry, Counting("custom", splits), "370811")
    (named,) = [each for each in sheet.rows if each.row.id == "jining-pvd-01"]
    assert not named.by_technology
    (row,) = [e for e in sheet_rows(registry, sheet, "zh") if e["key"] == "jining-pvd-01"]
    assert row["basis"] == "示意" and row["name_en"]


def test_a_county_outside_the_plans_has_rows_and_no_figures(registry: Registry) -> None:
    sheet = county_sheet(registry, Counting(), "370116")
    assert sheet.table is None and sheet.line is None and sheet.technologies == ()
    assert [each.place for each in sheet.rows] == [Place.OUTSIDE]


def test_the_sheet_as_a_table_keeps_its_columns(registry: Registry) -> None:
    sheet = county_sheet(registry, Counting("equal"), "371603")
    text = to_csv(sheet_rows(registry, sheet, "zh"), COLUMNS)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["part"] for row in rows} >= {"technology", "thing", "row"}
    pv = next(row for row in rows if (row["part"], row["key"]) == ("technology", "pv"))
    assert (pv["located_mw"], pv["shared_mw"]) == ("2150", "1900")
    base = next(row for row in rows if row["key"] == "binzhou-base-03")
    assert (base["place"], base["shared_mw"], base["counted_mw"]) == ("shared", "500", "1000")
    assert base["other_districts"] == "无棣县" and base["clause"]


def test_a_rule_moves_figures_and_no_total(registry: Registry) -> None:
    assert gains(registry, Counting(), plan_tables(registry, Counting())) == ()
    counting = Counting("equal")
    found = gains(registry, counting, plan_tables(registry, counting))
    assert all(gain.is_total_kept for gain in found)
    moved = {(gain.plan, gain.technology.value): (gain.counties, gain.watts) for gain in found}
    assert moved == {
        ("jining", "pv_distributed"): (8, 2000 * W),
        ("jining", "new_storage"): (5, 1000 * W),
        ("binzhou", "pv"): (2, 3800 * W),
        ("binzhou", "wind"): (2, 1000 * W),
        ("binzhou", "wind_solar_storage"): (2, 13180 * W),
    }
    assert {gain.plan for gain in found if gain.is_open} == {"jining"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_breakdown_is_read_in_the_encodings_of_spreadsheets(
    registry: Registry, encoding: str
) -> None:
    data = (HEADER.strip() + ",备注\n370811,jining-pvd-01,500,,任城区\n").encode(encoding)
    splits, faults = fitting_splits(registry, data)
    assert faults == () and [line.item for line in splits.lines] == ["jining-pvd-01"]


def test_every_fault_of_a_breakdown_is_told_with_its_line(registry: Registry) -> None:
    text = f"{HEADER}370811,nothing,5,\n\n370812,pv,abc,\n999999,pv,1,\n370811,jining-pvd-01,9e6,\n"
    splits, faults = fitting_splits(registry, text.encode())
    assert splits.lines == ()
    said = "\n".join(faults)
    for part in ("第2行", "第4行", "第5行", "jining-pvd-01"):
        assert part in said
    for fault in faults:
        chinese, english = one_language(fault, "zh"), one_language(fault, "en")
        assert " / " not in chinese + english
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in english)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01\x02", b"\xff\xfe\x80\x81", b"a" * (MAX_BYTES + 1), b'"' + b"x" * 200_000],
)
def test_what_is_no_breakdown_is_a_fault_and_no_error(registry: Registry, data: bytes) -> None:
    splits, faults = fitting_splits(registry, data)
    assert splits.lines == () and faults
    assert all(len(fault) <= 300 for fault in faults)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04" + bytes(90), "Excel 工作簿"),
        (b"\xd0\xcf\x11\xe0" + bytes(90), "Excel 工作簿"),
        (HEADER.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + HEADER.encode("utf-16-be"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "空字节"),
        (HEADER.encode() + b"370811,\x00,1,\n", "空字节"),
        (HEADER.encode(), "没有一行填了"),
    ],
)
def test_each_wrong_kind_of_file_has_one_sentence(
    registry: Registry, data: bytes, words: str
) -> None:
    _, faults = fitting_splits(registry, data)
    assert len(faults) == 1 and words in faults[0]
    english = one_language(faults[0], "en")
    assert english and not any("\u4e00" <= sign <= "\u9fff" for sign in english)


def test_the_template_comes_back_unfilled_and_filled(registry: Registry) -> None:
    rows = divisible_rows(registry, plans=["jining"])
    assert {each.row.id for each in rows} >= {"jining-pvd-01", "jining-pv-base-01"}
    text = to_csv(template_rows(registry, rows), TEMPLATE_COLUMNS, bom=True)
    splits, faults = fitting_splits(registry, text.encode())
    assert splits == Counting().splits and "没有一行填了 mw 或 share" in faults[0]
    filled = text.replace("370811,jining-pvd-01,,", "370811,jining-pvd-01,,0.5")
    assert filled != text
    splits, faults = fitting_splits(registry, filled.encode("gb18030", "replace"))
    assert faults == () and len(splits.lines) == 1
