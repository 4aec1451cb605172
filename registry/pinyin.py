"""Chinese names as they are typed in Latin letters: whole syllables, first letters, order."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

# Where the usual readings err: places of Shandong and words of the trade.
_READINGS: dict[str, list[list[str]]] = {
    "长清": [["cháng"], ["qīng"]],
    "长河": [["cháng"], ["hé"]],
    "单县": [["shàn"], ["xiàn"]],
    "乐陵": [["lào"], ["líng"]],
    "东阿": [["dōng"], ["ē"]],
    "莘县": [["shēn"], ["xiàn"]],
    "长输": [["cháng"], ["shū"]],
    "调峰": [["tiáo"], ["fēng"]],
    "调频": [["tiáo"], ["pín"]],
    "调相": [["tiáo"], ["xiàng"]],
}
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LETTERS = re.compile(r"[a-z]+")
START, MARK = "^", "'"  # of a text, of a syllable


@cache
def _reader() -> Callable[..., list[str]]:
    """The library, taught our readings; loaded when first asked, for its tables take their time."""
    from pypinyin import lazy_pinyin, load_phrases_dict

    load_phrases_dict(_READINGS)
    reader: Callable[..., list[str]] = lazy_pinyin
    return reader


@lru_cache(maxsize=65_536)
def syllables(han: str) -> tuple[str, ...]:
    """The syllables of a run of Chinese signs; ü is written v."""
    return tuple(_reader()(han, v_to_u=False, strict=False))


@lru_cache(maxsize=65_536)
def spelled(text: str) -> str:
    """Each Chinese run of a text with a mark before, between and after its syllables.

    A run that begins the text has START before it: 肥城1号井 is ^'fei'cheng'|'hao'jing'.
    """
    runs = []
    for run in _HAN.finditer(text):
        marked = MARK + "".join(each + MARK for each in syllables(run.group()))
        runs.append(marked if _LATIN_BEFORE.search(text[: run.start()]) else START + marked)
    return "|".join(runs)


_LATIN_BEFORE = re.compile(r"\w")


@lru_cache(maxsize=65_536)
def initials(text: str) -> str:
    """The first letters of the Chinese run that begins a text; empty if none does."""
    run = _HAN.search(text)
    if run is None or _LATIN_BEFORE.search(text[: run.start()]):
        return ""
    return "".join(each[0] for each in syllables(run.group()))


def joined(marked: str) -> str:
    """Spelled text as bare letters with ü as u: what cannot be in it is not in the text either."""
    return marked.replace(MARK, "").replace("v", "u")


def typed(word: str) -> str:
    """A typed word as letters with ü as v; empty if it can be no pinyin."""
    letters = word.replace("ü", "v").replace(MARK, "")
    return letters if _LETTERS.fullmatch(letters) else ""


def is_spelled_in(letters: str, marked: str) -> bool:
    """Do typed letters stand in spelled text as whole syllables?

    A single syllable must begin the text: else `long` would find every dragon, `an` every peace.
    """
    return any(
        MARK in found.group(1) or marked[found.start() - 1 : found.start()] == START
        for found in _pattern(letters).finditer(marked)
    )


@lru_cache(maxsize=256)
def _pattern(letters: str) -> re.Pattern[str]:
    body = MARK + "?"
    return re.compile(
        MARK + "(" + body.join("[uv]" if each == "u" else each for each in letters) + ")(?=')"
    )


def order_key(text: str) -> tuple[str, ...]:
    """What Chinese texts are sorted by: their syllables, and signs of other scripts as they are."""
    parts: list[str] = []
    end = 0
    for run in _HAN.finditer(text):
        parts += [text[end : run.start()].casefold()] if run.start() > end else []
        parts += syllables(run.group())
        end = run.end()
    return (*parts, text[end:].casefold(), text)
