"""Codes and columns of foreign boundary files: which column it is, and what its codes mean."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

import geopandas as gpd
import pandas as pd

from terms.errors import BoundaryError

CODE_COLUMNS = (
    "code",
    "adcode",
    "行政区划代码",
    "区划代码",
    "xzqdm",
    "xzqhdm",
    "代码",
    "pac",
    "gb",
    "district_code",
    "县级码",
    "县代码",
    "区划码",
    "ad_code",
)
NAME_COLUMNS = (
    "name",
    "名称",
    "xzqmc",
    "xzqhmc",
    "行政区名称",
    "区划名称",
    "县级",
    "县名",
    "district",
    "county",
    "name_zh",
)
_SIX = re.compile(r"[1-9]\d{5}")


def find_column(
    frame: gpd.GeoDataFrame,
    given: str | None,
    usual: tuple[str, ...],
    what: str,
    file: Path,
) -> str:
    """The column to read: the one given, else the first of the usual names, in any case."""
    columns = [str(column) for column in frame.columns if column != frame.geometry.name]
    wanted = (given,) if given is not None else usual
    by_lower = {column.strip().casefold(): column for column in reversed(columns)}
    for name in wanted:
        if name.casefold() in by_lower:
            return by_lower[name.casefold()]
    raise BoundaryError(
        f"{file.name} has no column for the district {what} ({', '.join(wanted)}); "
        f"it has {', '.join(columns) or 'none'}: give {what}_column"
    )


def read_codes(values: pd.Series) -> tuple[list[str], list[str]]:
    """Six-digit codes and the faults found on the way; a code that cannot be read is ''."""
    codes: list[str] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for row, value in enumerate(values):
        code = six_digits(value)
        codes.append(code or "")
        if code is None:
            faults.append(f"row {row}: code {value!r}, expected six digits of a county (370811)")
        elif code.endswith("00"):
            faults.append(f"row {row}: {code} is a city or province, keep the county level only")
        elif code in seen:
            faults.append(f"row {row}: {code} again (first in row {seen[code]}); dissolve by code")
        else:
            seen[code] = row
    return codes, faults


def six_digits(value: object) -> str | None:
    """A GB/T 2260 code out of what files carry; None when it is not unambiguous.

    Takes 370811, "370811", 370811.0, the statistical 370811000 and 370811000000, and 156370811
    (the national map service's country prefix). A township's twelve digits are no county.
    """
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, float):
        if not value.is_integer():
            return None
        value = int(value)
    text = re.sub(r"\.0+$", "", normalize("NFKC", str(value)).strip())
    if not text.isascii() or not text.isdigit():
        return None
    # No division's code begins with 156 (1501 to 1529 are 内蒙古), so the prefix is unmistakable.
    if len(text) == 9 and text.startswith("156"):
        text = text[3:]
    elif len(text) in (9, 12) and set(text[6:]) == {"0"}:
        text = text[:6]
    return text if _SIX.fullmatch(text) else None
