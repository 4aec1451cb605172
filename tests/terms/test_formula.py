"""The mark of formula cells comes off exactly."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from terms.formula import defuse, defuse_typed, is_formula, undefuse

LIKELY = st.text(alphabet="'=+-@＝－ \t\r\n1.eA甲", max_size=8)


@given(st.text() | LIKELY)
@example("'=1+1")
@example("'' =1")
@example("'\t")
@example("'-5")
def test_the_mark_comes_off_exactly(words: str) -> None:
    assert undefuse(defuse(words)) == words
    assert undefuse(defuse_typed(words)) == words


@given(st.text() | LIKELY)
def test_what_is_defused_runs_nowhere(words: str) -> None:
    assert not is_formula(defuse(words))
    assert defuse(words) in (words, f"'{words}")
    assert not is_formula(words) or defuse(words) == f"'{words}"


@given(st.lists(st.sampled_from(["=1+1", "'=1+1", "''=1", "'quoted", "甲", "-1"]), unique=True))
def test_different_texts_stay_different(words: list[str]) -> None:
    assert len({defuse(each) for each in words}) == len(words)
    assert len({defuse_typed(each) for each in words}) == len(words)


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+86",
        "-1+1",
        "-A1",
        "@SUM(A1)",
        "＝1",
        "－1",
        " =1",
        "\tx",
        "\r=1",
        "\n",
        "--1",
        "-=1",
    ],
)
def test_formulas_are_marked(words: str) -> None:
    assert defuse(words) == f"'{words}"
    assert defuse(f"'{words}") == f"''{words}"
    assert defuse_typed(words) == words
    assert defuse_typed(f"'{words}") == f"''{words}"


@pytest.mark.parametrize("words", ["", "=", "-", "-1", "-1.5", "-2e+05", "'quoted", "'", "镇-1"])
def test_other_texts_stay_as_they_are(words: str) -> None:
    assert defuse(words) == words == undefuse(words) == defuse_typed(words)
