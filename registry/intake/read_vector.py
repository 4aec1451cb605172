"""GeoPackage and zipped Shapefile as sheets: looked at first, then read by GDAL under our names.

GDAL sees only files that we wrote into a folder of our own, never a name that a user gave, so
none of its virtual file systems or network drivers can be reached.
"""

from __future__ import annotations

import struct
import tempfile
import warnings
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pyogrio
import pyogrio.raw
import shapely

from registry.intake.archive import Archive
from registry.intake.geopackage import sound_layers
from registry.intake.limits import Limits, check_extent, damaged, refusal, shown
from registry.intake.sheet import Door, FileKind, Sheet, SheetRow, unique_headers
from terms.errors import IntakeError

_BROKEN = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FieldError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.CRSError,
    RuntimeError,
    ValueError,
    OverflowError,
    TypeError,
    shapely.errors.ShapelyError,
    UnboundLocalError,  # of pyogrio itself, on a reference system that it cannot read
)
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_NAME_BYTES = 200
_SPOILT = "parsed incompletely"  # GDAL made 0 of a word in a column of numbers
_CODE_PAGES = {
    **dict.fromkeys(("utf-8", "utf8", "65001", "cp65001"), "utf-8"),
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "936", "cp936", "54936", "oem 936"), "gb18030"),
    **dict.fromkeys(("big5", "950", "cp950", "oem 950"), "cp950"),
    **dict.fromkeys(("iso-8859-1", "88591", "latin1", "1252", "cp1252", "ansi 1252"), "cp1252"),
}


def read_gpkg(data: bytes, file: str, *, limits: Limits, part: str = "") -> Sheet:
    """A layer of a GeoPackage; without `part` its only one. Raises IntakeError."""
    with tempfile.TemporaryDirectory(prefix="fengtu-intake-") as folder:
        path = Path(folder) / "upload.gpkg"
        path.write_bytes(data)
        layers = sound_layers(path, limits)
        layer = _choose(layers, part)
        return _read(path, file, FileKind.GPKG, limits, layer=layer, parts=tuple(layers))


def read_shapefile(data: bytes, file: str, *, limits: Limits, part: str = "") -> Sheet:
    """A Shapefile in a zip; without `part` its only one. Raises IntakeError."""
    archive = Archive(data, limits)
    stems = {
        str(PurePosixPath(name).with_suffix("")): PurePosixPath(name).stem
        for name in archive.names
        if name.lower().endswith(".shp") and not name.startswith("__MACOSX/")
    }
    if not stems:
        raise refusal(
            "压缩包里没有 .shp，请把 .shp .shx .dbf .prj 一起打包",
            "the archive holds no .shp; pack .shp, .shx, .dbf and .prj together",
        )
    stem = _choose(list(stems), part)
    with tempfile.TemporaryDirectory(prefix="fengtu-intake-") as folder:
        path = Path(folder) / "upload.shp"
        _unpack(archive, stem, Path(folder))
        encoding = _dbf_encoding(path.with_suffix(".dbf"), limits)
        return _read(
            path,
            file,
            FileKind.SHAPEFILE,
            limits,
            layer="upload",
            parts=tuple(stems),
            encoding=encoding,
        )


def _unpack(archive: Archive, stem: str, folder: Path) -> None:
    for name in archive.names:
        own = PurePosixPath(name)
        suffix = own.suffix.lower()
        if str(own.with_suffix("")) == stem and suffix in _PARTS:
            (folder / f"upload{suffix}").write_bytes(archive.read(name))
    missing = [each for each in (".dbf", ".shx") if not (folder / f"upload{each}").is_file()]
    if missing:
        raise refusal(
            f"Shapefile 缺少 {'、'.join(missing)}，请一起打包",
            f"the Shapefile lacks {', '.join(missing)}; pack all its parts together",
        )


def _dbf_encoding(path: Path, limits: Limits) -> str:
    """The encoding of the attributes: UTF-8 or GB 18030 if the words fit, else what .cpg says.

    A .cpg is often wrong, and a code page of one byte a sign fits any words.
    """
    data = path.read_bytes()
    try:
        count, start, width = struct.unpack_from("<IHH", data, 4)
    except struct.error:
        raise damaged("dbf") from None
    check_extent(limits, rows=count)
    if start + count * width > len(data) + 1:
        raise damaged("dbf")
    if count != (path.with_suffix(".shx").stat().st_size - 100) // 8:
        raise damaged("Shapefile", ".dbf / .shx")
    said = path.with_suffix(".cpg")
    named = said.read_bytes()[:40].decode("ascii", "ignore").strip() if said.is_file() else ""
    named = _CODE_PAGES.get(named.lower().replace("_", "-"), "")
    # A descriptor of 32 bytes a field: its name, then lengths, which are no words.
    names = b" ".join(data[at : at + 11].split(b"\0")[0] for at in range(32, start - 1, 32))
    words = names + b" " + data[start:]
    for encoding in (
        "utf-8",
        *([named] if named == "cp950" and _is_big5(words) else ()),
        "gb18030",
    ):
        try:
            words.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return named or "gb18030"


def _is_big5(words: bytes) -> bool:
    """Do words in Big5 use its common signs? Those of GB 18030 read so make rare ones."""
    signs = [sign for sign in words.decode("cp950", "replace") if sign > "\x7f"]
    common = [sign for sign in signs if b"\xa4" <= sign.encode("cp950", "replace") < b"\xc7"]
    return len(common) > 0.9 * len(signs)


def _choose(names: list[str], part: str) -> str:
    if part:
        if part not in names:
            raise _which(names, part)
        return part
    if len(names) > 1:
        raise _which(names, "")
    return names[0]


def _which(names: list[str], part: str) -> IntakeError:
    listed = "、".join(shown(name) for name in names[:20])
    found = f"没有图层“{shown(part)}”；" if part else "有几个图层；"
    found_en = f"there is no layer {shown(part)}; " if part else "there are several layers; "
    return refusal(f"{found}请选择其一：{listed}", f"{found_en}choose one of: {listed}")


def _read(
    path: Path,
    file: str,
    kind: FileKind,
    limits: Limits,
    *,
    layer: str,
    parts: tuple[str, ...],
    encoding: str = "",
) -> Sheet:
    options: dict[str, Any] = {"encoding": encoding} if encoding else {}
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            meta, _, shapes, columns = pyogrio.raw.read(
                path, layer=layer, force_2d=True, max_features=limits.rows + 1, **options
            )
        if spoilt := [str(each.message) for each in told if _SPOILT in str(each.message)]:
            raise damaged(kind.value, spoilt[0])
        names = [str(name) for name in meta["fields"]]
        count = len(shapes) if shapes is not None else len(columns[0]) if columns else 0
        check_extent(limits, rows=count, columns=len(names), cells=len(names) * count)
        door = Door(limits, is_marked=False)
        texts = [[_text(value) for value in np.asarray(column).tolist()] for column in columns]
    except (*_BROKEN, UnicodeDecodeError) as error:
        raise damaged(kind.value, str(error)) from None
    headers, renamed = unique_headers(
        (door.cell(name, where=f"[{place}]") for place, name in enumerate(names, start=1)),
        letters=False,
    )
    rows = tuple(
        SheetRow(
            number + 1,
            tuple(door.cell(column[number], where=f"{number + 1}") for column in texts),
            None if shapes is None or shapes[number] is None else bytes(shapes[number]),
        )
        for number in range(count)
    )
    if not rows:
        raise refusal("图层里没有要素", "the layer holds no feature; check the file")
    crs = str(meta.get("crs") or "")
    remarks = (*renamed, *door.all_remarks())
    title = layer if kind is FileKind.GPKG else ""
    return Sheet(file, kind, headers, rows, 0, crs, encoding, title, parts, remarks)


def _text(value: object) -> str:
    if value is None or value != value:  # NaN stands for what is not stated
        return ""
    if isinstance(value, float):
        return format(value, ".15g")
    return str(value)
