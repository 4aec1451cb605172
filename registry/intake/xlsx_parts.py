"""The parts of a stranger's workbook: looked at one by one before any of them is parsed."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from xml.parsers import expat

from registry.intake.archive import Archive, check_xml
from registry.intake.limits import Limits, refusal, too_many_cells, too_many_columns

# What holds no cell: charts, pictures, links to other books, macros, properties.
_UNREAD = re.compile(
    r"^(?:docProps|customXml|docMetadata)/|\.(?:bin|vml|png|jpe?g|gif|emf|wmf)$|worksheets/_rels/"
    r"|^xl/(?:media|drawings|charts|chartsheets|pivot\w+|external\w+|comments\w*|threadedComments"
    r"|persons|embeddings|activeX|ctrlProps|printerSettings|queryTables|tables|slicer\w*|theme"
    r"|timeline\w*|richData|webextensions|model)(?:/|\.xml$|\d+\.xml$)",
    re.IGNORECASE,
)
_UNCOUNTED = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]*>\s*<f[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*'
    rb"</c>"
)
_PERCENT = re.compile(rb'numFmtId="(?:9|10)"|formatCode="[^"<>]*%')
_DATA = re.compile(rb"<((?:\w{1,20}:)?)sheetData\b")
_TEXT = re.compile(rb"<(?:\w{1,20}:)?si[\s/>]")
_NO_TEXTS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
_ELEMENTS_A_CELL = 3  # a cell, its value, and a formula or the parts of a text
_WIDEST = 16_384  # columns of the format
_MOST_ELEMENTS = 300_000  # of styles, names and lists of parts; 64,000 styles are Excel's own limit


@dataclass(frozen=True)
class Parts:
    """A book of sound parts alone; `uncounted` are formula cells without a value.

    `texts` are what its cells refer to by number, taken out of the book: openpyxl takes minutes
    for a million. `has_percents` where any cell may be shown as a percentage: such books are read
    more slowly.
    """

    book: bytes
    texts: list[str]
    uncounted: tuple[str, ...]
    has_percents: bool


def sound_parts(archive: Archive, limits: Limits) -> Parts:
    """What of a book is read at all; raises IntakeError for entities and for too much of it."""
    uncounted: list[str] = []
    texts: list[str] = []
    has_percents = False
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as book:
        for name in archive.names:
            if _UNREAD.search(name):
                continue
            content = archive.read(name)
            check_xml(content, name)
            _check_amount(content, name, limits)
            if "sharedstrings" in name.lower():
                texts, content = texts or _texts(content, limits), _NO_TEXTS
            if "worksheets/" in name:
                uncounted += [cell.decode() for cell in _UNCOUNTED.findall(content)[:1000]]
                content = _measured(content)
            has_percents |= name.endswith("styles.xml") and bool(_PERCENT.search(content))
            book.writestr(name, content)
    return Parts(out.getvalue(), texts, tuple(uncounted), has_percents)


def _texts(content: bytes, limits: Limits) -> list[str]:
    """The shared texts in their order, runs joined, phonetic signs left out; no DTD is in here."""
    found: list[str] = []
    pieces: list[str] = []
    path: list[str] = []

    def begin(tag: str, _: dict[str, str]) -> None:
        path.append(tag.rpartition("}")[2])

    def end(_: str) -> None:
        if path.pop() == "si":
            found.append("".join(pieces).replace("x005F_", ""))
            pieces.clear()
            if len(found) > limits.cells:
                raise too_many_cells(limits)

    def words(text: str) -> None:
        if path[-1] == "t" and "rPh" not in path:
            pieces.append(text)

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = words
    parser.Parse(content, True)
    return found


def _measured(content: bytes) -> bytes:
    """A worksheet that says how large it is; another one would be swept twice for that."""
    if b"dimension" in content:
        return content
    return _DATA.sub(rb'<\1dimension ref="A1"/>\g<0>', content, count=1)


def _check_amount(content: bytes, name: str, limits: Limits) -> None:
    """Elements are counted by their signs: what parses them holds ten times their size."""
    elements = content.count(b"<") - content.count(b"</")
    if elements <= _MOST_ELEMENTS:
        return
    lowered = name.lower()
    is_texts = "sharedstrings" in lowered
    if not (is_texts or ("sheet" in lowered and not _TEXT.search(content))):
        raise _too_much(name)
    if elements > limits.cells * _ELEMENTS_A_CELL:
        raise too_many_cells(limits)
    if not is_texts and _widest_row(content) > _WIDEST * _ELEMENTS_A_CELL:
        raise too_many_columns(limits)


def _widest_row(content: bytes) -> int:
    """The most elements between two ends of rows."""
    widest = at = 0
    while at < len(content):
        end = content.find(b"row>", at) + 1 or len(content)
        if end - at > widest:  # an element has more signs than one
            widest = max(widest, content.count(b"<", at, end) - content.count(b"</", at, end))
        at = end
    return widest


def _too_much(name: str) -> Exception:
    shown = "".join(sign for sign in name if sign.isprintable())[:80].replace(" · ", " ")
    return refusal(
        f"工作簿的 {shown} 里样式或名称过多，请把数据复制到新工作簿后再导入",
        f"{shown} of the workbook holds too many styles or names; copy the data into a new "
        "workbook and import that",
    )
