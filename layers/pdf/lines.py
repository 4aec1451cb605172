"""Breaking text into lines by Chinese rules: no closing sign begins a line, no opening ends one.

A Latin word or a number stays whole unless it is longer than a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Measure = Callable[[str], float]

_CLOSING = "，。、；：？！）》」』】〕”’％…·,.;:?!)]}%/／"
_OPENING = "（《「『【〔“‘([{"
_COUNTED = "万亿千兆瓦座项个年月日号％"  # what stays with the number before it
_WIDE = "⺀-鿿豈-﫿︰-﹏＀-￯𠀀-𲎯"
_HYPHEN = re.compile(r"(?<=[A-Za-z][-–])(?=[A-Za-z])")
_TOKENS = re.compile(rf"\n|[ \t]+|[{_WIDE}“”‘’]|[^\s{_WIDE}“”‘’]+")


def broken(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text that is no wider than `width`; at least one, which may be empty."""
    lines, line = [], ""
    for piece in _pieces(text):
        if piece == "\n":
            lines.append(line.rstrip())
            line = ""
        elif measure((line + piece).rstrip()) <= width:
            line += piece if line or not piece.isspace() else ""
        else:
            if line.strip():
                lines.append(line.rstrip())
            *full, line = _cut(piece.lstrip(), width, measure)
            lines += full
    lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> list[str]:
    """Stretches that are not broken, with blanks on their own."""
    pieces: list[str] = []
    for token in (part for found in _TOKENS.findall(text) for part in _HYPHEN.split(found)):
        if pieces and _stays(pieces[-1], token):
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


def _stays(before: str, token: str) -> bool:
    """Must a token stand on the line of what is before it?"""
    if before.isspace() or token.isspace():
        return False
    if before[-1] in _OPENING or token[0] in _CLOSING:
        return True
    return before[-1].isdigit() and token[0] in _COUNTED


def _cut(piece: str, width: float, measure: Measure) -> list[str]:
    """A stretch longer than a line, cut where it is full."""
    parts, part = [], ""
    for sign in piece:
        if part and measure(part + sign) > width:
            parts.append(part)
            part = ""
        part += sign
    return [*parts, part]
