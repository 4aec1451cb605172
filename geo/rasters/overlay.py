"""A raster as a picture to lie on the map: classes of colour in Web Mercator, nodata clear."""

from __future__ import annotations

import colorsys
import math
import struct
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from affine import Affine
from rasterio.warp import Resampling, reproject, transform_bounds

from geo.rasters.record import RasterRecord
from geo.rasters.source import opened
from geo.rasters.window import Piece, read_piece
from terms.errors import RasterError
from terms.kinds import RasterKind

Box = tuple[float, float, float, float]
MAX_SIDE_PX = 1400
CLASSES = 6
MAX_CATEGORIES = 24
_MERCATOR = "EPSG:3857"
# From low to high; light to dark, so that a print without colour reads, too.
_RAMPS: dict[RasterKind, tuple[str, str, str]] = {
    RasterKind.IRRADIATION: ("#fff3c4", "#f6a04d", "#a3312b"),
    RasterKind.HEIGHT: ("#dcebcf", "#d9b77a", "#6b4a34"),
    RasterKind.SLOPE: ("#f4efe6", "#d99a6c", "#7a2f4b"),
    RasterKind.DEPTH: ("#e3f0f6", "#6fa8c9", "#1f4468"),
    RasterKind.OTHER: ("#efeaf4", "#a58cc0", "#4b2f6b"),
}


@dataclass(frozen=True)
class ColourClass:
    """A colour and the values it stands for: from `low` up to under `high`; None is open.

    A class of land cover has one value, which stands in both.
    """

    colour: str
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Overlay:
    """A PNG with a palette, its box in WGS-84 degrees (west, south, east, north), its classes."""

    png: bytes
    bounds: Box
    classes: tuple[ColourClass, ...]


def overlay(record: RasterRecord, bounds: Box, *, side_px: int = MAX_SIDE_PX) -> Overlay:
    """The picture of the part of a raster inside a box of WGS-84 degrees.

    Coarse cells stay cells; fine ones are averaged into a pixel. Raises RasterError where the
    raster has nothing in the box.
    """
    with opened(record) as dataset:
        whole = transform_bounds(dataset.crs, "EPSG:4326", *dataset.bounds, densify_pts=21)
        colours = _palette(dataset, record)
    west, south = max(bounds[0], whole[0]), max(bounds[1], whole[1])
    east, north = min(bounds[2], whole[2]), min(bounds[3], whole[3])
    if not (west < east and south < north):
        raise _empty(record)
    left, bottom, right, top = transform_bounds("EPSG:4326", _MERCATOR, west, south, east, north)
    pixel_m = max(right - left, top - bottom) / side_px
    shape = math.ceil((top - bottom) / pixel_m), math.ceil((right - left) / pixel_m)
    place = Affine((right - left) / shape[1], 0, left, 0, (bottom - top) / shape[0], top)
    piece = read_piece(record, (left, bottom, right, top), crs=_MERCATOR, cell=pixel_m)
    values = _warped(record, piece, place, shape)
    if not np.isfinite(values).any():
        raise _empty(record)
    classes = _categories(values, colours) if record.is_classes else _steps(values, record.kind)
    index = _class_of(values, classes, is_classes=record.is_classes)
    return Overlay(_png(index, classes), (west, south, east, north), classes)


def _warped(
    record: RasterRecord, piece: Piece | None, place: Affine, shape: tuple[int, int]
) -> npt.NDArray[np.float32]:
    values = np.full(shape, np.nan, dtype=np.float32)
    if piece is None:
        return values
    across = transform_bounds(_MERCATOR, piece.crs, *_box(place, shape), densify_pts=21)
    is_fine = abs(piece.transform.a) < (across[2] - across[0]) / shape[1]
    reproject(
        piece.cells,
        values,
        src_transform=piece.transform,
        src_crs=piece.crs,
        src_nodata=np.nan,
        dst_transform=place,
        dst_crs=_MERCATOR,
        dst_nodata=np.nan,
        resampling=Resampling.average if is_fine and not record.is_classes else Resampling.nearest,
    )
    return values


def _box(place: Affine, shape: tuple[int, int]) -> Box:
    right, bottom = place @ (shape[1], shape[0])
    return place.c, bottom, right, place.f


def _steps(values: npt.NDArray[np.float32], kind: RasterKind) -> tuple[ColourClass, ...]:
    """Classes of one round width over the bulk of the values, open at both ends."""
    low, high = (float(each) for each in np.nanpercentile(values, (2, 98)))
    if high <= low:
        return (ColourClass(_ramp(kind, 0.5), None, None),)
    width = _round_step((high - low) / CLASSES)
    breaks = np.arange(math.floor(low / width) + 1, math.ceil(high / width)) * width
    edges = [None, *(round(float(each), 10) for each in breaks), None]
    many = len(edges) - 1
    return tuple(
        ColourClass(_ramp(kind, (number + 0.5) / many), edges[number], edges[number + 1])
        for number in range(many)
    )


def _round_step(width: float) -> float:
    """The next of 1, 2, 5, 10 … above a width."""
    power: float = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= width * (1 - 1e-9))


def _ramp(kind: RasterKind, share: float) -> str:
    stops = [_rgb(each) for each in _RAMPS[kind]]
    first = min(int(share * 2), 1)
    part = share * 2 - first
    mixed = (round(a + (b - a) * part) for a, b in zip(stops[first], stops[first + 1], strict=True))
    return "#" + "".join(f"{each:02x}" for each in mixed)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _palette(dataset: object, record: RasterRecord) -> dict[int, str]:
    """The colours that a file of classes gives its own values."""
    if not record.is_classes:
        return {}
    try:
        table = dataset.colormap(record.band)  # type: ignore[attr-defined]
    except ValueError:
        return {}
    return {value: f"#{r:02x}{g:02x}{b:02x}" for value, (r, g, b, alpha) in table.items() if alpha}


def _categories(
    values: npt.NDArray[np.float32], colours: dict[int, str]
) -> tuple[ColourClass, ...]:
    """The commonest classes in the order of their values."""
    found, counts = np.unique(values[np.isfinite(values)], return_counts=True)
    kept = np.sort(found[np.argsort(-counts, kind="stable")[:MAX_CATEGORIES]])
    return tuple(
        ColourClass(colours.get(int(value), _hue(number)), float(value), float(value))
        for number, value in enumerate(kept)
    )


def _hue(number: int) -> str:
    """Colours far apart, by the golden angle."""
    parts = colorsys.hls_to_rgb(number * 0.381966 % 1, 0.45 + 0.2 * (number % 2), 0.5)
    return "#" + "".join(f"{round(each * 255):02x}" for each in parts)


def _class_of(
    values: npt.NDArray[np.float32], classes: tuple[ColourClass, ...], *, is_classes: bool
) -> npt.NDArray[np.uint8]:
    """The number of each pixel's class, from 1; 0 is clear."""
    has_data = np.isfinite(values)
    if is_classes:
        names = np.array([each.low for each in classes], dtype=np.float32)
        at = np.minimum(np.searchsorted(names, np.where(has_data, values, 0)), len(names) - 1)
        return np.where(has_data & (names[at] == values), at + 1, 0).astype(np.uint8)
    breaks = np.array([each.low for each in classes[1:]], dtype=np.float32)
    return np.where(has_data, np.searchsorted(breaks, values, "right") + 1, 0).astype(np.uint8)


def _png(index: npt.NDArray[np.uint8], classes: tuple[ColourClass, ...]) -> bytes:
    """A PNG of one byte a pixel with a palette; colour 0 is clear (W3C, PNG specification)."""
    height, width = index.shape
    palette = bytes((0, 0, 0)) + b"".join(bytes(_rgb(each.colour)) for each in classes)
    lines = np.zeros((height, width + 1), dtype=np.uint8)  # each line begins with its filter: none
    lines[:, 1:] = index
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette),
            _chunk(b"tRNS", b"\x00"),
            _chunk(b"IDAT", zlib.compress(lines.tobytes(), 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _empty(record: RasterRecord) -> RasterError:
    return RasterError(
        f"“{record.title}”在本图范围内没有数据：请核对范围或换一幅 · "
        f"{record.title} has no data on this map: check where it lies, or take another"
    )
