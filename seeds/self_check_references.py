"""What a self-check points to, held against the plan file that it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from seeds.models import PlanFile, ProjectRow, TargetRow
from seeds.quantities import convert
from seeds.self_checks import FigureRow, SelfCheckRow
from terms.errors import Fault, QuantityError
from terms.kinds import RowFigure, SelfCheckKind

_TARGET = "本方案某目标的 方案:指标:年份 · plan:metric:year of a target of this plan"
_ROW = "本方案某行的编号 · the id of a row of this plan"


@dataclass(frozen=True)
class _Plan:
    """One plan's rows and targets by their keys."""

    file: str
    id: str
    rows: Mapping[str, ProjectRow]
    targets: Mapping[str, TargetRow]


def self_check_faults(file: str, content: PlanFile) -> Iterator[Fault]:
    """Every fault of a plan's self-checks that one of them alone cannot show."""
    head = content.plan.id
    plan = _Plan(
        file,
        head,
        {row.id: row for row in content.projects},
        {f"{head}:{target.metric}:{target.year}": target for target in content.targets},
    )
    for check in content.self_checks:
        if not check.id.startswith(f"{head}-check-"):
            expected = f"以方案代码开头的编号 · an id that begins with {head}-check-"
            yield Fault(file, check.id, "id", check.id, expected)
        for field, figure in check.figures:
            yield from _reference_faults(plan, check.id, field, figure)
        yield from _unit_faults(plan, check)
        yield from _year_faults(plan, check)
    for name, count in Counter(check.id for check in content.self_checks).items():
        if count > 1:
            yield Fault(file, name, "id", f"stands {count} times", "不重复的编号 · an id used once")


def _reference_faults(plan: _Plan, check: str, field: str, figure: FigureRow) -> Iterator[Fault]:
    if figure.target and figure.target not in plan.targets:
        yield Fault(plan.file, check, f"{field}.target", figure.target, _TARGET)
    if figure.row and figure.row not in plan.rows:
        yield Fault(plan.file, check, f"{field}.row", figure.row, _ROW)
    elif figure.row and not _has_figure(plan.rows[figure.row], figure.figure):
        expected = "有此数字的行 · a row that states this figure"
        yield Fault(plan.file, check, f"{field}.figure", f"{figure.row} {figure.figure}", expected)
    place = f"{figure.section} {figure.item}".strip()
    for name in figure.rows:
        if name not in plan.rows:
            yield Fault(plan.file, check, f"{field}.rows", name, _ROW)
        elif place not in _places(plan.rows[name]):
            expected = f"出自 {place} 的行 · a row that names the clause {place}"
            yield Fault(plan.file, check, f"{field}.rows", name, expected)


def _places(row: ProjectRow) -> tuple[str, ...]:
    return (f"{row.source_section} {row.source_item}".strip(), *row.source_also)


def _has_figure(row: ProjectRow, figure: RowFigure) -> bool:
    if figure is RowFigure.DISTRICTS:
        return bool(row.districts)
    value = row.capacity_mw if figure is RowFigure.CAPACITY else row.quantity_value
    return value is not None


def _unit(plan: _Plan, figure: FigureRow) -> str:
    """The unit that a figure has; empty where its reference leads nowhere."""
    if figure.target:
        target = plan.targets.get(figure.target)
        return target.unit if target else ""
    if figure.row:
        row = plan.rows.get(figure.row)
        if row is None:
            return ""
        by_figure = {RowFigure.CAPACITY: "MW", RowFigure.QUANTITY: row.quantity_unit}
        return by_figure.get(figure.figure, "个")
    return figure.unit


def _unit_faults(plan: _Plan, check: SelfCheckRow) -> Iterator[Fault]:
    """Units that cannot be expressed in the first one's."""
    units = [(field, _unit(plan, figure)) for field, figure in check.figures]
    known = [(field, unit) for field, unit in units if unit]
    for field, unit in known[1:]:
        try:
            convert(Decimal(1), unit, to=known[0][1])
        except QuantityError:
            expected = f"与首项同一种单位 · a unit that agrees with the first, {known[0][1]}"
            yield Fault(plan.file, check.id, f"{field}.unit", unit, expected)


def _year_faults(plan: _Plan, check: SelfCheckRow) -> Iterator[Fault]:
    """A sequence goes forward in time, as far as its targets tell."""
    if check.kind is not SelfCheckKind.SEQUENCE:
        return
    named = [plan.targets.get(figure.target) for figure in check.statements]
    years = [target.year for target in named if target]
    if years != sorted(years):
        expected = "由早到晚 · statements in the order of their years"
        yield Fault(plan.file, check.id, "statements", ", ".join(map(str, years)), expected)
