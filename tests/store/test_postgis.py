"""What QGIS reads from PostGIS: the records in force, in EPSG:4326."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.engine import database_url
from store.migrations.views_0001 import VIEWS
from store.store import Store
from terms.errors import StoreError
from tests.keeping import keep, withdraw
from tests.store.postgres import Server
from tests.store.samples import SAMPLES

ON_POSTGIS = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


def _rows(store: Store, statement: str) -> list[tuple[object, ...]]:
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


@ON_POSTGIS
def test_points_and_polygons_with_their_attributes(store: Store) -> None:
    keep(*SAMPLES.values(), store=store)
    keep(replace(SAMPLES["project"], id="user-2", lon=None, lat=None), store=store)
    hidden = replace(SAMPLES["position"], source="旧")
    keep(hidden, store=store)
    withdraw("position", hidden, store)
    points = "SELECT {}, ST_X(geom), ST_Y(geom), ST_SRID(geom) FROM {}"
    assert _rows(store, points.format("project", "fengtu_positions")) == [
        ("taian-caes-01", 117.1, 36.05, 4326)
    ]
    assert _rows(store, points.format("id, capacity_mw::text", "fengtu_projects ORDER BY id")) == [
        ("user-1a2b", "200.50", 116.71234567, 35.5, 4326),
        ("user-2", "200.50", None, None, None),
    ]
    areas = "SELECT id, name, ST_GeometryType(geom), ST_IsValid(geom), ST_SRID(geom)"
    assert _rows(store, f"{areas} FROM fengtu_areas ORDER BY id") == [
        ("area-mine/0", "甲", "ST_MultiPolygon", True, 4326),
        ("area-mine/1", "乙", "ST_MultiPolygon", True, 4326),
    ]
    cells = "SELECT district_code, value::text FROM fengtu_tables ORDER BY id"
    assert _rows(store, cells) == [("370812", "1.50"), ("370811", "-2")]
    assert _rows(store, "SELECT value FROM fengtu_installed") == [(SAMPLES["installed"].value,)]
    assert _rows(store, "SELECT status FROM fengtu_progress") == [("construction",)]


@ON_POSTGIS
def test_the_geometries_are_declared_so_that_qgis_offers_them(store: Store) -> None:
    declared = _rows(
        store,
        "SELECT f_table_name, type, srid FROM geometry_columns WHERE f_table_name LIKE 'fengtu%' "
        "ORDER BY 1",
    )
    assert declared == [
        ("fengtu_areas", "MULTIPOLYGON", 4326),
        ("fengtu_positions", "POINT", 4326),
        ("fengtu_projects", "POINT", 4326),
    ]
    views = _rows(store, "SELECT viewname FROM pg_views WHERE viewname LIKE 'fengtu%'")
    assert len(views) == len(VIEWS)


@ON_POSTGIS
def test_every_view_can_be_read_by_an_ordinary_reader(store: Store) -> None:
    keep(*SAMPLES.values(), store=store)
    for view in ("positions", "projects", "areas", "tables", "installed", "progress"):
        assert _rows(store, f"SELECT count(*), count(DISTINCT id) FROM fengtu_{view}")[0][0]


def test_a_database_without_postgis_says_who_can_add_it(server: Server) -> None:
    url = server.bare_database()
    with pytest.raises(StoreError, match="CREATE EXTENSION postgis"):
        Store(database_url(url, Path()))
    with sa.create_engine(database_url(url, Path())).connect() as connection:
        assert not sa.inspect(connection).get_table_names()
    server.drop(url)
