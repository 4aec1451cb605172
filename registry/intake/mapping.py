"""Which column holds what: guessed from headings and contents, edited by a person, remembered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from registry.intake.fields import (
    AREA_CONSTANTS,
    AREA_FIELDS,
    PROJECT_CONSTANTS,
    PROJECT_FIELDS,
    TABLE_CONSTANTS,
    TABLE_FIELDS,
)
from registry.intake.limits import refusal
from registry.intake.sheet import Sheet
from registry.intake.words import bare, folded
from terms.errors import Fault, IntakeError

VERSION = 1


class IntakeKind(StrEnum):
    """What a file is to become: projects, figures by district, or areas on the map."""

    PROJECTS = "projects"
    TABLE = "table"
    AREA = "area"


FIELDS: Mapping[IntakeKind, tuple[str, ...]] = {
    IntakeKind.PROJECTS: PROJECT_FIELDS,
    IntakeKind.TABLE: TABLE_FIELDS,
    IntakeKind.AREA: AREA_FIELDS,
}
CONSTANTS: Mapping[IntakeKind, tuple[str, ...]] = {
    IntakeKind.PROJECTS: PROJECT_CONSTANTS,
    IntakeKind.TABLE: TABLE_CONSTANTS,
    IntakeKind.AREA: AREA_CONSTANTS,
}


@dataclass(frozen=True)
class FileMapping:
    """A person's word on a file: columns, values for the whole file, words and names settled.

    `columns` are (field, heading), `constants` (field, value), `values` (field, word of the file,
    our key), `choices` (place as the file names it, six-digit code). `crs` is as `parse_system`
    reads it, empty where nobody said.
    """

    columns: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    crs: str = ""

    def header(self, name: str) -> str:
        """The heading that holds a field, empty where none does."""
        return self._headers.get(name, "")

    def headers(self, name: str) -> tuple[str, ...]:
        """All headings that hold a field (a table may have several values)."""
        return tuple(header for each, header in self.columns if each == name)

    def constant(self, name: str) -> str:
        """What a person said for the whole file, or empty."""
        return self._constants.get(name, "")

    def value(self, name: str, word: str) -> str:
        """Our key that a person set for a word of the file, or empty."""
        return self._values.get((name, bare(word)), "")

    def choice(self, place: str) -> str:
        """The code that a person chose for a place's name, or empty."""
        return self._choices.get(folded(place), "")

    def with_constants(self, values: Mapping[str, str]) -> FileMapping:
        """The mapping with these values for the whole file in place of its own."""
        merged = {**self._constants, **values}
        return replace(self, constants=tuple(merged.items()))

    @cached_property
    def _headers(self) -> dict[str, str]:
        return dict(reversed(self.columns))

    @cached_property
    def _constants(self) -> dict[str, str]:
        return dict(self.constants)

    @cached_property
    def _values(self) -> dict[tuple[str, str], str]:
        return {(name, bare(word)): key for name, word, key in self.values}

    @cached_property
    def _choices(self) -> dict[str, str]:
        return {folded(place): code for place, code in self.choices}


def fingerprint(sheet: Sheet) -> str:
    """Sixteen hex digits by which a mapping is found again for files of the same header."""
    names = "\n".join(folded(header) for header in sheet.headers)
    return hashlib.sha256(names.encode()).hexdigest()[:16]


def write_mapping(mapping: FileMapping) -> str:
    """The mapping as JSON, to be kept and edited."""
    columns: dict[str, Any] = {}
    for name, header in mapping.columns:
        before = columns.get(name)
        columns[name] = header if before is None else [*_listed(before), header]
    values: dict[str, dict[str, str]] = {}
    for name, word, key in mapping.values:
        values.setdefault(name, {})[word] = key
    raw = {
        "version": VERSION,
        "columns": columns,
        "constants": dict(mapping.constants),
        "values": values,
        "choices": dict(mapping.choices),
        "crs": mapping.crs,
    }
    return json.dumps(raw, ensure_ascii=False, indent=1) + "\n"


def read_mapping(text: str, file: str) -> FileMapping:
    """A mapping from its JSON; raises IntakeError where it is none."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_mapping(file, str(error)) from None
    if not isinstance(raw, dict) or raw.get("version", VERSION) != VERSION:
        raise _no_mapping(file, "version")
    unknown = set(raw) - {"version", "columns", "constants", "values", "choices", "crs"}
    if unknown:
        raise _no_mapping(file, ", ".join(sorted(map(str, unknown))))
    columns = [
        (name, header)
        for name, headers in _pairs(raw, "columns", file, lists=True)
        for header in _listed(headers)
    ]
    values = [
        (name, word, key)
        for name, words in _pairs(raw, "values", file, maps=True)
        for word, key in _pairs({"values": words}, "values", file)
    ]
    crs = raw.get("crs", "")
    if not isinstance(crs, str):
        raise _no_mapping(file, "crs")
    return FileMapping(
        columns=tuple(columns),
        constants=tuple(_pairs(raw, "constants", file)),
        values=tuple(values),
        choices=tuple(_pairs(raw, "choices", file)),
        crs=crs,
    )


def mapping_faults(mapping: FileMapping, sheet: Sheet, kind: IntakeKind) -> tuple[Fault, ...]:
    """Where a mapping does not fit a file: unknown fields, headings that are not there."""
    faults = []
    fields, constants = FIELDS[kind], CONSTANTS[kind]
    for name, header in mapping.columns:
        if name not in fields:
            faults.append(_fault(sheet, name, name, fields))
        elif header not in sheet.headers:
            faults.append(_fault(sheet, name, header, sheet.headers))
    for name, _ in mapping.constants:
        if name not in constants:
            faults.append(_fault(sheet, name, name, constants))
    return tuple(faults)


def _fault(sheet: Sheet, name: str, found: str, known: tuple[str, ...]) -> Fault:
    names = "、".join(known[:40])
    expected = f"其中之一：{names} · one of {', '.join(known[:40])}"
    return Fault(sheet.file, "列对应 · mapping", name[:60], found[:120], expected)


def _pairs(
    raw: Mapping[str, Any], part: str, file: str, *, lists: bool = False, maps: bool = False
) -> list[tuple[str, Any]]:
    found = raw.get(part) or {}
    if not isinstance(found, dict):
        raise _no_mapping(file, part)
    for value in found.values():
        is_text = isinstance(value, str)
        is_list = lists and isinstance(value, list) and all(isinstance(it, str) for it in value)
        if not (isinstance(value, dict) if maps else is_text or is_list):
            raise _no_mapping(file, part)
    return list(found.items())


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _no_mapping(file: str, reason: str) -> IntakeError:
    why = " ".join(reason.split())[:80].replace(" · ", " ")
    return refusal(
        f"{file} 不是列对应文件（{why}），请用导入时给出的 JSON",
        f"{file} is no mapping ({why}); take the JSON that an import gives",
    )
