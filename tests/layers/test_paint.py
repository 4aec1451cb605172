"""The message to the map: small, and safe inside a script."""

from __future__ import annotations

import json
from pathlib import Path

from layers.browser_files import projects_table, write_browser_files
from layers.map import MapAssets, build_map, paint_group
from layers.paint import TINT, hydrogen_badges, paint_state
from layers.script_json import script_json
from registry.areas import plan_districts
from registry.registry import Registry
from registry.select import select
from terms.kinds import Precision
from terms.selection import Selection


def test_a_change_is_about_ten_kilobytes(registry: Registry) -> None:
    state = paint_state(registry, registry.projects, selection=Selection())
    assert len(script_json(state).encode()) < 10_000


def test_every_row_of_the_selection_is_named(registry: Registry) -> None:
    selection = Selection(plans=("zaozhuang",))
    rows = select(registry, selection)
    state = paint_state(registry, rows, selection=selection)
    assert state["visible"] == [row.id for row in rows]
    known = {row["id"] for row in projects_table(registry)["projects"]}
    assert set(state["visible"]) <= known


def test_a_row_of_several_districts_tints_them(registry: Registry) -> None:
    row = next(row for row in registry.projects if row.precision is Precision.MULTI)
    state = paint_state(registry, (row,), selection=Selection(focus=row.id))
    assert state["colours"] == dict.fromkeys(row.district_codes, TINT)


def test_targets_without_a_site_become_city_badges(registry: Registry) -> None:
    badges = hydrogen_badges(registry)
    assert {badge.plan for badge in badges} == {"jining", "binzhou"}
    owners = plan_districts(registry)
    for badge in badges:
        assert owners[str(registry.districts.locate(badge.lon, badge.lat))] == badge.plan
    shown = paint_state(registry, (), selection=Selection(layers=("wind",)))
    assert shown["badges"] == []


def test_hostile_text_cannot_leave_its_script() -> None:
    hostile = "</script><b>&`${alert(1)}`\u2028"
    written = script_json({"name": hostile})
    assert not set("<>&`$\u2028") & set(written)
    assert json.loads(written) == {"name": hostile}


def test_the_frame_asks_no_other_host(registry: Registry, tmp_path: Path) -> None:
    files = write_browser_files(registry, tmp_path)
    assets = MapAssets(("../a/leaflet.js",), ("../a/leaflet.css",), "../data/")
    frame = build_map(assets, files)
    group = paint_group(paint_state(registry, (), selection=Selection()))
    group.add_to(frame)
    page = frame.get_root().render()
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")
    assert files.districts in page and files.projects in page
