"""What a page says while the database cannot be reached: why, once, in its head."""

from __future__ import annotations

from datetime import datetime

from registry.mode import mode
from terms.errors import FengtuError, StoreError
from terms.language import half
from views import cache, selection
from views.words import t


def in_words(error: FengtuError) -> str:
    """What went wrong, in a sentence; while the head tells why the database is away, not again."""
    if isinstance(error, StoreError) and cache.held().why:
        return t("store.not_now")
    return half(str(error), selection.current().language)


def copy_lines() -> list[str]:
    """Sentences that tell why only a copy is shown, and of when; none while all is well."""
    held = cache.held()
    if not held.why:
        return []
    if mode() == "public":  # which shows no record; what is wrong inside is nobody's business
        return []
    why = half(held.why, selection.current().language)
    if not held.at:
        return [t("store.no_copy"), why]
    when = datetime.fromisoformat(held.at).astimezone().strftime("%Y-%m-%d %H:%M")
    return [t("store.copy", when=when), why]
