"""The formats of DESIGN section 7: one registry, one door for the pages and the command line."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from layers.exports.extract import CONTENTS, Content, Extract
from layers.exports.geopackage import write_geopackage
from layers.exports.html_map import html_map
from layers.exports.kml import kml_chunks
from layers.exports.notes import notes
from layers.exports.own import OWN_CONTENTS, own_contents
from layers.exports.polygons import polygon_chunks
from layers.exports.shapefile import shapefile_zip
from layers.exports.tables import Table, table_of
from layers.exports.zipped import csv_zip, table_csv
from layers.geojson import geojson_chunks
from layers.table import BOM
from layers.xlsx import Sheet, to_xlsx
from terms.errors import CrsError, ExportError

Chunks = Iterator[str | bytes]
MOST_DETAILED = 100  # rows that get a block each in a PDF; more make a plain table
_SHAPED: tuple[Content, ...] = ("projects", "districts", "areas")
_OUTLINED: tuple[Content, ...] = (*_SHAPED, *OWN_CONTENTS)
_EVERY: tuple[Content, ...] = (*CONTENTS, *OWN_CONTENTS)
_SHEETS: tuple[Content, ...] = tuple(
    each for each in CONTENTS if each not in ("districts", "areas")
)


@dataclass(frozen=True)
class Format:
    """How one format is offered: what it can hold, and what it holds unless somebody chooses.

    `holds_many` tells whether several tables go into one file, `any_reference` whether it may be
    written in another reference system than WGS-84.
    """

    key: str
    extension: str
    mime: str
    write: Callable[[Extract, Sequence[Content]], Chunks]
    contents: tuple[Content, ...] = _EVERY
    default: tuple[Content, ...] = ("projects",)
    is_binary: bool = False
    holds_many: bool = True
    any_reference: bool = False


def chunks(
    extract: Extract,
    format: str,
    *,
    contents: Sequence[Content] | None = None,
    for_file: bool = True,
) -> Chunks:
    """The file in pieces, text or bytes; a large layer of GeoJSON is never held as a whole.

    Without `for_file` CSV has no BOM, as a pipe wants it.
    Raises ExportError or CrsError for what the format cannot hold, before anything is written.
    """
    chosen = FORMATS[format]
    wanted = tuple(contents or usual(own_contents(extract.registry), chosen))
    _refuse(extract, chosen, wanted)
    pieces = chosen.write(extract, wanted)
    if chosen.is_binary:
        pieces = iter(tuple(pieces))  # made before a file is opened: a failure spoils none
    return pieces if for_file or format != "csv" else (_bare(piece) for piece in pieces)


def usual(own: Sequence[Content], format: Format) -> tuple[Content, ...]:
    """What a file holds unless somebody chooses: all that suits it, users' own layers too."""
    if len(format.default) <= len(_SHAPED):
        return format.default
    return (*format.default, *own)


def write(extract: Extract, format: str, *, contents: Sequence[Content] | None = None) -> bytes:
    """The whole file; see `chunks`."""
    pieces = chunks(extract, format, contents=contents)
    return b"".join(piece.encode("utf-8") if isinstance(piece, str) else piece for piece in pieces)


def file_name(extract: Extract, format: str, contents: Sequence[Content] | None = None) -> str:
    """A name for a download: what is in it, of which plans, of which day."""
    chosen = FORMATS[format]
    wanted = tuple(contents or chosen.default)
    what = wanted[0] if len(wanted) == 1 else "all"
    plans = "-".join(extract.selection.plans) if len(extract.selection.plans) <= 2 else "some"
    kind = format if format != chosen.extension else ""
    parts = ("fengtu", what, plans, extract.day.isoformat(), kind)
    return "-".join(part for part in parts if part) + f".{chosen.extension}"


def _bare(piece: str | bytes) -> str | bytes:
    return piece.removeprefix(BOM.encode()) if isinstance(piece, bytes) else piece


def _refuse(extract: Extract, chosen: Format, wanted: Sequence[Content]) -> None:
    name = chosen.key
    if not chosen.holds_many and len(wanted) > 1:
        raise ExportError(
            f"{name} 一个文件只装一张表，请只选一种内容，或改用 gpkg、xlsx / "
            f"a {name} file holds one table: choose one, or take gpkg or xlsx"
        )
    for content in wanted:
        if content in OWN_CONTENTS and content not in own_contents(extract.registry):
            raise ExportError(
                f"没有用户导入的“{content}” / no user imported any {content}; choose other contents"
            )
        if content not in chosen.contents:
            raise ExportError(
                f"{name} 不能装“{content}”，可装：{'、'.join(chosen.contents)} / "
                f"{name} cannot hold {content}, only {', '.join(chosen.contents)}"
            )
    if not extract.reference.is_wgs84 and not chosen.any_reference:
        able = [each.key for each in FORMATS.values() if each.any_reference]
        raise CrsError(
            f"{name} 只能是 WGS-84（wgs84）；CGCS2000 请用 {'、'.join(able)} / "
            f"{name} is WGS-84 only (wgs84); for CGCS2000 take {' or '.join(able)}"
        )


def _tables(extract: Extract, contents: Sequence[Content]) -> tuple[Table, ...]:
    return tuple(table_of(extract, content) for content in contents)


def _geojson(extract: Extract, contents: Sequence[Content]) -> Chunks:
    if contents[0] == "projects":
        return geojson_chunks(
            extract.registry,
            extract.rows,
            selection=extract.selection,
            extract_date=extract.day,
        )
    return polygon_chunks(extract, table_of(extract, contents[0]))


def _geopackage(extract: Extract, contents: Sequence[Content]) -> Chunks:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fengtu.gpkg"
        write_geopackage(extract, _tables(extract, contents), path)
        yield path.read_bytes()


def _csv(extract: Extract, contents: Sequence[Content]) -> Chunks:
    yield table_csv(table_of(extract, contents[0]))


def _workbook(extract: Extract, contents: Sequence[Content]) -> Chunks:
    tables = _tables(extract, contents)
    sheets = [Sheet(each.title, each.columns, each.rows, each.headings) for each in tables]
    yield to_xlsx(sheets, notes=notes(extract, tables), language=extract.language)


def _html(extract: Extract, contents: Sequence[Content]) -> Chunks:
    yield html_map(extract)


def _zip(extract: Extract, contents: Sequence[Content]) -> Chunks:
    yield csv_zip(extract, _tables(extract, contents))


def _kml(extract: Extract, contents: Sequence[Content]) -> Chunks:
    return kml_chunks(extract, _tables(extract, contents))


def _shapefile(extract: Extract, contents: Sequence[Content]) -> Chunks:
    yield shapefile_zip(extract, _tables(extract, contents))


def _pdf(extract: Extract, contents: Sequence[Content]) -> Chunks:
    from layers.pdf.shortlist import (
        shortlist_pdf,
    )  # a quarter of a second that others need not wait

    yield shortlist_pdf(
        extract.registry,
        extract.rows,
        selection=extract.selection,
        extract_date=extract.day,
        language=extract.language,
        kind="selection",
        details=len(extract.rows) <= MOST_DETAILED,
    )


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KML = "application/vnd.google-earth.kml+xml"
_ROWS = (
    Format(
        "geojson", "geojson", "application/geo+json", _geojson, contents=_OUTLINED, holds_many=False
    ),
    Format(
        "gpkg",
        "gpkg",
        "application/geopackage+sqlite3",
        _geopackage,
        default=CONTENTS,
        is_binary=True,
        any_reference=True,
    ),
    Format("kml", "kml", _KML, _kml, contents=_SHAPED, default=("projects", "areas")),
    Format("csv", "csv", "text/csv", _csv, holds_many=False),
    Format("zip", "zip", "application/zip", _zip, default=_SHEETS, is_binary=True),
    Format("xlsx", "xlsx", _XLSX, _workbook, default=_SHEETS, is_binary=True),
    Format(
        "shp",
        "zip",
        "application/zip",
        _shapefile,
        contents=_SHAPED,
        default=_SHAPED,
        is_binary=True,
        any_reference=True,
    ),
    Format("html", "html", "text/html", _html, contents=("projects",)),
    Format("pdf", "pdf", "application/pdf", _pdf, contents=("projects",), is_binary=True),
)
FORMATS: Mapping[str, Format] = {row.key: row for row in _ROWS}
