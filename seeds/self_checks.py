"""The shape of a plan file's self-checks: figures of one document that must fit together.

A figure that a target or a row already holds is referred to, never written a second time, so that
a mended figure is checked anew. Only what stands in no row is written out, with its own clause.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Self

from pydantic import field_validator, model_validator

from seeds.fields import ID, Needed, Number, Strict, Text, contradiction
from terms.kinds import Operator, RowFigure, SelfCheckKind

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class FigureRow(Strict):
    """One figure: of a `target`, of a `row`, a count of `rows`, or a printed `value`.

    `rows` counts the rows themselves (one each) in `unit`, as a clause lists them.
    """

    target: Text = ""
    row: Text = ""
    figure: RowFigure = RowFigure.CAPACITY
    rows: tuple[Needed, ...] = ()
    value: Number | None = None
    unit: Text = ""
    printed: Text = ""
    operator: Operator = Operator.EQUAL
    section: Text = ""
    item: Text = ""

    @model_validator(mode="after")
    def _comes_from_one_place(self) -> Self:
        sources = ("target", "row", "rows", "value")
        given = [name for name in sources if getattr(self, name) not in {"", (), None}]
        if len(given) != 1:
            expected = "恰好填一项 · exactly one of target, row, rows, value"
            raise contradiction("value", ", ".join(given) or "nothing", expected)
        if self.figure is not RowFigure.CAPACITY and not self.row:
            raise contradiction("figure", self.figure, "与 row 同填 · a row beside figure")
        if len(set(self.rows)) != len(self.rows):
            raise contradiction("rows", ", ".join(self.rows), "不重复 · rows without repeats")
        return self

    @model_validator(mode="after")
    def _writes_what_its_place_does_not_hold(self) -> Self:
        needed = {"unit", "section"} if self.rows else {"unit", "section", "printed"}
        allowed = {"unit", "section", "printed", "item"}
        is_reference = bool(self.target or self.row)
        for name in sorted(allowed):
            filled = bool(getattr(self, name))
            if is_reference and filled:
                expected = "所指的目标或行已载 · nothing; the target or row says it"
                raise contradiction(name, getattr(self, name), expected)
            if not is_reference and name in needed and not filled:
                raise contradiction(name, "nothing", f"须填 · a value for {name}")
        if self.operator is not Operator.EQUAL and is_reference:
            expected = "所指的目标或行已载 · no operator; the target or row says it"
            raise contradiction("operator", self.operator, expected)
        return self

    @model_validator(mode="after")
    def _value_is_printed(self) -> Self:
        """A print in Arabic digits holds the value and its unit; 两条 or a name cannot say so."""
        numbers = _NUMBER.findall(unicodedata.normalize("NFKC", self.printed))
        if self.value is None or not numbers:
            return self
        if not any(self.value == type(self.value)(number) for number in numbers):
            raise contradiction("value", self.value, f"原文的数 · {self.printed!r} as printed")
        if self.unit not in self.printed:
            raise contradiction("unit", self.unit, f"原文的单位 · the unit in {self.printed!r}")
        return self


class SelfCheckRow(Strict):
    """One check as the file holds it: a `total` with its `parts`, or `statements` in order."""

    id: str
    kind: SelfCheckKind
    title: Needed
    title_en: Needed
    total: FigureRow | None = None
    parts: tuple[FigureRow, ...] = ()
    complete: bool | None = None
    rest: Text = ""
    rest_en: Text = ""
    statements: tuple[FigureRow, ...] = ()
    note: Text = ""

    @field_validator("id")
    @classmethod
    def _readable_id(cls, value: str) -> str:
        if not ID.match(value):
            raise ValueError(
                "小写字母、数字、连字符的编号 · an id such as taian-check-storage-2030"
            )
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.kind is SelfCheckKind.SUM:
            return self._whole_sum()
        if len(self.statements) < 2:
            expected = "至少两处 · at least two statements"
            raise contradiction("statements", len(self.statements), expected)
        for name in ("total", "parts", "complete", "rest"):
            if getattr(self, name) not in {None, (), ""}:
                expected = f"只用于 sum · nothing; {name} belongs to a sum"
                raise contradiction(name, "a value", expected)
        return self

    def _whole_sum(self) -> Self:
        if self.total is None or not self.parts:
            found = f"total {'given' if self.total else 'missing'}, {len(self.parts)} parts"
            raise contradiction("total", found, "合计与分项 · a total and its parts")
        if self.statements:
            expected = "sum 用 total 与 parts · nothing; a sum has total and parts"
            raise contradiction("statements", len(self.statements), expected)
        if self.complete is None:
            expected = "分项是否齐全 · complete: true or false beside a sum"
            raise contradiction("complete", "nothing", expected)
        if bool(self.rest) is self.complete or bool(self.rest) != bool(self.rest_en):
            expected = (
                "分项不全时写明余项（中英）· rest and rest_en where complete is false, else none"
            )
            raise contradiction("rest", self.rest or "nothing", expected)
        return self

    @property
    def figures(self) -> tuple[tuple[str, FigureRow], ...]:
        """Every figure with the field it stands in, the total first."""
        total = (("total", self.total),) if self.total else ()
        parts = ((f"parts.{number}", part) for number, part in enumerate(self.parts))
        rest = ((f"statements.{number}", one) for number, one in enumerate(self.statements))
        return (*total, *parts, *rest)
