"""The book of what users recorded: all records in force as one frozen whole.

It comes from the store; `read_book` reads a text in YAML, as files of records were written before
(`store.take_over`), every fault reported. A withdrawn record is still checked for its form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from seeds.reading import model_faults, yaml_fault
from store.lines import SECTIONS, parse
from store.models import InstalledRow, ProgressRow
from terms.errors import Fault, RecordsError, StoreError
from terms.os_reasons import os_reason
from terms.own_records import Note, OwnArea, OwnProject, OwnRaster, OwnTable, Position, SplitFile
from terms.records import InstalledFigure, Progress

_MODELS: Mapping[str, type[InstalledRow] | type[ProgressRow]] = {
    "installed": InstalledRow,
    "progress": ProgressRow,
}


# The kinds of record, each with its tuple in a book.
FIELDS: Mapping[str, str] = {
    "installed": "installed",
    "progress": "progress",
    "position": "positions",
    "project": "projects",
    "split": "splits",
    "note": "notes",
    "table": "tables",
    "area": "areas",
    "raster": "rasters",
}


@dataclass(frozen=True)
class Place:
    """Where a record stands, for a fault to name; and the name it gives beside a district code."""

    file: str
    row: str
    district_name: str = ""

    def fault(self, field: str, found: str, expected: str) -> Fault:
        """A fault of this record."""
        return Fault(self.file, self.row, field, found[:120], expected)


@dataclass(frozen=True)
class Book:
    """All records in force, in their order; `withdrawn` counts those taken back."""

    installed: tuple[InstalledFigure, ...] = ()
    progress: tuple[Progress, ...] = ()
    installed_places: tuple[Place, ...] = ()
    progress_places: tuple[Place, ...] = ()
    withdrawn: int = 0
    positions: tuple[Position, ...] = ()
    projects: tuple[OwnProject, ...] = ()
    splits: tuple[SplitFile, ...] = ()
    notes: tuple[Note, ...] = ()
    tables: tuple[OwnTable, ...] = ()
    areas: tuple[OwnArea, ...] = ()
    rasters: tuple[OwnRaster, ...] = ()
    other_places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def digest(self) -> str:
        """Twelve hex digits over the records in force; empty for an empty book."""
        content = tuple(getattr(self, name) for name in FIELDS.values())
        if not any(content):
            return ""
        return hashlib.sha256(repr(content).encode()).hexdigest()[:12]

    def installed_place(self, index: int) -> Place:
        """Where the figure of this index stands."""
        return _place(self.installed_places, index, "installed")

    def progress_place(self, index: int) -> Place:
        """Where the progress of this index stands."""
        return _place(self.progress_places, index, "progress")

    def place(self, kind: str, index: int) -> Place:
        """Where the record of this kind (`position`, `project` …) and index stands."""
        if kind == "installed":
            return self.installed_place(index)
        if kind == "progress":
            return self.progress_place(index)
        return _place(self.other_places.get(kind, ()), index, kind)

    def plus(self, other: Book) -> Book:
        """This book with another's records after its own, each still at its place."""
        joined = {name: getattr(self, name) + getattr(other, name) for name in FIELDS.values()}
        places = {kind: self._places(kind) + other._places(kind) for kind in FIELDS}
        return Book(
            **joined,
            installed_places=places.pop("installed"),
            progress_places=places.pop("progress"),
            other_places=places,
            withdrawn=self.withdrawn + other.withdrawn,
        )

    def _places(self, kind: str) -> tuple[Place, ...]:
        return tuple(self.place(kind, index) for index in range(len(getattr(self, FIELDS[kind]))))


def _place(places: Sequence[Place], index: int, section: str) -> Place:
    return places[index] if index < len(places) else Place("-", f"{section} {index + 1}")


def stamp(path: Path) -> str:
    """What changes whenever the file does; `none` without a file."""
    try:
        found = path.stat()
    except OSError:
        return "none"
    return f"{found.st_mtime_ns}:{found.st_size}:{found.st_ino}"


def read_text(path: Path) -> str:
    """The file as text with plain line ends, empty if there is none."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise StoreError(
            f"不能读取 {path}（{os_reason(error, 'zh')}），请检查权限 · "
            f"cannot read {path} ({os_reason(error, 'en')}); check its permissions"
        ) from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        fault = Fault(path.name, "-", "-", str(error), "UTF-8 编码 · UTF-8 text")
        raise RecordsError([fault]) from None


def read_book(text: str, file: str) -> Book:
    """The records of a text; raises RecordsError with all faults."""
    try:
        raw = parse(text)
    except yaml.YAMLError as error:
        fault = yaml_fault(file, error, "YAML 格式的数据 · records in YAML")
        raise RecordsError([fault]) from None
    except RecursionError:
        expected = "installed 与 progress 两个列表 · the lists installed and progress"
        raise RecordsError(
            [Fault(file, "-", "-", "嵌套过深", expected, "nested too deep")]
        ) from None
    faults = _section_faults(raw, file)
    if faults:
        raise RecordsError(faults)
    sections = {name: raw.get(name) or [] for name in SECTIONS}
    for name, rows in sections.items():
        for number, row in enumerate(rows, start=1):
            faults += model_faults(file, f"{name} {number}", _MODELS[name], row)
    if faults:
        raise RecordsError(faults)
    return _book(_rows(sections, file))


def read_rows(text: str, file: str) -> list[tuple[InstalledRow | ProgressRow, Place]]:
    """The rows of a text that `read_book` takes, withdrawn ones too, each at its place."""
    raw = parse(text)
    return _rows({name: raw.get(name) or [] for name in SECTIONS}, file)


def _section_faults(raw: Any, file: str) -> list[Fault]:
    expected = "installed 与 progress 两个列表 · the lists installed and progress"
    if not isinstance(raw, dict):
        found, found_en = "没有这两个列表", "neither list"
        return [Fault(file, "-", "-", found, expected, found_en)]
    faults = [
        Fault(file, "-", str(key), "未知的部分", expected, "an unknown section")
        for key in raw
        if key not in SECTIONS
    ]
    for name in SECTIONS:
        if not isinstance(raw.get(name), list | None):
            expected = "若干行的列表 · a list of rows"
            faults.append(Fault(file, name, "-", "不是列表", expected, "not a list"))
    return faults


def _rows(
    sections: Mapping[str, Iterable[object]], file: str
) -> list[tuple[InstalledRow | ProgressRow, Place]]:
    found = []
    for name, rows in sections.items():
        for number, raw in enumerate(rows, start=1):
            row = _MODELS[name].model_validate(raw)
            found.append((row, Place(file, f"{name} {number}", row.district_name)))
    return found


def _book(rows: Sequence[tuple[InstalledRow | ProgressRow, Place]]) -> Book:
    kept = [(row, place) for row, place in rows if not row.withdrawn]
    installed = [(row.record(), place) for row, place in kept if isinstance(row, InstalledRow)]
    progress = [(row.record(), place) for row, place in kept if isinstance(row, ProgressRow)]
    return Book(
        installed=tuple(figure for figure, _ in installed),
        progress=tuple(each for each, _ in progress),
        installed_places=tuple(place for _, place in installed),
        progress_places=tuple(place for _, place in progress),
        withdrawn=len(rows) - len(kept),
    )
