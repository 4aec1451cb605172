"""GeoJSON by RFC 7946: rows in = rows out, geometry that claims no more than its source."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import shapely

from layers.geojson import feature, geojson_chunks, to_geojson
from registry.registry import Registry
from registry.select import select
from terms.columns import PROJECT_COLUMNS, flat_row
from terms.kinds import GeometryRole, PlanStatus, Precision
from terms.selection import Selection

TODAY = date(2026, 1, 2)


@pytest.fixture(scope="module")
def collection(registry: Registry) -> dict[str, Any]:
    return json.loads(to_geojson(registry, registry.projects, extract_date=TODAY))


def test_rows_in_are_rows_out_in_order(registry: Registry, collection: dict[str, Any]) -> None:
    assert [each["id"] for each in collection["features"]] == [row.id for row in registry.projects]
    counts = collection["counts"]
    assert counts["rows"] == counts["located"] + counts["tray"] == len(registry.projects)


def test_properties_are_the_columns_in_order(collection: dict[str, Any]) -> None:
    for each in collection["features"]:
        assert list(each) == ["type", "id", "properties", "geometry"]
        assert list(each["properties"]) == list(PROJECT_COLUMNS)


def test_the_collection_is_rfc_7946(collection: dict[str, Any]) -> None:
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    points = []
    for each in collection["features"]:
        assert each["type"] == "Feature"
        if each["geometry"] is not None:
            shape = shapely.from_geojson(json.dumps(each["geometry"]))
            points += [(p.x, p.y) for p in shapely.get_parts(shape)]
    lons, lats = zip(*points, strict=True)
    assert collection["bbox"] == [min(lons), min(lats), max(lons), max(lats)]
    assert 114 < min(lons) < max(lons) < 123 and 34 < min(lats) < max(lats) < 39


def test_geometry_follows_the_precision(registry: Registry, collection: dict[str, Any]) -> None:
    kinds = {None: 0, "Point": 0, "MultiPoint": 0}
    for row, each in zip(registry.projects, collection["features"], strict=True):
        geometry = each["geometry"]
        kinds[geometry and geometry["type"]] += 1
        if row.precision is Precision.CITY:
            assert geometry is None
        elif row.geometry_role is GeometryRole.SITE:
            assert geometry["coordinates"] == [row.lon, row.lat]
        elif len(registry.labels[row.id]) > 1:
            assert geometry["type"] == "MultiPoint"
            assert len(geometry["coordinates"]) == len(row.district_codes)
    assert all(kinds.values())


def test_label_points_have_five_decimals_at_most(
    registry: Registry, collection: dict[str, Any]
) -> None:
    for row, each in zip(registry.projects, collection["features"], strict=True):
        if each["geometry"] is None:
            continue
        limit = 7 if row.geometry_role is GeometryRole.SITE else 5
        coordinates = each["geometry"]["coordinates"]
        flat = (
            coordinates
            if isinstance(coordinates[0], float)
            else [v for at in coordinates for v in at]
        )
        assert all(round(value, limit) == value for value in flat)


def test_the_head_says_source_draft_edition_and_filter(registry: Registry) -> None:
    selection = Selection(plans=("lixia", "taian"), words="光伏", language="en", focus="x")
    rows = select(registry, selection)
    taken = json.loads(to_geojson(registry, rows, selection=selection, extract_date=TODAY))
    assert taken["filter"] == {"plans": ["lixia", "taian"], "words": "光伏"}
    assert taken["extract_date"] == "2026-01-02"
    assert taken["drafts"] == ["lixia"]
    assert {source["plan"] for source in taken["sources"]} == {row.plan for row in rows}
    assert taken["boundaries"]["edition"] == registry.districts.edition
    drafts = {each["properties"]["plan_status"] for each in taken["features"]}
    assert drafts == {PlanStatus.DRAFT.value, PlanStatus.FINAL.value}


def test_the_same_input_gives_the_same_text(registry: Registry) -> None:
    first = to_geojson(registry, registry.projects, extract_date=TODAY)
    assert first == to_geojson(registry, registry.projects, extract_date=TODAY)


def test_an_empty_selection_is_a_valid_collection(registry: Registry) -> None:
    taken = json.loads(to_geojson(registry, (), extract_date=TODAY))
    assert taken["features"] == [] and "bbox" not in taken


def test_control_characters_never_reach_the_file(registry: Registry) -> None:
    row = registry.projects[0]
    hostile = replace(row, name="甲\x00乙\x1f丙\u0085", note="a\tb\nc\ud800")
    text = to_geojson(registry, (hostile,), extract_date=TODAY)
    assert json.loads(text)["features"][0]["properties"]["name"] == "甲 乙 丙 "
    text.encode("utf-8")
    assert not any(ord(sign) < 32 and sign != "\n" for sign in text)
    assert "\\u0000" not in text and "\\u001f" not in text


def test_every_value_is_the_cell_of_its_column(registry: Registry) -> None:
    """Also where equal keys are written differently: 1, 1.0 and true."""
    odd = replace(
        registry.projects[0],
        capacity_mw=Decimal("1.0"),
        quantity_value=Decimal("0.50"),
        capacity_external_mw=Decimal(0),
        lon=1.0,
        accuracy_m=1,
        list_open=True,
        owner='"\\n</script>${x}`',
        note="=1+1 😀 \u202e",
    )
    for row in (*registry.projects, odd):
        found = feature(registry, row)["properties"]
        assert found == flat_row(row, PROJECT_COLUMNS)
        wanted = [type(value) for value in flat_row(row, PROJECT_COLUMNS).values()]
        assert [type(value) for value in found.values()] == wanted


def test_pieces_join_to_the_whole_at_any_length(registry: Registry) -> None:
    for count in (0, 1, 199, 200, 201):
        rows = registry.projects[:1] * count
        text = "".join(geojson_chunks(registry, rows, extract_date=TODAY))
        assert text == to_geojson(registry, rows, extract_date=TODAY)
        assert len(json.loads(text)["features"]) == count
    assert sum(1 for _ in geojson_chunks(registry, rows * 10, extract_date=TODAY)) > 3
