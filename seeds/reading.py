"""YAML read strictly, and a model's complaints told as faults; plans and records share both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from seeds.fields import CONTRADICTION
from terms.errors import Fault

# Of the library's complaints, those that a clerk meets, in our words: (found, expected).
_SENTENCES = {
    "missing": ("nothing", "须填 · a value"),
    "extra_forbidden": ("an unknown field", "数据字典中的列 · a column of the data dictionary"),
    "enum": ("", "其中之一 · one of {expected}"),
    "literal_error": ("", "其中之一 · one of {expected}"),
    "string_type": ("", "文字，请加引号 · text; put it in quotation marks"),
    "model_type": ("", "由字段组成的一行 · a row of fields"),
    "int_parsing": ("", "整数 · a whole number"),
    "int_type": ("", "整数 · a whole number"),
    "string_pattern_mismatch": ("", "格式 · the pattern {pattern}"),
}


def model_faults(file: str, row: str, model: type[BaseModel], raw: object) -> Iterator[Fault]:
    """Every fault of one row, field by field; none means that the model takes it."""
    try:
        model.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors():
            context = detail.get("ctx", {})
            field = ".".join(str(part) for part in detail["loc"])
            found, expected = repr(detail["input"]), detail["msg"].removeprefix("Value error, ")
            if detail["type"] == CONTRADICTION:
                field = ".".join(filter(None, (field, context["field"])))
                found, expected = context["found"], context["expected"]
            elif detail["type"] in _SENTENCES:
                found, expected = _SENTENCES[detail["type"]]
                found, expected = found or repr(detail["input"]), expected.format(**context)
            yield Fault(file, row, field or "-", found[:120], expected)


def yaml_fault(file: str, error: yaml.YAMLError, expected: str) -> Fault:
    """What the YAML reader stumbled over, with its line."""
    place = getattr(error, "problem_mark", None)
    row = f"line {place.line + 1}" if place else "-"
    problem = str(getattr(error, "problem", error))
    return Fault(file, row, "-", f"not YAML ({problem})", expected)


class UniqueKeyLoader(yaml.SafeLoader):
    """A loader that refuses a key written twice, which YAML would drop in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping of a node, its keys distinct."""
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str | int | float):
                raise yaml.constructor.ConstructorError(
                    None, None, f"{type(key).__name__} as a key", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)
