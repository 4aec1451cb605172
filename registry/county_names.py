"""Counties that search words name: in Chinese, in English, as pinyin."""

from __future__ import annotations

from registry.areas import plan_districts
from registry.pinyin import is_spelled_in, spelled, typed
from registry.registry import Registry
from registry.search import fold

_LEAST, _MOST = 2, 4  # signs of a word; counties that are offered


def counties_named(registry: Registry, words: str) -> tuple[str, ...]:
    """The codes of the plans' counties whose name holds the words; none if many do."""
    text = fold(words).strip()
    if len(text) < _LEAST:
        return ()
    letters = typed(text.replace(" ", ""))
    districts = registry.districts
    found = [
        code
        for code in sorted(plan_districts(registry))
        if text in fold(districts.name(code, "zh"))
        or fold(districts.name(code, "en")).startswith(text)
        or (len(letters) > _LEAST and is_spelled_in(letters, spelled(districts.name(code, "zh"))))
    ]
    return tuple(found) if len(found) <= _MOST else ()
