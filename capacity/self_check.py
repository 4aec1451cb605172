"""The self-check of each plan: do its parts add up, do its clauses say the same figure?

The printed numbers are compared exactly, each expressed in the first figure's unit. Words such as
以上, 左右 or 不低于 never make a difference by themselves: `words_differ` says that they vary, and
`words_allow` that they leave room for both numbers where the numbers differ (左右 always does,
since no plan says how wide it is). Source of the rule: DESIGN section 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from registry.registry import Registry
from seeds.quantities import convert
from terms.errors import QuantityError
from terms.kinds import CapacityBasis, Operator, RowFigure, SelfCheckKind
from terms.records import Project, SelfCheck, SelfCheckFigure

_ZERO = Decimal(0)
_ENDLESS = Decimal("Infinity")
_OPEN_ABOVE = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})
_OPEN_BELOW = frozenset({Operator.AT_MOST, Operator.LESS_THAN})


class Outcome(StrEnum):
    """What a check of a plan's own figures finds."""

    AGREES = "agrees"
    DIFFERS = "differs"
    WITHIN = "within"
    EXCEEDS = "exceeds"
    HOLDS = "holds"
    FALLS = "falls"


class Role(StrEnum):
    """What a figure does in its check."""

    TOTAL = "total"
    PART = "part"
    STATEMENT = "statement"


@dataclass(frozen=True)
class Statement:
    """One figure of a check with the clause that prints it.

    `value` is in `unit`, `compared` the same in the unit of the check. `source` is the target's
    key or the row's id, empty for a figure that stands in neither; `rows` are the rows counted.
    """

    role: Role
    name: str
    name_en: str
    value: Decimal
    unit: str
    compared: Decimal
    printed: str
    operator: Operator
    year: int | None
    clause: str
    source: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class SelfCheckResult:
    """One check of a plan with all its figures, the total first.

    `difference`, never negative and in `unit`: how far the figures differ, what is left of the
    total, by how much the parts exceed it, how much a sequence rises, or its deepest fall.
    `parts_sum` is None where nothing is added up; `rest` names what is left where parts are open.
    """

    id: str
    plan: str
    kind: SelfCheckKind
    title: str
    title_en: str
    statements: tuple[Statement, ...]
    outcome: Outcome
    difference: Decimal
    unit: str
    parts_sum: Decimal | None
    words_differ: bool
    words_allow: bool
    complete: bool
    rest: str
    rest_en: str
    note: str


@lru_cache(maxsize=4)
def self_check(registry: Registry) -> tuple[SelfCheckResult, ...]:
    """Every check of every plan, in the plans' order."""
    return tuple(_result(check, registry) for check in registry.self_checks)


def _result(check: SelfCheck, registry: Registry) -> SelfCheckResult:
    statements = _statements(check, registry)
    parts_sum = None
    if check.kind is SelfCheckKind.SUM:
        parts_sum = sum((one.compared for one in statements[1:]), _ZERO)
        outcome, difference = _of_sum(statements[0].compared, parts_sum, complete=check.complete)
    elif check.kind is SelfCheckKind.REPEAT:
        numbers = [one.compared for one in statements]
        difference = max(numbers) - min(numbers)
        outcome = Outcome.DIFFERS if difference else Outcome.AGREES
    else:
        outcome, difference = _of_sequence([one.compared for one in statements])
    return SelfCheckResult(
        id=check.id,
        plan=check.plan,
        kind=check.kind,
        title=check.title,
        title_en=check.title_en,
        statements=statements,
        outcome=outcome,
        difference=difference,
        unit=statements[0].unit,
        parts_sum=parts_sum,
        words_differ=len({one.operator for one in statements}) > 1,
        words_allow=_words_allow(statements, check),
        complete=check.complete,
        rest=check.rest,
        rest_en=check.rest_en,
        note=check.note,
    )


def _of_sum(total: Decimal, parts: Decimal, *, complete: bool) -> tuple[Outcome, Decimal]:
    difference = abs(total - parts)
    if complete:
        return (Outcome.DIFFERS if difference else Outcome.AGREES), difference
    return (Outcome.EXCEEDS if parts > total else Outcome.WITHIN), difference


def _of_sequence(numbers: list[Decimal]) -> tuple[Outcome, Decimal]:
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    deepest = min(steps)
    if deepest < 0:
        return Outcome.FALLS, -deepest
    return Outcome.HOLDS, numbers[-1] - numbers[0]


def _words_allow(statements: tuple[Statement, ...], check: SelfCheck) -> bool:
    """Whether the figures can all be true as worded, whatever their bare numbers say."""
    if any(one.operator is Operator.ABOUT for one in statements):
        return True
    spans = [_span(one) for one in statements]
    if check.kind is SelfCheckKind.REPEAT:
        return max(low for low, _ in spans) <= min(high for _, high in spans)
    if check.kind is SelfCheckKind.SEQUENCE:
        lowest = [max(low for low, _ in spans[: end + 1]) for end in range(len(spans))]
        return all(low <= high for low, (_, high) in zip(lowest, spans, strict=True))
    low = sum((low for low, _ in spans[1:]), _ZERO)
    high = sum((high for _, high in spans[1:]), _ZERO)
    total_low, total_high = spans[0]
    return low <= total_high and (not check.complete or total_low <= high)


def _span(statement: Statement) -> tuple[Decimal, Decimal]:
    """The smallest and the largest number that a figure's word admits (no figure is negative)."""
    low = _ZERO if statement.operator in _OPEN_BELOW else statement.compared
    high = _ENDLESS if statement.operator in _OPEN_ABOVE else statement.compared
    return low, high


def _statements(check: SelfCheck, registry: Registry) -> tuple[Statement, ...]:
    figures: Iterable[tuple[Role, SelfCheckFigure]] = (
        *([(Role.TOTAL, check.total)] if check.total else []),
        *((Role.PART, part) for part in check.parts),
        *((Role.STATEMENT, one) for one in check.statements),
    )
    unit = ""
    found: list[Statement] = []
    for role, figure in figures:
        statement = _statement(role, figure, registry, unit=unit)
        unit = unit or statement.unit
        found.append(statement)
    return tuple(found)


def _statement(role: Role, figure: SelfCheckFigure, registry: Registry, *, unit: str) -> Statement:
    """One figure resolved; `unit` is the check's, empty for its first figure."""
    if figure.target:
        target = registry.target_by_key[figure.target]
        value, own, printed, operator = target.value, target.unit, target.printed, target.operator
        names, year, clause = (target.name, target.name_en), target.year, target.source_section
    elif figure.row:
        row = registry.by_id[figure.row]
        value, own, printed, operator = _row_figure(row, figure.figure)
        names, year, clause = (row.name, row.name_en), None, _row_clause(row, figure.figure)
    else:
        value = Decimal(len(figure.rows)) if figure.value is None else figure.value
        own, printed, operator = figure.unit, figure.printed, figure.operator
        names, year, clause = ("", ""), None, f"{figure.section} {figure.item}".strip()
    return Statement(
        role=role,
        name=names[0],
        name_en=names[1],
        value=value,
        unit=own,
        compared=convert(value, own, to=unit or own),
        printed=printed,
        operator=operator,
        year=year,
        clause=clause,
        source=figure.target or figure.row,
        rows=figure.rows,
    )


def _row_figure(row: Project, figure: RowFigure) -> tuple[Decimal, str, str, Operator]:
    """Value, unit, print and word of a row's figure; raises QuantityError if it states none."""
    if figure is RowFigure.DISTRICTS:
        return Decimal(len(row.districts)), "个", "、".join(row.districts), Operator.EQUAL
    if figure is RowFigure.QUANTITY and row.quantity_value is not None:
        return row.quantity_value, row.quantity_unit, row.quantity_printed, Operator.EQUAL
    if figure is RowFigure.CAPACITY and row.capacity_mw is not None:
        is_about = row.capacity_basis is CapacityBasis.APPROXIMATE
        operator = Operator.ABOUT if is_about else Operator.EQUAL
        return row.capacity_mw, "MW", row.capacity_printed, operator
    raise QuantityError(f"{row.id} 未载此数字 · states no {figure}; mend the plan's self_checks")


def _row_clause(row: Project, figure: RowFigure) -> str:
    """Where a row's figure is printed: its own item, unless its capacity stands elsewhere."""
    own = f"{row.source_section} {row.source_item}".strip()
    return row.capacity_source or own if figure is RowFigure.CAPACITY else own
