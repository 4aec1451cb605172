"""Kinds of field that every record of a plan file shares: numbers, texts, years, ids."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from terms.signs import unfit_sign


def _number(value: object) -> Decimal:
    """A plain number as YAML reads it; `15MW`, true and lists are refused."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(
            "只写数字，单位在字段名里 · a plain number such as 85 or 1.5, without its unit"
        )
    return Decimal(str(value))


def _text(value: object) -> object:
    """Text without control characters, which would cut or break the files we export."""
    if isinstance(value, str) and (code := unfit_sign(value)):
        raise ValueError(f"不含控制字符（{code}）的文字 · text without control characters ({code})")
    return value


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError("须填文字 · some text")
    return value


Number = Annotated[Decimal, BeforeValidator(_number)]
Text = Annotated[str, BeforeValidator(_text)]
Needed = Annotated[str, BeforeValidator(_text), AfterValidator(_not_empty)]
Year = Annotated[int, Field(ge=2020, le=2060)]
ID = re.compile(r"^[a-z]+(-[a-z0-9]+)+$")


CONTRADICTION = "contradiction"


def contradiction(
    field: str, found: object, expected: str, *, found_en: str = ""
) -> PydanticCustomError:
    """Two fields of a row that do not agree, told of the one to look at."""
    context = {"field": field, "found": str(found), "expected": expected, "found_en": found_en}
    return PydanticCustomError(CONTRADICTION, "{field}: {found}; expected {expected}", context)


class Strict(BaseModel):
    """A record that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
