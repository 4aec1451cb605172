"""XLSX as a sheet: values only, formulas never evaluated, every XML part looked at first."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from registry.intake.archive import Archive
from registry.intake.limits import Limits, check_extent, refusal, too_many_rows
from registry.intake.read_csv import sheet_of_grid
from registry.intake.sheet import Door, FileKind, Remark, Sheet
from registry.intake.xlsx_parts import Parts, sound_parts
from terms.errors import IntakeError

# What openpyxl raises on damaged books; it has no error of its own.
_BROKEN = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
    OSError,
    ParseError,
    ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
)
_MAX_EXTENT = 1_048_576  # rows of the format
_MAX_SWEPT = 20_000_000  # empty cells that a stray cell far out makes


def read_xlsx(
    data: bytes,
    file: str,
    *,
    limits: Limits,
    part: str = "",
    header_row: int | None = None,
) -> Sheet:
    """A worksheet of a book; without `part` the only one that has cells. Raises IntakeError."""
    try:
        parts = sound_parts(Archive(data, limits), limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl leaves out
            book = load_workbook(
                io.BytesIO(parts.book), read_only=True, data_only=True, keep_links=False
            )
            try:
                return _read(book, file, limits, part, header_row, parts)
            finally:
                book.close()
    except IntakeError:
        raise
    except _BROKEN as error:
        reason = " ".join(str(error).split())[:80].replace(" · ", " ") or type(error).__name__
        raise refusal(
            f"XLSX 已损坏，无法读取（{reason}），请用 Excel 或 WPS 重新保存",
            f"the XLSX is damaged and cannot be read ({reason}); save it again with Excel or WPS",
        ) from None


def _read(
    book: Workbook,
    file: str,
    limits: Limits,
    part: str,
    header_row: int | None,
    parts: Parts,
) -> Sheet:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # a wrong extent in the file would cut cells off in silence
        sheet._shared_strings = parts.texts
    title = _choose(book, part)
    door = Door(limits)
    grid = list(_grid(sheets[title], limits, door, parts.has_percents))
    if parts.uncounted:
        door.remarks.append(_uncounted(parts.uncounted))
    if not grid:
        raise refusal(
            f"工作表“{title}”是空的，请选择其他工作表",
            f"the sheet {title} is empty; choose another one",
        )
    return sheet_of_grid(
        grid,
        file,
        FileKind.XLSX,
        door=door,
        header_row=header_row,
        part=title,
        parts=tuple(sheets),
    )


def _uncounted(cells: tuple[str, ...]) -> Remark:
    shown = "、".join(cells[:10])
    words = (
        f"{len(cells)} 个公式没有计算结果，按空格读取（{shown}），请用 Excel 打开并保存 · "
        f"{len(cells)} formulas carry no value and are read as empty ({shown}); open and "
        "save the file in Excel"
    )
    return Remark("", words)


def _choose(book: Workbook, part: str) -> str:
    titles = [sheet.title for sheet in book.worksheets]
    if part:
        if part not in titles:
            raise _which(titles, part)
        return part
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [title for title in visible if _has_cells(book, title)]
    if len(filled) > 1 and filled[1:] != ["说明"]:
        filled = [title for title in filled if title not in ("说明", "Notes")]
    if len(filled) == 1 or (filled and filled[1:] == ["说明"]):
        return filled[0]
    if not titles or not filled:
        raise refusal("工作簿里没有数据", "the workbook holds no data; check the file")
    raise _which(filled, "")


def _has_cells(book: Workbook, title: str) -> bool:
    rows = book[title].iter_rows(max_row=200, values_only=True)
    return any(value not in (None, "") for row in rows for value in row)


def _which(titles: list[str], part: str) -> IntakeError:
    names = "、".join(titles[:20])
    found = f"没有工作表“{part}”；" if part else "有几个工作表；"
    found_en = f"there is no sheet {part}; " if part else "there are several sheets; "
    return refusal(f"{found}请选择其一：{names}", f"{found_en}choose one of: {names}")


def _grid(
    sheet: object, limits: Limits, door: Door, percents: bool
) -> Iterator[tuple[int, tuple[str, ...]]]:
    cells = swept = kept = 0
    rows = sheet.iter_rows(values_only=not percents)  # type: ignore[attr-defined]
    if percents:
        rows = (tuple(map(_with_percent, row)) for row in rows)
    for number, row in enumerate(rows, start=1):
        swept += len(row) + 1
        if number > _MAX_EXTENT or swept > _MAX_SWEPT:
            raise too_many_rows(limits)
        width = len(row)
        while width and row[width - 1] in (None, ""):
            width -= 1
        cells += width
        check_extent(limits, columns=width, cells=cells)
        if not width:
            continue
        kept += 1
        check_extent(limits, rows=kept - 1)
        texts = tuple(
            door.cell(_text(value), where=f"{get_column_letter(place)}{number}")
            for place, value in enumerate(row[:width], start=1)
        )
        if any(text.strip() for text in texts):
            yield number, texts


def _with_percent(cell: Cell) -> object:
    """A cell's value, a number that is shown as 5.3% as just that: it is kept as 0.053."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return f"{value * 100:.15g}%" if "%" in (cell.number_format or "") else value


def _text(value: object) -> str:
    """A cell's value as a person sees it: 15 digits as Excel shows them, dates in ISO form."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return format(value, ".15g")
        case datetime():
            is_day = value.time() == time()
            return value.date().isoformat() if is_day else value.isoformat(sep=" ")
        case date() | time() | timedelta():
            return str(value)
        case _:
            return str(value)
