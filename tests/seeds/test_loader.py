"""Bad plan files: each fault named with its place, and all of them at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from seeds.loader import load_plans
from terms.errors import PlanError

NAMES = {"370812": "兖州区", "370402": "市中区", "370103": "市中区"}


def _row(**changes: Any) -> dict[str, Any]:
    row = {
        "id": "test-pv-01",
        "name": "甲",
        "name_en": "A",
        "layer": "pv",
        "technology": "pv",
        "asset": "plant",
        "capacity_mw": 1100,
        "capacity_printed": "1.1GW",
        "capacity_basis": "printed",
        "districts": ["370812 兖州区"],
        "place_basis": "printed",
        "wording": "推动",
        "source_section": "专栏1",
    }
    return {key: value for key, value in (row | changes).items() if value is not None}


def _target(**changes: Any) -> dict[str, Any]:
    target = {
        "metric": "pv",
        "name": "光伏",
        "name_en": "PV",
        "year": 2030,
        "operator": "=",
        "value": 800,
        "unit": "万千瓦",
        "printed": "800万千瓦",
        "nature": "stock",
        "source_section": "二",
    }
    return target | changes


def _write(folder: Path, *rows: dict[str, Any], targets: Any = None, name: str = "test") -> Path:
    content = {
        "plan": {
            "id": name,
            "title": "甲市方案",
            "title_en": "Plan",
            "issuer": "甲市",
            "status": "final",
            "city": "甲市",
            "city_en": "Jia",
            "city_code": "370800",
        },
        "projects": list(rows) or [_row()],
        "targets": targets if targets is not None else [_target()],
    }
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def _faults(folder: Path) -> list[str]:
    with pytest.raises(PlanError) as caught:
        load_plans(folder, district_names=NAMES)
    return [str(fault) for fault in caught.value.faults]


def test_a_good_file_loads(tmp_path: Path) -> None:
    _write(tmp_path)
    (plan,) = load_plans(tmp_path, district_names=NAMES)
    assert plan.content.projects[0].capacity_mw == 1100


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"capacity_mw": 110}, "capacity_mw: 110; 应为 / expected 1100"),
        ({"capacity_mw": "1100MW"}, "a plain number"),
        ({"capacity_mw": [1100]}, "a plain number"),
        ({"capacity_mw": True}, "a plain number"),
        ({"name": ""}, "some text"),
        ({"name": "甲\x1b乙"}, "without control characters"),
        ({"by_year": 20250, "by_year_basis": "printed"}, "at most 2060"),
        ({"precision": "corridor"}, "the rest is derived"),
        ({"precision": "site"}, "the rest is derived"),
        ({"precision": "offshore", "districts": [], "place_basis": "none"}, "exactly one district"),
        ({"capacity_printed": "1.1GWh"}, "energy"),
        ({"capacity_basis": "approximate"}, "capacity_basis: approximate; 应为 / expected printed"),
        (
            {"capacity_printed": "百兆瓦级", "capacity_mw": 100, "capacity_basis": "class"},
            "capacity_mw: 100; 应为 / expected None",
        ),
        ({"capacity_printed": "1100GW", "capacity_mw": 1_100_000}, "check the unit"),
        ({"technology": None, "layer": "manufacturing"}, "a technology beside capacity_mw"),
        ({"technology": "fusion"}, "one of 'pv'"),
        ({"layer": "solar"}, "layer: 'solar'"),
        ({"districts": ["370899 乙区"]}, "a district code of the boundary file"),
        ({"districts": ["370812 市中区"]}, "370812 兖州区"),
        ({"districts": ["37081 兖州区"]}, "pattern"),
        ({"districts": []}, "districts with a place_basis"),
        ({"districts": ["370812 兖州区", "370812 兖州区"]}, "districts without repeats"),
        ({"part_of": "test-none-01", "part_of_basis": "stated"}, "the id of a row of this plan"),
        ({"part_of": "test-pv-01", "part_of_basis": "stated"}, "no row inside itself"),
        ({"part_of": "test-pv-02"}, "part_of and part_of_basis together"),
        ({"restates_target": "test:wind:2030"}, "plan:metric:year"),
        ({"id": "other-pv-01"}, "begins with test-"),
        ({"id": "test_pv"}, "a readable id"),
        ({"by_year": 2025}, "by_year_basis"),
        ({"colour": "red"}, "colour: 未知的字段 / an unknown field"),
        ({"name": None}, "name: 空 / nothing"),
    ],
)
def test_each_fault_has_its_sentence(
    tmp_path: Path, changes: dict[str, Any], expected: str
) -> None:
    _write(tmp_path, _row(**changes))
    faults = _faults(tmp_path)
    assert any(expected in fault and fault.startswith("test.yaml") for fault in faults), faults


def test_all_faults_of_all_files_are_listed(tmp_path: Path) -> None:
    _write(tmp_path, _row(layer="solar"), _row(id="test-pv-02", capacity_mw=11), name="test")
    _write(tmp_path, _row(id="more-pv-01"), targets=[_target(year="soon")], name="more")
    faults = "\n".join(_faults(tmp_path))
    assert "test.yaml · test-pv-01 · layer: 'solar'" in faults
    assert "test.yaml · test-pv-02" in faults and "expected 1100" in faults
    assert "more.yaml · pv · year: 'soon'" in faults


def test_an_id_in_two_files_is_a_fault(tmp_path: Path) -> None:
    _write(tmp_path, _row(id="test-pv-01"), name="test")
    (tmp_path / "zz.yaml").write_text((tmp_path / "test.yaml").read_text("utf-8"), "utf-8")
    assert any("an id not used in test.yaml" in fault for fault in _faults(tmp_path))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"scope": "jining"}, "scope: jining; 应为 / expected city 或本方案某行的编号"),
        ({"scope": "test-pv-99", "mapped": True}, "city, or the id of a row of this plan"),
        ({"unit": "%", "mapped": True}, "unit: %; 应为 / expected 能核对的目标用功率单位"),
        ({"unit": "万千瓦时", "mapped": True}, "a unit of power, 座 or 个"),
        ({"unit": "座", "mapped": True}, "a metric that a layer counts (hydrogen_stations)"),
    ],
)
def test_a_target_that_nothing_can_be_held_against(
    tmp_path: Path, changes: dict[str, Any], expected: str
) -> None:
    _write(tmp_path, targets=[_target(**changes)])
    (fault,) = _faults(tmp_path)
    assert fault.startswith("test.yaml · pv · ") and expected in fault


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "%"},
        {"unit": "座"},
        {"unit": "GW", "mapped": True, "scope": "test-pv-01"},
        {"unit": "座", "mapped": True, "metric": "hydrogen_stations"},
    ],
)
def test_a_target_that_loads(tmp_path: Path, changes: dict[str, Any]) -> None:
    _write(tmp_path, targets=[_target(**changes)])
    load_plans(tmp_path, district_names=NAMES)


def test_a_target_twice_is_a_fault(tmp_path: Path) -> None:
    _write(tmp_path, targets=[_target(), _target()])
    assert any("one row a metric and year" in fault for fault in _faults(tmp_path))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("plan: [", "not YAML"),
        ("- a\n- b\n", "plan, projects, targets"),
        ("plan: {id: a, id: b}\n", "stands twice"),
        ("? [a, b]\n: 1\n", "list as a key"),
        ("plan: {}\nprojects: 3\ntargets: []\n", "a list of rows"),
        ("sidebars: []\nplan: {}\nprojects: []\ntargets: []\n", "an unknown section"),
    ],
)
def test_a_file_that_is_no_plan(tmp_path: Path, content: str, expected: str) -> None:
    (tmp_path / "bad.yaml").write_text(content, encoding="utf-8")
    assert any(expected in fault and "bad.yaml" in fault for fault in _faults(tmp_path))


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("plan: 济宁".encode("gbk"))
    assert any("UTF-8" in fault for fault in _faults(tmp_path))


def test_an_empty_folder(tmp_path: Path) -> None:
    assert any("no plan file" in fault for fault in _faults(tmp_path))


def test_a_folder_named_like_a_plan(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    assert any("folder.yaml" in fault for fault in _faults(tmp_path))


def test_the_head_names_a_known_place(tmp_path: Path) -> None:
    path = _write(tmp_path)
    text = path.read_text(encoding="utf-8").replace("'370800'", "'379900'")
    path.write_text(text, encoding="utf-8")
    assert any("city_code: 379900" in fault for fault in _faults(tmp_path))
