"""Cells that a spreadsheet would run as a formula: the mark that stops it, and its taking off.

The mark is one apostrophe in front, as a person would type it. Text that would be read as marked
text gets one more, hence for every text x undefuse(defuse(x)) == x.
"""

from __future__ import annotations

import re

MARK = "'"
# Spreadsheets take full-width signs too; tab and line ends lead some of them into a formula.
_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_LEADS = ("\t", "\r", "\n")
_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def is_formula(text: str) -> bool:
    """Would a spreadsheet run this text, or read on after its first sign?

    A sign alone (a target's operator =) and a negative number are none.
    """
    if text.startswith(_LEADS):
        return True
    bare = text.strip()
    is_led = len(bare) > 1 and bare.startswith(_STARTS)
    return is_led and not _NEGATIVE.fullmatch(bare)


def defuse(text: str) -> str:
    """Text for a cell without a type (CSV): marked if a spreadsheet would run it."""
    return f"{MARK}{text}" if is_formula(text.lstrip(MARK)) else text


def defuse_typed(text: str) -> str:
    """Text for a cell that is stored as text (XLSX): marked only if it looks marked already.

    The cell's type keeps the rest from running, so a person sees the text as it is.
    """
    return defuse(text) if text.startswith(MARK) else text


def undefuse(text: str) -> str:
    """The text without the mark of `defuse` or `defuse_typed`; all other text stays as it is."""
    is_marked = text.startswith(MARK) and is_formula(text.lstrip(MARK))
    return text[len(MARK) :] if is_marked else text
