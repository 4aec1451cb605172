"""What a person may settle for a whole file: words that nobody knows, names that counties share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from registry.intake.gazetteer import Gazetteer
from registry.intake.mapping import FileMapping
from registry.intake.points import NOWHERE, waiting_spots
from registry.intake.row_reader import RowReader
from registry.intake.sheet import Sheet
from registry.intake.words import is_not_stated, look_up

FIELDS = ("status", "technology", "land_mode")  # of closed lists


@dataclass(frozen=True)
class UnknownWord:
    """A word of a closed list's column that we do not know, and in how many rows it stands."""

    field: str
    word: str
    rows: int


@dataclass(frozen=True)
class SharedName:
    """A county's name that several share (or nobody knows: no candidates), as rows write it."""

    name: str
    candidates: tuple[str, ...]
    rows: int


def unknown_words(sheet: Sheet, mapping: FileMapping) -> tuple[UnknownWord, ...]:
    """The words of status, technology and land that we do not know, the most frequent first."""
    found = []
    for field in FIELDS:
        header = mapping.header(field)
        if header not in sheet.headers:
            continue
        at = sheet.headers.index(header)
        cells = Counter(row.cells[at].strip() for row in sheet.rows)
        found += [
            UnknownWord(field, word, rows)
            for word, rows in cells.most_common()
            if not is_not_stated(word) and look_up(field, word) is None
        ]
    return tuple(found)


def shared_names(
    sheet: Sheet, mapping: FileMapping, gazetteer: Gazetteer
) -> tuple[SharedName, ...]:
    """The names of counties that several share or nobody knows, of rows without a point."""
    headers = [header for _, header in mapping.columns]
    if not mapping.header("district") or not set(headers) <= set(sheet.headers):
        return ()
    counts: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for row, spot in zip(sheet.rows, waiting_spots(sheet, mapping), strict=True):
        reader = RowReader(sheet, mapping, row)
        text, city_text = reader.said("district"), reader.said("city")
        if not text or spot != NOWHERE:
            continue
        city = gazetteer.city(city_text) if city_text else ""
        found = gazetteer.find(text, city_code=city)
        if not found.is_known:
            counts[text, found.candidates] += 1
    return tuple(
        SharedName(name, candidates, rows) for (name, candidates), rows in counts.most_common()
    )
