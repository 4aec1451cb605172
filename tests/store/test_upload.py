"""Figures from a CSV file: encodings, headers, what Excel makes of them, every fault by line."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from store.upload import (
    COLUMNS,
    MAX_BYTES,
    parse_installed_csv,
    read_entry,
    read_installed_csv,
    template_csv,
)
from terms.errors import RecordsError
from terms.formula import defuse
from terms.messages import text

ENGLISH = ",".join(COLUMNS)
CHINESE = "方案,县区代码,功能区,指标,日期,数值,单位,来源"
LINE = "jining,370812,济宁高新区,pv,2024-12-31,12.5,万千瓦,统计月报"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("header", [ENGLISH, CHINESE])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_same_figures_in_every_usual_form(encoding: str, header: str, end: str) -> None:
    data = f"{header}{end}{LINE}{end}{end}".encode(encoding)
    (figure,) = read_installed_csv(data)
    assert (figure.district_code, figure.value, figure.unit) == (
        "370812",
        Decimal("12.5"),
        "万千瓦",
    )
    assert (figure.zone, figure.source) == ("济宁高新区", "统计月报")


@pytest.mark.parametrize(
    "header",
    [
        "方案,地点,功能区,指标,截止日期,数值,单位,来源",
        "方案,县（市、区）,功能区,指标,截止日期（年-月-日，以当日结束时为准）,数值,单位,来源",
        "方案,县(市、区),功能区,指标,日期,数值,单位,来源",
        "Plan,County,Development zone,Metric,As of,Figure,Unit,Source",
        "plan,Place,zone,metric,date,Value,unit,source",
    ],
)
def test_the_labels_of_the_page_are_headers_too(header: str) -> None:
    data = header + f"\n{LINE}"
    assert read_installed_csv(data.encode()) == read_installed_csv(f"{ENGLISH}\n{LINE}".encode())


def test_every_label_of_the_entry_form_is_a_header() -> None:
    names = ("plan", "place", "district", "zone", "metric", "date", "date_asked", "value", "figure")
    for name in (*names, "unit", "source"):
        for language in ("zh", "en"):
            label = text(f"installed.{name}", language)
            data = f'{ENGLISH},"{label}"\n'.encode()
            (fault,) = parse_installed_csv(data).faults  # known, hence a second one of its column
            assert fault.found_en.startswith("2 columns") and label in fault.found


def test_the_whole_area_needs_no_code() -> None:
    for words in ("全域", "Whole area", ""):
        line = f"jining,{words},,pv,2024-12-31,1,MW,a"
        (figure,) = read_installed_csv(f"{ENGLISH}\n{line}".encode())
        assert figure.district_code == ""


def test_the_files_own_headers_are_kept_for_its_faults() -> None:
    header = "方案,地点,指标,截止日期, 数值 ,单位,来源"
    upload = parse_installed_csv(f"{header}\njining,,pv,2024-02-30,x,MW,a".encode())
    assert upload.heads["date"] == "截止日期" and upload.heads["value"] == "数值"
    assert upload.heads["district"] == "地点" and "zone" not in upload.heads
    assert {fault.field for fault in upload.faults} == {"date", "value"}


@pytest.mark.parametrize("value", ["１，２３４．５", "1,234.5", " 1234.5 ", "１２３４.5"])
def test_full_width_signs_and_separators(value: str) -> None:
    raw = {"plan": "jining", "metric": "pv", "date": "２０２４－１２－１"}
    raw |= {
        "value": value,
        "unit": "ＭＷ",
        "source": "（月报）１２",
        "district_code": "３７０８１２",
    }
    (figure,) = read_entry(raw, file="form", row="-").book.installed
    assert (figure.value, figure.date) == (Decimal("1234.5"), "2024-12-01")
    assert (figure.unit, figure.source) == ("MW", "（月报）１２")
    assert figure.district_code == "370812"


@pytest.mark.parametrize(
    "value", ["10²", "½", "１２３４，５", "1,23", "12,34.5", "-1", "－１", "+1", "1e3", "", "12MW"]
)
def test_a_number_that_could_be_misread_is_refused_in_words_that_hold(value: str) -> None:
    raw = {"plan": "jining", "metric": "pv", "date": "2024-12-01", "unit": "MW", "source": "a"}
    (fault,) = read_entry(raw | {"value": value}, file="form", row="-").faults
    assert fault.field == "value" and "1,234.5" in fault.expected
    assert "separators" not in fault.expected


@pytest.mark.parametrize("day", ["2024/12/1", "2024-12-1", "2024.12.01", "2024年12月1日"])
def test_days_as_excel_writes_them_back(day: str) -> None:
    data = f'{ENGLISH}\njining,,,pv,{day},"1,234.5",MW,月报'.encode()
    (figure,) = read_installed_csv(data)
    assert (figure.date, figure.value) == ("2024-12-01", Decimal("1234.5"))


def test_every_fault_of_every_line_and_the_good_ones() -> None:
    lines = [
        "jining,,,pv,2024-02-30,1,MW,a",
        LINE,
        "jining,,,pv,2024-12-31,x,Mw,",
        "jining,,,pv,2024-12-31,1,MW,a,b,c",
        "jining,兖州区,,pv,2024-12-31,1",
    ]
    upload = parse_installed_csv("\n".join([ENGLISH, *lines]).encode(), "上报.csv")
    assert {(fault.row, fault.field) for fault in upload.faults} == {
        ("2", "date"),
        ("4", "unit"),
        ("4", "source"),
        ("4", "value"),
        ("5", "-"),
        ("6", "district"),
        ("6", "unit"),
        ("6", "source"),
    }
    assert len(upload.book.installed) == 1
    assert upload.book.installed_place(0).row == "3"
    assert {fault.file for fault in upload.faults} == {"上报.csv"}
    with pytest.raises(RecordsError, match="8 faults"):
        read_installed_csv("\n".join([ENGLISH, *lines]).encode())


@pytest.mark.parametrize("chinese", [True, False])
def test_the_template_is_read_and_its_blank_lines_passed_over(chinese: bool) -> None:
    data = template_csv([("jining", "pv", "万千瓦"), ("jining", "wind", "万千瓦")], chinese=chinese)
    assert data.startswith(b"\xef\xbb\xbf")
    upload = parse_installed_csv(data)
    assert (upload.book.installed, upload.faults, upload.blank) == ((), (), 2)
    filled = data.replace("pv,,,万千瓦,".encode(), "pv,2024-12-31,3,万千瓦,月报".encode())
    upload = parse_installed_csv(filled)
    assert (len(upload.book.installed), upload.faults, upload.blank) == (1, (), 1)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the header"),
        (b"\n\n", "the header"),
        (f"{ENGLISH},colour\n{LINE},red".encode(), "colour"),
        (b"plan,metric\njining,pv", "source"),
        (f"{ENGLISH},plan\n{LINE},x".encode(), "2 columns"),
        (ENGLISH.replace(",", ";").encode(), "unknown column"),
        (ENGLISH.encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\xff\x80\xff", "unknown encoding"),
        (f'{ENGLISH}\n"jining'.encode(), "comma-separated"),
        (b"a" * (MAX_BYTES + 1), "at most"),
        (f"{ENGLISH}\njining,,,pv,2024-12-31,1,MW,a\x00b".encode(), "U+0000"),
        (f"{ENGLISH}\njining,,,pv,2024-12-31,1,MW,{'a' * 200_000}".encode(), "comma-separated"),
    ],
)
def test_what_is_no_such_table(data: bytes, words: str) -> None:
    with pytest.raises(RecordsError) as caught:
        read_installed_csv(data)
    assert words in str(caught.value)
    for fault in caught.value.faults:  # each language alone, but for codes and names of files
        found = fault.told("zh").found
        assert not set(re.findall("[a-z]{3,}", found)) - {"colour", "plan", "xcel"}, found
        assert not re.search("[\u4e00-\u9fff]", fault.told("en").expected)


@pytest.mark.parametrize("source", ["=HYPERLINK(1)", "'=1+1", "+86 531", "'quoted", "@station"])
def test_the_mark_of_a_formula_cell_is_taken_off(source: str) -> None:
    cell = defuse(source)
    data = f"{CHINESE}\njining,370812,,pv,2024-12-31,12.5,万千瓦,{cell}\n".encode()
    (figure,) = read_installed_csv(data)
    assert figure.source == source


def test_the_template_runs_nothing() -> None:
    line = template_csv([("=1+1", "@A1", "+1+1")]).decode("utf-8-sig").splitlines()[1]
    assert line == "'=1+1,,,'@A1,,,'+1+1,"
