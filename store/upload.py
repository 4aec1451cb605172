"""Installed figures from a CSV file that a person filled in, with every fault by its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from seeds.reading import model_faults
from store.book import Book, Place
from store.models import InstalledRow
from terms.errors import Fault, RecordsError
from terms.records import InstalledFigure

COLUMNS = ("plan", "district_code", "zone", "metric", "date", "value", "unit", "source")
_CHINESE = ("方案", "县区代码", "功能区", "指标", "日期", "数值", "单位", "来源")
_MAY_LACK = frozenset({"district_code", "zone"})
_OWN = ("value", "date", "source")  # what a person adds to a line of the template
MAX_BYTES = 2_000_000
_HEADS = dict(zip((*COLUMNS, *_CHINESE, "district"), (*COLUMNS, *COLUMNS, COLUMNS[1]), strict=True))


@dataclass(frozen=True)
class Upload:
    """What a CSV file says: its good lines as a book, its faults, its lines left blank."""

    book: Book
    faults: tuple[Fault, ...]
    blank: int


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
        raw = dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=True))
        if not any(raw[name].strip() for name in _OWN):
            blank += 1
            continue
        row, found_faults = _row(raw, file, str(number))
        faults += found_faults
        if row is not None:
            figures.append(row.record())
            places.append(Place(file, str(number), row.district_name))
    book = Book(installed=tuple(figures), installed_places=tuple(places))
    return Upload(book, tuple(faults), blank)


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
        writer.writerow([plan, "", "", metric, "", "", unit, ""])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _row(raw: dict[str, str], file: str, number: str) -> tuple[InstalledRow | None, list[Fault]]:
    values = {name: value for name, value in raw.items() if name != "district_code"}
    values["district"] = raw.get("district_code", "")
    values["date"] = _iso(values["date"])
    values["value"] = _without_separators(values["value"])
    faults = list(model_faults(file, number, InstalledRow, values))
    return (None, faults) if faults else (InstalledRow.model_validate(values), [])


def _lines(data: bytes, file: str) -> list[tuple[int, list[str]]]:
    """The lines that are not empty, by number; the first is the header."""
    if len(data) > MAX_BYTES:
        expected = f"不超过 {MAX_BYTES // 1000} kB · at most {MAX_BYTES // 1000} kB"
        raise RecordsError([Fault(file, "-", "-", f"{len(data) // 1000} kB", expected)])
    reader = csv.reader(io.StringIO(_decoded(data, file), newline=""), strict=True)
    lines = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((reader.line_num, cells))
    except csv.Error as error:
        expected = "逗号分隔的表格 · a comma-separated table"
        raise RecordsError([Fault(file, str(reader.line_num), "-", str(error), expected)]) from None
    if not lines:
        expected = f"表头 {','.join(_CHINESE)} · the header {','.join(COLUMNS)}"
        raise RecordsError([Fault(file, "1", "-", "nothing", expected)])
    return lines


def _decoded(data: bytes, file: str) -> str:
    expected = "UTF-8 或 GB18030（GBK）的 CSV · CSV in UTF-8 or GB18030 (GBK)"
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        found = "UTF-16" if data[0] in (0xFF, 0xFE) else "an Excel workbook or archive"
        raise RecordsError([Fault(file, "-", "-", found, expected)])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RecordsError([Fault(file, "-", "-", "an unknown encoding", expected)])


def _columns(header: Sequence[str], file: str) -> list[str]:
    heads = [normalize("NFKC", cell).strip().lower() for cell in header]
    while heads and not heads[-1]:
        heads.pop()
    known = f"{'、'.join(_CHINESE)} · {', '.join(COLUMNS)}"
    faults = [
        Fault(file, "1", head[:40] or "-", "an unknown column", known)
        for head in heads
        if head not in _HEADS
    ]
    names = [_HEADS.get(head, head) for head in heads]
    for name, chinese in zip(COLUMNS, _CHINESE, strict=True):
        count = names.count(name)
        if count > 1 or (count == 0 and name not in _MAY_LACK):
            found = f"{count} columns"
            faults.append(Fault(file, "1", name, found, f"一列“{chinese}” · one column {name}"))
    if faults:
        raise RecordsError(faults)
    return names


def _iso(value: str) -> str:
    """A day as Excel writes it back (2025/12/31, 2025年12月31日), in ISO form."""
    found = re.fullmatch(r"\s*([0-9]{4})[/.年-]([0-9]{1,2})[/.月-]([0-9]{1,2})日?\s*", value)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else value


def _without_separators(value: str) -> str:
    """1,234.5 as Excel writes it back, as 1234.5."""
    is_grouped = re.fullmatch(r"\s*[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\s*", value)
    return value.replace(",", "") if is_grouped else value
