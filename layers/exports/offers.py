"""What each format makes of a wish: what it would hold, in which coordinates, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from layers.exports.extract import CONTENTS, Content
from layers.exports.formats import FORMATS, Format, usual
from layers.pdf.typeface import typeface
from terms.errors import SetupError

Bar = Literal["", "contents", "many", "font"]
ZONE = "cgcs2000-3deg"
_FIRST = ("xlsx", "gpkg", "geojson", "csv")  # by how often they are asked for
MERIDIANS = (114, 117, 120, 123)  # the 3-degree zones of Shandong


@dataclass(frozen=True)
class Offer:
    """A format for a wish; `barred` says why it cannot be had, `crs` what it is written in.

    `keeps_wgs84` tells that other coordinates were wished for than the format has.
    """

    format: Format
    contents: tuple[Content, ...]
    crs: str
    barred: Bar = ""
    keeps_wgs84: bool = False


def offers(
    wanted: Sequence[Content], crs: str, *, own: Sequence[Content] = ()
) -> tuple[Offer, ...]:
    """One offer per format; without a wish each holds what suits it, of users' layers `own`."""
    keys = dict.fromkeys((*_FIRST, *FORMATS))
    return tuple(_offer(FORMATS[key], wanted, crs, own) for key in keys)


def references(*, has_places: bool) -> tuple[str, ...]:
    """The coordinates to choose from; a zone by the data only where the data have places."""
    zones = tuple(f"{ZONE}:{meridian}" for meridian in MERIDIANS)
    return ("wgs84", "cgcs2000", *((ZONE,) if has_places else ()), *zones)


def has_typeface() -> bool:
    """Is there a Chinese font on this machine, without which no PDF is made?"""
    try:
        typeface()
    except SetupError:
        return False
    return True


def _offer(format: Format, wanted: Sequence[Content], crs: str, own: Sequence[Content]) -> Offer:
    known = (*CONTENTS, *own)
    contents = tuple(each for each in known if each in wanted) or usual(own, format)
    barred: Bar = ""
    if not set(contents) <= set(format.contents):
        barred = "contents"
    elif len(contents) > 1 and not format.holds_many:
        barred = "many"
    elif format.key == "pdf" and not has_typeface():
        barred = "font"
    is_kept = crs != "wgs84" and not format.any_reference
    return Offer(format, contents, "wgs84" if is_kept else crs, barred, is_kept)
