"""GeoJSON as a sheet, read by ourselves so that each bad feature can be named."""

from __future__ import annotations

import json
from typing import Any

import shapely

from registry.intake.limits import Limits, check_extent, refusal
from registry.intake.read_csv import decode
from registry.intake.sheet import Door, FileKind, Sheet, SheetRow, unique_headers
from terms.errors import IntakeError


def read_geojson(data: bytes, file: str, *, limits: Limits) -> Sheet:
    """A FeatureCollection (or one Feature) as a sheet; raises IntakeError."""
    text, encoding = decode(data)
    _check_amount(text, limits)
    found = _parse(text)
    features = _features(found)
    check_extent(limits, rows=len(features))
    names = dict.fromkeys(
        name for feature in features for name in (feature.get("properties") or {})
    )
    check_extent(limits, columns=len(names), cells=len(names) * len(features))
    door = Door(limits, is_marked=False)
    rows = tuple(
        SheetRow(
            number,
            tuple(
                door.cell(_text((feature.get("properties") or {}).get(name)), where=f"{number}")
                for name in names
            ),
            _geometry(feature, number),
        )
        for number, feature in enumerate(features, start=1)
    )
    headers, renamed = unique_headers(
        (door.cell(name, where=f"[{place}]") for place, name in enumerate(names, start=1)),
        letters=False,
    )
    if not rows:
        raise refusal("GeoJSON 里没有要素", "the GeoJSON holds no feature; check the file")
    return Sheet(
        file,
        FileKind.GEOJSON,
        headers,
        rows,
        crs=_declared(found),
        encoding=encoding,
        remarks=(*renamed, *door.all_remarks()),
    )


def _check_amount(text: str, limits: Limits) -> None:
    """Refuse more lists and objects than rows and vertices can be: each takes a hundred bytes."""
    most = 2 * limits.vertices + 8 * limits.rows
    if text.count("[") + text.count("{") > most:
        raise refusal(
            f"GeoJSON 里的坐标和对象超过 {most} 个，请先在 GIS 里化简或分成几个文件",
            f"the GeoJSON holds more than {most} coordinates and objects; simplify it in a GIS "
            "or split the file",
        )


def _parse(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:80].replace(" · ", " ")
        raise refusal(
            f"GeoJSON 无法读取（{reason}），请重新导出",
            f"the GeoJSON cannot be read ({reason}); export it again",
        ) from None
    if not isinstance(found, dict):
        raise _no_collection()
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _features(found: dict[str, Any]) -> list[dict[str, Any]]:
    features = [found] if found.get("type") == "Feature" else found.get("features")
    if not isinstance(features, list):
        raise _no_collection()
    for number, feature in enumerate(features, start=1):
        is_good = isinstance(feature, dict) and isinstance(feature.get("properties"), dict | None)
        if not is_good or feature.get("type") != "Feature":
            raise refusal(
                f"GeoJSON 的第 {number} 个要素不是 Feature，请重新导出",
                f"feature {number} of the GeoJSON is no Feature; export it again",
            )
    return features


def _no_collection() -> IntakeError:
    return refusal(
        "JSON 不是 FeatureCollection，请导出为 GeoJSON",
        "the JSON is no FeatureCollection; export it as GeoJSON",
    )


def _geometry(feature: dict[str, Any], number: int) -> bytes | None:
    raw = feature.get("geometry")
    if raw is None:
        return None
    try:
        geometry = shapely.from_geojson(json.dumps(raw))
        return bytes(shapely.to_wkb(shapely.force_2d(geometry)))
    except (shapely.errors.ShapelyError, ValueError, TypeError, RecursionError):
        raise refusal(
            f"第 {number} 个要素的几何无法读取，请在 GIS 里检查后重新导出",
            f"the geometry of feature {number} cannot be read; check it in a GIS and export again",
        ) from None


def _declared(found: dict[str, Any]) -> str:
    """What the old member crs says; without it nothing is declared, whatever RFC 7946 assumes.

    Files of Chinese map services are in GCJ-02 and do not say so.
    """
    crs = found.get("crs")
    name = crs.get("properties", {}) if isinstance(crs, dict) else {}
    words = name.get("name") if isinstance(name, dict) else None
    return str(words)[:100] if words else ""


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return format(value, ".15g")
        case int():
            return str(value) if abs(value) < 10**30 else "1e30+"
        case str():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)
