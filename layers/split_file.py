"""The bureau's breakdown as an uploaded file, and a template that names what can be split."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from capacity.allocate import Place, place_of
from capacity.ledger import ledger
from capacity.split_places import has_closed_list
from capacity.splits import BINARY, COLUMNS, NO_SPLITS, Splits, parse_splits
from registry.areas import governed
from registry.registry import Registry
from terms.columns import Row, cell
from terms.errors import SplitError
from terms.language import Language
from terms.records import Project
from terms.units import WATTS_PER_MW

MAX_BYTES = 300_000
TEMPLATE_COLUMNS = (*COLUMNS, "district", "name", "row_mw")
_ENCODINGS = ("utf-8-sig", "gb18030")
_PARTING = " / "
_WORKBOOK = "这是 Excel 工作簿，请另存为 CSV UTF-8 / an Excel workbook; save it as CSV UTF-8"
_UTF_16 = "编码是 UTF-16，请另存为 CSV UTF-8 / the encoding is UTF-16; save it as CSV UTF-8"
_KINDS = {
    b"PK\x03\x04": _WORKBOOK,  # xlsx
    b"\xd0\xcf\x11\xe0": _WORKBOOK,  # xls
    b"\xff\xfe": _UTF_16,
    b"\xfe\xff": _UTF_16,
}
_MAX_FAULT = 300  # signs; a wrong file may be one endless line


@dataclass(frozen=True)
class Divisible:
    """A row that a breakdown may split: its counted watts and the counties it may lie in."""

    row: Project
    watts: int
    codes: tuple[str, ...]


def fitting_splits(
    registry: Registry, data: bytes, *, inferred: bool = True
) -> tuple[Splits, tuple[str, ...]]:
    """The breakdown of a file (UTF-8 or GB18030), or none of it and every fault in it."""
    splits, faults = _parsed(data)
    try:
        splits.by_row(registry, ledger(registry, inferred=inferred))
    except SplitError as error:
        faults += error.faults
    return (NO_SPLITS, tuple(each[:_MAX_FAULT] for each in faults)) if faults else (splits, ())


def kept_file(registry: Registry) -> tuple[str, bytes] | None:
    """The breakdown that is kept among the records, by name: the one in force, if there is one."""
    if not registry.own.splits:
        return None
    kept = registry.own.splits[0]
    return kept.name, kept.text.encode("utf-8")


def _parsed(data: bytes) -> tuple[Splits, tuple[str, ...]]:
    if wrong := _kind(data):
        return NO_SPLITS, (wrong,)
    if len(data) > MAX_BYTES:
        fault = f"文件 {len(data)} 字节，至多 {MAX_BYTES} / {len(data)} bytes, expected {MAX_BYTES}"
        return NO_SPLITS, (fault,)
    try:
        return parse_splits(_filled(text_of(data)))
    except csv.Error as error:
        return NO_SPLITS, (f"不是 CSV 文件（{error}） / not a CSV file ({error})",)
    except SplitError as error:
        return NO_SPLITS, error.faults


def _kind(data: bytes) -> str:
    """The sentence for a file that is no text of ours, by its first bytes; else empty."""
    for first, said in _KINDS.items():
        if data.startswith(first):
            return said
    return BINARY if b"\0" in data else ""


def one_language(fault: str, language: Language) -> str:
    """A fault in the language of the page; the command line prints both, parted by a slash."""
    head, colon, body = fault.partition(": ")
    parts = [head.split(_PARTING), body.rsplit(_PARTING, 1)]
    place = 0 if language == "zh" else -1
    said = [part[place].strip() for part in parts]
    return ("：" if language == "zh" else ": ").join(said) if colon else _whole(fault, language)


def _whole(fault: str, language: Language) -> str:
    return fault.split(_PARTING)[0 if language == "zh" else -1]


def divisible_rows(
    registry: Registry, *, plans: Iterable[str] = (), inferred: bool = True
) -> tuple[Divisible, ...]:
    """The rows with counted watts in no single county, and where each of them may lie."""
    entries = ledger(registry, inferred=inferred)
    wanted = set(plans) or {plan.id for plan in registry.plans}
    areas = {plan.id: governed(plan, registry.districts) for plan in registry.groups}
    found = []
    for row in registry.projects:
        entry = entries.get(row.id)
        is_free = place_of(row) in (Place.SHARED, Place.UNALLOCATED)
        if registry.plan_of(row) in wanted and entry and entry.counted_w and is_free:
            open_to = () if has_closed_list(row) else areas[registry.plan_of(row)]
            codes = tuple(sorted({*row.district_codes, *open_to}))
            found.append(Divisible(row, entry.counted_w, codes))
    return tuple(found)


def template_rows(registry: Registry, rows: Iterable[Divisible]) -> Iterable[Row]:
    """One line per row and county with the amount left empty, to be filled in and sent back.

    The columns after `share` help the person who fills it in; reading ignores them.
    """
    for each in rows:
        for code in each.codes:
            yield {
                "district_code": code,
                "item": each.row.id,
                "mw": None,
                "share": None,
                "district": registry.districts.name(code) if registry.districts.has(code) else code,
                "name": each.row.name,
                "row_mw": cell(Decimal(each.watts) / WATTS_PER_MW),
            }


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8 or GB18030; raises SplitError for another."""
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SplitError(["编码既非 UTF-8 也非 GB18030 / is neither UTF-8 nor GB18030"])


def _filled(text: str) -> str:
    """The lines of which an amount is filled in; others become empty and keep their numbers."""
    rows = list(csv.reader(io.StringIO(text)))
    header = [name.strip() for name in rows[0]] if rows else []
    amounts = [place for place, name in enumerate(header) if name in ("mw", "share")]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for number, cells in enumerate(rows):
        is_filled = any(place < len(cells) and cells[place].strip() for place in amounts)
        writer.writerow(cells if is_filled or not number or not amounts else [""] * len(header))
    return out.getvalue()
