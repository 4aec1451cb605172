"""Signs that no text of ours may hold: they cut files short, break lines unseen or are no text."""

from __future__ import annotations

import unicodedata

# Controls, halves of a pair, line and paragraph separators; the last two signs no XML may hold.
_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_NO_TEXT = "\ufffe\uffff"


def is_unfit(sign: str) -> bool:
    """May no text hold this sign?"""
    return unicodedata.category(sign) in _CATEGORIES or sign in _NO_TEXT


def unfit_sign(text: str) -> str:
    """The first such sign as U+0000; empty if there is none."""
    if text.isprintable():
        return ""
    return next((f"U+{ord(sign):04X}" for sign in text if is_unfit(sign)), "")


def without_unfit(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with a space for each such sign, and which were found, as U+0000."""
    found = tuple(dict.fromkeys(f"U+{ord(sign):04X}" for sign in text if is_unfit(sign)))
    return ("".join(" " if is_unfit(sign) else sign for sign in text) if found else text), found
