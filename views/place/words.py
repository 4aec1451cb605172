"""Positions in words: where they lie, who signed them and when."""

from __future__ import annotations

from datetime import datetime

from registry.registry import Registry
from registry.typed_point import zoom_of
from store.drafts import Entry
from terms.own_records import Position
from views import selection
from views.words import t


def county_words(registry: Registry, code: str) -> str:
    """The county of a point, or that there is none."""
    if not code:
        return t("put.no_county")
    return registry.districts.label(code, selection.current().language)


def spot_words(registry: Registry, each: Position) -> str:
    """A position in one line: degrees, county, source."""
    code = registry.districts.locate(each.lon, each.lat) or ""
    county = county_words(registry, code)
    return t("put.spot", lon=each.lon, lat=each.lat, county=county, source=each.source)


def signed(entry: Entry) -> tuple[str, str]:
    """Who changed a record last and when, by the clock of this machine."""
    when = datetime.fromisoformat(entry.at).astimezone().strftime("%Y-%m-%d %H:%M")
    return entry.by, when


def entered_words(each: Position) -> str:
    """How a point was entered: clicked at a zoom, or as it was typed; empty if nobody knows."""
    if not each.entered:
        return ""
    zoom = zoom_of(each.entered)
    if zoom is not None:
        return t("put.was_clicked", zoom=f"{zoom:g}")
    return t("own.placed_typed", entered=each.entered, crs=system_name(each.crs))


def system_name(system: str) -> str:
    """A reference system as the form offers it."""
    if ":" not in system:
        return t(f"put_system.{system}")
    meridian = int(system.partition(":")[2])
    return t("put.zone", zone=meridian // 3, meridian=meridian)


def distance_words(metres: float) -> str:
    """A distance as a person says it."""
    if metres < 1000:
        return t("put.metres", value=f"{metres:.0f}")
    return t("put.kilometres", value=f"{metres / 1000:.1f}")
