"""Lines by Chinese rules: nothing is lost, no closing sign begins a line, no word is torn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from layers.pdf.lines import broken


def _width(text: str) -> float:
    return sum(1.0 if ord(sign) > 0x2E7F else 0.5 for sign in text)


def test_closing_signs_stay_with_their_word() -> None:
    assert broken("甲乙丙丁，戊己", 4, _width) == ["甲乙丙", "丁，戊己"]
    assert broken("甲乙丙（丁戊）", 4, _width) == ["甲乙丙", "（丁戊）"]


def test_words_and_numbers_are_not_torn() -> None:
    assert broken("装机1,234.5万千瓦", 5, _width) == ["装机", "1,234.5万", "千瓦"]
    assert broken("pumped storage plant", 7, _width) == ["pumped storage", "plant"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert broken("x" * 25, 5, _width) == ["x" * 10, "x" * 10, "x" * 5]


def test_a_line_end_holds() -> None:
    assert broken("甲\n乙", 9, _width) == ["甲", "乙"]
    assert broken("", 9, _width) == [""]


@given(st.text(alphabet="甲乙丙，。（）《》ab1. -\n%万", max_size=60))
def test_no_sign_is_lost(text: str) -> None:
    lines = broken(text, 6, _width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(_width(line) <= 6 or len(line) == 1 for line in lines)
