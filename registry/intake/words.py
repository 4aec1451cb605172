"""Words of strangers for our closed lists; case, width and brackets do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import yaml

from terms.errors import SetupError
from terms.messages import label
from terms.swift_yaml import SwiftLoader

SYNONYMS = Path(__file__).parent / "synonyms.yaml"
NOT_STATED = frozenset(
    "-|--|---|/|\\|—|——|―|–|无|空|暂无|未知|未定|待定|未载|不详|未说明|?|n/a|na|none|null|nan|nil|"
    "unknown|tbd|tba|not found|not stated".split("|")
) | {""}
_BRACKETS = re.compile(r"[(\[【{][^)\]】}]*[)\]】}]")
_IDLE = re.compile(r"[\s_\-:*#.'\"、,/]+")


def folded(words: str) -> str:
    """Words as they are compared: half-width, small, without marks of direction."""
    plain = unicodedata.normalize("NFKC", words)
    shown = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return shown.strip().casefold()


def bare(words: str) -> str:
    """Folded words without blanks, idle signs and what stands in brackets."""
    plain = folded(words)
    outside = _BRACKETS.sub("", plain)
    return _IDLE.sub("", outside) or _IDLE.sub("", plain)


@lru_cache(maxsize=20_000)
def is_not_stated(words: str) -> bool:
    """Does a cell say that nothing is known? Such a cell is empty, never 0."""
    return folded(words) in NOT_STATED


@cache
def synonyms(kind: str) -> Mapping[str, str]:
    """What strangers write → our key, for fields, status, technology or land_mode."""
    raw = yaml.load(SYNONYMS.read_text(encoding="utf-8"), Loader=SwiftLoader)[kind]
    found: dict[str, str] = {}
    for key, words in raw.items():
        own = [] if kind == "fields" else [label(kind, key, "zh"), label(kind, key, "en")]
        for word in (key, *words, *own):
            for spelling in {_IDLE.sub("", folded(word)), bare(word)}:
                if "(" not in word and "（" not in word and found.get(spelling, key) != key:
                    raise SetupError(f"{SYNONYMS.name}: {word!r} stands under two keys")
                found.setdefault(spelling, key)
    return found


@lru_cache(maxsize=20_000)
def look_up(kind: str, words: str) -> str | None:
    """Our key for a word, None when nobody knows it."""
    known = synonyms(kind)
    return known.get(_IDLE.sub("", folded(words))) or known.get(bare(words))


def known_words(kind: str) -> str:
    """The words that a fault offers: our own labels, as a pair "中文 · English"."""
    keys = dict.fromkeys(synonyms(kind).values())
    chinese = "、".join(label(kind, key, "zh") for key in keys)
    english = ", ".join(label(kind, key, "en") for key in keys)
    return f"{chinese} · {english}"
