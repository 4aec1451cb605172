"""Hostile texts as words of what users enter: in every file as they are, and back by our import."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyogrio
import pytest

from capacity.check import Rules
from layers.exports.extract import Extract, extract_of
from layers.exports.formats import FORMATS, write
from layers.exports.tables import table_of
from layers.pdf.brief import brief_pdf
from layers.table import without_controls
from registry.additions import with_additions
from registry.intake.open import open_sheet
from registry.intake.sheet import is_control
from registry.registry import Registry
from store.store import open_store
from terms.own_records import Note, OwnArea, OwnTable
from terms.selection import Selection
from tests.hostile import UNSEEN, VISIBLE
from tests.keeping import keep
from tests.layers.pdf.printed import bare, text_of
from tests.registry.own_builders import FEICHENG, own, position
from tests.store.samples import SQUARE

# Signs that turn the line are refused by the store with a sentence; all else is text.
FIT = (words for words in (*VISIBLE, *UNSEEN) if not any(map(is_control, words)))
WORDS = tuple(words[:100].strip() for words in FIT)
_TEXTS = ("name", "owner", "township", "zone")


def records() -> Iterator[object]:
    """Each text in every free field of a project, a position, a remark, a table and an area."""
    for number, words in enumerate(WORDS):
        id = f"user-{number:02x}ff"
        texts = dict.fromkeys((*_TEXTS, "note", "source", "place_source", "source_row"), words)
        made = own(id.removeprefix("user-"), 1, district_codes=(FEICHENG,), **texts)
        yield replace(made, id=id, city_code="370900")
        yield position(id, source=words, outside_reason=words)
        yield Note(id, words)
        values = ((FEICHENG, Decimal(1)),)
        yield OwnTable(f"table-{number:02x}", words, words[:20], "2025-12-31", words, values)
        yield OwnArea(f"area-{number:02x}", words, words, ((words, SQUARE.wkb),))


@pytest.fixture
def extract(registry: Registry) -> Extract:
    """What a file holds after all of it went through the store."""
    keep(*records())
    whole = with_additions(registry, open_store().book())
    return extract_of(whole, Selection(plans=("user",)), day=date(2026, 1, 31))


def wanted(extract: Extract) -> dict[str, dict[str, str]]:
    """What was entered, and is in the store to the sign."""
    held = {each.id: each for each in open_store().book().projects}
    assert [held[f"user-{number:02x}ff"].name for number in range(len(WORDS))] == list(WORDS)
    return {id: {name: getattr(each, name) for name in _TEXTS} for id, each in held.items()}


def test_every_file_says_what_was_entered(extract: Extract, tmp_path: Path) -> None:
    expected = {
        id: {name: without_controls(words) for name, words in row.items()}
        for id, row in wanted(extract).items()
    }
    features = json.loads(write(extract, "geojson"))["features"]
    found = {each["properties"]["id"]: each["properties"] for each in features}
    assert {id: {name: found[id][name] for name in _TEXTS} for id in found} == expected
    (tmp_path / "a.gpkg").write_bytes(write(extract, "gpkg"))
    frame = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="projects").set_index("id")
    assert frame[list(_TEXTS)].to_dict("index") == expected
    titles = [without_controls(words) for words in WORDS]
    for layer in ("own_tables", "own_areas"):
        read = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer=layer)
        assert list(read["title"]) == titles and list(read["source"]) == titles
    rows = csv.reader(
        io.StringIO(write(extract, "csv", contents=("own_tables",)).decode("utf-8-sig"))
    )
    assert len(list(rows)) == len(WORDS) + 1


@pytest.mark.parametrize("format", ["csv", "xlsx", "geojson", "gpkg"])
def test_our_import_gives_back_every_text(extract: Extract, format: str) -> None:
    """The mark against formulas is taken off exactly, and nothing else is."""
    data = write(extract, format, contents=("projects",))  # type: ignore[arg-type]
    part = "projects" if format == "gpkg" else ""
    if format == "xlsx":
        part = table_of(extract, "projects").title
    sheet = open_sheet(data, "back", part=part)
    heads = table_of(extract, "projects").columns if format == "xlsx" else sheet.headers
    at = {name: heads.index(name) for name in ("id", *_TEXTS)}
    found = {
        row.cells[at["id"]]: {name: row.cells[at[name]] for name in _TEXTS} for row in sheet.rows
    }
    expected = wanted(extract)
    assert {id: found[id] for id in expected} == expected


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_every_format_can_be_written(extract: Extract, format: str) -> None:
    assert write(extract, format)  # type: ignore[arg-type]


def test_a_brief_prints_them_as_text(extract: Extract) -> None:
    data = brief_pdf(extract.registry, FEICHENG, rules=Rules(extract.day))
    assert bare(WORDS[0]) in text_of(data)
