"""Installed figures from a CSV file that a person filled in, with every fault by its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from unicodedata import east_asian_width, normalize

from seeds.reading import model_faults
from store.book import Book, Place
from store.models import PLAIN_NUMBER, InstalledRow
from terms.errors import Fault, RecordsError
from terms.formula import defuse, undefuse
from terms.messages import text
from terms.records import InstalledFigure

COLUMNS = ("plan", "district_code", "zone", "metric", "date", "value", "unit", "source")
_CHINESE = ("方案", "县区代码", "功能区", "指标", "日期", "数值", "单位", "来源")
# The page's own labels serve as headers too, and what people write for them.
_LABELS = {
    "plan": ("plan",),
    "district_code": ("place", "district"),
    "zone": ("zone",),
    "metric": ("metric",),
    "date": ("date", "date_asked"),
    "value": ("value", "figure"),
    "unit": ("unit",),
    "source": ("source",),
}
_USUAL = {"district": "district_code", "县区": "district_code", "县市区": "district_code"}
_WHOLE = ("全域", "whole area")  # what the page calls a place without a code
_MAY_LACK = frozenset({"district_code", "zone"})
_FIELD = {"district_code": "district"}  # where a record's field is not called as the column is
_OWN = ("value", "date", "source")  # what a person adds to a line of the template
_WORKBOOK = ("Excel 文件或压缩包", "an Excel workbook or archive")
_TYPED = (
    "数字，如 85、1.5 或 1,234.5，不带单位和正负号 · "
    "a number such as 85, 1.5 or 1,234.5, without unit or sign"
)
MAX_MB = 2  # of 1024 × 1024 bytes, as the page's file chooser counts them
MAX_BYTES = MAX_MB * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """What a CSV file says: its good lines as a book, its faults, its lines left blank.

    `heads` gives the file's own header of each field.
    """

    book: Book
    faults: tuple[Fault, ...]
    blank: int
    heads: Mapping[str, str] = field(default_factory=dict)


def read_installed_csv(data: bytes, file: str = "CSV") -> tuple[InstalledFigure, ...]:
    """The figures of a CSV file; raises RecordsError with all faults."""
    upload = parse_installed_csv(data, file)
    if upload.faults:
        raise RecordsError(upload.faults)
    return upload.book.installed


def parse_installed_csv(data: bytes, file: str = "CSV") -> Upload:
    """The good lines of a CSV file beside the faults of the others.

    UTF-8 or GB18030, English or Chinese headers. A line of the template in which value, date and
    source are all blank is passed over and counted.
    """
    try:
        lines = _lines(data, file)
        names = _columns(lines[0][1], file)
    except RecordsError as error:
        return Upload(Book(), error.faults, 0)
    figures, places, faults, blank = [], [], list[Fault](), 0
    for number, cells in lines[1:]:
        if len(cells) > len(names):
            found, expected = str(len(cells)), f"{len(names)} 格 · {len(names)} cells"
            faults.append(Fault(file, str(number), "-", found, expected))
            continue
        given = [*map(undefuse, cells), *[""] * (len(names) - len(cells))]
        raw = dict(zip(names, given, strict=True))
        if not any(raw[name].strip() for name in _OWN):
            blank += 1
            continue
        row, found_faults = _row(raw, file, str(number))
        faults += found_faults
        if row is not None:
            figures.append(row.record())
            places.append(Place(file, str(number), row.district_name))
    book = Book(installed=tuple(figures), installed_places=tuple(places))
    own = (cell.strip() for cell in lines[0][1])
    heads = {_FIELD.get(name, name): head for name, head in zip(names, own, strict=False)}
    return Upload(book, tuple(faults), blank, heads)


def read_entry(raw: dict[str, str], *, file: str, row: str) -> Upload:
    """One figure as typed into a form, under the columns of the CSV."""
    entry, faults = _row(raw, file, row)
    if entry is None:
        return Upload(Book(), tuple(faults), 0)
    place = Place(file, row, entry.district_name)
    return Upload(Book(installed=(entry.record(),), installed_places=(place,)), (), 0)


def template_csv(skeleton: Iterable[tuple[str, str, str]] = (), *, chinese: bool = True) -> bytes:
    """An empty table to fill in, with a BOM for Excel; `skeleton` gives (plan, metric, unit)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_CHINESE if chinese else COLUMNS)
    for plan, metric, unit in skeleton:
        writer.writerow([defuse(each) for each in (plan, "", "", metric, "", "", unit, "")])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _row(raw: dict[str, str], file: str, number: str) -> tuple[InstalledRow | None, list[Fault]]:
    values = {_FIELD.get(name, name): value for name, value in raw.items()}
    values.setdefault("district", "")
    for name in ("district", "date", "value", "unit"):
        values[name] = _half_width(values[name])
    if values["district"].strip().lower() in _WHOLE:
        values["district"] = ""
    values["date"] = _iso(values["date"])
    values["value"] = _without_separators(values["value"])
    faults = [
        replace(fault, expected=_TYPED) if fault.expected == PLAIN_NUMBER else fault
        for fault in model_faults(file, number, InstalledRow, values)
    ]
    return (None, faults) if faults else (InstalledRow.model_validate(values), [])


def _lines(data: bytes, file: str) -> list[tuple[int, list[str]]]:
    """The lines that are not empty, by number; the first is the header."""
    if len(data) > MAX_BYTES:
        expected = f"不超过 {MAX_MB} MB · at most {MAX_MB} MB"
        raise RecordsError([Fault(file, "-", "-", f"{len(data):,} B", expected)])
    reader = csv.reader(io.StringIO(_decoded(data, file), newline=""), strict=True)
    lines = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((reader.line_num, cells))
    except csv.Error as error:
        expected = "逗号分隔的表格 · a comma-separated table"
        fault = Fault(file, str(reader.line_num), "-", "引号有误或一格过长", expected, str(error))
        raise RecordsError([fault]) from None
    if not lines:
        expected = f"表头 {','.join(_CHINESE)} · the header {','.join(COLUMNS)}"
        raise RecordsError([Fault(file, "1", "-", "空", expected, "nothing")])
    return lines


def _decoded(data: bytes, file: str) -> str:
    expected = "UTF-8 或 GB18030（GBK）的 CSV · CSV in UTF-8 or GB18030 (GBK)"
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        is_utf16 = data[0] in (0xFF, 0xFE)
        found, found_en = ("UTF-16", "") if is_utf16 else _WORKBOOK
        raise RecordsError([Fault(file, "-", "-", found, expected, found_en)])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RecordsError([Fault(file, "-", "-", "未知编码", expected, "an unknown encoding")])


@cache
def _heads() -> Mapping[str, str]:
    """The column of every header that is taken, in lower case and half width."""
    found = {**dict(zip(COLUMNS, COLUMNS, strict=True)), **_USUAL}
    found |= dict(zip(_CHINESE, COLUMNS, strict=True))
    for name, labels in _LABELS.items():
        for key in labels:
            found |= {_plain_head(text(f"installed.{key}", each)): name for each in ("zh", "en")}
    return found


def _plain_head(head: str) -> str:
    return normalize("NFKC", head).strip().lower()


def _columns(header: Sequence[str], file: str) -> list[str]:
    heads = [_plain_head(cell) for cell in header]
    while heads and not heads[-1]:
        heads.pop()
    known = f"{'、'.join(_CHINESE)} · {', '.join(COLUMNS)}"
    faults = [
        Fault(file, "1", cell.strip()[:40] or "-", "未知的列", known, "an unknown column")
        for cell, head in zip(header, heads, strict=False)
        if head not in _heads()
    ]
    names = [_heads().get(head, head) for head in heads]
    for name, chinese in zip(COLUMNS, _CHINESE, strict=True):
        own = [cell.strip() for cell, each in zip(header, names, strict=False) if each == name]
        if len(own) > 1 or (not own and name not in _MAY_LACK):
            count, said = len(own), "、".join(own)
            found, found_en = f"{count} 列", f"{count} columns"
            if said:
                found, found_en = f"{found}（{said}）", f"{found_en} ({said})"
            expected = f"一列“{chinese}” · one column {name}"
            faults.append(Fault(file, "1", _FIELD.get(name, name), found, expected, found_en))
    if faults:
        raise RecordsError(faults)
    return names


def _half_width(value: str) -> str:
    """Full-width digits, letters and signs as ASCII; nothing else, or 10² would become 102."""
    return "".join(
        normalize("NFKC", sign) if east_asian_width(sign) == "F" else sign for sign in value
    )


def _iso(value: str) -> str:
    """A day as Excel writes it back (2025/12/31, 2025年12月31日), in ISO form."""
    found = re.fullmatch(r"\s*([0-9]{4})[/.年-]([0-9]{1,2})[/.月-]([0-9]{1,2})日?\s*", value)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else value


def _without_separators(value: str) -> str:
    """1,234.5 as Excel writes it back, as 1234.5."""
    is_grouped = re.fullmatch(r"\s*[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\s*", value)
    return value.replace(",", "") if is_grouped else value
