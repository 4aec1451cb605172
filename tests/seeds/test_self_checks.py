"""Self-checks in plan files: what is refused, and whether each written figure is printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from geo.districts import load_districts
from seeds.loader import load_plans
from seeds.quantities import convert
from terms.errors import PlanError, QuantityError
from tests.seeds.number_account.clauses import PLANS, covers, plain, read_clauses
from tests.seeds.test_loader import NAMES, _row, _target, _write

IDS = ("jining", "zaozhuang", "lixia", "taian", "binzhou")
TARGET = {"target": "test:pv:2030"}
ROW = {"row": "test-pv-01"}
LITERAL = {"value": 1.1, "unit": "GW", "printed": "1.1GW", "section": "三（一）2"}
COUNT = {"rows": ["test-pv-01"], "unit": "座", "section": "专栏1"}


def _sum(**changes: Any) -> dict[str, Any]:
    check = {
        "id": "test-check-pv",
        "kind": "sum",
        "title": "光伏",
        "title_en": "PV",
        "total": TARGET,
        "complete": False,
        "rest": "其余",
        "rest_en": "the rest",
        "parts": [ROW],
    }
    return {key: value for key, value in (check | changes).items() if value is not None}


def _repeat(*statements: dict[str, Any], **changes: Any) -> dict[str, Any]:
    check = {"id": "test-check-pv", "kind": "repeat", "title": "光伏", "title_en": "PV"}
    return check | {"statements": list(statements)} | changes


def _load(folder: Path, *checks: Any) -> tuple[Any, ...]:
    later = _target(year=2035, value=900, printed="900万千瓦")
    path = _write(folder, _row(), targets=[_target(), later])
    content = yaml.safe_load(path.read_text(encoding="utf-8")) | {"self_checks": list(checks)}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    (plan,) = load_plans(folder, district_names=NAMES)
    return plan.content.self_checks


def _faults(folder: Path, *checks: Any) -> list[str]:
    with pytest.raises(PlanError) as caught:
        _load(folder, *checks)
    return [str(fault) for fault in caught.value.faults]


def test_good_checks_load(tmp_path: Path) -> None:
    loaded = _load(
        tmp_path,
        _sum(),
        _repeat(ROW, LITERAL, id="test-check-text"),
        _repeat(TARGET, {"target": "test:pv:2035"}, id="test-check-years", kind="sequence"),
        _sum(
            id="test-check-count",
            total={"value": 1, "unit": "座", "printed": "一座", "section": "专栏1"},
            parts=[COUNT],
            complete=True,
            rest=None,
            rest_en=None,
        ),
    )
    assert [check.kind.value for check in loaded] == ["sum", "repeat", "sequence", "sum"]
    assert loaded[1].statements[1].value == Decimal("1.1")


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (_sum(total={"target": "test:wind:2030"}), "total.target: test:wind:2030"),
        (_sum(total={"target": "other:pv:2030"}), "of a target of this plan"),
        (_sum(parts=[{"row": "test-pv-09"}]), "parts.0.row: test-pv-09"),
        (_sum(parts=[{"row": "other-pv-01"}]), "the id of a row of this plan"),
        (_sum(parts=[ROW | {"figure": "quantity"}]), "a row that states this figure"),
        (_sum(parts=[ROW | {"figure": "districts"}]), "parts.0.unit: 个"),
        (_sum(parts=[ROW, LITERAL | {"unit": "座", "printed": "1.1座"}]), "parts.1.unit: 座"),
        (_sum(parts=[COUNT | {"rows": ["test-pv-09"]}]), "parts.0.rows: test-pv-09"),
        (_sum(parts=[COUNT | {"section": "专栏2"}]), "names the clause 专栏2"),
        (_sum(parts=[COUNT | {"rows": ["test-pv-01"] * 2}]), "rows without repeats"),
        (_sum(parts=[TARGET | ROW]), "exactly one of target, row, rows, value"),
        (_sum(parts=[{}]), "parts.0.value: nothing"),
        (_sum(parts=[ROW | {"unit": "MW"}]), "parts.0.unit: MW"),
        (_sum(parts=[ROW | {"operator": ">="}]), "no operator"),
        (_sum(parts=[TARGET | {"figure": "quantity"}]), "a row beside figure"),
        (_sum(parts=[LITERAL | {"value": 1.2}]), "parts.0.value: 1.2"),
        (_sum(parts=[LITERAL | {"unit": "万千瓦"}]), "the unit in '1.1GW'"),
        (_sum(parts=[LITERAL | {"section": ""}]), "parts.0.section: nothing"),
        (_sum(parts=[LITERAL | {"value": "1.1GW"}]), "a plain number"),
        (_sum(parts=[]), "a total and its parts"),
        (_sum(complete=None), "complete: true or false"),
        (_sum(rest=None, rest_en=None), "rest and rest_en where complete is false"),
        (_sum(complete=True), "rest and rest_en where complete is false"),
        (_sum(statements=[ROW, ROW]), "a sum has total and parts"),
        (_sum(kind="product"), "one of 'sum'"),
        (_sum(id="test_check"), "an id such as"),
        (_sum(id="test-pv-01"), "begins with test-check-"),
        (_sum(colour="red"), "colour: 未知的字段 / an unknown field"),
        (_sum(title=""), "some text"),
        (_repeat(ROW), "at least two statements"),
        (_repeat(ROW, LITERAL, total=TARGET), "total belongs to a sum"),
        (
            _repeat({"target": "test:pv:2035"}, TARGET, kind="sequence"),
            "statements: 2035, 2030",
        ),
        (3, "a row of fields"),
    ],
)
def test_each_fault_has_its_sentence(tmp_path: Path, check: Any, expected: str) -> None:
    faults = _faults(tmp_path, check)
    assert any(expected in fault and fault.startswith("test.yaml") for fault in faults), faults


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    wrong = _sum(total={"target": "test:wind:2030"}, parts=[{"row": "test-pv-09"}])
    faults = "\n".join(_faults(tmp_path, wrong, _sum(id="test-check-pv")))
    assert "total.target" in faults and "parts.0.row" in faults
    assert "test-check-pv · id: stands 2 times" in faults


def test_power_units_convert_exactly() -> None:
    assert convert(Decimal("1.1"), "GW", to="万千瓦") == Decimal(110)
    assert convert(Decimal(300), "万千瓦", to="MW") == Decimal(3000)
    assert convert(Decimal(3), "座", to="座") == Decimal(3)
    with pytest.raises(QuantityError, match="座 cannot be expressed in MW"):
        convert(Decimal(3), "座", to="MW")


def _written(plan: str) -> Iterator[tuple[str, str, str]]:
    """Check, locator and print of every figure written out in a plan's checks."""
    districts = load_districts()
    names = {code: districts.name(code) for code in districts.codes}
    for loaded in load_plans(district_names=names):
        if loaded.content.plan.id == plan:
            for check in loaded.content.self_checks:
                for _, figure in check.figures:
                    if figure.printed:
                        place = f"{figure.section} {figure.item}".strip()
                        yield check.id, place, plain(figure.printed)


@pytest.mark.skipif(
    not PLANS.is_dir(), reason=f"the five documents are not here: ../shared/plans ({PLANS})"
)
@pytest.mark.parametrize("plan", IDS)
def test_every_written_figure_stands_in_its_clause(plan: str) -> None:
    clauses = read_clauses((PLANS / f"{plan}.txt").read_text(encoding="utf-8"))
    written = list(_written(plan))
    assert written
    missing = [
        entry
        for entry in written
        if not any(
            covers(entry[1], clause.locator) and entry[2] in clause.text for clause in clauses
        )
    ]
    assert missing == []
