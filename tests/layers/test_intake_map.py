"""The small picture of an import: every row drawn, or counted as not drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import shapely

from geo.districts import Districts
from layers.intake_map import MOST_MARKS, area_picture, projects_picture, table_picture
from terms.own_records import OwnArea, OwnTable
from tests.registry.own_builders import own

HERE = own("1", district_codes=("370983",))


def marks(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', svg)]


def test_every_row_is_a_point_a_county_or_left_out(districts: Districts) -> None:
    placed = replace(HERE, lon=116.77, lat=36.18)
    unknown = replace(HERE, district_codes=(), city_code="370900")
    found = projects_picture([placed, HERE, HERE, unknown], districts)
    assert (found.points, found.by_county, found.left_out) == (1, 2, 1)
    assert len(marks(found.svg)) == 3 and found.svg.count('fill="#fff"') == 2


def test_many_rows_make_a_small_picture(districts: Districts) -> None:
    rows = [replace(HERE, lon=115.5 + n % 97 / 30, lat=35 + n % 89 / 40) for n in range(9_000)]
    found = projects_picture(rows, districts)
    assert found.points == 9_000
    assert len(marks(found.svg)) <= MOST_MARKS and len(found.svg) < 400_000


def test_nothing_to_draw_is_no_picture(districts: Districts) -> None:
    assert projects_picture([], districts).svg == ""


def test_a_table_colours_its_counties(districts: Districts) -> None:
    values = (("370983", Decimal(5)), ("370923", Decimal(60)))
    found = table_picture(OwnTable("table-1", "负荷", "MW", "", "x", values), districts)
    assert len(set(re.findall(r'Z" fill="(#\w+)"', found.svg))) == 3


def test_an_area_lies_on_its_counties(districts: Districts) -> None:
    shape = bytes(shapely.to_wkb(shapely.box(116.7, 36.1, 116.8, 36.2)))
    found = area_picture(OwnArea("area-1", "红线", "x", (("甲", shape),)), districts)
    assert found.points == 1 and 'fill-opacity=".18"' in found.svg
    far = bytes(shapely.to_wkb(shapely.box(100, 20, 101, 21)))
    assert area_picture(OwnArea("area-1", "x", "x", (("乙", far),)), districts).left_out == 1
