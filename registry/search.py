"""What search words find: text in both languages, and Chinese names typed as pinyin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from registry.own import USER
from registry.pinyin import initials, is_spelled_in, joined, spelled, typed
from registry.registry import Registry
from terms.kinds import Technology
from terms.messages import label
from terms.records import Project

_LONGEST_GROUP = 6  # words that together may spell one name: ya suo kong qi chu neng
_SHORT = re.compile(r"[a-z]{1,3}")
_LEAST_INITIALS = 2
_TIMES = re.compile(r"(?<=[0-9])[x*](?=[0-9])")
# What the trade says for what a plan prints in full.
_ALSO: Mapping[Technology, tuple[str, ...]] = {
    Technology.PUMPED_STORAGE: ("抽蓄",),
    Technology.COAL: ("火电", "煤电"),
    Technology.PV: ("太阳能",),
    Technology.PV_DISTRIBUTED: ("太阳能",),
    Technology.WASTE_TO_ENERGY: ("垃圾焚烧",),
}


@dataclass(frozen=True)
class _Index:
    """Per project, in registry order: folded text, its spelling, bare letters, first letters."""

    ids: tuple[str, ...]
    text: tuple[str, ...]
    spelled: tuple[str, ...]
    joined: tuple[str, ...]
    initials: tuple[str, ...]


def fold(text: str) -> str:
    """Text as the search compares it: full- and half-width alike, small letters, one apostrophe.

    2×60 is found as 2x60 and as 2*60, too, since no keyboard has the sign.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return _TIMES.sub("×", plain)


def found(registry: Registry, text: str) -> frozenset[str]:
    """The ids of the projects that hold every word; neighbouring words may spell one name.

    A word is looked for as it stands (a short Latin one only where a word begins, so that `ta` is
    not in "station"), as whole pinyin syllables, and as the first letters with which a name, a
    place or a label begins.
    """
    index, words = _index(registry), fold(text).split()
    reached: list[set[int]] = [set(range(len(index.ids)))]
    for end in range(1, len(words) + 1):
        here: set[int] = set()
        for start in range(max(0, end - _LONGEST_GROUP), end):
            if reached[start]:
                here |= _holding(index, words[start:end], reached[start])
        reached.append(here)
    return frozenset(index.ids[place] for place in reached[-1])


def _holding(index: _Index, words: Sequence[str], among: set[int]) -> set[int]:
    """The places of the projects that hold these words as one."""
    letters = typed("".join(words)) if all(map(typed, words)) else ""
    places: set[int] = set()
    if len(words) == 1:
        places |= _as_written(index, words[0], among)
        if len(letters) >= _LEAST_INITIALS:
            places |= {place for place in among if f"|{letters}" in index.initials[place]}
    if letters:
        bare = letters.replace("v", "u")
        likely = (place for place in among - places if bare in index.joined[place])
        places |= {place for place in likely if is_spelled_in(letters, index.spelled[place])}
    return places


def _as_written(index: _Index, word: str, among: set[int]) -> set[int]:
    """The places of the projects whose text holds a word; a short Latin one where one begins."""
    if _SHORT.fullmatch(word):
        begins = re.compile(rf"(?<![a-z]){word}")
        return {place for place in among if begins.search(index.text[place])}
    return {place for place in among if word in index.text[place]}


@lru_cache(maxsize=2)
def _index(registry: Registry) -> _Index:
    names = [tuple(map(fold, _named(row, registry))) for row in registry.projects]
    marked = tuple("|".join(map(spelled, each)) for each in names)
    return _Index(
        ids=tuple(row.id for row in registry.projects),
        text=tuple(fold(" ".join(_searched(row, registry))) for row in registry.projects),
        spelled=marked,
        joined=tuple(map(joined, marked)),
        initials=tuple("|" + "|".join(map(initials, each)) for each in names),
    )


def _named(row: Project, registry: Registry) -> Iterator[str]:
    """The Chinese names that may be typed as pinyin: the thing, its places, its kinds."""
    yield from (row.name, row.owner, row.township, row.zone, row.city, *row.districts)
    for code in row.district_codes:
        if registry.districts.has(code):
            yield registry.districts.city_name(registry.districts.city_code(code))
    for kind, member in (("layer", row.layer), ("technology", row.technology)):
        if member:
            yield label(kind, member, "zh")
    if row.technology:
        yield from _ALSO.get(row.technology, ())


def _searched(row: Project, registry: Registry) -> Iterator[str]:
    """What the words are looked for in: both languages, codes, labels, notes."""
    plan = registry.plan_by_id[row.plan]
    city_en = plan.city_en
    if row.plan == USER and row.city_code:
        city_en = registry.districts.city_name(row.city_code, "en")
    yield from (row.id, row.name, row.name_en, row.owner, row.township, row.zone, row.note)
    yield from (row.city, city_en, plan.title, plan.title_en, *row.departments)
    if row.plan == USER:
        yield row.source_title
    yield from (row.capacity_printed, row.quantity_printed, row.source_section, row.wording)
    yield from _ALSO.get(row.technology, ()) if row.technology else ()
    for code in row.district_codes:
        yield code
        yield from (registry.districts.label(code, language) for language in ("zh", "en"))
    if row.voltage_kv:
        yield f"{row.voltage_kv}kV {row.voltage_kv} kV {row.voltage_kv}千伏"
    labels = (
        ("layer", row.layer),
        ("technology", row.technology),
        ("plan_status", row.plan_status),
    )
    for kind, member in labels:
        if member:
            yield from (label(kind, member, language) for language in ("zh", "en"))
