"""Our fields, and the columns of a file that are likely to hold them."""

from __future__ import annotations

import re
import unicodedata

from registry.intake.words import look_up

PROJECT_FIELDS: tuple[str, ...] = (
    "row_id",
    "name",
    "name_part",
    "name_other",
    "city",
    "district",
    "township",
    "zone",
    "technology",
    "layer",
    "capacity",
    "capacity_unit",
    "status",
    "status_date",
    "by_year",
    "owner",
    "land_mode",
    "lon",
    "lat",
    "point",
    "accuracy",
    "source",
    "note",
)
TABLE_FIELDS: tuple[str, ...] = ("district", "city", "value")
TABLE_CONSTANTS: tuple[str, ...] = ("title", "unit", "date", "source", "city")
AREA_FIELDS: tuple[str, ...] = ("name",)
AREA_CONSTANTS: tuple[str, ...] = ("title", "source")
# What cannot be one value for a whole file.
_BY_ROW = frozenset({"row_id", "lon", "lat", "point", "name"})
PROJECT_CONSTANTS: tuple[str, ...] = tuple(
    field for field in PROJECT_FIELDS if field not in _BY_ROW
)

_POWER = r"万千瓦|万kw|千瓦|兆瓦|吉瓦|kwp?|mwp?|gwp?"
_POWER_UNIT = re.compile(rf"[(\[【,_ /:]*({_POWER})[)\]】]*$", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]\s*$")
_SYSTEMS = (
    ("wgs84", ("wgs84", "wgs-84", "epsg:4326")),
    ("gcj02", ("gcj02", "gcj-02", "火星", "高德")),
    ("bd09", ("bd09", "bd-09", "百度")),
    ("cgcs2000", ("cgcs2000", "国家2000", "2000坐标", "epsg:4490")),
)


def field_of_header(header: str) -> str | None:
    """The project field that a heading names, None when we do not know it."""
    if not header.strip() or len(header) > 60:
        return None
    found = look_up("fields", header)
    if found is None:
        plain = unicodedata.normalize("NFKC", header)
        found = look_up("fields", _POWER_UNIT.sub("", plain)) if power_unit(header) else None
    return found


def power_unit(header: str) -> str:
    """The unit of power that a heading gives (装机（万千瓦）), empty without one."""
    found = _POWER_UNIT.search(unicodedata.normalize("NFKC", header).strip())
    return found[1] if found else ""


def any_unit(header: str) -> str:
    """Whatever stands in the last brackets of a heading: 用电量（亿千瓦时） → 亿千瓦时."""
    found = _BRACKETED.search(unicodedata.normalize("NFKC", header).strip())
    return found[1].strip() if found else ""


def without_unit(header: str) -> str:
    """A heading without the unit in its brackets."""
    plain = header.strip()
    return re.sub(r"[(（\[【][^()（）\[\]【】]*[)）\]】]\s*$", "", plain).strip() or plain


def system_of_header(header: str) -> str:
    """The reference system that a heading names (经度（GCJ-02）), empty without one."""
    plain = unicodedata.normalize("NFKC", header).casefold()
    return next((crs for crs, signs in _SYSTEMS if any(sign in plain for sign in signs)), "")
