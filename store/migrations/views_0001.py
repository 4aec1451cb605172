"""What QGIS reads from PostGIS: the records in force, points and polygons in EPSG:4326."""

from __future__ import annotations

_POINT = "ST_SetSRID(ST_MakePoint({0}.lon, {0}.lat), 4326)::geometry(Point, 4326)"

VIEWS = (
    f"""
    CREATE VIEW fengtu_positions AS
    SELECT id, project, precision, accuracy_m, crs, entered, source, outside_reason,
           changed_by, changed_at, {_POINT.format("position")} AS geom
    FROM position WHERE NOT hidden
    """,
    f"""
    CREATE VIEW fengtu_projects AS
    SELECT id, name, layer, technology, capacity_mw, capacity_printed, district_codes, city_code,
           township, zone, precision, accuracy_m, place_source, owner, land_mode, status,
           status_date, by_year, relation, part_of, counts_in, source, source_row, note,
           changed_by, changed_at,
           CASE WHEN lon IS NULL THEN NULL ELSE {_POINT.format("own_project")} END
               ::geometry(Point, 4326) AS geom
    FROM own_project WHERE NOT hidden
    """,
    """
    CREATE VIEW fengtu_areas AS
    SELECT shape.of || '/' || shape.number AS id, area.id AS area, area.title, shape.name,
           area.source, area.changed_by, area.changed_at,
           ST_Multi(ST_GeomFromWKB(shape.shape, 4326))::geometry(MultiPolygon, 4326) AS geom
    FROM own_area AS area JOIN own_area_shape AS shape ON shape.of = area.id
    WHERE NOT area.hidden
    """,
    """
    CREATE VIEW fengtu_tables AS
    SELECT cell.of || '/' || cell.number AS id, own.id AS own_table, own.title, own.unit, own.date,
           cell.district_code, cell.value, own.source, own.changed_by, own.changed_at
    FROM own_table AS own JOIN own_table_value AS cell ON cell.of = own.id
    WHERE NOT own.hidden
    """,
    """
    CREATE VIEW fengtu_installed AS
    SELECT id, plan, district_code, zone, metric, date, value, unit, source,
           changed_by, changed_at
    FROM installed WHERE NOT hidden
    """,
    """
    CREATE VIEW fengtu_progress AS
    SELECT id, project, date, status, commissioned_mw, source, changed_by, changed_at
    FROM progress WHERE NOT hidden
    """,
)
