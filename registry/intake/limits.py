"""How large a stranger's file may be, and the one way to refuse it."""

from __future__ import annotations

from dataclasses import dataclass

from terms.errors import IntakeError


@dataclass(frozen=True)
class Limits:
    """What a file may hold; sizes in bytes, cells in signs.

    `ratio` (unpacked to packed) counts only for members of an archive above `ratio_from` bytes,
    since a small table of zeros packs well. `projects` and `shapes` are rows that become such.
    """

    size: int = 50_000_000
    rows: int = 100_000
    projects: int = 20_000
    shapes: int = 20_000
    columns: int = 500
    cells: int = 2_000_000
    cell: int = 10_000
    members: int = 1_000
    unpacked: int = 200_000_000
    ratio: int = 200
    ratio_from: int = 1_000_000
    vertices: int = 500_000


LIMITS = Limits()


def refusal(chinese: str, english: str) -> IntakeError:
    """The error that refuses a file, as one sentence in both languages."""
    return IntakeError(f"{chinese} · {english}")


def check_size(data: bytes, limits: Limits) -> None:
    """Refuse an empty file and one above the limit."""
    if not data:
        raise refusal("文件是空的，请选择有内容的文件", "the file is empty; choose one with rows")
    if len(data) > limits.size:
        most, found = limits.size // 1_000_000, len(data) // 1_000_000
        raise refusal(
            f"文件有 {found} MB，超过上限 {most} MB，请分成几个文件",
            f"the file has {found} MB, more than the limit of {most} MB; split it",
        )


def check_extent(limits: Limits, *, rows: int = 0, columns: int = 0, cells: int = 0) -> None:
    """Refuse a table that is too long, too wide, or too large in all."""
    if rows > limits.rows:
        raise too_many_rows(limits)
    if columns > limits.columns:
        raise too_many_columns(limits)
    if cells > limits.cells:
        raise too_many_cells(limits)


def too_many_rows(limits: Limits) -> IntakeError:
    """The refusal of a table that is too long."""
    return refusal(
        f"表格超过 {limits.rows} 行，请分成几个文件",
        f"the table has more than {limits.rows} rows; split the file",
    )


def too_many_columns(limits: Limits) -> IntakeError:
    """The refusal of a table that is too wide."""
    return refusal(
        f"表格超过 {limits.columns} 列，请删去不需要的列",
        f"the table has more than {limits.columns} columns; delete those that are not needed",
    )


def too_many_cells(limits: Limits) -> IntakeError:
    """The refusal of a table that is too large in all."""
    return refusal(
        f"表格超过 {limits.cells} 格，请分成几个文件或删去不需要的列",
        f"the table has more than {limits.cells} cells; split the file or delete columns",
    )


def damaged(what: str, reason: str = "") -> IntakeError:
    """The refusal of a file of geometry that cannot be read."""
    why = f"（{shown(reason)}）" if reason else ""
    why_en = f" ({shown(reason)})" if reason else ""
    return refusal(
        f"{what} 已损坏，无法读取{why}，请在 GIS 里重新导出",
        f"the {what} is damaged and cannot be read{why_en}; export it again from a GIS",
    )


def shown(name: object) -> str:
    """A stranger's words as a sentence may repeat them."""
    return "".join(sign for sign in str(name) if sign.isprintable())[:80].replace(" · ", " ")
