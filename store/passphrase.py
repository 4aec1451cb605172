"""Passphrases: kept as argon2id hashes only, refused where they are short or widely known."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from argon2 import PasswordHasher, Type, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from terms.errors import AccessError

MIN_SIGNS = 12
MAX_SIGNS = 256  # a longer one would only keep the machine busy
_MIN_DIFFERENT = 6
_MAX_MEMORY_KIB, _MAX_ROUNDS, _MAX_THREADS = 2**20, 20, 16

# What is tried first, in any case, repeated, or with figures and signs around it.
_COMMON = frozenset(
    "password passwort passphrase secret letmein welcome admin administrator root user editor test "
    "login qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx iloveyou dragon monkey abc "
    "abcd abcdef abcdefgh fengtu shandong jinan jining zaozhuang taian binzhou lixia energy "
    "woaini mima nihao zhongguo beijing 密码 口令 峰图 山东 能源局 管理员 中国 我爱你 碳达峰 "
    "correcthorsebatterystaple".split()
)


@dataclass(frozen=True)
class Cost:
    """What one check costs, and so one guess: memory, rounds and threads of argon2id."""

    memory_kib: int = 64 * 1024
    rounds: int = 2
    threads: int = 1  # two at once must not take the whole machine


USUAL = Cost()


def hash_of(passphrase: str, *, cost: Cost = USUAL) -> str:
    """The hash to keep; raises AccessError with a sentence where the passphrase is too weak."""
    refuse_weak(passphrase)
    return _hasher(cost).hash(_settled(passphrase))


def is_right(passphrase: str, kept: str) -> bool:
    """Is this the passphrase of a hash? Takes what the hash costs, right or wrong."""
    try:
        return _hasher(cost_of(kept)).verify(kept, _settled(passphrase[:MAX_SIGNS]))
    except (VerificationError, InvalidHashError):
        return False


def cost_of(kept: str) -> Cost:
    """What a hash costs to check; raises InvalidHashError where it is none of ours."""
    found = extract_parameters(kept)
    cost = Cost(found.memory_cost, found.time_cost, found.parallelism)
    most = (_MAX_MEMORY_KIB, _MAX_ROUNDS, _MAX_THREADS)
    is_bounded = all(
        0 < each <= limit
        for each, limit in zip((cost.memory_kib, cost.rounds, cost.threads), most, strict=True)
    )
    if found.type is not Type.ID or not is_bounded:
        raise InvalidHashError
    return cost


@lru_cache(maxsize=8)
def nobodys_hash(cost: Cost = USUAL) -> str:
    """A hash that no passphrase has, so that an unknown name takes as long as a known one."""
    return _hasher(cost).hash("\0 nobody types this")


def refuse_weak(passphrase: str) -> None:
    """Raise AccessError where a passphrase is short, overlong, monotonous or widely known."""
    text = _settled(passphrase)
    if any(unicodedata.category(sign) == "Cc" for sign in text):
        raise AccessError(
            "口令含有控制字符，请重新输入 · the passphrase holds a control character; type it again"
        )
    if not MIN_SIGNS <= len(text) <= MAX_SIGNS:
        raise AccessError(
            f"口令须有 {MIN_SIGNS} 到 {MAX_SIGNS} 个字符，可用一句话，可含空格 · "
            f"a passphrase has {MIN_SIGNS} to {MAX_SIGNS} characters; a sentence will do"
        )
    if len(set(text.casefold())) < _MIN_DIFFERENT or _is_run(text):
        raise AccessError(
            "口令只是少数几个字符的重复或连号，请换一个 · "
            "the passphrase is a few characters repeated or counted up; choose another"
        )
    if _is_common(text.casefold()):
        raise AccessError(
            "口令由常见的词构成，最先被猜到，请换一个 · "
            "the passphrase is made of widely known words, which are guessed first; choose another"
        )


def _is_run(text: str) -> bool:
    """Is it one ladder of characters such as 123456789012 or lkjihgfedcba?"""
    steps = [ord(b) - ord(a) for a, b in pairwise(text)]
    return sum(abs(step) <= 1 for step in steps) >= 0.8 * len(steps)


def _is_common(text: str) -> bool:
    """Is little left once the words that everybody tries are taken out?"""
    left = "".join(sign for sign in text if sign.isalpha())
    if not left:
        return len(text) < 2 * MIN_SIGNS  # figures and signs alone: dates, telephone numbers
    for word in sorted(_COMMON, key=len, reverse=True):
        left = left.replace(word, "")
    return len(left) < _MIN_DIFFERENT


def _settled(passphrase: str) -> str:
    """The same signs, however a keyboard composes them."""
    return unicodedata.normalize("NFKC", passphrase)


def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(
        time_cost=cost.rounds, memory_cost=cost.memory_kib, parallelism=cost.threads
    )
