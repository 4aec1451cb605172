"""CSV of any usual encoding and separator as a sheet."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from registry.intake.header import find_header
from registry.intake.limits import Limits, check_extent, refusal, too_many_rows
from registry.intake.sheet import Door, FileKind, Sheet, SheetRow, unique_headers

_SEPARATORS = ",;\t|"
_SAMPLE = 60  # records looked at for the separator
_MOST_LINES = 1_048_576  # with the blank ones, as many as a worksheet has
_MOST_CONTROLS = 0.02  # a text has fewer; more of them is some other kind of file


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8, UTF-16 with its mark, else GB 18030."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.removeprefix("\ufeff"), encoding.removesuffix("-sig")
    raise refusal(
        "文件既不是 UTF-8 也不是 GB18030 编码，请另存为“CSV UTF-8”",
        "the file is neither UTF-8 nor GB 18030; save it as CSV UTF-8",
    )


def read_csv(data: bytes, file: str, *, limits: Limits, header_row: int | None = None) -> Sheet:
    """A CSV as a sheet; raises IntakeError."""
    text, encoding = decode(data)
    _refuse_binary(text)
    separator = _separator(text)
    door = Door(limits)
    grid: list[tuple[int, tuple[str, ...]]] = []
    cells = 0
    try:
        for number, record in enumerate(_records(text, separator), start=1):
            if number > _MOST_LINES:
                raise too_many_rows(limits)
            width = len(record)
            while width and not record[width - 1]:
                width -= 1
            cells += width
            check_extent(limits, columns=width, cells=cells)
            if any(cell.strip() for cell in record[:width]):
                grid.append(
                    (
                        number,
                        tuple(
                            door.cell(cell, where=f"{get_column_letter(place)}{number}")
                            for place, cell in enumerate(record[:width], start=1)
                        ),
                    )
                )
            check_extent(limits, rows=len(grid) - 1)
    except csv.Error as error:
        raise refusal(
            f"第 {len(grid) + 1} 行附近的引号或分隔符有误（{error}），请用 Excel 或 WPS 另存为 CSV",
            f"near row {len(grid) + 1} quotation marks or separators do not fit ({error}); save "
            "it as CSV again with Excel or WPS",
        ) from None
    return sheet_of_grid(
        grid, file, FileKind.CSV, door=door, encoding=encoding, header_row=header_row
    )


def sheet_of_grid(
    grid: list[tuple[int, tuple[str, ...]]],
    file: str,
    kind: FileKind,
    *,
    door: Door,
    header_row: int | None,
    encoding: str = "",
    part: str = "",
    parts: tuple[str, ...] = (),
) -> Sheet:
    """The filled rows of a grid as a sheet: header found, rows squared, blank rows left out."""
    header = find_header(grid, row=header_row)
    body = grid[header.used :]
    width = max((len(cells) for _, cells in (*body, (0, header.names))), default=0)
    names = (*header.names, *[""] * (width - len(header.names)))
    headers, renamed = unique_headers(names)
    if not body:
        raise refusal(
            "表头下面没有数据行，请检查文件或工作表",
            "there is no row below the header; check the file or choose another sheet",
        )
    rows = tuple(SheetRow(number, (*cells, *[""] * (width - len(cells)))) for number, cells in body)
    remarks = (*renamed, *door.all_remarks())
    return Sheet(file, kind, headers, rows, header.number, "", encoding, part, parts, remarks)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    lines = io.StringIO(text.replace("\x00", "\x01"), newline="")
    return csv.reader(lines, delimiter=separator, strict=True)


def _separator(text: str) -> str:
    """The separator that parts most records into the same number of cells, more than one.

    Where two part as many, the one that makes more cells: a text may hold tabs, a heading none.
    """
    best, most = ",", (0, 0)
    sample = text[:200_000]
    for separator in _SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            for number, record in enumerate(_records(sample, separator)):
                if number >= _SAMPLE:
                    break
                widths[len(record)] += 1
        except csv.Error:
            pass  # the sample may end within quotes: what was read until then decides
        alike = max(((count, width) for width, count in widths.items() if width > 1), default=most)
        if alike > most:
            best, most = separator, alike
    return best


def _refuse_binary(text: str) -> None:
    sample = text[:100_000]
    controls = sum(1 for sign in sample if sign < " " and sign not in "\t\r\n")
    if controls > max(8, len(sample) * _MOST_CONTROLS):
        raise refusal(
            "文件不是表格，请使用 CSV、XLSX、GeoJSON、GeoPackage 或打包的 Shapefile",
            "the file is no table; use CSV, XLSX, GeoJSON, GeoPackage or a zipped Shapefile",
        )
