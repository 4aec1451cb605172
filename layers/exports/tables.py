"""The tables of an extract: projects, counties, plan areas, sums and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import shapely

from capacity.check import check
from capacity.ledger import ledger
from layers.capacity_tables import check_rows, ledger_rows
from layers.exports.code_rows import CODE_COLUMNS, code_rows
from layers.exports.extract import Content, Extract
from layers.exports.fields import heading, technology_columns
from layers.exports.own import AREA_COLUMNS, TABLE_COLUMNS, area_shapes, parted, table_shapes
from layers.exports.sums import (
    chosen_sums,
    county_sums,
    partial_places,
    plan_sums,
    total_mw,
)
from layers.geojson import points
from layers.plan_names import plan_label
from registry.areas import governed
from registry.registry import Registry
from terms.columns import (
    CHECK_COLUMNS,
    DISTRICT_COLUMNS,
    LEDGER_COLUMNS,
    PROJECT_COLUMNS,
    TARGET_COLUMNS,
    Cell,
    Row,
    flat_row,
)
from terms.kinds import Technology
from terms.messages import text
from terms.records import Project

Shape = Literal["points", "polygons"]
_DISTRICT = (
    "id",
    "plan",
    "plan_status",
    "district_code",
    "district",
    "city",
    "area_km2",
    "rows",
    "is_partial",
)
_AREA = (
    "plan",
    "plan_status",
    "name",
    "source_title",
    "area_km2",
    "rows",
    "rows_located",
    "rows_tray",
    "is_partial",
)


@dataclass(frozen=True)
class Table:
    """Rows with their columns, titles and, where they have any, WGS-84 shapes beside them.

    A shape may be None (the tray); `shape` is None for a table without shapes.
    """

    key: Content
    title: str
    columns: tuple[str, ...]
    headings: Mapping[str, str]
    rows: tuple[Row, ...]
    shape: Shape | None = None
    shapes: tuple[shapely.Geometry | None, ...] = ()

    @cached_property
    def by_column(self) -> Mapping[str, tuple[Cell, ...]]:
        """The cells of each column, row after row."""
        return {column: tuple(row[column] for row in self.rows) for column in self.columns}


def table_of(extract: Extract, content: Content) -> Table:
    """One table of an extract."""
    return _BUILDERS[content](extract)


def _table(
    extract: Extract,
    content: Content,
    columns: tuple[str, ...],
    rows: Iterable[Row],
    shape: Shape | None = None,
    shapes: Iterable[shapely.Geometry | None] = (),
) -> Table:
    language = extract.language
    return Table(
        key=content,
        title=text(f"extract.{content}", language),
        columns=columns,
        headings={column: heading(column, language) for column in columns},
        rows=tuple(rows),
        shape=shape,
        shapes=tuple(shapes),
    )


def _projects(extract: Extract) -> Table:
    shapes = (_point(extract.registry, row) for row in extract.rows)
    rows = (flat_row(row, PROJECT_COLUMNS) for row in extract.rows)
    return _table(extract, "projects", PROJECT_COLUMNS, rows, "points", shapes)


def _tray(extract: Extract) -> Table:
    waiting = (row for row in extract.rows if not extract.registry.labels[row.id])
    rows = (flat_row(row, PROJECT_COLUMNS) for row in waiting)
    return _table(extract, "tray", PROJECT_COLUMNS, rows)


def _point(registry: Registry, row: Project) -> shapely.Geometry | None:
    places = points(registry, row)
    if not places:
        return None
    return shapely.Point(places[0]) if len(places) == 1 else shapely.MultiPoint(places)


def _targets(extract: Extract) -> Table:
    wanted = extract.plans
    rows = (target for target in extract.registry.targets if target.plan in wanted)
    flat = (flat_row(target, TARGET_COLUMNS) for target in rows)
    return _table(extract, "targets", TARGET_COLUMNS, flat)


def _check(extract: Extract) -> Table:
    results = check(extract.registry, extract.rules)
    shown = (each for each in results if each.target.plan in extract.plans)
    rows = check_rows(shown, language=extract.language)
    return _table(extract, "check", CHECK_COLUMNS, rows)


def _ledger(extract: Extract) -> Table:
    entries = ledger(extract.registry, inferred=extract.counting.inferred)
    chosen = [entries[row.id] for row in extract.rows if row.id in entries]
    return _table(extract, "ledger", LEDGER_COLUMNS, ledger_rows(extract.registry, chosen))


def _capacity(extract: Extract) -> Table:
    return _table(extract, "capacity", DISTRICT_COLUMNS, chosen_sums(extract))


def _districts(extract: Extract) -> Table:
    """One polygon per plan and county: those that the plan governs, and any other it builds in.

    `is_partial` marks a county of which the filter leaves out rows: its sums are not the whole.
    """
    registry = extract.registry
    sums = {
        (row["plan"], row["district_code"], row["technology"]): row for row in county_sums(extract)
    }
    touched = Counter(
        (registry.plan_of(row), code) for row in extract.rows for code in row.district_codes
    )
    places = [
        (plan, code)
        for plan in extract.plans
        for code in sorted(
            {*governed(registry.plan_by_id[plan], registry.districts)}
            | {code for owner, code in touched if owner == plan}
        )
        if registry.districts.has(code) and extract.holds(code)
    ]
    technologies = _technologies(registry)
    partial = partial_places(extract)
    is_split = extract.counting.rule != "none"
    rows = []
    for plan, code in places:
        cells = _district_cells(extract, plan, code)
        cells |= {"rows": touched[plan, code], "is_partial": (plan, code) in partial}
        for technology in technologies:
            found = sums.get((plan, code, technology.value), {})
            cells[f"{technology.value}_mw"] = found.get("located_mw")
            # what no rule has split is not known by county: empty, not 0
            cells[f"{technology.value}_shared_mw"] = found.get("shared_mw") if is_split else None
        rows.append(cells)
    outlines = registry.districts.frame.geometry
    columns = (*_DISTRICT, *technology_columns(technologies, shared=True))
    shapes = (outlines[code] for _, code in places)
    return _table(extract, "districts", columns, rows, "polygons", shapes)


def _district_cells(extract: Extract, plan: str, code: str) -> dict[str, Cell]:
    districts, language = extract.registry.districts, extract.language
    return {
        "id": f"{plan}:{code}",
        "plan": plan,
        "plan_status": extract.registry.plan_by_id[plan].status.value,
        "district_code": code,
        "district": districts.name(code, language),
        "city": districts.city_name(districts.city_code(code), language),
        "area_km2": round(districts.area_km2(code), 1),
    }


def _areas(extract: Extract) -> Table:
    """One polygon per plan: the area it governs, with all that it counts there, placed or not.

    `is_partial` marks a plan of which the filter leaves out rows: its sums are not the plan's.
    """
    registry = extract.registry
    listed = Counter(map(registry.plan_of, registry.projects))
    technologies = _technologies(registry)
    sums = list(plan_sums(extract))
    rows, shapes = [], []
    for plan in extract.plans:
        record = registry.plan_by_id[plan]
        own = [row for row in extract.rows if registry.plan_of(row) == plan]
        codes_ = governed(record, registry.districts)
        if not codes_:  # users' rows beside the plans have no area of their own
            continue
        located = sum(bool(registry.labels[row.id]) for row in own)
        cells: dict[str, Cell] = {
            "plan": plan,
            "plan_status": record.status.value,
            "name": plan_label(registry, plan, extract.language),
            "source_title": record.title,
            "area_km2": round(sum(registry.districts.area_km2(code) for code in codes_), 1),
            "rows": len(own),
            "rows_located": located,
            "rows_tray": len(own) - located,
            "is_partial": len(own) < listed[plan],
        }
        for technology in technologies:
            of_it = [r for r in sums if (r["plan"], r["technology"]) == (plan, technology.value)]
            cells[f"{technology.value}_mw"] = total_mw(of_it)
        rows.append(cells)
        shapes.append(shapely.union_all([registry.districts.frame.geometry[c] for c in codes_]))
    columns = (*_AREA, *technology_columns(technologies, shared=False))
    return _table(extract, "areas", columns, rows, "polygons", shapes)


def _technologies(registry: Registry) -> tuple[Technology, ...]:
    """Those that any row of the registry counts as: the same columns for every selection."""
    used = {row.technology for row in registry.projects}
    return tuple(technology for technology in Technology if technology in used)


def _codes(extract: Extract) -> Table:
    return _table(extract, "codes", CODE_COLUMNS, code_rows(extract))


def _own_tables(extract: Extract) -> Table:
    rows, shapes = parted(table_shapes(extract))
    return _table(extract, "own_tables", TABLE_COLUMNS, rows, "polygons", shapes)


def _own_areas(extract: Extract) -> Table:
    rows, shapes = parted(area_shapes(extract))
    return _table(extract, "own_areas", AREA_COLUMNS, rows, "polygons", shapes)


_BUILDERS: Mapping[Content, Callable[[Extract], Table]] = {
    "projects": _projects,
    "districts": _districts,
    "areas": _areas,
    "capacity": _capacity,
    "targets": _targets,
    "check": _check,
    "ledger": _ledger,
    "tray": _tray,
    "codes": _codes,
    "own_tables": _own_tables,
    "own_areas": _own_areas,
}
