"""What a whole file lacks, told once: a column that nobody named is no fault of every row."""

from __future__ import annotations

from collections.abc import Iterator

from registry.intake.mapping import FileMapping
from registry.intake.sheet import Sheet
from terms.errors import Fault

NAMES = ("name", "name_part")
PLANTS = ("technology", "layer")
_NAME = (
    "一列项目名称：请在“列对应”里选出哪一列是项目名称，没有就在文件里加一列（命令行 --mapping） · "
    "a column of names: choose it under the columns, or add one to the file (command line "
    "--mapping)"
)
_PLANT = (
    "技术类型（或图层）：请在“列对应”里选出这一列，或为整个文件选一个（命令行 --set technology=pv）"
    " · a technology or a layer: choose the column, or one for the whole file (command line --set "
    "technology=pv)"
)
_PLACE = (
    "位置：请在“列对应”里选出县（市、区）或经纬度的列，或为整个文件选一个市（命令行 --set "
    "city=370900） · a place: choose the column of counties, or of longitude and latitude, or one "
    "city for the whole file (command line --set city=370900)"
)
_PAIR = (
    "经度、纬度两列都选出，或都不选（命令行 --mapping） · both columns, longitude and latitude, or "
    "neither (command line --mapping)"
)


def says(mapping: FileMapping, names: tuple[str, ...]) -> bool:
    """Does a column or a word for the whole file say one of these fields?"""
    return any(mapping.header(name) or mapping.constant(name) for name in names)


def has_place(sheet: Sheet, mapping: FileMapping) -> bool:
    """Can any row have a place?"""
    has_pair = says(mapping, ("lon",)) and says(mapping, ("lat",))
    return has_pair or sheet.has_geometry or says(mapping, ("district", "city", "point"))


def lacking(sheet: Sheet, mapping: FileMapping) -> Iterator[Fault]:
    """A fault for each column without which no row can become a project."""
    if not says(mapping, NAMES):
        yield whole_fault(sheet, "name", "没有这一列", "no such column", _NAME)
    if not says(mapping, PLANTS):
        yield whole_fault(sheet, "technology", "没有这一列", "no such column", _PLANT)
    if not has_place(sheet, mapping):
        yield whole_fault(sheet, "district", "没有这一列", "no such column", _PLACE)
    half = [name for name in ("lon", "lat") if not mapping.header(name)]
    if len(half) == 1 and not sheet.has_geometry and not mapping.header("point"):
        found, found_en = "没有选出，或全空", "not chosen, or all empty"
        yield whole_fault(sheet, half[0], found, found_en, _PAIR)


def whole_fault(sheet: Sheet, name: str, found: str, found_en: str, expected: str) -> Fault:
    """A fault of the file as a whole, of no row."""
    return Fault(sheet.file, "全表 · whole file", name, found[:120], expected, found_en)
