"""Extracts that every format is tried on: the five plans, with texts that mean harm among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from layers.exports.extract import Extract, extract_of
from registry.registry import Registry
from terms.selection import Selection

DAY = date(2026, 1, 2)
HARM = (
    "=1+1",
    "-2+3|cmd",
    "\"quoted\" 'and' `tick`",
    "</script><script>alert(1)</script>",
    "<b>&amp; ${x} ]]>",
    "😀 右\u202e左\u202c",
    "甲\x00乙\x1f丙\u0085丁\ud800\ufffe\uffff",
    "a\tb\nc",
    "a;b",
    "0",
)


@pytest.fixture(scope="session")
def harmful(registry: Registry) -> Registry:
    """The registry with harmful texts in its first rows, and figures that are easily bent."""
    rows = list(registry.projects)
    for at, words in enumerate(HARM):
        rows[at] = replace(rows[at], name=words, owner=words, note=f"{words} {'长' * 200}")
    rows[0] = replace(rows[0], capacity_mw=Decimal("0"), quantity_value=Decimal("0.1"))
    rows[1] = replace(rows[1], capacity_mw=Decimal("1234.567"), list_open=True)
    made = replace(registry, projects=tuple(rows))
    made.__dict__["digest"] = registry.digest  # no digest can be made of a lone surrogate
    return made


@pytest.fixture(scope="session")
def whole(harmful: Registry) -> Extract:
    """Everything, in Chinese."""
    return extract_of(harmful, Selection(), day=DAY)
