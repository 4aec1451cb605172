"""KML for globes and phones: a folder per table, a colour per layer, all columns with titles."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import shapely

from layers.exports.extract import Extract
from layers.exports.fields import FieldType, codes, field_type
from layers.exports.notes import notes
from layers.exports.tables import Table
from layers.own_words import own_word
from layers.styles import STYLES
from layers.table import without_controls
from terms.columns import Cell, Row
from terms.messages import text

_TYPES: dict[FieldType, str] = {
    "text": "string",
    "integer": "int",
    "real": "double",
    "boolean": "bool",
}
_NAMES = {"projects": "name", "districts": "district", "areas": "name"}
# What the balloon of a project tells, in this order; the rest stands in its data.
_TOLD = (
    "layer", "kind", "capacity_printed", "quantity_printed", "districts", "owner", "status",
    "by_year", "geometry_role", "accuracy_m", "plan_status", "source_title", "source_section",
    "source_item", "note",
)  # fmt: skip


def kml_chunks(extract: Extract, tables: tuple[Table, ...]) -> Iterator[str]:
    """The document in pieces; rows without a place are placemarks without a point."""
    said = "\n".join(f"{item}: {words}" for item, words in notes(extract, tables))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'
    yield f"<Document>\n<name>{_text(text('extract.title', extract.language))}</name>\n"
    yield f"<description>{escape(_lines(said))}</description>\n"
    for layer, style in STYLES.items():
        yield (
            f'<Style id="{layer.value}"><IconStyle><color>{_abgr(style.colour)}</color>'
            "<scale>0.9</scale></IconStyle><LabelStyle><scale>0.8</scale></LabelStyle></Style>\n"
        )
    yield (
        '<Style id="outline"><LineStyle><color>ff76735d</color><width>1.6</width></LineStyle>'
        "<PolyStyle><fill>0</fill></PolyStyle></Style>\n"
    )
    for table in tables:
        yield from _folder(extract, table)
    yield "</Document>\n</kml>\n"


def _folder(extract: Extract, table: Table) -> Iterator[str]:
    yield f'<Schema name="{table.key}" id="{table.key}">\n'
    for column in table.columns:
        yield (
            f'<SimpleField type="{_TYPES[field_type(column)]}" name="{column}">'
            f"<displayName>{_text(table.headings[column])}</displayName></SimpleField>\n"
        )
    yield f"</Schema>\n<Folder>\n<name>{_text(table.title)}</name>\n"
    for row, shape in zip(table.rows, table.shapes, strict=True):
        yield _placemark(extract, table, row, shape)
    yield "</Folder>\n"


def _placemark(extract: Extract, table: Table, row: Row, shape: shapely.Geometry | None) -> str:
    style = row["layer"] if table.key == "projects" else "outline"
    cells = "".join(
        f'<SimpleData name="{column}">{_text(_plain(row[column]))}</SimpleData>'
        for column in table.columns
        if row[column] is not None
    )
    return (
        f"<Placemark id={quoteattr(without_controls(str(row[table.columns[0]])))}>"
        f"<name>{_text(str(row[_NAMES[table.key]]))}</name>"
        f"<description>{escape(_told(extract, table, row))}</description>"
        f"<styleUrl>#{style}</styleUrl>"
        f'<ExtendedData><SchemaData schemaUrl="#{table.key}">{cells}</SchemaData></ExtendedData>'
        f"{_geometry(shape)}</Placemark>\n"
    )


def _told(extract: Extract, table: Table, row: Row) -> str:
    """The chief facts as text; viewers read a description as HTML, so its signs are escaped too."""
    lines = []
    for column in table.columns if table.key != "projects" else _TOLD:
        value = row[column]
        if value is None:
            continue
        own = own_word(str(row.get("plan")), column, str(value), extract.language)
        words = own or codes(column, extract.language).get(str(value), _plain(value))
        lines.append(f"{table.headings[column]}: {words}")
    return _lines("\n".join(lines))


def _lines(words: str) -> str:
    clean = (escape(without_controls(line)) for line in words.split("\n"))
    return "<br/>".join(clean)


def _plain(value: Cell) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _geometry(shape: shapely.Geometry | None) -> str:
    if shape is None:
        return ""
    parts = [_part(part) for part in shapely.get_parts(shape)]
    return parts[0] if len(parts) == 1 else f"<MultiGeometry>{''.join(parts)}</MultiGeometry>"


def _part(part: shapely.Geometry) -> str:
    if isinstance(part, shapely.Point):
        return f"<Point><coordinates>{part.x},{part.y}</coordinates></Point>"
    oriented = shapely.geometry.polygon.orient(part)
    inner = "".join(
        f"<innerBoundaryIs>{_ring(hole)}</innerBoundaryIs>" for hole in oriented.interiors
    )
    outer = f"<outerBoundaryIs>{_ring(oriented.exterior)}</outerBoundaryIs>"
    return f"<Polygon>{outer}{inner}</Polygon>"


def _ring(line: shapely.Geometry) -> str:
    pairs = " ".join(f"{lon:.6f},{lat:.6f}" for lon, lat in shapely.get_coordinates(line))
    return f"<LinearRing><coordinates>{pairs}</coordinates></LinearRing>"


def _text(words: str) -> str:
    return escape(without_controls(words))


def _abgr(colour: str) -> str:
    red, green, blue = (colour[at : at + 2] for at in (1, 3, 5))
    return f"ff{blue}{green}{red}"
