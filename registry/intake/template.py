"""Templates to fill in: our headings, one example that an import leaves out, and what they mean."""

from __future__ import annotations

import csv
import io

from openpyxl import Workbook

from geo.districts import Districts
from registry.intake.fields import PROJECT_FIELDS
from registry.intake.words import known_words
from terms.messages import text

# Field → what the example holds; a heading is the field's name in the catalogue.
EXAMPLE: dict[str, str] = {
    "row_id": "2026-001",
    "name": "【示例】某镇100MW农光互补项目（导入时略过本行）",
    "city": "泰安市",
    "district": "肥城市",
    "township": "石横镇",
    "technology": "光伏",
    "capacity": "100",
    "status": "核准",
    "by_year": "2027",
    "owner": "某某新能源有限公司",
    "lon": "116.5230",
    "lat": "36.2010",
    "source": "某文件第3页",
    "note": "",
}


def template_headers() -> tuple[str, ...]:
    """The headings of the template, which an import reads without being told."""
    names = {field: text(f"intake_field.{field}", "zh") for field in PROJECT_FIELDS}
    units = {"capacity": "（MW）"}
    return tuple(f"{names[field]}{units.get(field, '')}" for field in EXAMPLE)


def csv_template() -> bytes:
    """The template as CSV that Excel opens: UTF-8 with its mark."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(template_headers())
    writer.writerow(EXAMPLE.values())
    return ("\ufeff" + out.getvalue()).encode()


def table_template(districts: Districts) -> bytes:
    """A table of all counties with an empty column of values; its heading is to be replaced."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(text("intake.table_columns", "zh").split("|"))
    for code in districts.codes:
        city = districts.city_name(districts.city_code(code))
        writer.writerow((code, city, districts.name(code), ""))
    return ("\ufeff" + out.getvalue()).encode()


def xlsx_template() -> bytes:
    """The template as a workbook; its second sheet says what each column takes."""
    book = Workbook(write_only=True)
    page = book.create_sheet(text("intake.template_sheet", "zh"))
    page.freeze_panes = "A2"
    page.append(list(template_headers()))
    page.append(list(EXAMPLE.values()))
    notes = book.create_sheet(text("xlsx.notes", "zh"))
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 22, 100
    for header, field in zip(template_headers(), EXAMPLE, strict=True):
        notes.append([header, _said(field)])
    notes.append([])
    notes.append([text("intake.template_note", "zh"), text("intake.template_note", "en")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _said(field: str) -> str:
    said = f"{text(f'intake_help.{field}', 'zh')} · {text(f'intake_help.{field}', 'en')}"
    return f"{said}：{known_words(field)}" if field in ("status", "technology") else said
