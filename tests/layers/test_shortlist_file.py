"""The shortlist as a workbook, read back."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

from layers.shortlist_file import shortlist_xlsx
from registry.registry import Registry
from terms.columns import PROJECT_COLUMNS
from terms.selection import Selection

IDS = ("binzhou-base-01", "binzhou-base-02", "taian-pv-04", "jining-battery-01")
LINK = "http://127.0.0.1:8501/projects?pick=taian-pv-04"


def _read(registry: Registry, selection: Selection) -> openpyxl.Workbook:
    rows = [registry.by_id[id] for id in IDS]
    data = shortlist_xlsx(
        registry, rows, selection=selection, link=LINK, extract_date=date(2026, 11, 21)
    )
    return openpyxl.load_workbook(io.BytesIO(data))


def test_rows_and_sums_in_chinese(registry: Registry) -> None:
    book = _read(registry, Selection(shortlist=IDS))
    rows, sums, notes = book.worksheets
    assert (rows.title, sums.title) == ("清单", "小计")
    table = list(rows.values)
    assert len(table) == len(IDS) + 1 and len(table[0]) == len(PROJECT_COLUMNS) + 3
    assert [line[0] for line in table[1:]] == list(IDS)
    counted = table[0].index("计入规模")
    assert [line[counted] for line in table[1:]] == [13180, 3800, 800, None]
    assert [line[4] for line in list(sums.values)[1:]] == [800, 3800, 13180]
    said = "\n".join(str(cell) for line in notes.values for cell in line)
    assert LINK in said and "2026-11-21" in said and "都在清单中" in said


def test_english_headings_and_draft_mark(registry: Registry) -> None:
    lixia = next(row for row in registry.projects if row.plan == "lixia")
    selection = Selection(language="en", shortlist=(lixia.id,))
    data = shortlist_xlsx(
        registry, [lixia], selection=selection, link=LINK, extract_date=date(2026, 11, 21)
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    said = "\n".join(str(cell) for line in book.worksheets[2].values for cell in line)
    assert "consultation draft" in said.lower()
    assert book.worksheets[0]["F1"].value == "Project"
