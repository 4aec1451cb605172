"""Faults of an import name their field as the form on the page does, and its remedies alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layers.intake_report import field_name
from registry.intake.system import REMEDY
from terms.language import half, without_commands

INTAKE = Path(__file__).parents[2] / "registry" / "intake"


@pytest.mark.parametrize(
    ("field", "zh", "en"),
    [
        ("name", "项目名称", "name"),
        ("crs", "文件里坐标的坐标系", "Reference system of the coordinates"),
        ("counts_in", "计入的方案", "Counts in the plan of"),
        ("装机（MW）", "装机（MW）", "装机（MW）"),
    ],
)
def test_a_field_is_named_in_words(field: str, zh: str, en: str) -> None:
    assert (field_name(field, "zh"), field_name(field, "en")) == (zh, en)


def test_a_page_says_nothing_of_the_command_line() -> None:
    for language in ("zh", "en"):
        words = half(REMEDY, language)
        assert "cgcs2000-3deg:117" in words and "--crs" in words
        assert "--" not in without_commands(words) and "cgcs2000" not in without_commands(words)
        assert without_commands(words).endswith(("（百度）", "(Baidu)"))


def test_every_option_stands_in_the_brackets_that_a_page_leaves_out() -> None:
    """An option of the command line outside of them would be read on the page."""
    for path in INTAKE.glob("*.py"):
        source = re.sub(r'"\s*\n\s*f?"', "", path.read_text(encoding="utf-8"))
        assert " --" not in without_commands(source), path.name
