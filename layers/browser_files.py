"""The two files that the browser fetches once: districts and projects, named by their content.

A change of the selection then sends only ids and colours (`layers.paint`).
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from capacity.allocate import is_located
from capacity.ledger import ledger, stated_w
from layers.map_words import LANGUAGES, OWN_LISTED, map_words
from layers.plan_areas import plan_areas
from layers.styles import STYLES
from layers.symbols import LOOKS, Look, symbol_svg
from registry.areas import plan_districts
from registry.own import USER
from registry.registry import Registry
from terms.errors import SetupError
from terms.kinds import GeometryRole, Kind, PlanStatus, Precision, Status
from terms.os_reasons import os_reason
from terms.records import PlanRecord, Project
from terms.units import WATTS_PER_MW

_DECIMALS = 4  # about 10 m; the display outlines are simplified to 200 m
_KEPT_FILES = 12
_ABANDONED_S = 3600  # a half-written file this old belongs to no process that still runs


@dataclass(frozen=True)
class BrowserFiles:
    """File names inside the served folder."""

    districts: str
    projects: str


def write_browser_files(registry: Registry, folder: Path) -> BrowserFiles:
    """Write both files unless they stand there already; the name is the digest of the content.

    Makes the folder; raises SetupError where it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None
    files = BrowserFiles(
        districts=write_file(folder, "districts", ".geojson", districts_collection(registry)),
        projects=write_file(folder, "projects", ".json", projects_table(registry)),
    )
    _prune(folder, keep={files.districts, files.projects})
    return files


def districts_collection(registry: Registry) -> dict[str, Any]:
    """All districts of the province, with the outline of each plan's area beside them."""
    districts = registry.districts
    owners = plan_districts(registry)
    drafts = {plan.id for plan in registry.plans if plan.status is PlanStatus.DRAFT}
    features = []
    for code in districts.codes:
        plan = owners.get(code, "")
        lon, lat = districts.inner_point(code)
        properties = {
            "code": code,
            "zh": districts.name(code, "zh"),
            "en": short_english(districts.name(code, "en")),
            "plan": plan,
            "draft": plan in drafts,
            "city": districts.city_code(code),
            "at": [lon, lat],
        }
        features.append(_feature(districts.display.geometry[code], properties))
    areas = [_area(plan, registry) for plan in registry.plans]
    return {
        "type": "FeatureCollection",
        "features": features,
        "areas": areas,
        "cities": _cities(registry),
    }


def _cities(registry: Registry) -> dict[str, dict[str, str]]:
    """The names of the cities of the province by code: what the map can go into."""
    districts = registry.districts
    return {
        code: {
            "zh": districts.city_name(code, "zh"),
            "en": short_english(districts.city_name(code, "en")),
        }
        for code in sorted({districts.city_code(code) for code in districts.codes})
    }


def _area(plan: PlanRecord, registry: Registry) -> dict[str, Any]:
    """The outline of what a plan governs, with the name that stands there in the overview."""
    area, districts = plan_areas(registry)[plan.id], registry.districts
    is_city = not districts.has(plan.governs_code)
    names = (plan.city, plan.city_en)
    if not is_city:
        english = short_english(districts.name(plan.governs_code, "en"))
        names = (districts.name(plan.governs_code, "zh"), english)
    properties = {
        "plan": plan.id,
        "code": plan.governs_code,
        "zh": names[0],
        "en": names[1],
        "city": is_city,
        "draft": plan.status is PlanStatus.DRAFT,
        "at": list(area.point),
    }
    return _feature(area.outline, properties)


def projects_table(registry: Registry) -> dict[str, Any]:
    """What the map needs of each project, and the symbols of the layers."""
    symbols = {
        layer.value: {look: symbol_svg(style, look) for look in LOOKS}
        for layer, style in STYLES.items()
    }
    big = [layer.value for layer, style in STYLES.items() if style.names_product]
    rows = [_row(row, registry) for row in registry.projects]
    colours = {layer.value: style.colour for layer, style in STYLES.items()}
    return {
        "symbols": symbols,
        "colours": colours,
        "big": big,
        "projects": rows,
        "words": {language: map_words(registry, language) for language in LANGUAGES},
    }


def look_of(registry: Registry, row: Project) -> Look:
    """Which look a row's symbol takes; the filled pin is for points that the source calls exact."""
    if row.geometry_role is GeometryRole.SITE:
        return "approximate" if row.id in registry.approximate else "site"
    if row.precision in {Precision.MULTI, Precision.CORRIDOR} and len(row.district_codes) > 1:
        return "shared"
    return "hollow"


def short_english(name: str) -> str:
    """A district's English name without the word for its rank, which the map need not repeat."""
    for rank in (" District", " County", " City"):
        name = name.removesuffix(rank)
    return name


def _row(row: Project, registry: Registry) -> dict[str, Any]:
    codes = () if row.precision is Precision.OFFSHORE else row.district_codes
    watts = stated_w(row)
    return {
        "id": row.id,
        "zh": row.name,
        "en": row.name_en,
        "layer": row.layer.value,
        "look": look_of(registry, row),
        "plan": row.plan,
        "draft": row.plan_status is PlanStatus.DRAFT,
        "capacity": row.capacity_printed or row.quantity_printed,
        "codes": list(codes),
        "points": [list(point) for point in registry.labels[row.id]],
        "line": row.precision is Precision.CORRIDOR,
        "where": list(row.district_codes),
        "envelope": row.kind is Kind.PROGRAMME,
        "technology": row.technology.value if row.technology else "",
        "mw": None if watts is None else watts / WATTS_PER_MW,
        "located": _located_w(row, registry),
        "owner": row.owner,
        "status": _status(row),
        "clause": f"{row.source_section} {row.source_item}".strip(),
    }


def _status(row: Project) -> str:
    """The recorded state; no plan lists a user's row, so without one it has a word of its own."""
    return OWN_LISTED if row.plan == USER and row.status is Status.LISTED else row.status.value


def _located_w(row: Project, registry: Registry) -> list[int]:
    """Counted watts of a row that stands in one county, with inferred memberships and without.

    Those of a user's row that counts in no plan are not added to a county's.
    """
    is_beside = registry.plan_of(row) == USER
    if row.technology is None or is_beside or not is_located(row):
        return []
    return [ledger(registry, inferred=each)[row.id].counted_w for each in (True, False)]


def _feature(geometry: shapely.Geometry, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": dict(properties),
        "geometry": rounded(shapely.geometry.mapping(geometry)),
    }


def rounded(node: Any) -> Any:
    """Coordinates with the decimals of the display."""
    if isinstance(node, dict):
        return {key: rounded(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [rounded(item) for item in node]
    return round(node, _DECIMALS) if isinstance(node, float) else node


def write_file(folder: Path, stem: str, suffix: str, content: Mapping[str, Any]) -> str:
    """Write one file for the browser, named by its content; its name."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
    path = folder / f"{stem}-{digest}{suffix}"
    write_once(path, text)
    return path.name


def write_once(path: Path, text: str) -> None:
    """Write a file that is named by its content, unless it stands there already."""
    if not path.exists():
        _write_whole(path, text)


def _write_whole(path: Path, text: str) -> None:
    """Write beside the place, then move: a browser never reads half a file."""
    draft = path.with_suffix(f".{os.getpid()}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        if not path.exists():  # else another process was first, with the same content
            raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> SetupError:
    return SetupError(
        f"写不进 {path}（{os_reason(error, 'zh')}）：请在那里腾出空间，或把 FENGTU_HOME "
        f"设为可写的文件夹 · {path} cannot be written ({os_reason(error, 'en')}); free some space "
        "there or set FENGTU_HOME to a folder that this user may write"
    )


def _prune(folder: Path, *, keep: set[str]) -> None:
    """Keep the newest files only; a page that is still open has long fetched its own.

    What another process has removed, or Windows holds because it is being served, is left alone.
    """
    with suppress(OSError):
        others = [path for path in folder.glob("*-*.*json") if path.name not in keep]
        old = sorted(others, key=lambda path: path.stat().st_mtime)[:-_KEPT_FILES]
        before = time.time() - _ABANDONED_S
        old += [path for path in folder.glob("*.part") if path.stat().st_mtime < before]
        for path in old:
            with suppress(OSError):
                path.unlink()
