"""Plan files read and checked as one whole; every fault is reported, not the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from seeds.models import PlanFile, PlanHead, ProjectRow, TargetRow
from seeds.reading import model_faults, read_strictly, yaml_fault
from seeds.self_check_references import self_check_faults
from seeds.self_checks import SelfCheckRow
from terms.errors import Fault, PlanError
from terms.kinds import PlanStatus

_SECTIONS: tuple[tuple[str, type[BaseModel], str], ...] = (
    ("projects", ProjectRow, "id"),
    ("targets", TargetRow, "metric"),
    ("self_checks", SelfCheckRow, "id"),
)

PLANS = Path(__file__).parent / "plans"


@dataclass(frozen=True)
class LoadedPlan:
    """One valid plan file with the name it was read from."""

    file: str
    content: PlanFile


def load_plans(
    folder: Path = PLANS, *, district_names: Mapping[str, str]
) -> tuple[LoadedPlan, ...]:
    """Read every plan file of a folder.

    `district_names` maps each known six-digit code to its name; a row's districts must agree with
    it. Raises PlanError with all faults of all files.
    """
    faults: list[Fault] = []
    plans: list[LoadedPlan] = []
    for path in sorted(folder.glob("*.yaml")):
        plan, found = _read_plan(path)
        faults += found
        if plan is not None:
            plans.append(plan)
            faults += _faults_between_rows(plan, district_names)
    faults += _faults_between_plans(plans)
    if not plans and not faults:
        faults.append(
            Fault(str(folder), "-", "-", "no plan file", "至少一个 · at least one *.yaml")
        )
    if faults:
        raise PlanError(faults)
    return tuple(sorted(plans, key=_order))


def _order(plan: LoadedPlan) -> tuple[bool, str]:
    """Plans in force by their city's code, drafts after them."""
    head = plan.content.plan
    return head.status is PlanStatus.DRAFT, head.city_code


def _read_plan(path: Path) -> tuple[LoadedPlan | None, list[Fault]]:
    try:
        raw = read_strictly(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        expected = "YAML 格式的方案文件 · a plan file in YAML"
        return None, [yaml_fault(path.name, error, expected)]
    except UnicodeDecodeError as error:
        return None, [Fault(path.name, "-", "-", str(error), "UTF-8 编码 · UTF-8 text")]
    except OSError as error:
        return None, [
            Fault(path.name, "-", "-", str(error.strerror), "可读的文件 · a file that can be read")
        ]
    if not isinstance(raw, dict):
        return None, [
            Fault(path.name, "-", "-", f"{type(raw).__name__}", "plan, projects, targets")
        ]
    faults = list(_field_faults(path.name, raw))
    if faults:
        return None, faults
    return LoadedPlan(path.name, PlanFile.model_validate(raw)), []


def _field_faults(file: str, raw: dict[str, Any]) -> Iterator[Fault]:
    known = set(PlanFile.model_fields)
    for key in sorted(set(raw) - known):
        yield Fault(file, "-", str(key), "an unknown section", ", ".join(sorted(known)))
    yield from model_faults(file, "plan", PlanHead, raw.get("plan"))
    for section, model, name in _SECTIONS:
        rows = raw.get(section, [] if section == "self_checks" else None)
        if not isinstance(rows, list):
            yield Fault(file, section, "-", type(rows).__name__, "若干行的列表 · a list of rows")
            continue
        for number, row in enumerate(rows, start=1):
            label = row.get(name) if isinstance(row, dict) else None
            yield from model_faults(file, str(label or f"{section} {number}"), model, row)
    clauses = raw.get("clauses", {})
    if not isinstance(clauses, dict) or not all(isinstance(v, list) for v in clauses.values()):
        yield Fault(
            file, "clauses", "-", str(clauses)[:40], "条款: [责任单位] · section: [departments]"
        )


def _faults_between_rows(plan: LoadedPlan, names: Mapping[str, str]) -> Iterator[Fault]:
    content, file = plan.content, plan.file
    yield from _head_faults(file, content.plan, names)
    ids = {row.id for row in content.projects}
    targets = {f"{content.plan.id}:{t.metric}:{t.year}" for t in content.targets}
    for row in content.projects:
        if not row.id.startswith(f"{content.plan.id}-"):
            yield Fault(
                file,
                row.id,
                "id",
                row.id,
                f"以方案代码开头的编号 · an id that begins with {content.plan.id}-",
            )
        if row.part_of and row.part_of not in ids:
            yield Fault(
                file,
                row.id,
                "part_of",
                row.part_of,
                "本方案某行的编号 · the id of a row of this plan",
            )
        if row.restates_target and row.restates_target not in targets:
            yield Fault(
                file,
                row.id,
                "restates_target",
                row.restates_target,
                "某目标的 方案:指标:年份 · plan:metric:year of a target",
            )
        yield from _district_faults(file, row, names)
    yield from _cycle_faults(file, content.projects)
    yield from self_check_faults(file, content)
    for target in content.targets:
        if target.scope != "city" and target.scope not in ids:
            expected = "city 或本方案某行的编号 · city, or the id of a row of this plan"
            yield Fault(file, target.metric, "scope", target.scope, expected)
    counted = Counter((t.metric, t.year) for t in content.targets)
    for (metric, year), count in counted.items():
        if count > 1:
            yield Fault(
                file,
                metric,
                "year",
                f"{year} stands {count} times",
                "每个指标每年一行 · one row a metric and year",
            )


def _head_faults(file: str, head: PlanHead, names: Mapping[str, str]) -> Iterator[Fault]:
    cities = {f"{code[:4]}00" for code in names}
    if head.city_code not in cities:
        yield Fault(
            file,
            "plan",
            "city_code",
            head.city_code,
            "边界文件中的市 · a city of the boundary file",
        )
    if head.governs_code and head.governs_code not in {*cities, *names}:
        expected = "边界文件中的市或县区 · a city or district of the boundary file"
        yield Fault(file, "plan", "governs_code", head.governs_code, expected)


def _district_faults(file: str, row: ProjectRow, names: Mapping[str, str]) -> Iterator[Fault]:
    for reference in row.districts:
        code, name = reference.split(" ", 1)
        if code not in names:
            yield Fault(
                file,
                row.id,
                "districts",
                reference,
                "边界文件中的县区代码 · a district code of the boundary file",
            )
        elif names[code] != name:
            yield Fault(file, row.id, "districts", reference, f"{code} {names[code]}")


def _cycle_faults(file: str, rows: tuple[ProjectRow, ...]) -> Iterator[Fault]:
    parent = {row.id: row.part_of for row in rows}
    for row in rows:
        seen, current = {row.id}, row.part_of
        while current:
            if current in seen:
                yield Fault(
                    file, row.id, "part_of", row.part_of, "不得包含自身 · no row inside itself"
                )
                break
            seen.add(current)
            current = parent.get(current, "")


def _faults_between_plans(plans: list[LoadedPlan]) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for plan in plans:
        head = plan.content.plan.id
        if head in owners:
            yield Fault(
                plan.file,
                "plan",
                "id",
                head,
                f"与另一文件不同的代码 · an id other than that of {owners[head]}",
            )
        owners[head] = plan.file
        for row in plan.content.projects:
            if row.id in owners:
                yield Fault(
                    plan.file,
                    row.id,
                    "id",
                    row.id,
                    f"未用过的编号 · an id not used in {owners[row.id]}",
                )
            owners[row.id] = plan.file
