"""The one door: bytes of any of the five formats, told by their content, become a sheet."""

from __future__ import annotations

from registry.intake.archive import Archive, encrypted
from registry.intake.limits import LIMITS, Limits, check_size, refusal
from registry.intake.read_csv import decode, read_csv
from registry.intake.read_geojson import read_geojson
from registry.intake.read_vector import read_gpkg, read_shapefile
from registry.intake.read_xlsx import read_xlsx
from registry.intake.sheet import FileKind, Sheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SQLITE = b"SQLite format 3\x00"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_NO_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"II*\x00",
    b"MM\x00*",
    b"MZ",
    b"\x7fELF",
    b"<!DOCTYPE",
    b"<html",
    b"<?xml",
    b"PAR1",
)


def sniff(data: bytes, *, limits: Limits = LIMITS) -> FileKind:
    """What a file is; its name is not asked. Raises IntakeError for what we do not read."""
    check_size(data, limits)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise encrypted()
        raise refusal(
            "这是旧版 Excel（.xls）或 Office 文件，请另存为 XLSX",
            "this is an old Excel (.xls) or Office file; save it as XLSX",
        )
    if data.startswith(_SQLITE):
        return FileKind.GPKG
    if data.startswith(_ZIP):
        return _zip_kind(data, limits)
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:64]
    if head.lower().startswith(tuple(magic.lower() for magic in _NO_TABLES)):
        raise refusal(
            "不支持这种文件，请使用 CSV、XLSX、GeoJSON、GeoPackage 或打包的 Shapefile",
            "this kind of file is not read; use CSV, XLSX, GeoJSON, GeoPackage or a zipped "
            "Shapefile",
        )
    if head.startswith((b"{", b"[")) and _looks_like_json(data):
        return FileKind.GEOJSON
    return FileKind.CSV


def open_sheet(
    data: bytes,
    file: str,
    *,
    part: str = "",
    header_row: int | None = None,
    limits: Limits = LIMITS,
) -> Sheet:
    """Read a file of a stranger; `part` chooses a worksheet or a layer.

    `file` is only shown. Raises IntakeError with one sentence that names limit and remedy.
    """
    match sniff(data, limits=limits):
        case FileKind.CSV:
            return read_csv(data, file, limits=limits, header_row=header_row)
        case FileKind.XLSX:
            return read_xlsx(data, file, limits=limits, part=part, header_row=header_row)
        case FileKind.GEOJSON:
            return read_geojson(data, file, limits=limits)
        case FileKind.GPKG:
            return read_gpkg(data, file, limits=limits, part=part)
        case FileKind.SHAPEFILE:
            return read_shapefile(data, file, limits=limits, part=part)


def _zip_kind(data: bytes, limits: Limits) -> FileKind:
    names = {name.lower() for name in Archive(data, limits).names}
    is_book = "[content_types].xml" in names and any(name.startswith("xl/") for name in names)
    if is_book and "xl/workbook.bin" not in names:
        return FileKind.XLSX
    if any(name.endswith(".shp") for name in names):
        return FileKind.SHAPEFILE
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise refusal(
            "这是 XLSB 或 ODS 表格，请另存为 XLSX",
            "this is an XLSB or ODS workbook; save it as XLSX",
        )
    raise refusal(
        "压缩包里既没有 Shapefile 也不是 XLSX，请打包 .shp .shx .dbf .prj",
        "the archive is neither a Shapefile nor an XLSX; pack .shp, .shx, .dbf and .prj",
    )


def _looks_like_json(data: bytes) -> bool:
    text, _ = decode(data)
    return text.lstrip()[:1] in ("{", "[") and '"' in text[:10_000]
