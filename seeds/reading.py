"""YAML read strictly, and a model's complaints told as faults; plans and records share both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from seeds.fields import CONTRADICTION
from terms.errors import Fault
from terms.swift_yaml import SwiftLoader

# Of the library's complaints, those that a clerk meets, in our words.
_SENTENCES = {
    "missing": "须填 · a value",
    "extra_forbidden": "数据字典中的列 · a column of the data dictionary",
    "enum": "其中之一：{listed} · one of {expected}",
    "literal_error": "其中之一：{listed} · one of {expected}",
    "string_type": "文字，请加引号 · text; put it in quotation marks",
    "model_type": "由字段组成的一行 · a row of fields",
    "int_parsing": "整数 · a whole number",
    "int_type": "整数 · a whole number",
    "greater_than_equal": "不小于 {ge} · at least {ge}",
    "greater_than": "大于 {gt} · more than {gt}",
    "less_than_equal": "不大于 {le} · at most {le}",
    "less_than": "小于 {lt} · less than {lt}",
    "tuple_type": "若干项的列表 · a list of terms",
    "too_short": "至少 {min_length} 项 · at least {min_length}",
    "bool_type": "true 或 false · true or false",
    "bool_parsing": "true 或 false · true or false",
    "finite_number": "有限的数 · a finite number",
    "string_pattern_mismatch": "格式 {pattern} · the pattern {pattern}",
}
# What was found where it is not simply the value: (Chinese, English).
_FOUND = {
    "missing": ("空", "nothing"),
    "extra_forbidden": ("未知的字段", "an unknown field"),
}


def model_faults(file: str, row: str, model: type[BaseModel], raw: object) -> Iterator[Fault]:
    """Every fault of one row, field by field; none means that the model takes it."""
    try:
        model.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors():
            context = dict(detail.get("ctx", {}))
            field = ".".join(str(part) for part in detail["loc"])
            found, found_en = _FOUND.get(detail["type"], (repr(detail["input"]), ""))
            if detail["input"] == "":
                found, found_en = _FOUND["missing"]
            expected = detail["msg"].removeprefix("Value error, ")
            if detail["type"] == CONTRADICTION:
                field = ".".join(filter(None, (field, context["field"])))
                found, found_en = context["found"], context["found_en"]
                expected = context["expected"]
            elif detail["type"] in _SENTENCES:
                context["listed"] = str(context.get("expected", "")).replace(" or ", ", ")
                expected = _SENTENCES[detail["type"]].format(**context)
            yield Fault(file, row, field or "-", found[:120], expected, found_en)


def yaml_fault(file: str, error: yaml.YAMLError, expected: str) -> Fault:
    """What the YAML reader stumbled over, with its line."""
    place = getattr(error, "problem_mark", None)
    row = f"第 {place.line + 1} 行 · line {place.line + 1}" if place else "-"
    problem = str(getattr(error, "problem", error))
    return Fault(file, row, "-", f"不是 YAML（{problem}）", expected, f"not YAML ({problem})")


class _UniqueKeys:
    """What refuses a key written twice, which YAML would drop in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping of a node, its keys distinct."""
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)  # type: ignore[attr-defined]
            if not isinstance(key, str | int | float):
                raise yaml.constructor.ConstructorError(
                    None, None, f"{type(key).__name__} as a key", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key} stands twice", key_node.start_mark
                )
            seen.add(key)
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)  # type: ignore[misc]
        return found


class UniqueKeyLoader(_UniqueKeys, yaml.SafeLoader):
    """The library's own reader, which can be extended and says best what is wrong."""


class _SwiftLoader(_UniqueKeys, SwiftLoader):
    """The same by libyaml, ten times as fast."""


def read_strictly(text: str) -> Any:
    """What a text in YAML says, its keys distinct; raises yaml.YAMLError with the place."""
    try:
        return yaml.load(text, Loader=_SwiftLoader)
    except yaml.YAMLError:
        return yaml.load(text, Loader=UniqueKeyLoader)  # the same fault, in the words of this one
