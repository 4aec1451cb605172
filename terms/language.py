"""The two languages of the product."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["zh", "en"]
_BETWEEN = " · "
_COMMAND = re.compile(r"（命令行[^（）]*）| \(command line[^()]*\)")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def half(words: str, language: Language) -> str:
    """One language of "中文 · English"; words that are no such pair stay whole.

    What is quoted in both halves may hold the sign between them, so the middle one parts them.
    """
    parts = words.split(_BETWEEN)
    middle = len(parts) // 2
    halves = {"zh": _BETWEEN.join(parts[:middle]), "en": _BETWEEN.join(parts[middle:])}
    is_pair = len(parts) % 2 == 0 and _CHINESE.search(halves["zh"])
    return halves[language] if is_pair else words


def without_commands(words: str) -> str:
    """Words for a page: without the brackets that say how the command line does it."""
    return _COMMAND.sub("", words)
