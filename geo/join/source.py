"""Points from a file, batch by batch: CSV and (Geo)Parquet of any length in constant memory."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pyproj
import shapely

from geo.crs import Crs, parse_crs
from geo.join.numbers import numbers
from geo.join.points import coordinates
from terms.errors import CrsError, JoinError

Floats = npt.NDArray[np.float64]

CSV_SUFFIXES, PARQUET_SUFFIXES = (".csv", ".txt"), (".parquet", ".geoparquet")
LON_NAMES = ("lon", "lng", "long", "longitude", "经度")
LAT_NAMES = ("lat", "latitude", "纬度")
BATCH_ROWS = 131_072
BLOCK_BYTES = 8 << 20
_READ_BYTES = 1 << 20
_REMEDY = "say one with --crs wgs84, cgcs2000, gcj02 or bd09"
_GEOGRAPHIC = ("World Geodetic System 1984", "China 2000")


@dataclass(frozen=True, eq=False)
class Batch:
    """Some rows of the file: coordinates as declared, NaN where there are none, and values."""

    lon: Floats
    lat: Floats
    values: dict[str, Floats]


@dataclass(frozen=True)
class Source:
    """A file and how to read it; `geometry` names the column of points, else `lon` and `lat`."""

    path: Path
    crs: Crs
    columns: tuple[str, ...]
    lon: str = ""
    lat: str = ""
    geometry: str = ""
    encoding: str = "utf-8"

    @property
    def is_csv(self) -> bool:
        """Is it text, not Parquet?"""
        return self.path.suffix.lower() in CSV_SUFFIXES

    @property
    def wanted(self) -> list[str]:
        """The columns to read, each once."""
        places = [self.geometry] if self.geometry else [self.lon, self.lat]
        return list(dict.fromkeys([*places, *self.columns]))


def open_source(
    path: Path,
    *,
    crs: Crs | str | None = None,
    lon: str | None = None,
    lat: str | None = None,
    columns: Sequence[str] = (),
) -> Source:
    """Look at the head of a file: its columns, its encoding, the reference system it declares.

    `crs` may be left out where GeoParquet declares WGS-84 or CGCS2000. Raises JoinError for a file
    or a column that is not there, CrsError for a reference system that is missing or no degrees.
    """
    if not path.is_file():
        raise JoinError(f"there is no file {path}; check the path")
    if path.suffix.lower() in CSV_SUFFIXES:
        encoding = _encoding(path)
        return _of_columns(path, _csv_header(path, encoding), crs, (lon, lat), columns, encoding)
    if path.suffix.lower() not in PARQUET_SUFFIXES:
        known = ", ".join((*CSV_SUFFIXES, *PARQUET_SUFFIXES))
        raise JoinError(f"{path.name}: cannot read {path.suffix or 'it'}, expected {known}")
    schema = _parquet(path).schema_arrow
    described = (schema.metadata or {}).get(b"geo")
    if described is None or lon or lat:
        return _of_columns(path, schema.names, crs, (lon, lat), columns, "utf-8")
    try:
        content = json.loads(described)
        geometry = content["primary_column"]
        declared = _declared(content["columns"][geometry], path)
    except (ValueError, TypeError, KeyError, AttributeError, pyproj.exceptions.CRSError) as error:
        raise JoinError(
            f"{path.name}: what it says of its geometry cannot be read "
            f"({type(error).__name__}); write it anew as GeoParquet"
        ) from error
    _check_columns(path, schema.names, [geometry])
    if declared is None and crs is None:
        raise CrsError(f"{path.name} says that its reference system is not known: {_REMEDY}")
    _check_columns(path, schema.names, columns)
    system = parse_crs(declared if crs is None else crs)
    return Source(path, system, tuple(columns), geometry=geometry)


def batches(source: Source) -> Iterator[Batch]:
    """All rows of the file in their order."""
    first_row = 1
    for table in _csv_tables(source) if source.is_csv else _parquet_tables(source):
        yield batch_of(source, table, first_row=first_row)
        first_row += table.num_rows


def batch_of(source: Source, table: pa.RecordBatch, *, first_row: int | None = None) -> Batch:
    """The coordinates and the values of some rows; `first_row` is the number of the first."""

    def read(name: str, *, strict: bool) -> Floats:
        return numbers(table.column(name), name, first_row=first_row, strict=strict)

    if source.geometry:
        lon, lat = _spots(table.column(source.geometry))
    else:
        lon, lat = read(source.lon, strict=False), read(source.lat, strict=False)
    return Batch(lon, lat, {name: read(name, strict=True) for name in source.columns})


def _spots(geometry: pa.Array) -> tuple[Floats, Floats]:
    """The coordinates of a GeoParquet column of points, WKB or GeoArrow; NaN where it is empty."""
    if pa.types.is_struct(geometry.type):
        lon, lat = (pa.compute.struct_field(geometry, axis) for axis in ("x", "y"))
        return lon.to_numpy(zero_copy_only=False), lat.to_numpy(zero_copy_only=False)
    plain = _plain_points(geometry)
    if plain is not None:
        return plain
    try:
        points = shapely.from_wkb(geometry.to_numpy(zero_copy_only=False))
    except (shapely.errors.GEOSException, TypeError) as error:
        raise JoinError(
            "a geometry of the file is no WKB that can be read; write it anew as GeoParquet"
        ) from error
    return coordinates(points)


_WKB_POINT = np.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])


def _plain_points(geometry: pa.Array) -> tuple[Floats, Floats] | None:
    """Straight from the bytes where every value is a little-endian two-dimensional point."""
    if not pa.types.is_binary(geometry.type) or geometry.null_count or not len(geometry):
        return None
    _, ends, data = geometry.buffers()
    offsets = np.frombuffer(ends, dtype=np.int32)[geometry.offset :][: len(geometry) + 1]
    if (np.diff(offsets) != _WKB_POINT.itemsize).any():
        return None
    raw = np.frombuffer(data, dtype=np.uint8)[offsets[0] : offsets[-1]].view(_WKB_POINT)
    if (raw["order"] != 1).any() or (raw["type"] != 1).any():
        return None
    return raw["x"].astype(np.float64), raw["y"].astype(np.float64)


def _parquet(path: Path) -> pa.parquet.ParquetFile:
    try:
        # Read as it goes: one row group may be the whole file.
        return pa.parquet.ParquetFile(path, pre_buffer=False, buffer_size=_READ_BYTES)
    except (pa.ArrowException, OSError) as error:
        raise JoinError(f"{path.name} is no Parquet file that can be read: {error}") from error


def _parquet_tables(source: Source) -> Iterator[pa.RecordBatch]:
    with _parquet(source.path) as file:
        try:
            yield from file.iter_batches(batch_size=BATCH_ROWS, columns=source.wanted)
        except (pa.ArrowException, OSError) as error:
            raise JoinError(
                f"{source.path.name} cannot be read to its end: {error}; get the file again"
            ) from error


def _csv_tables(source: Source) -> Iterator[pa.RecordBatch]:
    as_text = dict.fromkeys(source.wanted, pa.string())
    try:
        with pa.csv.open_csv(
            source.path,
            read_options=pa.csv.ReadOptions(block_size=BLOCK_BYTES, encoding=source.encoding),
            parse_options=pa.csv.ParseOptions(newlines_in_values=True),
            convert_options=pa.csv.ConvertOptions(
                include_columns=source.wanted, column_types=as_text
            ),
        ) as tables:
            yield from tables
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise JoinError(f"{source.path.name} cannot be read as CSV: {error}") from error


def _csv_header(path: Path, encoding: str) -> list[str]:
    with path.open(encoding=encoding.replace("utf-8", "utf-8-sig"), newline="") as stream:
        return next(csv.reader(stream), [])


def _encoding(path: Path) -> str:
    """UTF-8 where the whole file is, else GB 18030, which Excel writes in China; else JoinError."""
    for encoding in ("utf-8", "gb18030"):
        if _is_all_in(path, encoding):
            return encoding
    raise JoinError(f"{path.name} is text neither in UTF-8 nor in GB 18030; save it as CSV UTF-8")


def _is_all_in(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream:
        try:
            while block := stream.read(_READ_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _of_columns(
    path: Path,
    names: Sequence[str],
    crs: Crs | str | None,
    ends: tuple[str | None, str | None],
    columns: Sequence[str],
    encoding: str,
) -> Source:
    if crs is None:
        raise CrsError(f"{path.name} declares no reference system: {_REMEDY}")
    lon = ends[0] or _usual(path, names, LON_NAMES, "--lon")
    lat = ends[1] or _usual(path, names, LAT_NAMES, "--lat")
    _check_columns(path, names, [lon, lat, *columns])
    return Source(path, parse_crs(crs), tuple(columns), lon=lon, lat=lat, encoding=encoding)


def _usual(path: Path, names: Sequence[str], usual: tuple[str, ...], option: str) -> str:
    found = [name for name in names if name.strip().lower() in usual]
    if len(found) != 1:
        raise JoinError(
            f"{path.name}: {len(found)} columns are called {' or '.join(usual)}; say which with "
            f"{option}; its columns are {', '.join(names)}"
        )
    return found[0]


def _check_columns(path: Path, names: Sequence[str], wanted: Sequence[str]) -> None:
    for name in wanted:
        if list(names).count(name) != 1:
            raise JoinError(
                f"{path.name} has {list(names).count(name)} columns {name}, expected one; "
                f"its columns are {', '.join(names)}"
            )


def _declared(column: dict[str, object], path: Path) -> Crs | None:
    """What GeoParquet says of its points; without a word they are WGS-84 (OGC:CRS84)."""
    described = column.get("crs", "OGC:CRS84")
    if described is None:
        return None
    crs = pyproj.CRS.from_user_input(described)
    datum = crs.datum.name if crs.datum else ""
    if not crs.is_geographic or not datum.startswith(_GEOGRAPHIC):
        raise CrsError(
            f"{path.name} declares {crs.name}, expected degrees of WGS-84 or CGCS2000; convert it "
            "before the join"
        )
    return Crs.CGCS2000 if datum == "China 2000" else Crs.WGS84
