"""The shape of a figure and of a progress, checked field by field on the way in and out.

Every value arrives as text (from YAML, CSV and the database alike), hence no figure loses a digit
and no date is half understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from seeds.fields import Strict, contradiction
from terms.kinds import Status
from terms.records import InstalledFigure, Progress
from terms.signs import is_unfit
from terms.units import COUNT_UNITS

EARLIEST = "1950-01-01"
MAX_TEXT = 500
# Signs that turn the reading direction, beside those that no text may hold.
_TURNING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
PLAIN_NUMBER = (
    "不带单位、分节号和正负号的数字，如 85 或 1.5 · "
    "a plain number such as 85 or 1.5, without unit, separators or sign"
)
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_DISTRICT = re.compile(r"[0-9]{6}( \S.*)?")


def plain_text(value: object) -> object:
    """Text on one line; nothing at all is empty text."""
    return _clean(value, MAX_TEXT, frozenset())


def plain_lines(most: int) -> Callable[[object], object]:
    """What takes text of several lines."""
    return lambda value: _clean(value, most, frozenset("\n\r\t"))


def _clean(value: object, most: int, allowed: frozenset[str]) -> object:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    bare = value.strip()
    for sign in bare:
        if (is_unfit(sign) or sign in _TURNING) and sign not in allowed:
            code = f"U+{ord(sign):04X}"
            raise ValueError(f"不含控制字符（{code}）的文字 · text without the control sign {code}")
    if len(bare) > most:
        raise ValueError(f"不超过 {most} 字 · at most {most} characters")
    return bare


def _needed(value: str) -> str:
    if not value:
        raise ValueError("须填 · a value")
    return value


def _district(value: str) -> str:
    if value and not _DISTRICT.fullmatch(value):
        raise ValueError(
            "六位代码，可带名称，如 370812 兖州区，或空 · "
            "a six-digit code, its name beside it if you like, or nothing"
        )
    return value


def _day(value: str) -> str:
    """A day that has come: nobody knows the figures of tomorrow."""
    today = date.today().isoformat()
    try:
        real = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) and date.fromisoformat(value)
    except ValueError:
        real = None
    if not real or not EARLIEST <= value <= today:
        raise ValueError(
            f"{EARLIEST} 至今天（{today}）之间的日期，如 2025-12-31 · "
            f"a day from {EARLIEST} to today ({today}), as 2025-12-31"
        )
    return value


def _number(value: object) -> object:
    text = plain_text(value)
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise ValueError(PLAIN_NUMBER)
    return Decimal(text)


def _more_than_none(value: Decimal) -> Decimal:
    if value <= 0:
        raise ValueError("大于 0 的数字 · a number above 0")
    return value


def or_none(value: object) -> object:
    """An empty value as none at all."""
    return None if plain_text(value) == "" else value


Text = Annotated[str, BeforeValidator(plain_text)]
Needed = Annotated[str, BeforeValidator(plain_text), AfterValidator(_needed)]
Day = Annotated[str, BeforeValidator(plain_text), AfterValidator(_day)]
Amount = Annotated[Decimal, BeforeValidator(_number)]
Unit = Annotated[Literal["万千瓦", "MW", "kW", "GW", "座", "个"], BeforeValidator(plain_text)]


class InstalledRow(Strict):
    """One installed figure as the file holds it; `withdrawn` is the day it was taken back."""

    plan: Needed
    district: Annotated[str, BeforeValidator(plain_text), AfterValidator(_district)] = ""
    zone: Text = ""
    metric: Needed
    date: Day
    value: Amount
    unit: Unit
    source: Needed
    withdrawn: Annotated[Day | None, BeforeValidator(or_none)] = None

    @model_validator(mode="after")
    def _counts_are_whole(self) -> Self:
        if self.unit in COUNT_UNITS and self.value != self.value.to_integral_value():
            expected = f"整数{self.unit} · a whole number of {self.unit}"
            raise contradiction("value", self.value, expected)
        return self

    def record(self) -> InstalledFigure:
        """The figure, its district by code alone."""
        return InstalledFigure(
            plan=self.plan,
            district_code=self.district[:6],
            zone=self.zone,
            metric=self.metric,
            date=self.date,
            value=self.value,
            unit=self.unit,
            source=self.source,
        )

    @property
    def district_name(self) -> str:
        """The name beside the code, if there is one."""
        return self.district[7:].strip()


class ProgressRow(Strict):
    """One record of a project's progress as the file holds it."""

    project: Needed
    date: Day
    status: Annotated[Status | None, BeforeValidator(or_none)] = None
    commissioned_mw: Annotated[
        Annotated[Amount, AfterValidator(_more_than_none)] | None, BeforeValidator(or_none)
    ] = Field(default=None)
    source: Needed
    withdrawn: Annotated[Day | None, BeforeValidator(or_none)] = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.status is None and self.commissioned_mw is None:
            expected = "进度或已投产 MW 至少一项 · a status or commissioned_mw, or both"
            raise contradiction("status", "空", expected, found_en="nothing")
        return self

    def record(self) -> Progress:
        """The progress that the row tells."""
        return Progress(
            project=self.project,
            date=self.date,
            status=self.status,
            commissioned_mw=self.commissioned_mw,
            source=self.source,
        )

    @property
    def district_name(self) -> str:
        """A project's place stands in its plan, not here."""
        return ""
