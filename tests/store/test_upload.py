"""Figures from a CSV file: encodings, headers, what Excel makes of them, every fault by line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from store.upload import COLUMNS, MAX_BYTES, parse_installed_csv, read_installed_csv, template_csv
from terms.errors import RecordsError

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
