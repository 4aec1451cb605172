"""The words of a user's own row where a plan's row says what its plan prints."""

from __future__ import annotations

from collections.abc import Mapping

from registry.own import USER
from terms.language import Language
from terms.messages import text

# Codes whose usual words speak of a plan: no plan lists or prints a user's row.
_WORDS: Mapping[tuple[str, str], str] = {
    ("status", "listed"): "own.status_open",
    ("capacity_basis", "printed"): "own.basis_given",
    ("capacity_basis", "none"): "own.not_stated",
    ("by_year_basis", "printed"): "own.basis_given",
    ("by_year_basis", "horizon"): "own.year_open",
    ("part_of_basis", "stated"): "own.basis_settled",
    ("place_basis", "none"): "own.not_stated",
}


def own_word(plan: str, column: str, code: str, language: Language) -> str:
    """What a code means in a user's row; empty where its usual words hold."""
    key = _WORDS.get((column, code)) if plan == USER else None
    return text(key, language) if key else ""


def not_stated(plan: str, language: Language) -> str:
    """What stands where a row says nothing."""
    return text("own.not_stated" if plan == USER else "word.not_stated", language)
