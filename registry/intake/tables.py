"""Figures by district as layers of the user's."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from registry.intake.fields import any_unit, without_unit
from registry.intake.gazetteer import Gazetteer
from registry.intake.lacking import whole_fault
from registry.intake.mapping import FileMapping
from registry.intake.projects import Reading, why_left_out
from registry.intake.proposal import Skipped
from registry.intake.quantity import read_number
from registry.intake.row_reader import RowReader
from registry.intake.sheet import Sheet
from registry.intake.values import WordError, read_date
from registry.intake.words import folded, is_not_stated
from terms.errors import QuantityError
from terms.own_records import OwnTable

_NO_COUNTY = "合计行，不是县区 · a row of totals, no county"
_LARGEST = Decimal(10) ** 12
_FINEST = Decimal("0.000001")


def read_tables(
    sheet: Sheet, mapping: FileMapping, gazetteer: Gazetteer
) -> tuple[tuple[OwnTable, ...], Reading]:
    """One table for each column of values; every row names one district, each at most once."""
    reading = Reading()
    headers = mapping.headers("value")
    date = _date(sheet, mapping, reading)
    units = {header: _unit(sheet, mapping, header, reading) for header in headers}
    values: dict[str, list[tuple[str, Decimal]]] = {header: [] for header in headers}
    if not headers or not mapping.header("district"):
        expected = (
            "县区一列和至少一列数值，请在“列对应”里选出 · a column of counties and one of values: "
            "choose them under the columns"
        )
        reading.faults.append(whole_fault(sheet, "columns", "缺少", "missing", expected))
    seen: dict[str, int] = {}
    for row in sheet.rows:
        reader = RowReader(sheet, mapping, row)
        if why := why_left_out(reader, "district", _NO_COUNTY):
            reading.skipped.append(Skipped(row, why))
            continue
        code = _district(reader, gazetteer, seen)
        for header in headers:
            number = _number(reader, header)
            if number is not None and code:
                values[header].append((code, number))
        if reader.faults:
            reading.faulty += 1
            reading.faults += reader.faults
    source = mapping.constant("source") or sheet.file
    tables = tuple(
        _table(mapping, header, units[header], date, source, values[header]) for header in headers
    )
    for table in tables:
        if not table.values and not reading.faults:
            expected = "至少一个数值 · at least one figure"
            reading.faults.append(
                whole_fault(sheet, table.title, "没有数值", "no figure", expected)
            )
    return ((), reading) if reading.faults else (tables, reading)


def _table(
    mapping: FileMapping,
    header: str,
    unit: str,
    date: str,
    source: str,
    values: list[tuple[str, Decimal]],
) -> OwnTable:
    own, own_name = mapping.constant("title"), without_unit(header)
    several = len(mapping.headers("value")) > 1
    title = f"{own} · {own_name}" if own and several else own or own_name
    digest = hashlib.sha256(f"{folded(source)}\x1e{title}\x1e{date}".encode()).hexdigest()
    return OwnTable(f"table-{digest[:12]}", title, unit, date, source, tuple(sorted(values)))


def _district(reader: RowReader, gazetteer: Gazetteer, seen: dict[str, int]) -> str:
    text = reader.said("district")
    city = gazetteer.city(reader.said("city")) if reader.said("city") else ""
    chosen = reader.mapping.choice(text)
    found = gazetteer.find(chosen or text, city_code="" if chosen else city)
    if len(found.codes) != 1 or found.candidates:
        labels = gazetteer.labels(found.candidates) or "370983、肥城市、枣庄市市中区"
        expected = f"一个县（市、区）：{labels} · one county: {labels}"
        reader.fault("district", text, expected)
        return ""
    code = found.codes[0]
    if code in seen:
        expected = f"每县一行；第 {seen[code]} 行已有 · one row a county; row {seen[code]} has it"
        reader.fault("district", text, expected)
        return ""
    seen[code] = reader.row.number
    return code


def _number(reader: RowReader, header: str) -> Decimal | None:
    cell = reader.row.cells[reader.sheet.headers.index(header)]
    if is_not_stated(cell):
        return None
    try:
        value = read_number(cell)
        if abs(value) >= _LARGEST:
            raise QuantityError("合理的数值，绝对值小于 10¹² · a figure below 10¹²")
    except QuantityError as error:
        reader.faults.append(reader.sheet.fault(reader.row, header, cell, str(error)))
        return None
    return value if value == value.quantize(_FINEST) else value.quantize(_FINEST)


def _unit(sheet: Sheet, mapping: FileMapping, header: str, reading: Reading) -> str:
    unit = any_unit(header) or mapping.constant("unit")
    if not unit:
        expected = (
            "单位：写在表头的括号里，或为整个文件填写（命令行 --set unit=MW） · a unit: in the "
            "brackets of the heading, or said for the whole file (command line --set unit=MW)"
        )
        reading.faults.append(whole_fault(sheet, header, "没有单位", "no unit", expected))
    return unit


def _date(sheet: Sheet, mapping: FileMapping, reading: Reading) -> str:
    said = mapping.constant("date")
    try:
        found = read_date(said)
    except WordError as error:
        reading.faults.append(whole_fault(sheet, "date", said, "", str(error)))
        return ""
    if not found:
        expected = "数据日期，如 2025-12-31 · the date of the figures, such as 2025-12-31"
        reading.faults.append(whole_fault(sheet, "date", "没有说明", "nothing said", expected))
    return found
